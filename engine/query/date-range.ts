/** Date literals such as LAST_N_DAYS:3 as half-open ranges of calendar days in the user's zone. */
import { DateTime, type DateTimeUnit } from 'luxon'
import { calendarYear, type FiscalYear } from '../base/company.ts'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'

/** `now` in milliseconds, `timeZone` an IANA name. */
export interface Moment {
  readonly now: number
  readonly timeZone: string
  /** Absent: the calendar's. */
  readonly fiscalYear?: FiscalYear | undefined
}

export interface DateRange {
  readonly start: DateTime
  /** The first moment after the range. */
  readonly end: DateTime
}

const singles = new Map<string, { readonly unit: DateTimeUnit; readonly offset: number }>([
  ['TODAY', { unit: 'day', offset: 0 }],
  ['YESTERDAY', { unit: 'day', offset: -1 }],
  ['TOMORROW', { unit: 'day', offset: 1 }],
])
for (const unit of ['week', 'month', 'quarter', 'year'] as const) {
  singles.set(`LAST_${unit.toUpperCase()}`, { unit, offset: -1 })
  singles.set(`THIS_${unit.toUpperCase()}`, { unit, offset: 0 })
  singles.set(`NEXT_${unit.toUpperCase()}`, { unit, offset: 1 })
}
const units = new Map<string, DateTimeUnit>([
  ['DAYS', 'day'],
  ['WEEKS', 'week'],
  ['MONTHS', 'month'],
  ['QUARTERS', 'quarter'],
  ['YEARS', 'year'],
])
const fiscalWord = /FISCAL_(?=QUARTER|YEAR)/

/** Fixed counts, and quarters and years of either kind under one name. */
function plainLiteral({ name, count }: DateLiteral): DateLiteral {
  const days = /^(LAST|NEXT)_90_DAYS$/.exec(name)?.[1]
  if (days !== undefined && count === undefined) return { name: `${days}_N_DAYS`, count: 90 }
  return { name: name.replace(fiscalWord, ''), count }
}

const counted = /^(?:(LAST|NEXT)_N_([A-Z]+)|N_([A-Z]+)_AGO)$/

const monthsOf: ReadonlyMap<DateTimeUnit, number> = new Map([
  ['quarter', 3],
  ['year', 12],
] as const)

// Weeks begin on Sunday, as in the platform's default locale.
function startOf(moment: DateTime, unit: DateTimeUnit, { startMonth }: FiscalYear): DateTime {
  const months = monthsOf.get(unit)
  if (months !== undefined) {
    const begun = (moment.month - startMonth + 12) % months
    return moment.startOf('month').minus({ months: begun })
  }
  if (unit !== 'week') return moment.startOf(unit)
  const day = moment.startOf('day')
  return day.minus({ days: day.weekday % 7 }).startOf('day')
}

/** Stored days lie well within these; a range beyond them is cut, so that its ends can be written. */
const earliest = DateTime.utc(1000, 1, 1)
const latest = DateTime.utc(9000, 1, 1)

export interface DateLiteral {
  readonly name: string
  readonly count: number | undefined
}

/** The range that a literal means at a moment; refuses what is none. */
export function dateRange(literal: DateLiteral, moment: Moment): DateRange {
  const { name, count } = plainLiteral(literal)
  const isFiscal = fiscalWord.test(literal.name)
  const year = (isFiscal ? moment.fiscalYear : undefined) ?? calendarYear
  const now = DateTime.fromMillis(moment.now, { zone: moment.timeZone })
  if (!now.isValid) {
    throw refuse('INVALID_ARGUMENT', `the time zone '${moment.timeZone}' is not known`)
  }
  const single = singles.get(name)
  if (single !== undefined && count === undefined) {
    return between(startOf(now, single.unit, year), single.unit, [single.offset, single.offset + 1])
  }
  const match = counted.exec(name)
  const unit = units.get(match?.[2] ?? match?.[3] ?? '')
  if (match === null || unit === undefined || count === undefined) {
    throw refuse('MALFORMED_QUERY', `unknown date literal ${literal.name}`)
  }
  if (count > limits.queryDateLiteralCountMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `${name} takes at most ${limits.queryDateLiteralCountMax} (queryDateLiteralCountMax).`,
    )
  }
  const direction = match[1] === 'NEXT' ? 'next' : match[1] === 'LAST' ? 'last' : 'ago'
  return between(startOf(now, unit, year), unit, offsets[direction](count, unit))
}

/** From which unit to which, counted from the present one. */
const offsets: Readonly<
  Record<
    'next' | 'last' | 'ago',
    (count: number, unit: DateTimeUnit) => readonly [start: number, end: number]
  >
> = {
  next: (count) => [1, count + 1],
  // "The last n days" end with today; the last n weeks, months … end before the present one.
  last: (count, unit) => [-count, unit === 'day' ? 1 : 0],
  ago: (count) => [-count, 1 - count],
}

function between(
  present: DateTime,
  unit: DateTimeUnit,
  [start, end]: readonly [start: number, end: number],
): DateRange {
  return { start: shifted(present, unit, start), end: shifted(present, unit, end) }
}

function shifted(present: DateTime, unit: DateTimeUnit, count: number): DateTime {
  const day = firstMoment(present.plus({ [unit]: count }))
  const cut = DateTime.max(earliest, DateTime.min(latest, day))
  return cut.setZone(present.zone)
}

/**
 * The first moment of a day. Where the clocks change at midnight a day may begin at one o'clock, or have two midnights.
 */
function firstMoment(day: DateTime): DateTime {
  const midnight = day.startOf('day')
  const turnedBackMinutes = midnight.minus({ hours: 3 }).offset - midnight.offset
  if (turnedBackMinutes <= 0) return midnight
  const earlier = midnight.minus({ minutes: turnedBackMinutes })
  return earlier.hasSame(midnight, 'day') ? earlier : midnight
}
