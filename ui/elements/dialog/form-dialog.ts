/** The frame of a dialog with a small form: what it asks, what went wrong, and the two buttons. */
import { css, html, nothing } from 'lit'
import { t } from '../../base/text.ts'
import { formStyles } from '../../setup/form-styles.ts'
import './dialog.ts'
import './dialog-buttons.ts'

export const formDialogStyles = [
  formStyles,
  css`
    .body {
      display: grid;
      gap: var(--fs-space-4);
    }
    .error {
      color: var(--fs-danger);
    }
  `,
]

export interface FormDialog {
  readonly heading: string
  readonly confirmLabel: string
  readonly content: unknown
  /** Read out where it is not empty. */
  readonly error: string
  readonly size?: 'small' | 'medium'
  onConfirm(): void
  onClose(): void
}

export function formDialog(dialog: FormDialog): unknown {
  const { heading, confirmLabel, content, error, size = 'small' } = dialog
  return html`<fs-dialog
    size=${size}
    .heading=${heading}
    .open=${true}
    @dialog-close=${() => dialog.onClose()}
  >
    <div class="body">
      ${content} ${error === '' ? nothing : html`<p class="error" role="alert">${error}</p>`}
    </div>
    <fs-dialog-buttons
      slot="footer"
      .confirmLabel=${confirmLabel}
      .cancelLabel=${t('Cancel')}
      @confirm=${() => dialog.onConfirm()}
      @cancel-dialog=${() => dialog.onClose()}
    ></fs-dialog-buttons>
  </fs-dialog>`
}
