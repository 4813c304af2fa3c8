/** The JSON of any component by its type and name. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import '../elements/page-header/page-header.ts'
import './component-json.ts'
import { crumbs } from './crumbs.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'

@customElement('fs-setup-component-page')
export class FsSetupComponentPage extends FsElement {
  static override styles = setupPageStyles

  @property({ attribute: false }) route: SetupRoute | undefined

  protected override willUpdate(): void {
    if (this.route?.page === 'component')
      setPageTitle(this.route.fullName, this.route.type, t('Setup'))
  }

  protected override render(): unknown {
    if (this.route?.page !== 'component') return nothing
    const { type, fullName } = this.route
    return html`
      <fs-page-header .heading=${fullName} icon="code">
        ${crumbs([{ label: t('Metadata files'), route: { page: 'files' } }])}
        <span slot="meta" class="soft small">${type}</span>
      </fs-page-header>
      <fs-setup-component-json .type=${type} .fullName=${fullName}></fs-setup-component-json>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-component-page': FsSetupComponentPage
  }
}
