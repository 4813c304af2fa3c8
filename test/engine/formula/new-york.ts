/** A zone with summer time, for tests. */
import { DateTime } from 'luxon'
import { zoneTable } from '../../../engine/formula/zone.ts'

export const newYork = zoneTable(
  'America/New_York',
  (ms) => DateTime.fromMillis(ms, { zone: 'America/New_York' }).offset * 60_000,
  { from: 2020, to: 2030 },
)
