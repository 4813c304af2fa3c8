/** Values of custom metadata records, as files write them, in the form that the field's type takes. */
import type { Message } from '../base/message.ts'
import type { ApiValue } from '../fields/field-type.ts'
import type { FieldSketch } from './object-outline.ts'

type Typed = Pick<FieldSketch, 'type' | 'options'>

/** Numbers, days and times may stand there as texts, texts as numbers; a checkbox is never empty. */
export function metadataValue(
  { type, options }: Typed,
  written: string | number | boolean | null,
): ApiValue {
  const [kind] = Object.values(type.columns(options))
  if (kind?.kind === 'boolean') return written === true || written === 'true'
  if (written === null || written === '') return null
  return kind?.kind === 'decimal' ? written : String(written)
}

/** Why the field cannot have the value; undefined when it can. */
export function metadataValueProblem(
  field: Typed,
  written: string | number | boolean | null,
): string | Message | undefined {
  const value = metadataValue(field, written)
  if (value === null) return undefined
  const problem = field.type.check?.(value, field.options)
  return problem?.told ?? problem?.message
}
