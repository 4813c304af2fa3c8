/** Values of paths and functions, plainly computed; days are counted through the calendar of the runtime. */
import { foldText } from '../../../../engine/base/fold-text.ts'
import type { Literal, Operand } from '../../../../engine/query/soql/query.ts'
import type { Row, Value } from './world.ts'

export interface Present {
  readonly now: number
  readonly timeZone: string
}

const dayMs = 86_400_000

export function valueAt(row: Row, path: string): Value {
  const steps = path.split('.')
  const field = steps.pop() ?? ''
  let place: Row | null = row
  for (const step of steps) place = place?.parents.get(step) ?? null
  if (place === null) return null
  return field === 'Type' ? place.object : (place.values.get(field) ?? null)
}

/** The wall clock of the zone, as if it were UTC. */
function wallClock(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const at = (type: string): number => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(
    ...([at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second')] as const),
  )
}

/** The wall clock at which the functions look: that of UTC unless the value is converted. */
function clockOf(row: Row, operand: Operand, present: Present): Date | null {
  const converted = operand.kind === 'call' && operand.name === 'converttimezone'
  const inner = operand.kind === 'call' ? operand.args[0] : operand
  if (inner?.kind !== 'path') throw new Error('a path is expected')
  const value = valueAt(row, inner.path)
  if (value === null) return null
  const instant = Date.parse(String(value))
  return new Date(converted ? wallClock(instant, present.timeZone) : instant)
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMs) + 1
}

const dateFunctions: Readonly<Record<string, (date: Date) => Value>> = {
  calendar_year: (date) => date.getUTCFullYear(),
  fiscal_year: (date) => date.getUTCFullYear(),
  calendar_quarter: (date) => Math.ceil((date.getUTCMonth() + 1) / 3),
  fiscal_quarter: (date) => Math.ceil((date.getUTCMonth() + 1) / 3),
  calendar_month: (date) => date.getUTCMonth() + 1,
  fiscal_month: (date) => date.getUTCMonth() + 1,
  day_in_month: (date) => date.getUTCDate(),
  day_in_week: (date) => date.getUTCDay() + 1,
  day_in_year: dayOfYear,
  week_in_month: (date) => Math.ceil(date.getUTCDate() / 7),
  week_in_year: (date) => Math.ceil(dayOfYear(date) / 7),
  hour_in_day: (date) => date.getUTCHours(),
  day_only: (date) => date.toISOString().slice(0, 10),
}

/** The value of a field, of a date function over it, or the label of its choice. */
export function operandValue(row: Row, operand: Operand, present: Present): Value {
  if (operand.kind === 'path') return valueAt(row, operand.path)
  const [inner] = operand.args
  if (inner === undefined || inner.kind === 'literal') throw new Error('a field is expected')
  if (operand.name === 'tolabel') {
    const value = operandValue(row, inner, present)
    if (value === null) return null
    return String(value)
      .split(';')
      .map((one) => `The ${one}`)
      .join(';')
  }
  const compute = dateFunctions[operand.name]
  if (compute === undefined) throw new Error(`${operand.name} is not known here`)
  const clock = clockOf(row, inner, present)
  return clock === null ? null : compute(clock)
}

/** Numbers by size, anything else by its folded text. */
export function compareValues(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  const [one, other] = [foldText(String(left)), foldText(String(right))]
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other))
}

/** In which days, both counted in, a date literal lies; `now` is a day of the user's zone. */
export function daysOf(
  { name, count = 0 }: Extract<Literal, { kind: 'range' }>,
  present: Present,
): readonly [first: string, last: string] {
  const today = new Date(Math.floor(wallClock(present.now, present.timeZone) / dayMs) * dayMs)
  const [year, month, day] = [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()]
  const span = (start: number, end: number): readonly [string, string] => [
    new Date(start).toISOString().slice(0, 10),
    new Date(end - dayMs).toISOString().slice(0, 10),
  ]
  const begins: Readonly<Record<string, (offset: number) => number>> = {
    DAY: (offset) => Date.UTC(year, month, day + offset),
    WEEK: (offset) => Date.UTC(year, month, day - today.getUTCDay() + 7 * offset),
    MONTH: (offset) => Date.UTC(year, month + offset, 1),
    QUARTER: (offset) => Date.UTC(year, month - (month % 3) + 3 * offset, 1),
    YEAR: (offset) => Date.UTC(year + offset, 0, 1),
  }
  const unit = /(DAY|WEEK|MONTH|QUARTER|YEAR)/.exec(name)?.[0] ?? 'DAY'
  const begin = (offset: number): number => begins[unit]?.(offset) ?? Number.NaN
  if (name === 'TODAY') return span(begin(0), begin(1))
  if (name === 'YESTERDAY') return span(begin(-1), begin(0))
  if (name === 'TOMORROW') return span(begin(1), begin(2))
  if (name === 'LAST_90_DAYS') return span(begin(-90), begin(1))
  if (name === 'NEXT_90_DAYS') return span(begin(1), begin(91))
  if (name.endsWith('_AGO')) return span(begin(-count), begin(1 - count))
  if (name.startsWith('NEXT_N_')) return span(begin(1), begin(count + 1))
  if (name.startsWith('LAST_N_')) return span(begin(-count), begin(unit === 'DAY' ? 1 : 0))
  const offset = name.startsWith('LAST') ? -1 : name.startsWith('NEXT') ? 1 : 0
  return span(begin(offset), begin(offset + 1))
}

/** The day of the user's zone on which an instant falls; a day is one already. */
export function dayIn(value: string, { timeZone }: Present): string {
  if (!value.includes('T')) return value
  return new Date(wallClock(Date.parse(value), timeZone)).toISOString().slice(0, 10)
}
