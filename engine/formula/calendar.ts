/** Days, months and clock times without Date objects: a day is a number, 0 being 1970-01-01. */
import { message } from '../base/message.ts'
import { FormulaFailure } from './problem.ts'

export const dayMs = 86_400_000

/** 0001-01-01 and 9999-12-31, which both databases can hold. */
export const firstDay = -719_162
export const lastDay = 2_932_896

export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** The number of a day; years are counted from March, so that a leap day comes last. */
export function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const monthFromMarch = (month + 9) % 12
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400)
  return shifted * 365 + leapDays + dayOfYear - 719_468
}

export function calendarDay(number: number): CalendarDay {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - (365 * yearOfEra + leapDays)
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** A failure when there is no such day. */
export function checkedDay(year: number, month: number, day: number): number {
  const isReal =
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  if (!isReal) throw new FormulaFailure(message('there is no such date'))
  return dayNumber(year, month, day)
}

/** A failure outside the years 1 to 9999. */
export function inCalendar(day: number): number {
  if (day >= firstDay && day <= lastDay) return day
  throw new FormulaFailure(message('a date is outside the calendar'))
}

export function instantInCalendar(ms: number): number {
  inCalendar(Math.floor(ms / dayMs))
  return ms
}

/** The same day some months on; the last day of a month stays the last one. */
export function addMonths(day: number, months: number): number {
  const from = calendarDay(day)
  const count = from.year * 12 + from.month - 1 + months
  const year = Math.floor(count / 12)
  const month = (((count % 12) + 12) % 12) + 1
  if (year < 1 || year > 9999) throw new FormulaFailure(message('a date is outside the calendar'))
  const last = daysInMonth(year, month)
  const wasLast = from.day === daysInMonth(from.year, from.month)
  return dayNumber(year, month, wasLast ? last : Math.min(from.day, last))
}

/** 1 is Sunday, 7 is Saturday. */
export function weekday(day: number): number {
  return ((((day + 4) % 7) + 7) % 7) + 1
}

export function dayOfYear(day: number): number {
  return day - dayNumber(calendarDay(day).year, 1, 1) + 1
}

/** The Thursday of the ISO week decides to which year the week belongs. */
function thursdayOf(day: number): number {
  const mondayBased = (weekday(day) + 5) % 7
  return day - mondayBased + 3
}

export function isoWeek(day: number): number {
  return Math.floor((dayOfYear(thursdayOf(day)) - 1) / 7) + 1
}

export function isoYear(day: number): number {
  return calendarDay(thursdayOf(day)).year
}

export function printDay(day: number): string {
  const { year, month, day: ofMonth } = calendarDay(day)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(ofMonth, 2)}`
}

/** "2026-11-22 09:30:00Z", as TEXT gives it. */
export function printInstant(ms: number): string {
  const day = Math.floor(ms / dayMs)
  return `${printDay(day)} ${printTime(ms - day * dayMs).slice(0, 8)}Z`
}

/** "09:30:00.000". */
export function printTime(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${parts.map((part) => pad(part, 2)).join(':')}.${pad(ms % 1000, 3)}`
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

const dayPattern = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const timePattern = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?Z?$/
const instantPattern = /^(\d{4}-\d{1,2}-\d{1,2})[ T](\S+?)(?:([+-])(\d{2}):?(\d{2}))?$/

/** "2026-11-22"; undefined when it is no date. */
export function parseDay(text: string): number | undefined {
  const [, year, month, day] = dayPattern.exec(text) ?? []
  if (year === undefined) return undefined
  const parts = [Number(year), Number(month), Number(day)] as const
  const isReal =
    parts[0] >= 1 &&
    parts[1] >= 1 &&
    parts[1] <= 12 &&
    parts[2] >= 1 &&
    parts[2] <= daysInMonth(parts[0], parts[1])
  return isReal ? dayNumber(...parts) : undefined
}

/** "17:30:45.125"; undefined when it is no time of day. */
export function parseTime(text: string): number | undefined {
  const [, hours, minutes, seconds = '0', fraction = '0'] = timePattern.exec(text) ?? []
  if (hours === undefined) return undefined
  const parts = [Number(hours), Number(minutes), Number(seconds)] as const
  if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return undefined
  const ms = Number(fraction.padEnd(3, '0'))
  return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + ms
}

/** "2026-11-22 17:30:45", in UTC unless an offset is given; undefined when it is no instant. */
export function parseInstant(text: string): number | undefined {
  const [, date = '', clock = '', sign, hours = '0', minutes = '0'] =
    instantPattern.exec(text) ?? []
  const day = parseDay(date)
  const time = parseTime(clock)
  if (day === undefined || time === undefined) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000
  return day * dayMs + time - (sign === '-' ? -offset : offset)
}
