/** Cells that were changed in a list and are not saved yet, row by row as small forms; pure. */
import type { ApiError } from './api-error.ts'
import { applyEdit, noteRefusal } from './form-checks.ts'
import { adoptRecord, changedFields, fieldOf, isDirty } from './form-state.ts'
import type { Edit } from './form-state.ts'
import { checkedRow, type RowForm } from './row-forms.ts'
import type { RowOutcomes } from './save-rows.ts'
import type { Conflict, Value, WireRecord } from './wire.ts'

export interface RowDraft extends RowForm {
  /** What belongs to no cell: a rule about the record as a whole. */
  readonly messages: readonly string[]
  readonly conflicts: readonly Conflict[]
}

/** By id of the record. */
export type RowDrafts = ReadonlyMap<string, RowDraft>

export const noDrafts: RowDrafts = new Map()

/** A row that gets back what it had is no draft any more. */
export function withEdit(drafts: RowDrafts, row: RowForm, edit: Edit): RowDrafts {
  const { describe } = row.screen
  const form = applyEdit(row.form, edit, describe)
  const next = new Map(drafts)
  const draft = { ...checkedRow({ ...row, form }, edit.field), messages: [], conflicts: [] }
  if (isDirty(draft.form, describe)) next.set(row.id, draft)
  else next.delete(row.id)
  return next
}

/** The fields of a row that are not saved yet. */
export function draftedFields(draft: RowDraft | undefined): readonly string[] {
  return draft === undefined ? [] : changedFields(draft.form, draft.screen.describe)
}

/** What is wrong in a cell of a row. */
export function cellError(draft: RowDraft | undefined, field: string): string | undefined {
  return draft?.form.unreadable.get(field) ?? draft?.form.errors.get(field)
}

/** All that is wrong in a row, cells with their labels. */
export function rowMessages({ form, screen, messages }: RowDraft): readonly string[] {
  const cells = [...new Map([...form.unreadable, ...form.errors])].map(
    ([name, text]) => `${fieldOf(screen.describe, name)?.label ?? name}: ${text}`,
  )
  return [...cells, ...messages]
}

/** The row as the grid shows it: with what was changed, lookups by their new names. */
export function shownRow(
  row: WireRecord,
  draft: RowDraft | undefined,
  names: ReadonlyMap<string, string>,
): WireRecord {
  if (draft === undefined) return row
  const shown: Record<string, Value | undefined> = {}
  for (const name of draftedFields(draft)) {
    const value = draft.form.values.get(name) ?? null
    shown[name] = value
    const parent = fieldOf(draft.screen.describe, name)?.relationshipName
    if (parent) shown[parent] = value === null ? null : { Name: names.get(String(value)) ?? '' }
  }
  return { ...row, ...shown }
}

/** After the save: what was saved is no draft any more, what was refused says why, at its cell where it has one. */
export function afterSave(drafts: RowDrafts, told: RowOutcomes): RowDrafts {
  const next = new Map(drafts)
  for (const [id, error] of told) {
    const draft = next.get(id)
    if (draft === undefined) continue
    if (error === undefined) next.delete(id)
    else next.set(id, refused(draft, error))
  }
  return next
}

function refused(draft: RowDraft, error: ApiError): RowDraft {
  if (error.conflicts.length > 0) return { ...draft, conflicts: error.conflicts }
  const { form, messages } = noteRefusal(draft.form, error, draft.screen)
  return { ...draft, form, messages, conflicts: [] }
}

/** Without the messages of the last attempt; `ready` are the rows in which nothing is wrong that can be told here. */
export function readyToSave(drafts: RowDrafts): {
  readonly drafts: RowDrafts
  readonly ready: readonly RowDraft[]
} {
  const next = new Map(
    [...drafts].map(([id, draft]): [string, RowDraft] => {
      const fresh = { ...draft, form: { ...draft.form, errors: new Map() } }
      const { form } = draftedFields(draft).reduce<RowForm>(checkedRow, fresh)
      return [id, { ...draft, form, messages: [], conflicts: [] }]
    }),
  )
  const isReady = ({ form }: RowDraft): boolean => form.errors.size + form.unreadable.size === 0
  return { drafts: next, ready: [...next.values()].filter(isReady) }
}

/** The first row of which somebody else changed what was changed here. */
export function conflicting(drafts: RowDrafts): RowDraft | undefined {
  return [...drafts.values()].find(({ conflicts }) => conflicts.length > 0)
}

export function withMessage(drafts: RowDrafts, id: string, text: string): RowDrafts {
  const draft = drafts.get(id)
  if (draft === undefined) return drafts
  return new Map(drafts).set(id, { ...draft, messages: [text], conflicts: [] })
}

/** Somebody else saved the row: what is not touched here takes their value. */
export function afterTheirs(drafts: RowDrafts, record: WireRecord): RowDrafts {
  const draft = drafts.get(record.Id ?? '')
  if (draft === undefined) return drafts
  const { state } = adoptRecord(draft.form, draft.screen.describe, record)
  const next = new Map(drafts)
  if (isDirty(state, draft.screen.describe)) next.set(draft.id, { ...draft, record, form: state })
  else next.delete(draft.id)
  return next
}
