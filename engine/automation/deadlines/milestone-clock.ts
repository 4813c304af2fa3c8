/**
 * The clock of one deadline: it begins, stands still, goes on, is set anew and ends. Its target always lies the given minutes
 * and those for which it stood still behind its start, in minutes of its business hours.
 */
import type { EntitlementPlan, MilestonePlan } from '../../model/approvals/entitlement-plan.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { ApprovalUnit } from '../approvals/approval-unit.ts'
import { runActions } from '../approvals/run-actions.ts'
import { readWorkHours, type WantedHours, type WorkHours } from '../plans/work-hours.ts'
import { readRows, textAt } from '../read-rows.ts'
import {
  changeMilestone,
  keeps,
  makeRecord,
  momentText,
  type MilestoneRow,
} from './milestone-rows.ts'
import { addTriggers, removeTriggers, triggerAt } from './trigger-store.ts'

const minuteMs = 60_000

/** What all deadlines of one unit of work ask for again and again. */
export interface MilestoneDesk {
  readonly unit: ApprovalUnit
  hours(wanted: WantedHours): Promise<WorkHours>
  /** The id of a kind of deadline; made where nobody has made it. */
  kindOf(name: string): Promise<string>
}

export function milestoneDesk(unit: ApprovalUnit): MilestoneDesk {
  const hours = new Map<string, Promise<WorkHours>>()
  const kinds = new Map<string, Promise<string>>()
  return {
    unit,
    hours: (wanted) =>
      once(hours, JSON.stringify(wanted), () => readWorkHours(unit, unit.model, wanted)),
    kindOf: (name) => once(kinds, name, () => kindOf(unit, name)),
  }
}

function once<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  known.set(key, made)
  return made
}

async function kindOf(unit: ApprovalUnit, name: string): Promise<string> {
  const soql = 'SELECT Id FROM MilestoneType WHERE Name = :name ORDER BY CreatedDate, Id LIMIT 1'
  const [found] = await readRows(unit, soql, { name })
  const known = found && textAt(found, 'Id')
  return known ?? makeRecord(unit, 'MilestoneType', { Name: name, RecurrenceType: 'none' })
}

export interface NewClock {
  readonly plan: EntitlementPlan
  readonly milestone: MilestonePlan
  readonly recordId: string
  readonly start: number
  /** The business hours of the record. */
  readonly hoursId: string | undefined
  /** A user: whose deadline it is. */
  readonly owner: string | undefined
  readonly isStopped: boolean
}

export async function beginClock(desk: MilestoneDesk, clock: NewClock): Promise<void> {
  const { unit } = desk
  const { plan, milestone, recordId, start, isStopped, owner } = clock
  const { holder } = plan
  const name = milestone.businessHours ?? plan.businessHours
  const hours = await desk.hours({ name, id: clock.hoursId })
  const target = hours.after(start, milestone.minutes)
  const { now, by } = unit.writing
  const stands = isStopped && keeps(unit, holder, 'StopStartDate')
  const id = await makeRecord(unit, holder.object, {
    [holder.parent]: recordId,
    MilestoneTypeId: await desk.kindOf(milestone.name),
    StartDate: momentText(start),
    TargetDate: momentText(target),
    TargetResponseInMins: keeps(unit, holder, 'TargetResponseInMins')
      ? milestone.minutes
      : undefined,
    BusinessHoursId: keeps(unit, holder, 'BusinessHoursId') ? hours.id : undefined,
    StopStartDate: stands ? momentText(now) : undefined,
    OwnerId: keeps(unit, holder, 'OwnerId') ? owner : undefined,
  })
  // What was due before the record came here at all is told at once.
  const times = { start, target, hours, isDueToo: () => true }
  if (!stands) await arm(desk, { plan, milestone, id, recordId, createdBy: by }, times)
}

/** A deadline that has begun, with what is declared of it. */
export interface Running {
  readonly plan: EntitlementPlan
  readonly milestone: MilestonePlan
  readonly row: MilestoneRow
}

/** While it stands still nobody is warned. */
export async function stopClock({ unit }: MilestoneDesk, { row }: Running): Promise<void> {
  if (!keeps(unit, row.holder, 'StopStartDate')) return
  await changeMilestone(unit, row, { StopStartDate: momentText(unit.writing.now) })
  await removeTriggers(unit.tx, row.id)
}

export async function resumeClock(desk: MilestoneDesk, running: Running): Promise<void> {
  const stopped = await stoppedUntilNow(desk, running.row)
  await changeMilestone(desk.unit, running.row, {
    StopStartDate: null,
    StoppedTimeInMins: stopped.stoppedMinutes,
  })
  await setClock(desk, { ...running, row: { ...running.row, ...stopped } })
}

async function stoppedUntilNow(
  desk: MilestoneDesk,
  { stoppedSince, stoppedMinutes, hoursId }: MilestoneRow,
): Promise<{ readonly stoppedMinutes: number; readonly stoppedSince: undefined }> {
  const hours = await desk.hours({ id: hoursId })
  const { now } = desk.unit.writing
  const more = stoppedSince === undefined ? 0 : hours.between(stoppedSince, now)
  return { stoppedMinutes: stoppedMinutes + Math.round(more), stoppedSince: undefined }
}

/** The target that start, given time, stops and business hours make; warnings move with it. */
export async function setClock(
  desk: MilestoneDesk,
  running: Running,
  start = running.row.start,
): Promise<void> {
  const { row } = running
  const hours = await desk.hours({ id: row.hoursId })
  const target =
    start === undefined || row.minutes === undefined
      ? row.target
      : hours.after(start, row.minutes + row.stoppedMinutes)
  const moved = {
    ...(start !== undefined && start !== row.start ? { StartDate: momentText(start) } : {}),
    ...(target !== undefined && target !== row.target ? { TargetDate: momentText(target) } : {}),
  }
  if (Object.keys(moved).length > 0) await changeMilestone(desk.unit, row, moved)
  await moveWarnings(desk, { ...running, row: { ...row, start, target } })
}

/** Somebody chose the target: that is the time that is given from now on. */
export async function takeTarget(desk: MilestoneDesk, running: Running): Promise<void> {
  const { start, target, stoppedMinutes, hoursId } = running.row
  if (start !== undefined && target !== undefined) {
    const minutes = Math.round((await desk.hours({ id: hoursId })).between(start, target))
    const TargetResponseInMins = Math.max(0, minutes - stoppedMinutes)
    await changeMilestone(desk.unit, running.row, { TargetResponseInMins })
  }
  await moveWarnings(desk, running)
}

/**
 * Warnings that lie ahead are given; one that lies behind comes only where it had not come yet, so that none comes twice.
 * One that a deploy took away waits on, for the deploy that brings it back.
 */
export async function moveWarnings(desk: MilestoneDesk, running: Running): Promise<void> {
  const { plan, milestone, row } = running
  const { start, target } = row
  const waiting = await removeTriggers(desk.unit.tx, row.id)
  if (start === undefined || target === undefined) return
  if (row.isCompleted || row.stoppedSince !== undefined) return
  const hours = await desk.hours({ id: row.hoursId })
  const { id, recordId, createdBy } = row
  const places = waiting.map(({ index }) => triggerAt(milestone.triggers, index)?.place)
  await addTriggers(
    desk.unit.tx,
    waiting.filter((_one, at) => places[at] === undefined),
  )
  const isDueToo = (place: number): boolean => places.includes(place)
  await arm(desk, { plan, milestone, id, recordId, createdBy }, { start, target, hours, isDueToo })
}

interface Armed extends Pick<Running, 'plan' | 'milestone'> {
  readonly id: string
  readonly recordId: string
  readonly createdBy: string
}

interface Times {
  readonly start: number
  readonly target: number
  readonly hours: WorkHours
  /** Whether the warning is to come although its time has passed. */
  isDueToo(place: number): boolean
}

/** Warnings count in hours of work as well. */
async function arm(
  { unit }: MilestoneDesk,
  { plan, milestone, id: milestoneId, recordId, createdBy }: Armed,
  { start, target, hours, isDueToo }: Times,
): Promise<void> {
  const given = hours.between(start, target)
  const momentOf = (offset: number): number => {
    if (offset === 0) return target
    return offset > 0
      ? hours.after(target, offset)
      : hours.after(start, Math.max(0, given + offset))
  }
  const triggers = milestone.triggers.flatMap(({ offsetMs, place: index }) => {
    const runAt = momentOf(offsetMs / minuteMs)
    if (runAt <= unit.writing.now && !isDueToo(index)) return []
    const names = { process: plan.name, milestone: milestone.name }
    return [{ id: unit.ids('0Fm'), milestoneId, recordId, ...names, index, runAt, createdBy }]
  })
  await addTriggers(unit.tx, triggers)
  if (triggers.length > 0) unit.tx.afterCommit(unit.wake)
}

export async function completeClock(
  desk: MilestoneDesk,
  { milestone, row }: Running,
  object: ObjectModel,
): Promise<void> {
  const { unit } = desk
  const stopped = row.stoppedSince === undefined ? undefined : await stoppedUntilNow(desk, row)
  await changeMilestone(unit, row, {
    CompletionDate: momentText(unit.writing.now),
    ...(stopped && { StopStartDate: null, StoppedTimeInMins: stopped.stoppedMinutes }),
  })
  await removeTriggers(unit.tx, row.id)
  await runActions(unit, { object, id: row.recordId }, milestone.onSuccess)
}
