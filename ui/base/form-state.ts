/** The state of a form: what it started from, what is in it now, what is wrong; pure functions over it. */
import type { RecordBody } from '../api.ts'
import type { Conflict, FieldInfo, LayoutSection, ObjectInfo, Value, WireRecord } from './wire.ts'

export interface FormState {
  /** The values the form started from; a new record starts from nothing. */
  readonly base: ReadonlyMap<string, Value>
  readonly values: ReadonlyMap<string, Value>
  /** Messages by field, from checks here and from the server. */
  readonly errors: ReadonlyMap<string, string>
  /** What stands in a control but is no value ("12x" in a number); by field. */
  readonly unreadable: ReadonlyMap<string, string>
  readonly isNew: boolean
  /** The record is made as the copy of another one. */
  readonly isClone?: boolean
}

export interface NewFormOptions {
  readonly userId?: string | undefined
  /** Values that formulas give to new records. */
  readonly defaults?: Readonly<Record<string, Value>>
}

/** A new record: the defaults of the describe, then those of the address (a prefilled parent). */
export function newForm(
  describe: ObjectInfo,
  preset: ReadonlyMap<string, string>,
  { userId, defaults = {} }: NewFormOptions = {},
): FormState {
  const base = new Map<string, Value>()
  // Whoever creates a record owns it, unless the form says otherwise.
  if (userId !== undefined && fieldOf(describe, 'OwnerId')?.createable) base.set('OwnerId', userId)
  for (const field of describe.fields) {
    const fallback = defaultOf(field)
    if (fallback !== null) base.set(field.name, fallback)
  }
  for (const [name, value] of Object.entries(defaults)) {
    if (!base.has(name) && fieldOf(describe, name)?.createable === true) base.set(name, value)
  }
  const values = new Map(base)
  for (const [name, text] of preset) {
    const field = fieldOf(describe, name)
    if (field?.createable === true)
      values.set(name, field.type === 'boolean' ? text === 'true' : text)
  }
  return { base, values, errors: new Map(), unreadable: new Map(), isNew: true }
}

/** An existing record. */
export function editForm(describe: ObjectInfo, record: WireRecord): FormState {
  const base = recordValues(describe, record)
  return { base, values: new Map(base), errors: new Map(), unreadable: new Map(), isNew: false }
}

/** A copy: the values of another record where they may be set, all of them new. */
export function cloneForm(describe: ObjectInfo, record: WireRecord): FormState {
  const values = new Map<string, Value>()
  for (const field of describe.fields) {
    const value = record[field.name]
    if (isEditable(field, true) && !isNothing(value)) values.set(field.name, value)
  }
  const nothing = { errors: new Map(), unreadable: new Map() }
  return { base: new Map(), values, ...nothing, isNew: true, isClone: true }
}

export function fieldOf(describe: ObjectInfo, name: string): FieldInfo | undefined {
  return describe.fields.find((field) => field.name === name)
}

/** The parts of a compound, in describe order. */
export function partsOf(describe: ObjectInfo, compound: string): readonly FieldInfo[] {
  return describe.fields.filter(
    (field) => field.compoundFieldName === compound && field.name !== compound,
  )
}

export function isEditable(field: FieldInfo, isNew: boolean): boolean {
  if (field.calculated === true || field.autoNumber === true) return false
  return isNew ? field.createable : field.updateable
}

function defaultOf(field: FieldInfo): Value {
  if (!isEditable(field, true)) return null
  if (field.defaultValue !== undefined && field.defaultValue !== null) return field.defaultValue
  const chosen = field.picklistValues?.filter((entry) => entry.defaultValue && entry.active) ?? []
  if (chosen.length > 0) return chosen.map((entry) => entry.value).join(';')
  return field.type === 'boolean' ? false : null
}

function recordValues(describe: ObjectInfo, record: WireRecord): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  for (const field of describe.fields) {
    const value = record[field.name]
    if (!isNothing(value)) values.set(field.name, value)
  }
  return values
}

function isNothing(value: Value | undefined): value is null | undefined | '' {
  return value === undefined || value === null || value === ''
}

export function valueOf(state: FormState, field: string): Value {
  return state.values.get(field) ?? null
}

/** What an editor reports. */
export interface Edit {
  readonly field: string
  readonly value: Value
  /** Why what was typed is no value; the value then stays as it was. */
  readonly unreadable?: string | undefined
}

export function setValue(state: FormState, edit: Edit): FormState {
  const unreadable = new Map(state.unreadable)
  unreadable.delete(edit.field)
  if (edit.unreadable !== undefined) {
    unreadable.set(edit.field, edit.unreadable)
    return { ...state, unreadable }
  }
  const values = new Map(state.values)
  values.set(edit.field, edit.value)
  return { ...state, values, unreadable, errors: without(state.errors, edit.field) }
}

export function setError(state: FormState, field: string, message: string | undefined): FormState {
  if (message === undefined) return { ...state, errors: without(state.errors, field) }
  return { ...state, errors: new Map(state.errors).set(field, message) }
}

function without(map: ReadonlyMap<string, string>, key: string): ReadonlyMap<string, string> {
  const copy = new Map(map)
  copy.delete(key)
  return copy
}

/** Equal as the server sees it: nothing is nothing, and 12.50 is 12.5. */
export function sameValue(one: Value | undefined, other: Value | undefined): boolean {
  if (isNothing(one) || isNothing(other)) return isNothing(one) && isNothing(other)
  if (typeof one === 'number' || typeof other === 'number') return Number(one) === Number(other)
  if (typeof one === 'object' || typeof other === 'object') {
    return JSON.stringify(one) === JSON.stringify(other)
  }
  return one === other
}

/** The fields that would be sent. */
export function changedFields(state: FormState, describe: ObjectInfo): readonly string[] {
  return describe.fields
    .filter((field) => isEditable(field, state.isNew) && !isCompound(field))
    .map((field) => field.name)
    .filter((name) => !sameValue(state.values.get(name), state.base.get(name)))
}

// A compound is not sent itself; its parts are.
function isCompound(field: FieldInfo): boolean {
  return ['address', 'location'].includes(field.type) || field.fieldstone?.type === 'PersonName'
}

/** True when leaving would lose input. */
export function isDirty(state: FormState, describe: ObjectInfo): boolean {
  return state.unreadable.size > 0 || changedFields(state, describe).length > 0
}

/** The body of the request: for a new record all that is set, for an old one what changed and from what. */
export function saveBody(state: FormState, describe: ObjectInfo): RecordBody {
  if (state.isNew) {
    const set = describe.fields
      .filter((field) => isEditable(field, true) && !isCompound(field))
      .map((field) => [field.name, valueOf(state, field.name)] as const)
      // What a default put there and the user took away is sent as empty, so that it does not come back.
      .filter(([name, value]) => !isNothing(value) || !isNothing(state.base.get(name)))
      .map(([name, value]) => [name, isNothing(value) ? null : value] as const)
    const attributes = state.isClone === true ? { attributes: { isClone: true } } : {}
    return { ...Object.fromEntries(set), ...attributes }
  }
  const changed = changedFields(state, describe)
  const emptied = (value: Value | undefined): Value => (isNothing(value) ? null : value)
  const base = Object.fromEntries(changed.map((name) => [name, emptied(state.base.get(name))]))
  const values = changed.map((name) => [name, emptied(state.values.get(name))] as const)
  return { ...Object.fromEntries(values), attributes: { base } }
}

/** The model changed under the form: new fields bring their defaults, all input stays. */
export function adoptModel(state: FormState, before: ObjectInfo, after: ObjectInfo): FormState {
  if (!state.isNew) return state
  const known = new Set(before.fields.map((field) => field.name))
  const base = new Map(state.base)
  const values = new Map(state.values)
  for (const field of after.fields) {
    const fallback = known.has(field.name) ? null : defaultOf(field)
    if (fallback === null) continue
    base.set(field.name, fallback)
    if (!values.has(field.name)) values.set(field.name, fallback)
  }
  return { ...state, base, values }
}

/** Somebody else saved the record: what I did not touch takes their value; what both touched stays mine. */
export function adoptRecord(
  state: FormState,
  describe: ObjectInfo,
  record: WireRecord,
): {
  readonly state: FormState
  readonly merged: readonly string[]
  readonly overlap: readonly string[]
} {
  const theirs = recordValues(describe, record)
  const mine = new Set(changedFields(state, describe))
  const moved = describe.fields
    .map((field) => field.name)
    .filter((name) => !sameValue(theirs.get(name), state.base.get(name)))
  const merged = moved.filter((name) => !mine.has(name))
  const base = new Map(state.base)
  const values = new Map(state.values)
  for (const name of merged) {
    const value = theirs.get(name) ?? null
    base.set(name, value)
    values.set(name, value)
  }
  return {
    state: { ...state, base, values },
    merged,
    overlap: moved.filter((name) => mine.has(name)),
  }
}

/** The user chose per field; either way the form now starts from their value, so that saving is not refused again. */
export function resolveConflicts(
  state: FormState,
  conflicts: readonly Conflict[],
  keepMine: ReadonlySet<string>,
): FormState {
  const base = new Map(state.base)
  const values = new Map(state.values)
  for (const conflict of conflicts) {
    base.set(conflict.field, conflict.theirs)
    if (!keepMine.has(conflict.field)) values.set(conflict.field, conflict.theirs)
  }
  return { ...state, base, values }
}

/** Names of the fields that stand on the layout, compounds by their own name. */
export function layoutFields(sections: readonly LayoutSection[]): readonly string[] {
  return sections.flatMap((section) =>
    section.rows.flatMap((row) => row.flatMap((cell) => (cell ? [cell.field] : []))),
  )
}

/** Labels of the fields that the new layout shows and the old one did not. */
export function addedLabels(
  before: readonly LayoutSection[],
  after: readonly LayoutSection[],
  describe: ObjectInfo,
): readonly string[] {
  const known = new Set(layoutFields(before))
  return layoutFields(after)
    .filter((name) => !known.has(name))
    .map((name) => fieldOf(describe, name)?.label ?? name)
}
