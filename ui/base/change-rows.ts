/** One change of one field in many rows, row by row as its own form would take it; pure. */
import { applyEdit } from './form-checks.ts'
import { changedFields, fieldOf, resolveConflicts, valueOf } from './form-state.ts'
import { multipicklistValues } from './formats.ts'
import type { RowForm } from './row-forms.ts'
import type { Conflict, FieldInfo, Value } from './wire.ts'

/** `add` and `remove` are about the values of a multi-select picklist. */
export type ChangeKind = 'set' | 'empty' | 'add' | 'remove'

export interface FieldChange {
  readonly field: string
  readonly kind: ChangeKind
  readonly value: Value
}

/** Fields that depend on it lose what the new value does not allow, as in the form. */
export function changeRow(row: RowForm, change: FieldChange): RowForm {
  const { describe } = row.screen
  const field = fieldOf(describe, change.field)
  if (field === undefined) return row
  const value = changedValue(field, valueOf(row.form, field.name), change)
  return { ...row, form: applyEdit(row.form, { field: field.name, value }, describe) }
}

function changedValue(field: FieldInfo, before: Value, { kind, value }: FieldChange): Value {
  if (kind === 'empty') return null
  if (kind === 'set') return value
  const named = multipicklistValues(value)
  const present = multipicklistValues(before)
  const wanted =
    kind === 'add'
      ? new Set([...present, ...named])
      : new Set(present.filter((one) => !named.includes(one)))
  return inListOrder(field, wanted) || null
}

/** Stored in the order of the list; what the list has no more comes behind. */
function inListOrder(field: FieldInfo, wanted: ReadonlySet<string>): string {
  const known = (field.picklistValues ?? []).map((entry) => entry.value)
  const listed = known.filter((one) => wanted.has(one))
  return [...listed, ...[...wanted].filter((one) => !known.includes(one))].join(';')
}

export function isChanged({ form, screen }: RowForm): boolean {
  return changedFields(form, screen.describe).length > 0
}

/** Somebody was faster: the change is made to what is there now. Adding to a list overwrites nothing. */
export function onTheirs(
  row: RowForm,
  conflicts: readonly Conflict[],
  change: FieldChange,
): RowForm {
  const theirs = { ...row, form: resolveConflicts(row.form, conflicts, new Set()) }
  return changeRow(theirs, change)
}
