/** Fields whose changes are kept as history, and the names under which history knows objects and fields for good. */
import type { FieldModel, ObjectModel } from './model.ts'
import { ownerField, recordTypeField } from './system-fields.ts'

const kept = new WeakMap<ObjectModel, readonly FieldModel[]>()
const none: readonly FieldModel[] = Object.freeze([])

/** None where the object keeps no history; of a compound its parts, as far as they hold values. */
export function trackedFields(object: ObjectModel): readonly FieldModel[] {
  if (object.declaration.enableHistory !== true) return none
  const known = kept.get(object)
  if (known !== undefined) return known
  const made = object.fields.filter((field) => isTracked(object, field) && isTrackable(field))
  kept.set(object, made)
  return made
}

function isTracked(object: ObjectModel, field: FieldModel): boolean {
  const { declaration } = object
  if (field.name === recordTypeField) return declaration.recordTypeTrackHistory === true
  // The owner is no field that files declare, but they may say that it is tracked.
  if (field.name === ownerField) {
    return declaration.fields?.some((one) => isOwner(one) && one.trackHistory === true) === true
  }
  if (field.system) return false
  if (field.compound === undefined) return field.options.trackHistory === true
  return object.fieldsByName.get(field.compound.toLowerCase())?.options.trackHistory === true
}

function isOwner({ fullName }: { readonly fullName: string }): boolean {
  return fullName.toLowerCase() === ownerField.toLowerCase()
}

/** What is computed, numbered or encrypted has no history; a compound has that of its parts. */
function isTrackable({ columns, components, formula, type }: FieldModel): boolean {
  const isGiven = formula === undefined && type.calculated !== true && type.generate === undefined
  return isGiven && columns.size > 0 && components.length === 0 && type.afterRead === undefined
}

/**
 * Tells a field from all others that the object ever had: the name of its column, which outlives renames and is never
 * given to another field.
 */
export function historyKey(field: FieldModel): string | undefined {
  const [first] = field.columns.values()
  return (field.columns.get('') ?? first)?.name.name
}

export function objectHistoryKey(object: ObjectModel): string {
  return object.table.name
}
