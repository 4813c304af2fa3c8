/** The few fields that stand for a record: in its head, in cards and in lookups. */
import type { ObjectModel, RecordTypeModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'
import { columnNames } from './visible-field.ts'

const madeFieldsMax = 4

/** The compact layout of the record type, or of the object, or its first one, or its first fields. */
export function compactLayout(
  gate: Gate,
  object: ObjectModel,
  type?: RecordTypeModel,
): readonly string[] {
  const { compactLayouts = [], compactLayoutAssignment } = object.declaration
  const named = (name: string | undefined) => compactLayouts.find((one) => one.fullName === name)
  const layout = named(type?.compactLayout) ?? named(compactLayoutAssignment) ?? compactLayouts[0]
  const declared = columnNames(gate, object, layout?.fields ?? [])
  if (declared.length > 0) return declared
  const own = object.fields.filter((field) => !field.system && field.compound === undefined)
  const names = [object.nameField.name, ...own.map((field) => field.name)]
  return columnNames(gate, object, names).slice(0, madeFieldsMax)
}
