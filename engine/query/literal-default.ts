/** The value that a new record gets where none is given, as far as it stands literally in the declaration. */
import type { ApiValue } from '../fields/field-type.ts'
import type { FieldModel } from '../model/model.ts'

const quoted = /^(?:"([^"\\]*)"|'([^'\\]*)')$/

/** Undefined where there is none, or where it is a formula. */
export function literalDefault(field: FieldModel): ApiValue | undefined {
  const chosen = field.values.filter((entry) => entry.isDefault && entry.active)
  if (chosen.length > 0) return chosen.map((entry) => entry.value).join(';')
  const { defaultValue } = field.options
  if (defaultValue === undefined) return undefined
  const text = String(defaultValue).trim()
  const match = quoted.exec(text)
  if (match !== null) return match[1] ?? match[2] ?? ''
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(?:\.\d+)?$/.test(text) ? text : undefined
}
