/** How flows compare, add and print values. */
import { dayMs, parseDay, parseInstant, printDay, printInstant } from '../../formula/calendar.ts'
import { add, compare, negate, parseRational, printRational } from '../../formula/rational.ts'
import type { FlowKind, Scalar } from '../../model/flows/flow-plan.ts'
import { FlowRecord, type FlowValue } from './flow-record.ts'

/** Nothing, a text without characters, a list without items. */
export function isEmptyValue(value: FlowValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  return Array.isArray(value) && value.length === 0
}

/** Kept exactly where it has at most so many digits. */
const exactDigits = 15

/** A number as decimal text or number → as JSON has it. */
export function numberOf(text: string): Scalar {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '')
  return digits.length <= exactDigits ? Number(text) : text
}

type Order = number | undefined

const orders: Partial<Record<FlowKind, (left: Scalar, right: Scalar) => Order>> = {
  number: (left, right) => {
    const [a, b] = [parseRational(String(left)), parseRational(String(right))]
    return a === undefined || b === undefined ? undefined : compare(a, b)
  },
  date: (left, right) => byNumber(dayOf(left), dayOf(right)),
  datetime: (left, right) => byNumber(instantOf(left), instantOf(right)),
}

function byNumber(left: number | undefined, right: number | undefined): Order {
  return left === undefined || right === undefined ? undefined : left - right
}

function dayOf(value: Scalar): number | undefined {
  return parseDay(String(value).slice(0, 10))
}

/** A day counts from its midnight. */
function instantOf(value: Scalar): number | undefined {
  const text = String(value)
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? parseDay(text) : undefined
  return day === undefined ? parseInstant(text) : day * dayMs
}

/** Below, equal or above; undefined where they have no order. */
export function orderOf(kind: FlowKind, left: Scalar, right: Scalar): Order {
  const known = orders[kind]
  if (known !== undefined) return known(left, right)
  const [a, b] = [String(left), String(right)]
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** By the kind of what is compared; texts say what the other side is. */
export function kindOf(kind: FlowKind, ...values: readonly Scalar[]): FlowKind {
  if (kind !== 'any') return kind
  const [sample] = values.filter((value) => value !== null)
  if (typeof sample === 'number') return 'number'
  return typeof sample === 'boolean' ? 'boolean' : 'text'
}

export function areEqual(kind: FlowKind, left: FlowValue, right: FlowValue): boolean {
  if (isEmptyValue(left) || isEmptyValue(right)) return isEmptyValue(left) && isEmptyValue(right)
  if (left instanceof FlowRecord || right instanceof FlowRecord) {
    return left instanceof FlowRecord && right instanceof FlowRecord && left.id === right.id
  }
  if (Array.isArray(left) || Array.isArray(right)) return false
  const [a, b] = [left as Scalar, right as Scalar]
  if (typeof a === 'boolean' || typeof b === 'boolean') return String(a) === String(b)
  return orderOf(kindOf(kind, a, b), a, b) === 0
}

/** Numbers are added, days go on by days, texts are put together. */
export function addValues(
  kind: FlowKind,
  [left, right]: readonly [Scalar, Scalar],
  sign: 1 | -1,
): Scalar {
  if (right === null || right === '') return left
  const given = parseRational(String(right))
  if (kind === 'date' || kind === 'datetime') {
    const days = Number(right) * sign
    if (left === null || Number.isNaN(days)) return left
    if (kind === 'date') {
      const day = dayOf(left)
      return day === undefined ? left : printDay(day + Math.trunc(days))
    }
    const instant = instantOf(left)
    return instant === undefined ? left : printInstant(instant + days * dayMs)
  }
  const before = parseRational(String(left ?? '0'))
  if (kind !== 'text' && given !== undefined && before !== undefined) {
    return numberOf(printRational(add(before, sign === 1 ? given : negate(given))))
  }
  return sign === 1 ? `${left ?? ''}${right}` : String(left ?? '').replaceAll(String(right), '')
}

export function textOf(value: FlowValue | undefined): string {
  if (value === undefined || value === null) return ''
  if (value instanceof FlowRecord) return value.id ?? ''
  return Array.isArray(value) ? value.map(textOf).join('; ') : String(value)
}
