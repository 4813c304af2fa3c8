/** Gives a record to somebody else, or to a queue. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, Value } from '../../base/wire.ts'
import type { EditorContext, EditorDetail } from '../../editors/editor-element.ts'
import '../../editors/lookup-editor.ts'
import { formDialog, formDialogStyles } from '../dialog/form-dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'

export interface OwnerQuestion {
  readonly id: string
  readonly name: string
  /** The field that says whose the record is. */
  readonly field: FieldInfo
  readonly context: EditorContext
}

/** True when the record has a new owner. */
export function changeOwner(question: OwnerQuestion): Promise<boolean> {
  return openDialog<boolean>(
    (answer) =>
      html`<fs-owner-dialog
        .question=${question}
        @owner-done=${(event: CustomEvent<boolean>) => answer(event.detail)}
      ></fs-owner-dialog>`,
  )
}

@customElement('fs-owner-dialog')
export class FsOwnerDialog extends FsElement {
  static override styles = formDialogStyles

  @property({ attribute: false }) question: OwnerQuestion | undefined
  @state() private value: Value = null
  @state() private error = ''

  protected override render(): unknown {
    const { question } = this
    if (!question) return nothing
    return formDialog({
      heading: t('Change owner'),
      confirmLabel: t('Change owner'),
      content: this.#content(question),
      // At the editor.
      error: '',
      onConfirm: () => void this.#save(question),
      onClose: () => this.#done(false),
    })
  }

  #content(question: OwnerQuestion): unknown {
    return html`<p>
        ${t('The new owner of {name} decides over it from then on.', { name: question.name })}
      </p>
      <fs-lookup-editor
        .label=${t('New owner')}
        .describe=${question.field}
        .context=${question.context}
        .value=${this.value}
        .error=${this.error}
        required
        @value-changed=${(event: CustomEvent<EditorDetail>) => {
          this.value = event.detail.value
          this.error = ''
        }}
      ></fs-lookup-editor>`
  }

  async #save({ context, field, id }: OwnerQuestion): Promise<void> {
    if (this.value === null || this.value === '') {
      this.error = t('Choose who is to own the record.')
      return
    }
    try {
      await records.update(context.object.name, id, { [field.name]: this.value })
      this.#done(true)
    } catch (error) {
      this.error = errorText(error)
    }
  }

  #done(isChanged: boolean): void {
    this.emit<boolean>('owner-done', isChanged)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-owner-dialog': FsOwnerDialog
  }
}
