/** The form of a new record over the form that is open: a lookup makes the parent it lacks without leaving. */
import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { ApiError, errorText } from '../../base/api-error.ts'
import { deepActiveElement, fieldOfEvent } from '../../base/deep-focus.ts'
import { FsElement } from '../../base/element.ts'
import {
  applyEdit,
  checkAll,
  checkField,
  layoutProblems,
  noteRefusal,
} from '../../base/form-checks.ts'
import { isDirty, newForm, saveBody } from '../../base/form-state.ts'
import type { Edit, FormState } from '../../base/form-state.ts'
import { checkRules, formFacts } from '../../base/form-rules.ts'
import { objectScreen } from '../../base/object-store.ts'
import { recordName } from '../../base/record-names.ts'
import {
  choosableTypes,
  recordTypeField,
  rememberType,
  screenOfType,
  suggestedType,
} from '../../base/record-types.ts'
import { isSaveKey } from '../../base/save-key.ts'
import { t } from '../../base/text.ts'
import type { FormFacts, ObjectScreen, RecordTypeScreen, WireRecord } from '../../base/wire.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import { formContext } from '../../editors/form-context.ts'
import { nameById } from '../../editors/name-by-id.ts'
import { askToLeave } from '../dialog/ask-to-leave.ts'
import '../dialog/dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import '../error-summary/error-summary.ts'
import { focusSummary } from '../error-summary/focus-summary.ts'
import '../form-sections/form-sections.ts'
import '../problem/problem.ts'
import '../record-type-choice/record-type-choice.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'

export interface NewRecord {
  readonly id: string
  readonly name: string
  readonly object: string
}

interface Wanted {
  readonly object: string
  /** What stood in the lookup: the name of the new record, where a name is entered. */
  readonly name: string
  readonly context: EditorContext
}

/** The record that was saved; undefined when the user went back. */
export function createInDialog(wanted: Wanted): Promise<NewRecord | undefined> {
  return openDialog<NewRecord | undefined>(
    (answer) =>
      html`<fs-new-record-dialog
        .wanted=${wanted}
        @record-created=${(event: CustomEvent<NewRecord>) => answer(event.detail)}
        @cancel-dialog=${() => answer(undefined)}
      ></fs-new-record-dialog>`,
  )
}

/** Fires `record-created` with the saved record, and `cancel-dialog`. */
@customElement('fs-new-record-dialog')
export class FsNewRecordDialog extends FsElement {
  static override styles = css`
    .legend {
      margin-bottom: var(--fs-space-3);
    }
    fs-error-summary {
      margin-bottom: var(--fs-space-3);
    }
  `

  @property({ attribute: false }) wanted: Wanted | undefined
  @state() private object: ObjectScreen | undefined
  @state() private form: FormState | undefined
  /** The record types among which the user chooses first. */
  @state() private types: readonly RecordTypeScreen[] = []
  @state() private messages: readonly string[] = []
  @state() private summaryShown = false
  @state() private saving = false
  @state() private failure: unknown
  #defaults: FormFacts['defaults'] = {}
  @query('fs-record-type-choice')
  private choice!: HTMLElementTagNameMap['fs-record-type-choice'] | null
  @query('fs-form-sections') private sections!: HTMLElementTagNameMap['fs-form-sections'] | null

  override connectedCallback(): void {
    super.connectedCallback()
    void this.updateComplete.then(() => this.#load())
  }

  async #load(): Promise<void> {
    const { wanted } = this
    if (!wanted) return
    this.failure = undefined
    try {
      const [object, { defaults }] = await Promise.all([
        objectScreen(wanted.object),
        formFacts(wanted.object),
      ])
      this.object = object
      this.#defaults = defaults
      const types = choosableTypes(object)
      if (types.length < 2) return await this.#begin(types[0]?.id)
      this.types = types
      await this.updateComplete
      await this.choice?.updateComplete
      this.choice?.focus()
    } catch (error) {
      this.failure = error
    }
  }

  async #begin(type: string | undefined): Promise<void> {
    if (!this.object || !this.wanted) return
    if (this.types.length > 0 && type !== undefined) rememberType(this.object, type)
    this.types = []
    this.object = screenOfType(this.object, type)
    this.form = startForm(this.object, this.wanted, { defaults: this.#defaults, type })
    await this.updateComplete
    await this.sections?.updateComplete
    this.sections?.focusFirst()
  }

  protected override render(): unknown {
    const label = this.object?.describe.label ?? ''
    return html`<fs-dialog
      size="large"
      .heading=${label === '' ? '' : t('New {object}', { object: label })}
      .open=${true}
      @dialog-close=${(event: Event) => this.#closing(event)}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
    >
      ${this.#content()}
      <div slot="footer">
        <button class="button" type="button" @click=${() => void this.#cancel()}>
          ${t('Cancel')}
        </button>
        ${this.types.length > 0 ? this.#nextButton() : this.#saveButton()}
      </div>
    </fs-dialog>`
  }

  #nextButton(): unknown {
    return html`<button class="button primary" type="button" @click=${() => this.choice?.submit()}>
      ${t('Next')}
    </button>`
  }

  #saveButton(): unknown {
    return html`<button
      class="button primary"
      type="button"
      ?disabled=${this.saving || this.form === undefined}
      @click=${() => void this.#save()}
    >
      ${this.saving ? t('Saving…') : t('Save')}
    </button>`
  }

  #content(): unknown {
    if (this.failure !== undefined) {
      return html`<fs-problem
        .error=${this.failure}
        @retry=${() => void this.#load()}
      ></fs-problem>`
    }
    const { object, form, wanted } = this
    if (object && this.types.length > 0)
      return html`<fs-record-type-choice
        embedded
        .types=${this.types}
        .suggested=${suggestedType(object)}
        @choose=${(event: CustomEvent<string>) => void this.#begin(event.detail)}
      ></fs-record-type-choice>`
    if (!object || !form || !wanted) return html`<fs-skeleton lines="6"></fs-skeleton>`
    return html`
      ${
        this.summaryShown
          ? html`<fs-error-summary
              .problems=${layoutProblems(form, object.describe)}
              .messages=${this.messages}
              @focus-field=${(event: CustomEvent<string>) => this.sections?.focusField(event.detail)}
            ></fs-error-summary>`
          : nothing
      }
      <p class="legend soft small">${t('* A value is required')}</p>
      <fs-form-sections
        .sections=${object.layout.sections}
        .state=${form}
        .context=${formContext(object.describe, form, { ...wanted.context, record: undefined })}
        @value-changed=${(event: CustomEvent<Edit>) => this.#edit(event)}
        @focusout=${(event: FocusEvent) => this.#left(event)}
      ></fs-form-sections>
    `
  }

  #edit(event: CustomEvent<Edit>): void {
    if (this.form && this.object)
      this.form = applyEdit(this.form, event.detail, this.object.describe)
  }

  #left(event: FocusEvent): void {
    const field = fieldOfEvent(event)
    if (!this.form || !this.object || field === undefined || !this.form.values.has(field)) return
    this.form = checkField(this.form, field, this.object)
  }

  #key(event: KeyboardEvent): void {
    if (!isSaveKey(event)) return
    event.preventDefault()
    void this.#save()
  }

  #closing(event: Event): void {
    event.preventDefault()
    event.stopPropagation()
    void this.#cancel()
  }

  async #cancel(): Promise<void> {
    const dirty = this.form && this.object ? isDirty(this.form, this.object.describe) : false
    if (!dirty || (await askToLeave())) this.emit('cancel-dialog')
  }

  async #save(): Promise<void> {
    if (this.saving || !this.form || !this.object) return
    // A control that keeps its input until it is left (dates) hands it over now.
    const active = deepActiveElement()
    if (active instanceof HTMLElement) active.blur()
    this.messages = []
    this.form = checkAll(this.form, this.object)
    const { describe } = this.object
    if (layoutProblems(this.form, describe).length > 0) return this.#showSummary()
    this.saving = true
    try {
      await checkRules(this.form, describe)
      const { id } = await records.create(describe.name, saveBody(this.form, describe))
      const name = await this.#nameOf(id)
      showToast({ kind: 'success', text: t('{object} created.', { object: describe.label }) })
      this.emit<NewRecord>('record-created', { id, name, object: describe.name })
    } catch (error) {
      this.#refused(error)
    } finally {
      this.saving = false
    }
  }

  // A number is given by the server; a name that was entered need not be asked for.
  #nameOf(id: string): Promise<string> | string {
    const { object, form } = this
    if (!object || !form) return id
    const record: WireRecord = { Id: id, ...Object.fromEntries(form.values) }
    const entered = recordName(object.describe, record)
    return entered === id ? nameById(object.describe.name, id) : entered
  }

  #refused(error: unknown): void {
    const { object, form } = this
    if (!(error instanceof ApiError) || !object || !form) {
      this.messages = [errorText(error)]
    } else {
      const noted = noteRefusal(form, error, object)
      this.form = noted.form
      this.messages = noted.messages
    }
    this.#showSummary()
  }

  #showSummary(): void {
    this.summaryShown = true
    void focusSummary(this)
  }
}

// What the form begins with is no input that could be lost.
function startForm(
  { describe }: ObjectScreen,
  { context, name }: Wanted,
  {
    defaults,
    type,
  }: { readonly defaults: FormFacts['defaults']; readonly type: string | undefined },
): FormState {
  const nameField = describe.fields.find((field) => field.nameField === true)
  const preset = nameField && name !== '' ? new Map([[nameField.name, name]]) : new Map()
  const form = newForm(describe, preset, { userId: context.screen.user.id, defaults })
  const values = type === undefined ? form.values : new Map(form.values).set(recordTypeField, type)
  return { ...form, values, base: values }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-new-record-dialog': FsNewRecordDialog
  }
}
