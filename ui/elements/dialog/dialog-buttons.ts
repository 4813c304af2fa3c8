/** The pair of buttons at the foot of a question. Fires `confirm` and `cancel-dialog`. */
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'

@customElement('fs-dialog-buttons')
export class FsDialogButtons extends FsElement {
  static override styles = css`
    :host {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: var(--fs-space-2);
    }
  `

  @property() confirmLabel = ''
  @property() cancelLabel = ''
  @property({ type: Boolean }) danger = false

  protected override render(): unknown {
    return html`
      <button class="button" autofocus @click=${() => this.emit('cancel-dialog')}>
        ${this.cancelLabel}
      </button>
      <button
        class="button primary ${this.danger ? 'danger' : ''}"
        @click=${() => this.emit('confirm')}
      >
        ${this.confirmLabel}
      </button>
    `
  }
}
