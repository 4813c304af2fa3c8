import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromZoneClock, toZoneClock } from '../../../ui/base/zone-time.ts'

describe('toZoneClock', () => {
  it('shows the clock of the zone, summer and winter', () => {
    expect(toZoneClock('2026-07-01T12:00:00.000+0000', 'Europe/Berlin')).toBe('2026-07-01T14:00')
    expect(toZoneClock('2026-12-01T12:00:00.000+0000', 'Europe/Berlin')).toBe('2026-12-01T13:00')
  })

  it('is empty for no instant', () => {
    expect(toZoneClock('', 'UTC')).toBe('')
  })
})

describe('fromZoneClock', () => {
  it('is the instant at which the clock shows it', () => {
    expect(fromZoneClock('2026-11-22T09:30', 'America/Chicago')).toBe(
      '2026-11-22T15:30:00.000+0000',
    )
    expect(fromZoneClock('2026-11-22T09:30', 'Asia/Kathmandu')).toBe('2026-11-22T03:45:00.000+0000')
  })

  it('is undefined for what is no time', () => {
    expect(fromZoneClock('soon', 'UTC')).toBeUndefined()
  })

  it('comes back to the same minute, away from the hour that clocks skip or repeat', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/Chicago', 'Asia/Kolkata', 'Pacific/Auckland']
    const noon = Date.UTC(2024, 0, 1, 12)
    const days = fc.integer({ min: 0, max: 1500 })
    fc.assert(
      fc.property(days, fc.constantFrom(...zones), (day, zone) => {
        const clock = new Date(noon + day * 86_400_000).toISOString().slice(0, 16)
        expect(toZoneClock(fromZoneClock(clock, zone) ?? '', zone)).toBe(clock)
      }),
    )
  })
})
