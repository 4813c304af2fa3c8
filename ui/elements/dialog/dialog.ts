/**
 * A modal dialog on the native element, which keeps the focus inside and gives it back to the opener.
 * Fires `dialog-close` after Escape, the close button or the backdrop; preventing it keeps the dialog open.
 */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import '../icon/icon.ts'
import { dialogStyles } from './dialog.styles.ts'

/** Slots: content, and `footer` for the buttons. */
@customElement('fs-dialog')
export class FsDialog extends FsElement {
  static override styles = dialogStyles

  @property() heading = ''
  /** `small` for questions, `medium`, `large` for forms and plans. */
  @property({ reflect: true }) size: 'small' | 'medium' | 'large' = 'medium'
  @property({ type: Boolean }) open = false

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog')
    if (this.open && dialog?.open === false) dialog.showModal()
    if (!this.open && dialog?.open === true) dialog.close()
  }

  protected override render(): unknown {
    return html`<dialog
      aria-labelledby="heading"
      @cancel=${(event: Event) => this.#ask(event)}
      @click=${(event: Event) => {
        if (event.target === event.currentTarget) this.#ask(event)
      }}
    >
      <div class="frame">
        <div class="head">
          <h2 id="heading">${this.heading}</h2>
          <button class="icon-button" aria-label=${t('Close')} @click=${(e: Event) => this.#ask(e)}>
            <fs-icon name="close"></fs-icon>
          </button>
        </div>
        <div class="content">${this.open ? html`<slot></slot>` : nothing}</div>
        <footer ?hidden=${this.querySelector(':scope > [slot="footer"]') === null}>
          <slot name="footer"></slot>
        </footer>
      </div>
    </dialog>`
  }

  #ask(event: Event): void {
    event.preventDefault()
    if (this.emit('dialog-close')) this.open = false
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-dialog': FsDialog
  }
}
