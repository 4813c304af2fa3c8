/** Deadlines in work days: weekends and holidays that come once are left out, nothing else. */
import { expect, test } from 'vitest'
import { dueDay, workCalendar } from '../../../../engine/automation/plans/work-calendar.ts'
import { parseDay, printDay } from '../../../../engine/formula/calendar.ts'

const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].flatMap((day) => [
  [`${day}StartTime`, '09:00:00.000Z'] as const,
  [`${day}EndTime`, '17:00:00.000Z'] as const,
])
const hours = new Map<string, unknown>(week)

function holiday(ActivityDate: string, more: object = { IsAllDay: true }) {
  return new Map<string, unknown>(Object.entries({ ActivityDate, ...more }))
}

const afternoon = { IsAllDay: false, StartTimeInMinutes: 13 * 60, EndTimeInMinutes: 24 * 60 }
const calendar = workCalendar(hours, [
  holiday('2026-11-26'),
  holiday('2026-12-02', afternoon),
  holiday('2026-12-03', { IsAllDay: false, StartTimeInMinutes: 9 * 60, EndTimeInMinutes: 17 * 60 }),
])

function due(start: string, days: number): string {
  return printDay(dueDay(parseDay(start) ?? 0, days, calendar))
}

test.each([
  ['2026-11-23', 3, '2026-11-27', 'the holiday on Thursday adds a day'],
  ['2026-11-27', 1, '2026-11-30', 'the weekend lies between'],
  ['2026-11-28', 1, '2026-11-30', 'a start without work counts from there'],
  ['2026-11-28', 0, '2026-11-30', 'no deadline lies on a day without work'],
  ['2026-12-01', 1, '2026-12-02', 'half a holiday leaves time to work'],
  ['2026-12-01', 2, '2026-12-04', 'hours that a holiday covers are no hours'],
  ['2026-11-23', 1000, '2030-09-25', 'the longest there is'],
])('%s and %i work days: %s, %s', (start, days, expected) => {
  expect(due(start, days)).toBe(expected)
})

test('a week without hours, or from midnight to midnight, leaves nothing out', () => {
  expect(workCalendar(new Map(), [])).toBeUndefined()
  const always = new Map<string, unknown>([
    ...hours,
    ['SundayStartTime', '00:00:00.000Z'],
    ['SundayEndTime', '00:00:00.000Z'],
  ])
  expect(workCalendar(always, [])?.isWorkDay(parseDay('2026-11-29') ?? 0)).toBe(true)
  expect(workCalendar(always, [])?.isWorkDay(parseDay('2026-11-28') ?? 0)).toBe(false)
  expect(printDay(dueDay(parseDay('2026-11-27') ?? 0, 1))).toBe('2026-11-28')
})
