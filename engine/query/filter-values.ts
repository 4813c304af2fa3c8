/** Conditions between values that are known before any record is read, as filters of lookups have them. */
import { foldText } from '../base/fold-text.ts'
import { parseInstant } from '../formula/calendar.ts'
import type { RawValue } from '../formula/environment.ts'
import { compare, parseRational } from '../formula/rational.ts'
import type { FieldMention } from '../formula/types.ts'
import type { FilterOperation } from '../model/lookup-filters.ts'

/** The values that a literal of a filter lists; the empty text means "no value". */
export function listedValues(text: string): readonly string[] {
  const values = text.split(',').map((one) => one.trim().replace(/^"(.*)"$/, '$1'))
  return values.length === 0 ? [''] : values
}

/** A raw value as the text that a filter's literal would have. */
export function textOfValue(raw: RawValue): string {
  if (raw === null || raw === undefined || typeof raw === 'object') return ''
  return String(raw)
}

/** Whether the value of the mention stands in the relation to any of the others. */
export function holds(
  mention: FieldMention,
  {
    left,
    operation,
    right,
  }: {
    readonly left: RawValue
    readonly operation: FilterOperation
    readonly right: readonly string[]
  },
): boolean {
  const one = textOfValue(left)
  const some = (test: (other: string) => boolean): boolean => right.some(test)
  const ordered = (test: (sign: number) => boolean): boolean =>
    some((other) => {
      const sign = order(mention, one, other)
      return sign !== undefined && test(sign)
    })
  const equal = (other: string): boolean =>
    one === '' || other === '' ? one === other : order(mention, one, other) === 0
  const [folded, chosen] = [foldText(one), new Set(foldText(one).split(';'))]
  switch (operation) {
    case 'equals':
      return some(equal)
    case 'notEqual':
      return !some(equal)
    case 'lessThan':
      return ordered((sign) => sign < 0)
    case 'lessOrEqual':
      return ordered((sign) => sign <= 0)
    case 'greaterThan':
      return ordered((sign) => sign > 0)
    case 'greaterOrEqual':
      return ordered((sign) => sign >= 0)
    case 'contains':
      return some((other) => folded.includes(foldText(other)))
    case 'notContain':
      return !some((other) => folded.includes(foldText(other)))
    case 'startsWith':
      return some((other) => folded.startsWith(foldText(other)))
    case 'includes':
      return some((other) => chosen.has(foldText(other)))
    case 'excludes':
      return !some((other) => chosen.has(foldText(other)))
    case 'within':
      return false
  }
}

const numeric: ReadonlySet<FieldMention['kind']> = new Set(['number', 'currency', 'percent'])

/** Undefined where the two cannot be compared. */
function order({ kind }: FieldMention, one: string, other: string): number | undefined {
  if (one === '' || other === '') return undefined
  if (numeric.has(kind)) {
    const [left, right] = [parseRational(one), parseRational(other)]
    return left === undefined || right === undefined ? undefined : compare(left, right)
  }
  if (kind === 'datetime') return difference(instantOf(one), instantOf(other))
  if (kind === 'boolean') return truthOf(one) === truthOf(other) ? 0 : 1
  const [left, right] = [foldText(one), foldText(other)]
  return left === right ? 0 : left < right ? -1 : 1
}

function difference(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one - other
}

function instantOf(text: string): number | undefined {
  return /^-?\d+$/.test(text) ? Number(text) : parseInstant(text)
}

export function truthOf(text: string): boolean {
  return text === '1' || text.toLowerCase() === 'true'
}
