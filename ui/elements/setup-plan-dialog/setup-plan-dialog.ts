/** A plan to review in a dialog; open while it has one. Fires `plan-closed` and `plan-applied`. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { JournalEntry, Plan } from '../../base/wire-metadata.ts'
import '../dialog/dialog.ts'
import '../setup-review/setup-review.ts'

@customElement('fs-setup-plan-dialog')
export class FsSetupPlanDialog extends FsElement {
  @property({ attribute: false }) load: (() => Promise<Plan>) | undefined
  @property({ attribute: false }) submit: ((plan: Plan) => Promise<JournalEntry>) | undefined
  @property() heading = ''
  @property() applyLabel = ''
  @property() confirmName = ''

  protected override render(): unknown {
    return html`<fs-dialog
      size="large"
      .heading=${this.heading || t('Review')}
      .open=${this.load !== undefined}
      @dialog-close=${() => this.emit('plan-closed')}
    >
      ${
        this.load === undefined
          ? nothing
          : html`<fs-setup-review
              .load=${this.load}
              .submit=${this.submit}
              .applyLabel=${this.applyLabel || t('Save')}
              .confirmName=${this.confirmName}
            >
              <button slot="back" class="button" @click=${() => this.emit('plan-closed')}>
                ${t('Back')}
              </button>
            </fs-setup-review>`
      }
    </fs-dialog>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-plan-dialog': FsSetupPlanDialog
  }
}
