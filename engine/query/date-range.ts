/** Date literals such as LAST_N_DAYS:3 as half-open ranges of calendar days in the user's zone. */
import { DateTime, type DateTimeUnit } from 'luxon'

/** `now` in milliseconds, `timeZone` an IANA name. */
export interface Moment {
  readonly now: number
  readonly timeZone: string
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
const counted = /^(?:(LAST|NEXT)_N_([A-Z]+)|N_([A-Z]+)_AGO)$/
const countMax = 100_000

// Weeks begin on Sunday, as in the platform's default locale.
function startOf(moment: DateTime, unit: DateTimeUnit): DateTime {
  if (unit !== 'week') return moment.startOf(unit)
  const day = moment.startOf('day')
  return day.minus({ days: day.weekday % 7 })
}

/** Undefined for a name that is none of the literals. */
export function dateRange(
  name: string,
  count: number | undefined,
  moment: Moment,
): DateRange | undefined {
  const now = DateTime.fromMillis(moment.now, { zone: moment.timeZone })
  const single = singles.get(name)
  if (single !== undefined && count === undefined) {
    const start = startOf(now, single.unit).plus({ [single.unit]: single.offset })
    return { start, end: start.plus({ [single.unit]: 1 }) }
  }
  const match = counted.exec(name)
  const unit = units.get(match?.[2] ?? match?.[3] ?? '')
  if (match === null || unit === undefined || count === undefined || count > countMax)
    return undefined
  const current = startOf(now, unit)
  if (match[3] !== undefined) {
    const start = current.minus({ [unit]: count })
    return { start, end: start.plus({ [unit]: 1 }) }
  }
  if (match[1] === 'NEXT') {
    const start = current.plus({ [unit]: 1 })
    return { start, end: start.plus({ [unit]: count }) }
  }
  // "The last n days" end with today; the last n weeks, months … end before the present one.
  const end = unit === 'day' ? current.plus({ day: 1 }) : current
  const start = current.minus({ [unit]: count })
  return { start, end }
}
