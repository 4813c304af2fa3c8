/** Calendar days of moments. */
import { expect, it } from 'vitest'
import { dayOf } from '../../../engine/records/day-of.ts'

it.each([
  ['2026-11-22T00:00:00.000Z', '2026-11-22'],
  ['2026-11-22T23:59:59.999Z', '2026-11-22'],
  ['1970-01-01T00:00:00.000Z', '1970-01-01'],
])('%s is on %s', (moment, day) => {
  expect(dayOf(Date.parse(moment))).toBe(day)
})
