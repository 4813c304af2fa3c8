/** Values for the `:names` of a query, as they came in JSON. */
import type { Literal } from './query.ts'

export type QueryVariables = ReadonlyMap<string, unknown>

export const noVariables: QueryVariables = new Map()

/** What a value means where a literal may stand; undefined for lists and objects. */
export function literalOf(value: unknown): Literal | undefined {
  if (value === null) return { kind: 'null' }
  // Wildcards in it count, as they do in a literal.
  if (typeof value === 'string')
    return { kind: 'string', value, pattern: patternOf(value), given: true }
  if (typeof value === 'number') return { kind: 'number', text: String(value) }
  return typeof value === 'boolean' ? { kind: 'boolean', value } : undefined
}

/** A backslash that escapes nothing is meant literally; databases refuse a pattern that ends in one. */
function patternOf(text: string): string {
  return text.replace(/\\[%_\\]|\\/g, (found) => (found.length === 1 ? '\\\\' : found))
}
