/** Sets of filter operators that field types share. */
import type { Operator } from './field-type.ts'

export const equality: readonly Operator[] = ['=', '!=', 'in', 'not in']
export const ordering: readonly Operator[] = [...equality, '<', '<=', '>', '>=']
export const textual: readonly Operator[] = [...ordering, 'like']
export const truth: readonly Operator[] = ['=', '!=']
export const membership: readonly Operator[] = [...equality, 'includes', 'excludes']
