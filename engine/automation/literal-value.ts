/** A text of a metadata file as the API takes it for a field. */
import type { FieldModel } from '../model/model.ts'

export function literalValue({ type }: FieldModel, text: string): string | number | boolean | null {
  if (text === '') return null
  if (type.name === 'Checkbox') return /^(?:true|1)$/i.test(text)
  const isNumber = ['Number', 'Currency', 'Percent'].includes(type.name)
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : text
}
