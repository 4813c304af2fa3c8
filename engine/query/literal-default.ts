/** The value that a new record gets where none is given, as far as it stands literally in the declaration. */
import type { ApiValue } from '../fields/field-type.ts'
import { literalOf } from '../model/default-value.ts'
import type { FieldModel } from '../model/model.ts'

/** Undefined where there is none, or where it is a formula. */
export function literalDefault(field: FieldModel): ApiValue | undefined {
  const chosen = field.values.filter((entry) => entry.isDefault && entry.active)
  if (chosen.length > 0) return chosen.map((entry) => entry.value).join(';')
  const { defaultValue } = field.options
  if (defaultValue === undefined) return undefined
  return literalOf(String(defaultValue))
}

/** True where a formula computes the default when the record is made. */
export function isComputedDefault(field: FieldModel): boolean {
  const { defaultValue } = field.options
  return field.createable && defaultValue !== undefined && literalDefault(field) === undefined
}
