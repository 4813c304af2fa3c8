/** Makes a customer of a lead: a new account or one that is there, an opportunity or none, and the status it ends with. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { act, actionChoices, type ActionChoice } from '../../access-api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { fieldOf } from '../../base/form-state.ts'
import { t } from '../../base/text.ts'
import type { Value } from '../../base/wire.ts'
import type { EditorContext, EditorDetail } from '../../editors/editor-element.ts'
import '../../editors/lookup-editor.ts'
import { checkControl, selectControl, textControl } from '../../setup/form-controls.ts'
import { formDialog, formDialogStyles } from '../dialog/form-dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import '../skeleton/skeleton.ts'

export interface ConversionQuestion {
  readonly id: string
  readonly name: string
  readonly context: EditorContext
}

const nameCharsMax = 120

/** True when the lead is a customer now. */
export function openConversion(question: ConversionQuestion): Promise<boolean> {
  return openDialog<boolean>(
    (answer) =>
      html`<fs-convert-dialog
        .question=${question}
        @convert-done=${(event: CustomEvent<boolean>) => answer(event.detail)}
      ></fs-convert-dialog>`,
  )
}

@customElement('fs-convert-dialog')
export class FsConvertDialog extends FsElement {
  static override styles = formDialogStyles

  @property({ attribute: false }) question: ConversionQuestion | undefined
  @state() private statuses: readonly ActionChoice[] | undefined
  @state() private status = ''
  @state() private accountId: Value = null
  @state() private makesOpportunity = true
  @state() private opportunityName = ''
  @state() private error = ''
  #saving = false

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    const company = this.question?.context.record?.['Company']
    if (typeof company === 'string') this.opportunityName = company.slice(0, nameCharsMax)
    try {
      this.statuses = await actionChoices('convertLead', 'convertedStatus')
      this.status = this.statuses[0]?.value ?? ''
    } catch (error) {
      this.error = errorText(error)
    }
  }

  protected override render(): unknown {
    const { question, statuses } = this
    if (!question) return nothing
    return formDialog({
      heading: t('Convert lead'),
      confirmLabel: t('Convert'),
      content: statuses
        ? this.#form(question, statuses)
        : html`<fs-skeleton lines="4"></fs-skeleton>`,
      error: this.error,
      onConfirm: () => void this.#save(question),
      onClose: () => this.#done(false),
    })
  }

  #form({ name, context }: ConversionQuestion, statuses: readonly ActionChoice[]): unknown {
    return html`<p>
        ${t('{name} becomes a contact. Tasks and events move there; the lead is changed no more.', { name })}
      </p>
      ${this.#account(context)}
      ${checkControl({
        name: 'opportunity',
        label: t('Create an opportunity'),
        checked: this.makesOpportunity,
        onInput: (checked) => (this.makesOpportunity = checked),
      })}
      ${
        this.makesOpportunity
          ? textControl({
              name: 'opportunity-name',
              label: t('Name of the opportunity'),
              hint: t('That of the company, if you leave it empty.'),
              value: this.opportunityName,
              lengthMax: nameCharsMax,
              onInput: (value) => (this.opportunityName = value),
            })
          : nothing
      }
      ${selectControl({
        name: 'status',
        label: t('Status of the lead'),
        value: this.status,
        choices: statuses,
        onInput: (value) => (this.status = value),
      })}`
  }

  /** The lead's own lookup finds the accounts that the user may see. */
  #account(context: EditorContext): unknown {
    const field = fieldOf(context.object, 'ConvertedAccountId')
    if (!field) return nothing
    const company = context.record?.['Company']
    const hint =
      typeof company === 'string' && company !== ''
        ? t('Leave it empty to create the account {company}.', { company })
        : t('The lead names no company: choose its account.')
    return html`<div>
      <fs-lookup-editor
        .label=${t('Existing account')}
        .describe=${field}
        .context=${context}
        .value=${this.accountId}
        @value-changed=${(event: CustomEvent<EditorDetail>) => {
          this.accountId = event.detail.value
          this.error = ''
        }}
      ></fs-lookup-editor>
      <p class="hint">${hint}</p>
    </div>`
  }

  async #save({ id }: ConversionQuestion): Promise<void> {
    if (this.#saving) return
    this.#saving = true
    const { accountId, makesOpportunity, opportunityName, status } = this
    try {
      await act('convertLead', {
        leadId: id,
        convertedStatus: status,
        ...(accountId === null || accountId === '' ? {} : { accountId }),
        ...(makesOpportunity ? { opportunityName } : { doNotCreateOpportunity: true }),
      })
      this.#done(true)
    } catch (error) {
      this.error = errorText(error)
    } finally {
      this.#saving = false
    }
  }

  #done(isConverted: boolean): void {
    this.emit<boolean>('convert-done', isConverted)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-convert-dialog': FsConvertDialog
  }
}
