/** Gives one field of many rows another value: the editor of the field, what suits all rows, what became of each. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { ApiError, errorText } from '../../base/api-error.ts'
import { changeRow, isChanged, onTheirs } from '../../base/change-rows.ts'
import type { ChangeKind, FieldChange } from '../../base/change-rows.ts'
import { checkValue } from '../../base/check-value.ts'
import { deepActiveElement } from '../../base/deep-focus.ts'
import { FsElement } from '../../base/element.ts'
import { recordName } from '../../base/record-names.ts'
import { fieldsForMany, mayBeEmpty, pathsAround, type RowForm } from '../../base/row-forms.ts'
import { readRows, saveRows } from '../../base/save-rows.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { FieldInfo, ObjectScreen, Value, WireRecord } from '../../base/wire.ts'
import type { EditorDetail } from '../../editors/editor-element.ts'
import '../dialog/dialog.ts'
import '../dialog/dialog-buttons.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'
import { editRowsStyles } from './edit-rows.styles.ts'
import './outcome.ts'
import { renderProgress } from './outcome.ts'
import { rowsLeft, type RowsLeft } from './rows-left.ts'
import { renderValueOfAll } from './value-of-all.ts'

export interface EditedRows {
  readonly object: ObjectScreen
  readonly rows: readonly WireRecord[]
  readonly context: ValueContext
  /** The field, where it is not to be chosen. */
  readonly field?: FieldInfo
}

/** What is left of the rows; undefined when the user went back before anything was done. */
export function editRows(wanted: EditedRows): Promise<RowsLeft | undefined> {
  return openDialog<RowsLeft | undefined>(
    (answer) =>
      html`<fs-edit-rows
        .wanted=${wanted}
        @rows-done=${(event: CustomEvent<RowsLeft | null>) => answer(event.detail ?? undefined)}
      ></fs-edit-rows>`,
  )
}

@customElement('fs-edit-rows')
export class FsEditRows extends FsElement {
  static override styles = editRowsStyles

  @property({ attribute: false }) wanted: EditedRows | undefined
  @state() private field: FieldInfo | undefined
  /** As they were read for this field; undefined until then. */
  @state() private forms: readonly RowForm[] | undefined
  @state() private kind: ChangeKind = 'set'
  @state() private value: Value = null
  @state() private unreadable = ''
  @state() private error = ''
  @state() private progress: { readonly done: number; readonly of: number } | undefined
  @state() private left: RowsLeft | undefined
  /** The refused rows are looked at; otherwise the value is. */
  @state() private showsLeft = false
  @state() private overwritten: ReadonlySet<string> = new Set()
  #stopped = false
  #changed = 0
  readonly #turns = new Turns()

  protected override firstUpdated(): void {
    const { field } = this.wanted ?? {}
    if (field) void this.#choose(field)
  }

  async #choose(field: FieldInfo): Promise<void> {
    const { wanted } = this
    if (!wanted) return
    this.field = field
    this.forms = undefined
    this.kind = 'set'
    this.value = field.type === 'boolean' ? false : null
    this.error = ''
    this.unreadable = ''
    const isLatest = this.#turns.next()
    try {
      const forms = await this.#read(wanted, field, this.#ids(wanted))
      if (isLatest()) this.forms = forms
    } catch (error) {
      if (isLatest()) this.error = errorText(error)
    }
  }

  /** The refused rows as they are now, for another value; the one that was given stands as it did. */
  async #another(wanted: EditedRows): Promise<void> {
    const { field } = this
    if (!field) return
    this.showsLeft = false
    this.forms = undefined
    try {
      this.forms = await this.#read(wanted, field, this.#ids(wanted))
    } catch (error) {
      this.error = errorText(error)
    }
  }

  #read({ object }: EditedRows, field: FieldInfo, ids: readonly string[]) {
    return readRows(object, ids, pathsAround(object.describe, [field.name]))
  }

  /** Those that wait for the change: all, or what is left of them. */
  #ids(wanted: EditedRows): readonly string[] {
    return this.left ? [...this.left.keys()] : wanted.rows.map((row) => row.Id ?? '')
  }

  protected override render(): unknown {
    const { wanted } = this
    if (!wanted) return nothing
    return html`<fs-dialog
      .heading=${this.#heading(wanted)}
      .open=${true}
      @dialog-close=${(event: Event) => this.#close(event)}
    >
      ${this.#content(wanted)} ${this.#footer(wanted)}
    </fs-dialog>`
  }

  #heading(wanted: EditedRows): string {
    if (this.showsLeft && !this.progress) {
      return t('{done} changed, {count} not', { done: this.#changed, count: this.left?.size ?? 0 })
    }
    const count = this.#ids(wanted).length
    return wanted.field
      ? t('Change owner of {count, plural, one {# row} other {# rows}}', { count })
      : t('Edit a field of {count, plural, one {# row} other {# rows}}', { count })
  }

  #content(wanted: EditedRows): unknown {
    const { progress, left } = this
    if (progress) return renderProgress(progress.done, progress.of)
    if (this.showsLeft && left) {
      const { describe } = wanted.object
      const names = new Map(wanted.rows.map((row) => [row.Id ?? '', recordName(describe, row)]))
      return html`<fs-rows-outcome
        .left=${left}
        .names=${names}
        .describe=${describe}
        .context=${wanted.context}
        .overwritten=${this.overwritten}
        @overwrite=${(event: CustomEvent<string>) => this.#overwrite(event.detail)}
      ></fs-rows-outcome>`
    }
    return html`${wanted.field ? nothing : this.#fieldChoice(wanted)} ${this.#valueChoice(wanted)}`
  }

  #fieldChoice({ object }: EditedRows): unknown {
    const fields = fieldsForMany(object)
    return html`<div class="choice">
      <label for="field">${t('Field')}</label>
      <select
        id="field"
        autofocus
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement
          const field = fields.find((one) => one.name === value)
          if (field) void this.#choose(field)
        }}
      >
        <option value="" disabled ?selected=${!this.field}>${t('Choose a field')}</option>
        ${fields.map(
          (one) =>
            html`<option value=${one.name} ?selected=${one.name === this.field?.name}>
              ${one.label}
            </option>`,
        )}
      </select>
    </div>`
  }

  #valueChoice({ object, context }: EditedRows): unknown {
    const { field, forms } = this
    if (!field) return nothing
    if (!forms) {
      return this.error
        ? html`<p class="error" role="alert">${this.error}</p>`
        : html`<fs-skeleton lines="2"></fs-skeleton>`
    }
    return renderValueOfAll({
      object,
      context,
      field,
      forms,
      kind: this.kind,
      value: this.value,
      error: this.error || this.unreadable,
      mayBeEmpty: mayBeEmpty(object, field),
      choose: (kind) => {
        this.kind = kind
        this.value = field.type === 'boolean' ? false : null
        this.error = ''
      },
      edit: ({ value, unreadable }: EditorDetail) => {
        this.unreadable = unreadable ?? ''
        if (unreadable === undefined) this.value = value
        this.error = ''
      },
    })
  }

  #footer(wanted: EditedRows): unknown {
    if (this.progress) {
      return html`<button slot="footer" class="button" @click=${() => (this.#stopped = true)}>
        ${t('Stop')}
      </button>`
    }
    const { left } = this
    const count = this.#ids(wanted).length
    if (!this.showsLeft || !left) {
      return html`<fs-dialog-buttons
        slot="footer"
        .confirmLabel=${t('Change {count, plural, one {# row} other {# rows}}', { count })}
        .cancelLabel=${left ? t('Close') : t('Cancel')}
        @confirm=${() => void this.#save(wanted)}
        @cancel-dialog=${(event: Event) => this.#close(event)}
      ></fs-dialog-buttons>`
    }
    return html`<div slot="footer">
      <button class="button" @click=${(event: Event) => this.#close(event)}>${t('Close')}</button>
      <button class="button" @click=${() => void this.#another(wanted)}>
        ${t('Another value')}
      </button>
      <button class="button primary" @click=${() => void this.#again(wanted)}>
        ${t('Try again')}
      </button>
    </div>`
  }

  #overwrite(id: string): void {
    const next = new Set(this.overwritten)
    if (!next.delete(id)) next.add(id)
    this.overwritten = next
  }

  async #save(wanted: EditedRows): Promise<void> {
    // A control that keeps its input until it is left (dates) hands it over now.
    const active = deepActiveElement()
    if (active instanceof HTMLElement) active.blur()
    const { field, forms, kind, value, unreadable } = this
    if (!field || !forms) return
    const needsValue = kind !== 'empty' && field.type !== 'boolean'
    this.error = unreadable || (needsValue ? (checkValue(field, value, true) ?? '') : '')
    if (this.error !== '') return
    const change = { field: field.name, kind, value }
    await this.#send(
      wanted,
      forms.map((row) => changeRow(row, change)),
    )
  }

  /** Rows that others changed meanwhile are saved over their values where the user said so. */
  async #again(wanted: EditedRows): Promise<void> {
    const { field, forms, left, kind, value } = this
    if (!field || !forms || !left) return
    const change: FieldChange = { field: field.name, kind, value }
    const rows = forms.flatMap((row) => {
      const conflicts = left.get(row.id)?.conflicts ?? []
      if (!left.has(row.id)) return []
      if (conflicts.length === 0) return [changeRow(row, change)]
      return this.overwritten.has(row.id) ? [onTheirs(row, conflicts, change)] : []
    })
    await this.#send(wanted, rows)
  }

  async #send({ object, rows: all }: EditedRows, rows: readonly RowForm[]): Promise<void> {
    const waiting = new Map<string, ApiError | undefined>(this.left)
    // Rows that have the value already are done; those that could not be read are gone.
    const known = new Set((this.forms ?? []).map(({ id }) => id))
    const gone = new ApiError(404, [
      { errorCode: 'NOT_FOUND', message: t('It is not there any more.') },
    ])
    if (!this.left) for (const { Id = '' } of all) if (!known.has(Id)) waiting.set(Id, gone)
    const toSave = rows.filter(isChanged)
    this.#stopped = false
    this.progress = { done: 0, of: toSave.length }
    const told = await saveRows(object.describe.name, toSave, {
      at: (done, of) => (this.progress = { done, of }),
      isStopped: () => this.#stopped,
    })
    this.progress = undefined
    for (const { id } of rows) waiting.delete(id)
    const refused = rowsLeft(
      toSave.map(({ id }) => id),
      told,
    )
    this.#changed += rows.length - refused.size
    this.left = new Map([...waiting, ...refused])
    this.showsLeft = true
    this.overwritten = new Set()
    if (this.left.size === 0) this.#done()
  }

  #close(event: Event): void {
    event.preventDefault()
    // What is under way is stopped by its own button.
    if (!this.progress) this.#done()
  }

  #done(): void {
    const count = this.#changed
    if (count > 0) {
      const text = t('{count, plural, one {# row} other {# rows}} changed.', { count })
      showToast({ kind: 'success', text })
    }
    this.emit<RowsLeft | undefined>('rows-done', this.left)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-edit-rows': FsEditRows
  }
}
