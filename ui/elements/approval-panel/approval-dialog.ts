/** Asks for what goes with an answer: a comment, and whom it goes to where somebody has to be chosen. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { approvals, type ApprovalWish, type PersonName } from '../../approvals-api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { selectControl, textControl } from '../../setup/form-controls.ts'
import { formDialog, formDialogStyles } from '../dialog/form-dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'

export interface ApprovalQuestion {
  readonly heading: string
  readonly confirmLabel: string
  readonly wish: Omit<ApprovalWish, 'comments' | 'nextApproverIds'>
  /** Somebody is to be chosen. */
  readonly choosesPerson: boolean
}

/** True when it was done. */
export function askApproval(question: ApprovalQuestion): Promise<boolean> {
  return openDialog<boolean>(
    (answer) =>
      html`<fs-approval-dialog
        .question=${question}
        @approval-done=${(event: CustomEvent<boolean>) => answer(event.detail)}
      ></fs-approval-dialog>`,
  )
}

@customElement('fs-approval-dialog')
export class FsApprovalDialog extends FsElement {
  static override styles = formDialogStyles

  @property({ attribute: false }) question: ApprovalQuestion | undefined
  @state() private people: readonly PersonName[] = []
  @state() private personId = ''
  @state() private comments = ''
  @state() private error = ''
  #saving = false

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.question?.choosesPerson === true) void this.#loadPeople()
  }

  async #loadPeople(): Promise<void> {
    try {
      this.people = await approvals.people()
      this.personId = this.people[0]?.id ?? ''
    } catch (error) {
      this.error = errorText(error)
    }
  }

  protected override render(): unknown {
    const { question } = this
    if (!question) return nothing
    return formDialog({
      heading: question.heading,
      confirmLabel: question.confirmLabel,
      content: this.#content(question),
      error: this.error,
      onConfirm: () => void this.#save(question),
      onClose: () => this.#done(false),
    })
  }

  #content({ choosesPerson }: ApprovalQuestion): unknown {
    return html`${
      choosesPerson
        ? selectControl({
            name: 'person',
            label: t('Who decides'),
            value: this.personId,
            choices: this.people.map(({ id, name }) => ({ value: id, label: name })),
            onInput: (value) => (this.personId = value),
          })
        : nothing
    }
    ${textControl({
      name: 'comments',
      label: t('Comment'),
      value: this.comments,
      lines: 4,
      lengthMax: 4000,
      onInput: (value) => (this.comments = value),
    })}`
  }

  async #save({ wish, choosesPerson }: ApprovalQuestion): Promise<void> {
    if (this.#saving) return
    this.#saving = true
    const chosen = choosesPerson ? { nextApproverIds: [this.personId] } : {}
    try {
      await approvals.perform({ ...wish, ...chosen, comments: this.comments })
      this.#done(true)
    } catch (error) {
      this.error = errorText(error)
    } finally {
      this.#saving = false
    }
  }

  #done(isDone: boolean): void {
    this.emit<boolean>('approval-done', isDone)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-approval-dialog': FsApprovalDialog
  }
}
