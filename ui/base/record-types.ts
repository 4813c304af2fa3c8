/** Record types on the screens: which one may be chosen, and what an object looks like to records of one type. */
import { recall, remember } from './preferences.ts'
import type { FieldInfo, ObjectScreen, RecordTypeLimit, RecordTypeScreen, Value } from './wire.ts'

export const recordTypeField = 'RecordTypeId'

/** Those that this user may give to a record. */
export function choosableTypes(object: ObjectScreen): readonly RecordTypeScreen[] {
  return (object.recordTypes ?? []).filter((type) => type.available)
}

/** The type chosen last for this object, where it may still be chosen; the default otherwise. */
export function suggestedType(object: ObjectScreen): string {
  const types = choosableTypes(object)
  const last = recall(memory(object))
  const known = types.find((type) => type.id === last) ?? types.find((type) => type.isDefault)
  return (known ?? types[0])?.id ?? ''
}

export function rememberType(object: ObjectScreen, id: string): void {
  remember(memory(object), id)
}

function memory(object: ObjectScreen): string {
  return `record-type.${object.describe.name}`
}

/** By screen and id, so that the same question gets the same object. */
const typed = new WeakMap<ObjectScreen, Map<string, ObjectScreen>>()

/** Layout, compact layout and picklists of records of a type; the screen itself for records of none. */
export function screenOfType(object: ObjectScreen, id: Value | undefined): ObjectScreen {
  const type = object.recordTypes?.find((one) => one.id === id)
  if (type === undefined) return object
  const made = typed.get(object) ?? new Map<string, ObjectScreen>()
  typed.set(object, made)
  const known = made.get(type.id)
  if (known !== undefined) return known
  const screen = screenFor(object, type)
  made.set(type.id, screen)
  return screen
}

function screenFor(object: ObjectScreen, type: RecordTypeScreen): ObjectScreen {
  const limits = new Map(type.picklists.map((limit) => [limit.field, limit]))
  const fields = object.describe.fields.map((field) => limited(field, limits.get(field.name)))
  return {
    ...object,
    describe: { ...object.describe, fields },
    layout: object.layouts?.find((layout) => layout.name === type.layout) ?? object.layout,
    compactLayout: type.compactLayout,
  }
}

/** Withheld values stay in their places, for the bits of dependent lists count them; they are merely not offered. */
function limited(field: FieldInfo, limit: RecordTypeLimit | undefined): FieldInfo {
  if (limit === undefined) return field
  const picklistValues = (field.picklistValues ?? []).map((entry) => ({
    ...entry,
    active: entry.active && limit.values.includes(entry.value),
    defaultValue: limit.defaults.includes(entry.value),
  }))
  return { ...field, picklistValues, defaultValue: limit.defaults.join(';') || null }
}
