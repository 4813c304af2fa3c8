/** What the work on plans is done with: the unit of work, the engine's own rights, the day of whoever acts. */
import { DateTime } from 'luxon'
import { fullAccess } from '../../access/full-access.ts'
import type { Clock } from '../../base/clock.ts'
import { parseDay } from '../../formula/calendar.ts'
import type { Model } from '../../model/model.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Reading } from '../read-rows.ts'
import { readWorkCalendar, type WorkCalendar } from './work-calendar.ts'

export interface PlanUnit extends Reading {
  readonly model: Model
  /** Days since 1970, where the person is who acts. */
  readonly today: number
  readonly now: number
  /** Read once, by the first who needs it. */
  calendar(): Promise<WorkCalendar | undefined>
}

export interface PlanUnitInput {
  readonly records: Records
  readonly caller: Caller
  readonly model: Model
  readonly clock: Clock
}

const ownCallers = new WeakSet<Caller>()

/** True for what the plans themselves write: nothing of it has to be looked at again. */
export function isOwnWrite(caller: Caller): boolean {
  return ownCallers.has(caller)
}

/** Made under the name of the person, with rights to all: a template says what a plan is made of, not each person. */
export function planUnit({ records, caller: by, model, clock }: PlanUnitInput): PlanUnit {
  const caller: Caller = { ...by, access: fullAccess(model) }
  ownCallers.add(caller)
  const now = clock.now()
  const day = DateTime.fromMillis(now, { zone: by.timeZone }).toISODate()
  let calendar: Promise<WorkCalendar | undefined> | undefined
  const reading = { records, caller }
  return {
    ...reading,
    model,
    now,
    today: parseDay(day ?? '') ?? Math.floor(now / 86_400_000),
    calendar: () => (calendar ??= readWorkCalendar(reading, model)),
  }
}
