/** Minutes of work forwards, and between two moments: the one undoes the other. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyMinute, workHours } from '../../../../engine/automation/plans/work-hours.ts'

const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].flatMap((day) => [
  [`${day}StartTime`, '09:00:00.000Z'] as const,
  [`${day}EndTime`, '17:00:00.000Z'] as const,
])
const holiday = new Map<string, unknown>([
  ['ActivityDate', '2026-12-01'],
  ['IsAllDay', false],
  ['StartTimeInMinutes', 720],
  ['EndTimeInMinutes', 1_440],
])
const hours = workHours(new Map([['TimeZoneSidKey', 'Europe/Berlin'], ...week]), [holiday])
const at = (text: string): number => Date.parse(text)

describe('minutes of work', () => {
  it('between two moments leave out nights, weekends and holidays', () => {
    // A Friday afternoon, a Monday, a Tuesday that ends at noon.
    const from = at('2026-11-27T14:00:00Z')
    expect(hours.between(from, at('2026-11-30T15:00:00Z'))).toBe(120 + 420)
    expect(hours.between(from, at('2026-12-01T22:00:00Z'))).toBe(120 + 480 + 180)
    expect(hours.between(from, at('2026-11-29T12:00:00Z'))).toBe(120)
    expect(hours.between(at('2026-11-30T15:00:00Z'), from)).toBe(0)
  })

  it('are as many as were gone forward, across changes of the clock too', () => {
    const moment = fc.integer({ min: at('2026-10-20T00:00:00Z'), max: at('2027-04-02T00:00:00Z') })
    const minutes = fc.integer({ min: 0, max: 5_000 })
    fc.assert(
      fc.property(moment, minutes, (start, count) => {
        for (const one of [hours, everyMinute]) {
          expect(one.between(start, one.after(start, count))).toBeCloseTo(count, 6)
        }
      }),
      { numRuns: 30 },
    )
  })
})
