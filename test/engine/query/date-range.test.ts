/** Date literals in the user's zone: where days begin late, clocks change or offsets are odd (N1). */
import { describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { dateRange } from '../../../engine/query/date-range.ts'
import { refusalOf } from './planning.ts'

/** Both ends in the zone's own words. */
function range(literal: string, at: string, timeZone = 'UTC'): readonly (string | null)[] {
  const [name = '', count] = literal.split(':')
  const given = { name, count: count === undefined ? undefined : Number(count) }
  const { start, end } = dateRange(given, { now: Date.parse(at), timeZone })
  return [start.toFormat('yyyy-MM-dd'), end.toFormat('yyyy-MM-dd')]
}

/** Noon of every day in the months in which clocks change. */
const changingDays = [2, 3, 9, 10].flatMap((month) =>
  Array.from({ length: 31 }, (_, day) => new Date(Date.UTC(2026, month, day, 12)).toISOString()),
)

/** Both ends as instants. */
function instants(literal: string, at: string, timeZone: string): readonly string[] {
  const { start, end } = dateRange(
    { name: literal, count: undefined },
    { now: Date.parse(at), timeZone },
  )
  return [start, end].map((moment) => new Date(moment.toMillis()).toISOString())
}

describe('literals', () => {
  // A Sunday.
  const now = '2026-11-22T09:30:00Z'
  it.each([
    ['TODAY', '2026-11-22', '2026-11-23'],
    ['YESTERDAY', '2026-11-21', '2026-11-22'],
    ['TOMORROW', '2026-11-23', '2026-11-24'],
    ['THIS_WEEK', '2026-11-22', '2026-11-29'],
    ['LAST_WEEK', '2026-11-15', '2026-11-22'],
    ['NEXT_WEEK', '2026-11-29', '2026-12-06'],
    ['THIS_MONTH', '2026-11-01', '2026-12-01'],
    ['LAST_MONTH', '2026-10-01', '2026-11-01'],
    ['NEXT_MONTH', '2026-12-01', '2027-01-01'],
    ['THIS_QUARTER', '2026-10-01', '2027-01-01'],
    ['LAST_QUARTER', '2026-07-01', '2026-10-01'],
    ['NEXT_QUARTER', '2027-01-01', '2027-04-01'],
    ['THIS_YEAR', '2026-01-01', '2027-01-01'],
    ['LAST_YEAR', '2025-01-01', '2026-01-01'],
    ['NEXT_YEAR', '2027-01-01', '2028-01-01'],
    ['LAST_N_DAYS:3', '2026-11-19', '2026-11-23'],
    ['LAST_N_DAYS:0', '2026-11-22', '2026-11-23'],
    ['NEXT_N_DAYS:3', '2026-11-23', '2026-11-26'],
    ['N_DAYS_AGO:3', '2026-11-19', '2026-11-20'],
    ['LAST_N_WEEKS:2', '2026-11-08', '2026-11-22'],
    ['NEXT_N_WEEKS:2', '2026-11-29', '2026-12-13'],
    ['N_WEEKS_AGO:1', '2026-11-15', '2026-11-22'],
    ['LAST_N_MONTHS:2', '2026-09-01', '2026-11-01'],
    ['NEXT_N_MONTHS:2', '2026-12-01', '2027-02-01'],
    ['LAST_N_QUARTERS:1', '2026-07-01', '2026-10-01'],
    ['LAST_N_YEARS:2', '2024-01-01', '2026-01-01'],
    ['N_YEARS_AGO:1', '2025-01-01', '2026-01-01'],
    ['LAST_90_DAYS', '2026-08-24', '2026-11-23'],
    ['NEXT_90_DAYS', '2026-11-23', '2027-02-21'],
    ['THIS_FISCAL_QUARTER', '2026-10-01', '2027-01-01'],
    ['LAST_FISCAL_YEAR', '2025-01-01', '2026-01-01'],
    ['NEXT_N_FISCAL_QUARTERS:1', '2027-01-01', '2027-04-01'],
  ])('%s', (literal, start, end) => {
    expect(range(literal, now)).toEqual([start, end])
  })

  it.each([
    [4, 'THIS_FISCAL_YEAR', '2026-04-01', '2027-04-01'],
    [12, 'THIS_FISCAL_YEAR', '2025-12-01', '2026-12-01'],
    [12, 'NEXT_FISCAL_YEAR', '2026-12-01', '2027-12-01'],
    [2, 'THIS_FISCAL_QUARTER', '2026-11-01', '2027-02-01'],
    [3, 'LAST_FISCAL_QUARTER', '2026-06-01', '2026-09-01'],
    [7, 'N_FISCAL_YEARS_AGO:1', '2025-07-01', '2026-07-01'],
    [7, 'LAST_N_FISCAL_QUARTERS:2', '2026-04-01', '2026-10-01'],
    [7, 'THIS_YEAR', '2026-01-01', '2027-01-01'],
  ])('with a fiscal year from month %i, %s', (startMonth, literal, start, end) => {
    const [name = '', count] = literal.split(':')
    const given = { name, count: count === undefined ? undefined : Number(count) }
    const fiscalYear = { startMonth, namedByStart: false }
    const found = dateRange(given, { now: Date.parse(now), timeZone: 'UTC', fiscalYear })
    expect([found.start.toISODate(), found.end.toISODate()]).toEqual([start, end])
  })

  it('weeks begin on Sunday', () => {
    expect(range('THIS_WEEK', '2026-11-21T12:00:00Z')).toEqual(['2026-11-15', '2026-11-22'])
    expect(range('THIS_WEEK', '2026-11-23T12:00:00Z')).toEqual(['2026-11-22', '2026-11-29'])
  })

  it('months of different lengths, leap years', () => {
    expect(range('LAST_MONTH', '2028-03-31T12:00:00Z')).toEqual(['2028-02-01', '2028-03-01'])
    expect(range('YESTERDAY', '2028-03-01T12:00:00Z')).toEqual(['2028-02-29', '2028-03-01'])
    expect(range('LAST_N_DAYS:366', '2028-03-01T00:00:00Z')).toEqual(['2027-03-01', '2028-03-02'])
  })
})

describe('zones', () => {
  it.each([
    ['UTC', '2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['Europe/Berlin', '2026-11-22', '2026-11-21T23:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-21', '2026-11-21T08:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-22', '2026-11-21T18:30:00.000Z'],
    ['Asia/Kathmandu', '2026-11-22', '2026-11-21T18:15:00.000Z'],
    ['Australia/Adelaide', '2026-11-22', '2026-11-21T13:30:00.000Z'],
    ['America/St_Johns', '2026-11-21', '2026-11-21T03:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-22', '2026-11-21T10:00:00.000Z'],
  ])('today in %s', (zone, day, begin) => {
    const at = '2026-11-22T00:30:00Z'
    expect(range('TODAY', at, zone)[0]).toBe(day)
    expect(instants('TODAY', at, zone)[0]).toBe(begin)
  })

  it('a day on which the clocks change has 23 or 25 hours', () => {
    const zone = 'Europe/Berlin'
    expect(instants('TODAY', '2026-03-29T12:00:00Z', zone)).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ])
    expect(instants('TODAY', '2026-10-25T12:00:00Z', zone)).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ])
  })

  it('a month with a change of clocks ends where the next one begins', () => {
    expect(instants('THIS_MONTH', '2026-10-10T12:00:00Z', 'Europe/Berlin')).toEqual([
      '2026-09-30T22:00:00.000Z',
      '2026-10-31T23:00:00.000Z',
    ])
  })

  it('a day that begins at one o’clock ends at midnight', () => {
    // Cuba's clocks go from midnight to one: 2026-03-08 begins at 05:00 UTC, the next day at 04:00.
    const zone = 'America/Havana'
    expect(instants('TODAY', '2026-03-08T15:00:00Z', zone)).toEqual([
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z',
    ])
    expect(instants('YESTERDAY', '2026-03-09T15:00:00Z', zone)).toEqual([
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z',
    ])
    expect(instants('TOMORROW', '2026-03-08T15:00:00Z', zone)[0]).toBe('2026-03-09T04:00:00.000Z')
  })

  it('a half hour of daylight saving', () => {
    // Lord Howe moves its clocks by thirty minutes: +11 in summer, +10:30 in winter.
    expect(instants('TODAY', '2026-04-05T06:00:00Z', 'Australia/Lord_Howe')).toEqual([
      '2026-04-04T13:00:00.000Z',
      '2026-04-05T13:30:00.000Z',
    ])
  })

  it('each day begins where the one before ended, around all changes of clocks', () => {
    for (const zone of ['America/Havana', 'Africa/Cairo', 'Asia/Kolkata', 'Australia/Lord_Howe']) {
      for (const at of changingDays) {
        const [start] = instants('TODAY', at, zone)
        const [, end] = instants('YESTERDAY', at, zone)
        expect([zone, at, end]).toEqual([zone, at, start])
      }
    }
  })
})

describe('what is refused', () => {
  it('an unknown literal', () => {
    for (const name of ['THIS_DAY', 'LAST_FORTNIGHT', 'THIS_FISCAL_WEEK', 'LAST_N_DAYS']) {
      expect(refusalOf(() => range(name, '2026-01-01T00:00:00Z')).code).toBe('MALFORMED_QUERY')
    }
    expect(refusalOf(() => range('TODAY:3', '2026-01-01T00:00:00Z')).code).toBe('MALFORMED_QUERY')
  })

  it('a zone that nobody knows', () => {
    const error = refusalOf(() => range('TODAY', '2026-01-01T00:00:00Z', 'Mars/Olympus'))
    expect(error.code).toBe('INVALID_ARGUMENT')
    expect(error.message).toContain('Mars/Olympus')
  })

  it('a count beyond the limit, which is named', () => {
    const literal = `LAST_N_DAYS:${limits.queryDateLiteralCountMax + 1}`
    expect(refusalOf(() => range(literal, '2026-01-01T00:00:00Z')).message).toContain(
      'queryDateLiteralCountMax',
    )
  })

  it('ranges beyond all stored days are cut, not broken', () => {
    expect(range('LAST_N_YEARS:100000', '2026-01-01T00:00:00Z')).toEqual([
      '1000-01-01',
      '2026-01-01',
    ])
    expect(range('NEXT_N_YEARS:100000', '2026-01-01T00:00:00Z')).toEqual([
      '2027-01-01',
      '9000-01-01',
    ])
    expect(range('N_YEARS_AGO:100000', '2026-01-01T00:00:00Z')).toEqual([
      '1000-01-01',
      '1000-01-01',
    ])
  })
})
