/** A computed value as bodies of records take it: instants and times of day come as milliseconds. */
import type { ResultOutcome } from './result.ts'
import type { TypeKind } from './types.ts'

type Computed = Extract<ResultOutcome, { readonly kind: 'value' }>['value']

export function computedInstant(value: Computed, kind: TypeKind): Computed {
  const isClock = kind === 'time'
  if (typeof value !== 'number' || (kind !== 'datetime' && !isClock)) return value
  const text = new Date(value).toISOString()
  return isClock ? text.slice(text.indexOf('T') + 1) : text
}
