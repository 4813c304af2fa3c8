/** On which days somebody works: the default business hours, without the holidays that come once. */
import { parseDay, weekday } from '../../formula/calendar.ts'
import type { Model } from '../../model/model.ts'
import { readRows, textAt, type Reading, type Row } from '../read-rows.ts'

export interface WorkCalendar {
  isWorkDay(day: number): boolean
}

/** As business hours name their fields, in the order of `weekday`. */
export const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const

/**
 * The day `days` work days after the start, or calendar days where no calendar is given. A deadline never falls on a day
 * without work.
 */
export function dueDay(start: number, days: number, calendar?: WorkCalendar): number {
  if (calendar === undefined) return start + days
  let day = start
  let left = days
  while (left > 0) {
    day += 1
    if (calendar.isWorkDay(day)) left -= 1
  }
  while (!calendar.isWorkDay(day)) day += 1
  return day
}

/** Undefined where nothing says when work is done: then every day is a work day. */
export async function readWorkCalendar(
  reading: Reading,
  model: Model,
): Promise<WorkCalendar | undefined> {
  if (model.object('BusinessHours') === undefined) return undefined
  const times = weekdays.map((day) => `${day}StartTime, ${day}EndTime`).join(', ')
  const [hours] = await readRows(
    reading,
    `SELECT ${times} FROM BusinessHours WHERE IsDefault = true AND IsActive = true ORDER BY CreatedDate, Id LIMIT 1`,
  )
  if (hours === undefined) return undefined
  const holidays = model.object('Holiday') === undefined ? [] : await readHolidays(reading)
  return workCalendar(hours, holidays)
}

export function readHolidays(reading: Reading): Promise<readonly Row[]> {
  return readRows(
    reading,
    'SELECT ActivityDate, IsAllDay, StartTimeInMinutes, EndTimeInMinutes FROM Holiday WHERE IsRecurrence = false AND ActivityDate != null',
  )
}

export function workCalendar(hours: Row, holidays: readonly Row[]): WorkCalendar | undefined {
  const open = weekdays.map((day) => openMinutes(hours, day))
  if (open.every((minutes) => minutes === undefined)) return undefined
  const free = new Map<number, Row[]>()
  for (const holiday of holidays) {
    const day = parseDay(textAt(holiday, 'ActivityDate') ?? '')
    if (day !== undefined) free.set(day, [...(free.get(day) ?? []), holiday])
  }
  return {
    isWorkDay: (day) => {
      const minutes = open[weekday(day) - 1]
      if (minutes === undefined) return false
      return !(free.get(day) ?? []).some((holiday) => covers(holiday, minutes))
    },
  }
}

export interface Minutes {
  readonly from: number
  readonly to: number
}

export const dayMinutes = 24 * 60

/** From midnight to midnight where both times are the same; closed where one is missing. */
export function openMinutes(hours: Row, day: string): Minutes | undefined {
  const from = minutesOf(textAt(hours, `${day}StartTime`))
  const to = minutesOf(textAt(hours, `${day}EndTime`))
  if (from === undefined || to === undefined) return undefined
  return from === to ? { from: 0, to: dayMinutes } : { from, to }
}

function minutesOf(time: string | undefined): number | undefined {
  const parts = /^(\d\d):(\d\d)/.exec(time ?? '')
  return parts === null ? undefined : Number(parts[1]) * 60 + Number(parts[2])
}

/** Nothing of the day is left to work in. */
function covers(holiday: Row, { from, to }: Minutes): boolean {
  if (holiday.get('IsAllDay') === true) return true
  const [start, end] = [holiday.get('StartTimeInMinutes'), holiday.get('EndTimeInMinutes')]
  if (typeof start !== 'number' || typeof end !== 'number') return false
  return start <= from && end >= to
}
