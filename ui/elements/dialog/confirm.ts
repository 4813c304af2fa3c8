/** Asks one question in a dialog; the answer is a promise. */
import { html } from 'lit'
import { t } from '../../base/text.ts'
import './dialog.ts'
import './dialog-buttons.ts'
import { openDialog } from './open-dialog.ts'

export interface Question {
  readonly heading: string
  readonly text: string
  readonly confirmLabel: string
  readonly cancelLabel?: string
  /** Marks the confirming button as destructive. */
  readonly danger?: boolean
}

/** True when the user confirms. */
export function confirm(question: Question): Promise<boolean> {
  return openDialog<boolean>(
    (answer) =>
      html`<fs-dialog
        size="small"
        .heading=${question.heading}
        .open=${true}
        @dialog-close=${() => answer(false)}
      >
        <p>${question.text}</p>
        <fs-dialog-buttons
          slot="footer"
          .confirmLabel=${question.confirmLabel}
          .cancelLabel=${question.cancelLabel ?? t('Cancel')}
          .danger=${question.danger === true}
          @confirm=${() => answer(true)}
          @cancel-dialog=${() => answer(false)}
        ></fs-dialog-buttons>
      </fs-dialog>`,
  )
}
