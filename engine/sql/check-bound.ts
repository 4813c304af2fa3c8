/** What neither database would store unchanged is refused before it is bound. */
import { refuse } from '../base/refusal.ts'
import type { Bound } from './sql.ts'

// In a pattern with the u flag a surrogate matches only where its other half is missing.
const unstorable = /[\p{Surrogate}\0]/u

function checkText(text: string): void {
  if (!unstorable.test(text)) return
  const what = text.includes('\0') ? 'a NUL character' : 'half of a surrogate pair'
  throw refuse('INVALID_ARGUMENT', `a text with ${what} cannot be stored`)
}

function checkNumber(value: number): void {
  const isExact = Number.isFinite(value) && (Math.abs(value) < 2 ** 53 || !Number.isInteger(value))
  if (isExact) return
  const reason = 'cannot be stored exactly; give it as a decimal text'
  throw refuse('INVALID_ARGUMENT', `the number ${value} ${reason}`)
}

/**
 * Refuses what drivers would bend: not finite, beyond 2^53, BigInt, objects, undefined, broken
 * texts.
 */
export function checkBound(value: unknown): asserts value is Exclude<Bound, bigint> {
  if (typeof value === 'string') return checkText(value)
  if (typeof value === 'number') return checkNumber(value)
  if (typeof value === 'boolean' || value === null) return
  const what = typeof value === 'object' ? 'an object' : `a value of type ${typeof value}`
  throw refuse('INVALID_ARGUMENT', `${what} cannot be stored`)
}
