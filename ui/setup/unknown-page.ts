/** Shown for an address below /setup that names no page. */
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import '../elements/empty-state/empty-state.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'

@customElement('fs-setup-unknown-page')
export class FsSetupUnknownPage extends FsElement {
  @property({ attribute: false }) route: SetupRoute | undefined

  protected override render(): unknown {
    return html`<fs-empty-state
      icon="search"
      .heading=${t('Setup has no such page')}
      .text=${t('The address may be mistyped.')}
    >
      <a class="button" href=${setupPath({ page: 'objects' })}>${t('Go to the Object Manager')}</a>
    </fs-empty-state>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-unknown-page': FsSetupUnknownPage
  }
}
