/** Cells changed in a list: one is edited at a time, all are kept until they are saved together, none is lost on a refusal. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { objectOfId } from '../../base/app-context.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { resolveConflicts } from '../../base/form-state.ts'
import type { Edit } from '../../base/form-state.ts'
import { live } from '../../base/live.ts'
import { recordName } from '../../base/record-names.ts'
import { router } from '../../base/router.ts'
import {
  afterSave,
  afterTheirs,
  conflicting,
  draftedFields,
  noDrafts,
  readyToSave,
  withEdit,
  withMessage,
} from '../../base/row-drafts.ts'
import type { RowDraft, RowDrafts } from '../../base/row-drafts.ts'
import { editableNames, pathsAround, type RowForm } from '../../base/row-forms.ts'
import { readRows, saveRows } from '../../base/save-rows.ts'
import { t } from '../../base/text.ts'
import type { Conflict, FieldInfo, ObjectScreen, RecordEvent, WireRecord } from '../../base/wire.ts'
import { nameById } from '../../editors/name-by-id.ts'
import { namedConflicts } from '../../editors/named-conflicts.ts'
import '../conflict-dialog/conflict-dialog.ts'
import { askToLeave } from '../dialog/ask-to-leave.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import { showToast } from '../toast/toast.ts'
import './cell-editor.ts'
import type { CellDone, OpenCell } from './cell-editor.ts'
import './draft-bar.ts'

export interface WantedCell {
  readonly row: WireRecord
  readonly field: FieldInfo
  readonly anchor: Element
}

/** What the grid shows of the drafts. */
export interface ShownDrafts {
  readonly drafts: RowDrafts
  /** Of records that lookups now point at, by id. */
  readonly names: ReadonlyMap<string, string>
}

/** Which cell comes after one, or takes the focus back. */
export interface NextCell {
  readonly id: string
  readonly field: string
  readonly next: CellDone['next']
}

/** Fires `drafts-change`, `cell-next` after a cell was edited, and `rows-worked` after rows were saved. */
@customElement('fs-row-editing')
export class FsRowEditing extends FsElement {
  @property({ attribute: false }) object: ObjectScreen | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private drafts: RowDrafts = noDrafts
  @state() private cell: OpenCell | undefined
  @state() private saving = false
  @state() private conflict:
    { readonly id: string; readonly fields: readonly Conflict[] } | undefined
  #names: ReadonlyMap<string, string> = new Map()
  #stop: (() => void)[] = []
  #liftGuard: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    // A guard that let the user go on within the list has to stand again.
    const guardAgain = (): void => this.#guard()
    router.addEventListener('navigated', guardAgain)
    this.#stop = [
      () => router.removeEventListener('navigated', guardAgain),
      live.onRecord((event) => void this.#onRecord(event)),
    ]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const stop of this.#stop) stop()
    this.#liftGuard?.()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('drafts')) this.#guard()
  }

  #guard(): void {
    this.#liftGuard?.()
    this.#liftGuard = undefined
    if (this.drafts.size === 0) return
    // Another order shows the same rows.
    this.#liftGuard = router.guard((path) =>
      isSameList(path) ? Promise.resolve(true) : askToLeave(),
    )
  }

  /** Opens the editor over a cell. */
  async open({ row, field, anchor }: WantedCell): Promise<void> {
    const { object } = this
    if (!object || this.saving) return
    try {
      const id = row.Id ?? ''
      const form = this.drafts.get(id) ?? (await this.#read(object, [id]))[0]
      if (form) this.cell = { row: form, field, anchor }
      else showToast({ kind: 'error', text: t('It is not there any more.') })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
  }

  /** The user gave the drafts up, or looks at another list. */
  discard(): void {
    this.cell = undefined
    this.#keep(noDrafts)
  }

  // All that may be edited in the row, so that a second cell needs no second question.
  #read(object: ObjectScreen, ids: readonly string[]): Promise<readonly RowForm[]> {
    return readRows(object, ids, pathsAround(object.describe, [...editableNames(object)]))
  }

  #keep(drafts: RowDrafts): void {
    this.drafts = drafts
    this.emit<ShownDrafts>('drafts-change', { drafts, names: this.#names })
  }

  protected override render(): unknown {
    const { object, context, conflict } = this
    if (!object || !context) return nothing
    const row = conflict && this.drafts.get(conflict.id)
    return html`${
        this.cell
          ? html`<fs-cell-editor
              .cell=${this.cell}
              .context=${context}
              @cell-done=${(event: CustomEvent<CellDone>) => this.#cellDone(event.detail)}
            ></fs-cell-editor>`
          : nothing
      }
      <fs-draft-bar
        .drafts=${this.drafts}
        .saving=${this.saving}
        @drafts-cancel=${() => this.discard()}
        @drafts-save=${() => void this.#save()}
        @draft-focus=${(event: CustomEvent<string>) => this.#focusRefused(event.detail)}
      ></fs-draft-bar>
      <fs-conflict-dialog
        .name=${row ? recordName(object.describe, row.record) : ''}
        .conflicts=${conflict?.fields ?? []}
        .describe=${object.describe}
        .format=${context.format}
        @cancel-conflict=${() => this.#leaveConflict()}
        @resolve=${(event: CustomEvent<ReadonlySet<string>>) => this.#resolve(event.detail)}
      ></fs-conflict-dialog>`
  }

  #cellDone({ edit, next }: CellDone): void {
    const { cell } = this
    if (!cell) return
    this.cell = undefined
    if (edit) {
      this.#keep(withEdit(this.drafts, cell.row, edit))
      void this.#learnName(cell.field, edit)
    }
    this.emit<NextCell>('cell-next', { id: cell.row.id, field: cell.field.name, next })
  }

  /** A lookup's editor gives the id; people know names. */
  async #learnName({ type, referenceTo }: FieldInfo, { value }: Edit): Promise<void> {
    if (type !== 'reference' || typeof value !== 'string' || this.#names.has(value)) return
    const object = objectOfId(this.context?.screen, value)?.name ?? referenceTo?.[0] ?? ''
    const name = await nameById(object, value)
    this.#names = new Map(this.#names).set(value, name)
    this.#keep(this.drafts)
  }

  #focusRefused(id: string): void {
    const draft = this.drafts.get(id)
    if (!draft) return
    const { errors, unreadable } = draft.form
    const field = [...unreadable.keys(), ...errors.keys(), ...draftedFields(draft)][0] ?? ''
    this.emit<NextCell>('cell-next', { id, field, next: 'stay' })
  }

  async #save(): Promise<void> {
    const { object } = this
    if (!object || this.saving) return
    const checked = readyToSave(this.drafts)
    this.#keep(checked.drafts)
    if (checked.ready.length > 0) await this.#send(object, checked.ready)
  }

  async #send({ describe }: ObjectScreen, rows: readonly RowDraft[]): Promise<void> {
    this.saving = true
    const told = await saveRows(describe.name, rows, { at: () => {}, isStopped: () => false })
    this.saving = false
    this.#keep(afterSave(this.drafts, told))
    const count = [...told.values()].filter((error) => error === undefined).length
    if (count > 0) {
      const text = t('{count, plural, one {# row} other {# rows}} changed.', { count })
      showToast({ kind: 'success', text })
      this.emit('rows-worked')
    }
    await this.#askNext()
  }

  /** Row by row: the user decides about what somebody else changed too. */
  async #askNext(): Promise<void> {
    const draft = conflicting(this.drafts)
    this.conflict = draft && { id: draft.id, fields: await namedConflicts(draft.conflicts) }
  }

  #leaveConflict(): void {
    const { conflict } = this
    if (!conflict) return
    const text = t('Someone changed the record meanwhile. Check the values and save again.')
    this.#keep(withMessage(this.drafts, conflict.id, text))
    void this.#askNext()
  }

  #resolve(keepMine: ReadonlySet<string>): void {
    const { conflict, object } = this
    const draft = conflict && this.drafts.get(conflict.id)
    if (!draft || !object) return
    this.conflict = undefined
    const form = resolveConflicts(draft.form, draft.conflicts, keepMine)
    const resolved = { ...draft, form, conflicts: [] }
    this.#keep(new Map(this.drafts).set(draft.id, resolved))
    void this.#send(object, [resolved])
  }

  async #onRecord({ id, change }: RecordEvent): Promise<void> {
    const { object, saving } = this
    if (!object || saving || !this.drafts.has(id)) return
    if (change === 'delete') {
      this.#keep(withMessage(this.drafts, id, t('This record has been deleted.')))
      return
    }
    const [row] = await this.#read(object, [id])
    if (row && !this.saving) this.#keep(afterTheirs(this.drafts, row.record))
  }
}

function isSameList(path: string): boolean {
  const key = (address: string): string => {
    const url = new URL(address, location.href)
    url.searchParams.delete('sort')
    return url.pathname + url.search
  }
  return key(path) === key(location.href)
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-row-editing': FsRowEditing
  }
}
