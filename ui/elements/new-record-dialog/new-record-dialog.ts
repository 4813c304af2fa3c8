/** The form of a new record over the form that is open: a lookup makes the parent it lacks without leaving. */
import { html } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { newForm, saveBody } from '../../base/form-state.ts'
import type { FormState } from '../../base/form-state.ts'
import { formFacts } from '../../base/form-rules.ts'
import { objectScreen } from '../../base/object-store.ts'
import { recordName } from '../../base/record-names.ts'
import {
  choosableTypes,
  recordTypeField,
  rememberType,
  screenOfType,
  suggestedType,
} from '../../base/record-types.ts'
import { t } from '../../base/text.ts'
import type { FormFacts, ObjectScreen, RecordTypeScreen, WireRecord } from '../../base/wire.ts'
import type { EditorContext } from '../../editors/editor-element.ts'
import { nameById } from '../../editors/name-by-id.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import { RecordDialog } from '../record-dialog/record-dialog.ts'
import '../record-type-choice/record-type-choice.ts'
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
        .place=${wanted.context}
        @record-created=${(event: CustomEvent<NewRecord>) => answer(event.detail)}
        @cancel-dialog=${() => answer(undefined)}
      ></fs-new-record-dialog>`,
  )
}

/** Fires `record-created` with the saved record, and `cancel-dialog`. */
@customElement('fs-new-record-dialog')
export class FsNewRecordDialog extends RecordDialog {
  @property({ attribute: false }) wanted: Wanted | undefined
  /** The record types among which the user chooses first. */
  @state() private types: readonly RecordTypeScreen[] = []
  #defaults: FormFacts['defaults'] = {}
  @query('fs-record-type-choice')
  private choice!: HTMLElementTagNameMap['fs-record-type-choice'] | null

  protected override heading(): string {
    const label = this.object?.describe.label ?? ''
    return label === '' ? '' : t('New {object}', { object: label })
  }

  protected override async load(): Promise<void> {
    const { wanted } = this
    if (!wanted) return
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
  }

  async #begin(type: string | undefined): Promise<void> {
    if (!this.object || !this.wanted) return
    if (this.types.length > 0 && type !== undefined) rememberType(this.object, type)
    this.types = []
    this.object = screenOfType(this.object, type)
    this.form = startForm(this.object, this.wanted, { defaults: this.#defaults, type })
    await this.focusForm()
  }

  protected override confirmButton(): unknown {
    if (this.types.length === 0) return super.confirmButton()
    return html`<button class="button primary" type="button" @click=${() => this.choice?.submit()}>
      ${t('Next')}
    </button>`
  }

  protected override content(): unknown {
    const { object } = this
    if (!object || this.types.length === 0) return super.content()
    return html`<fs-record-type-choice
      embedded
      .types=${this.types}
      .suggested=${suggestedType(object)}
      @choose=${(event: CustomEvent<string>) => void this.#begin(event.detail)}
    ></fs-record-type-choice>`
  }

  protected override async store(form: FormState, { describe }: ObjectScreen): Promise<void> {
    const { id } = await records.create(describe.name, saveBody(form, describe))
    const name = await this.#nameOf(id)
    showToast({ kind: 'success', text: t('{object} created.', { object: describe.label }) })
    this.emit<NewRecord>('record-created', { id, name, object: describe.name })
  }

  // A number is given by the server; a name that was entered need not be asked for.
  #nameOf(id: string): Promise<string> | string {
    const { object, form } = this
    if (!object || !form) return id
    const record: WireRecord = { Id: id, ...Object.fromEntries(form.values) }
    const entered = recordName(object.describe, record)
    return entered === id ? nameById(object.describe.name, id) : entered
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
