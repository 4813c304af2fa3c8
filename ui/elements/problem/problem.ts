/** What a page shows when its content could not be loaded. Fires `retry`. */
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { ApiError, errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import '../empty-state/empty-state.ts'

@customElement('fs-problem')
export class FsProblem extends FsElement {
  @property({ attribute: false }) error: unknown

  protected override render(): unknown {
    const missing = this.error instanceof ApiError && [403, 404].includes(this.error.status)
    return html`<div role="alert">
      ${
        missing
          ? html`<fs-empty-state
              icon="lock"
              heading=${t('This is not here, or not for you')}
              text=${t('It may have been deleted, or you may not have the right to see it.')}
            ></fs-empty-state>`
          : html`<fs-empty-state
              icon="warning"
              heading=${t('This could not be loaded')}
              text=${errorText(this.error)}
            >
              <button class="button" @click=${() => this.emit('retry')}>${t('Try again')}</button>
            </fs-empty-state>`
      }
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-problem': FsProblem
  }
}
