/** Shown for an address below /setup that names no page. */
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import '../elements/page-header/page-header.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'

@customElement('fs-setup-unknown-page')
export class FsSetupUnknownPage extends FsElement {
  static override styles = setupPageStyles

  @property({ attribute: false }) route: SetupRoute | undefined

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('Setup has no such page')} .above=${t('Setup')}></fs-page-header>
      <p>${t('The address may be mistyped.')}</p>
      <div class="button-row">
        <a class="button" href=${setupPath({ page: 'objects' })}
          >${t('Go to the Object Manager')}</a
        >
      </div>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-unknown-page': FsSetupUnknownPage
  }
}
