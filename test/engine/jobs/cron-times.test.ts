/** Cron expressions mean what they mean on the public platform, in the zone they are for. */
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../engine/base/refusal.ts'
import { cronTimes } from '../../../engine/jobs/cron-times.ts'

const friday = Date.UTC(2026, 2, 27, 12)

function next(expression: string, zone?: string): string | undefined {
  const time = cronTimes(expression, zone).nextAfter(friday)
  return time === undefined ? undefined : new Date(time).toISOString()
}

describe('times of a schedule', () => {
  it.each([
    ['0 0 2 * * ?', 'UTC', '2026-03-28T02:00:00.000Z'],
    ['0 0 2 * * ?', 'America/New_York', '2026-03-28T06:00:00.000Z'],
    ['0 0 9 ? * MON-FRI', 'UTC', '2026-03-30T09:00:00.000Z'],
    // Sunday is 1.
    ['0 0 9 ? * 2', 'UTC', '2026-03-30T09:00:00.000Z'],
    ['0 30 1 L * ?', 'UTC', '2026-03-31T01:30:00.000Z'],
    ['0 0 5 1 1 ? 2027', 'UTC', '2027-01-01T05:00:00.000Z'],
    ['0   0 0 31 2 ?', 'UTC', undefined],
  ])('%s in %s', (expression, zone, expected) => {
    expect(next(expression, zone)).toBe(expected)
  })

  it('are not skipped, and come once, where clocks change', () => {
    const times = cronTimes('0 30 2 * * ?', 'Europe/Berlin')
    const first = times.nextAfter(Date.UTC(2026, 2, 28, 12)) ?? 0
    expect(new Date(first).toISOString()).toBe('2026-03-29T01:00:00.000Z')
    const autumn = times.nextAfter(Date.UTC(2026, 9, 24, 12)) ?? 0
    expect(new Date(autumn).toISOString()).toBe('2026-10-25T00:30:00.000Z')
    const after = times.nextAfter(autumn) ?? 0
    expect(new Date(after).toISOString()).toBe('2026-10-26T01:30:00.000Z')
  })

  it.each([['every day'], ['0 2 * * *'], ['99 0 0 * * ?'], ['*'.repeat(500)], ['']])(
    'refuses %s',
    (expression) => {
      expect(() => cronTimes(expression)).toThrow(Refusal)
    },
  )

  it('refuses a zone that is none', () => {
    expect(() => cronTimes('0 0 2 * * ?', 'Mars/Olympus')).toThrow('Mars/Olympus')
  })
})
