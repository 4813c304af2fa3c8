/** Calendar days, instants and times of day, read from and printed to the forms of the API. */
import { message } from '../base/message.ts'
import type { ValueProblem } from './field-type.ts'
import { problem, wrongType } from './value-problem.ts'

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const timePattern = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/
const zonePattern = /^(?:Z|([+-])(\d{2}):?(\d{2}))$/

const yearMin = 1700
const yearMax = 4000
const offsetMinutesMax = 14 * 60
const minuteMs = 60_000
export const dayMs = 86_400_000

const outOfRange = problem(
  'FIELD_INTEGRITY_EXCEPTION',
  message('Invalid date: only days from {first} to {last} can be stored.', {
    first: `${yearMin}-01-01`,
    last: `${yearMax}-12-31`,
  }),
)

/** Midnight UTC of a `YYYY-MM-DD` that stands in the calendar. */
export function readDay(text: string): number | ValueProblem {
  const match = dayPattern.exec(text)
  if (match === null) return wrongType('a date as YYYY-MM-DD')
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number)
  const instant = Date.UTC(year, month - 1, day)
  const found = new Date(instant)
  const isReal = found.getUTCMonth() === month - 1 && found.getUTCDate() === day
  if (!isReal) return wrongType('a day that stands in the calendar')
  return year < yearMin || year > yearMax ? outOfRange : instant
}

/**
 * Milliseconds of the day for `HH:MM[:SS[.mmm]]`; finer than a millisecond is refused, not rounded.
 */
function readClock(text: string): number | undefined {
  const match = timePattern.exec(text)
  if (match === null) return undefined
  const [, hours, minutes, seconds = '0', fraction = ''] = match
  const parts = [Number(hours), Number(minutes), Number(seconds)] as const
  const isReal = parts[0] < 24 && parts[1] < 60 && parts[2] < 60
  if (!isReal || !/^0*$/.test(fraction.slice(3))) return undefined
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'))
  return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + milliseconds
}

function readOffset(text: string): number | undefined {
  const match = zonePattern.exec(text)
  if (match === null) return undefined
  const [, sign, hours = '0', minutes = '0'] = match
  const total = Number(hours) * 60 + Number(minutes)
  if (Number(minutes) > 59 || total > offsetMinutesMax) return undefined
  return sign === '-' ? -total : total
}

const instantForm = wrongType(
  'a date and time with its offset, such as 2026-11-22T09:30:00.000+0000',
)

/** Milliseconds UTC of an ISO date and time with `Z`, `+HH:MM` or `+HHMM`. */
export function readInstant(text: string): number | ValueProblem {
  if (text.charAt(10) !== 'T') return instantForm
  const zoneAt = text.slice(11).search(/[Z+-]/) + 11
  const clock = readClock(text.slice(11, zoneAt))
  const offset = readOffset(text.slice(zoneAt))
  if (zoneAt < 12 || clock === undefined || offset === undefined) return instantForm
  const day = readDay(text.slice(0, 10))
  if (typeof day !== 'number') return day
  const instant = day + clock - offset * minuteMs
  const year = new Date(instant).getUTCFullYear()
  return year < yearMin || year > yearMax ? outOfRange : instant
}

/** Milliseconds of the day for `HH:MM:SS.mmmZ`; the `Z` may be left out. */
export function readTime(text: string): number | ValueProblem {
  const clock = readClock(text.endsWith('Z') ? text.slice(0, -1) : text)
  return clock ?? wrongType('a time of day as HH:MM:SS.mmmZ')
}

/** `YYYY-MM-DD` of an instant, in UTC. */
export function printDay(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 10)
}

/** The wire form of an instant, `2026-11-22T09:30:00.000+0000`. */
export function printInstant(instantMs: number): string {
  return new Date(instantMs).toISOString().replace('Z', '+0000')
}
