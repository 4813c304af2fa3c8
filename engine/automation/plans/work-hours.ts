/** When a time of work is over: counted in the minutes in which somebody works, in the zone of the business hours. */
import { DateTime } from 'luxon'
import { parseDay } from '../../formula/calendar.ts'
import type { Model } from '../../model/model.ts'
import { readRows, textAt, type Reading, type Row } from '../read-rows.ts'
import { dayMinutes, openMinutes, readHolidays, weekdays, type Minutes } from './work-calendar.ts'

export interface WorkHours {
  /** Of the business hours; undefined where none are kept: then every minute counts. */
  readonly id: string | undefined
  /** The moment when so many minutes of work have passed. */
  after(start: number, minutes: number): number
  /** How many minutes of work lie between two moments; 0 where the second is the earlier one. */
  between(start: number, end: number): number
}

const minuteMs = 60_000
/** Nobody plans further ahead; hours that are hardly ever open end the search. */
const daysMax = 3_660

export const everyMinute: WorkHours = {
  id: undefined,
  after: (start, minutes) => start + minutes * minuteMs,
  between: (start, end) => Math.max(0, end - start) / minuteMs,
}

export interface WantedHours {
  readonly name?: string | undefined
  readonly id?: string | undefined
}

/** Those of the name, else those of the id, else the default ones. */
export async function readWorkHours(
  reading: Reading,
  model: Model,
  { name, id }: WantedHours,
): Promise<WorkHours> {
  if (model.object('BusinessHours') === undefined) return everyMinute
  const times = weekdays.map((day) => `${day}StartTime, ${day}EndTime`).join(', ')
  const select = `SELECT Id, TimeZoneSidKey, ${times} FROM BusinessHours WHERE IsActive = true AND`
  const found = async (condition: string, values: Readonly<Record<string, unknown>> = {}) =>
    (await readRows(reading, `${select} ${condition} ORDER BY CreatedDate, Id LIMIT 1`, values))[0]
  const hours =
    (name === undefined ? undefined : await found('Name = :name', { name })) ??
    (id === undefined ? undefined : await found('Id = :id', { id })) ??
    (await found('IsDefault = true'))
  if (hours === undefined) return everyMinute
  const holidays = model.object('Holiday') === undefined ? [] : await readHolidays(reading)
  return workHours(hours, holidays)
}

export function workHours(hours: Row, holidays: readonly Row[]): WorkHours {
  const open = weekdays.map((day) => openMinutes(hours, day))
  const zone = textAt(hours, 'TimeZoneSidKey') ?? 'UTC'
  const id = textAt(hours, 'Id')
  if (open.every((minutes) => minutes === undefined)) return { ...everyMinute, id }
  const free = new Map<number, Row[]>()
  for (const holiday of holidays) {
    const day = parseDay(textAt(holiday, 'ActivityDate') ?? '')
    if (day !== undefined) free.set(day, [...(free.get(day) ?? []), holiday])
  }
  const openOn = (day: DateTime): readonly Minutes[] => {
    const minutes = open[day.weekday % 7]
    const number = parseDay(day.toISODate() ?? '')
    return minutes === undefined ? [] : without(minutes, free.get(number ?? -1) ?? [])
  }
  return {
    id,
    after: (start, minutes) => after({ start, zone, openOn }, minutes),
    between: (start, end) => between({ start, zone, openOn }, end),
  }
}

interface Counting {
  readonly start: number
  readonly zone: string
  openOn(day: DateTime): readonly Minutes[]
}

function between({ start, zone, openOn }: Counting, end: number): number {
  let passed = 0
  let day = DateTime.fromMillis(start, { zone }).startOf('day')
  for (let count = 0; count < daysMax && day.toMillis() < end; count += 1) {
    for (const { from, to } of openOn(day)) {
      passed += Math.max(0, Math.min(end, clock(day, to)) - Math.max(start, clock(day, from)))
    }
    day = day.plus({ days: 1 })
  }
  return passed / minuteMs
}

function after({ start, zone, openOn }: Counting, minutes: number): number {
  let left = minutes * minuteMs
  let day = DateTime.fromMillis(start, { zone }).startOf('day')
  for (let count = 0; count < daysMax; count += 1) {
    for (const { from, to } of openOn(day)) {
      const begin = Math.max(start, clock(day, from))
      const end = clock(day, to)
      if (end <= begin) continue
      if (left <= end - begin) return begin + left
      left -= end - begin
    }
    day = day.plus({ days: 1 })
  }
  return start + minutes * minuteMs
}

/** By the clock on the wall, whatever the day is long. */
function clock(day: DateTime, minutes: number): number {
  if (minutes >= dayMinutes) return day.plus({ days: 1 }).toMillis()
  return day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toMillis()
}

/** What holidays leave of the hours of a day. */
function without(hours: Minutes, holidays: readonly Row[]): readonly Minutes[] {
  let parts: readonly Minutes[] = [hours]
  for (const holiday of holidays) {
    const [start, end] = [holiday.get('StartTimeInMinutes'), holiday.get('EndTimeInMinutes')]
    if (holiday.get('IsAllDay') === true) return []
    if (typeof start !== 'number' || typeof end !== 'number') continue
    parts = parts.flatMap(({ from, to }) => [
      { from, to: Math.min(to, start) },
      { from: Math.max(from, end), to },
    ])
  }
  return parts.filter(({ from, to }) => from < to)
}
