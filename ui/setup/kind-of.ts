/** The kind of a field as the wizard names it. */
import type { FieldBody, FieldTypeName } from './component-bodies.ts'

/** A field's type, or a formula, whose type is what it gives. */
export type KindName = FieldTypeName | 'Formula'

export function kindOf(field: FieldBody): KindName | '' {
  return field.formula === undefined ? (field.type ?? '') : 'Formula'
}

/** True where nobody enters the values. */
export function isComputed(kind: KindName | '' | undefined): boolean {
  return kind === 'Formula' || kind === 'Summary' || kind === 'AutoNumber'
}
