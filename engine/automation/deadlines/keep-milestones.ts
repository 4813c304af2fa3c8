/** Deadlines begin, stand still and end with what their criteria say of a record, in the unit of the save that changed it. */
import type { EntitlementPlan } from '../../model/approvals/entitlement-plan.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { HookRow } from '../../records/hooks/record-hooks.ts'
import type { ApprovalUnit } from '../approvals/approval-unit.ts'
import { isChanged } from '../plans/plan-behaviour.ts'
import { textAt } from '../read-rows.ts'
import type { Meets } from './evaluate-criteria.ts'
import {
  beginClock,
  completeClock,
  milestoneDesk,
  moveWarnings,
  resumeClock,
  setClock,
  stopClock,
  type MilestoneDesk,
  type Running,
} from './milestone-clock.ts'
import { changeMilestone, keeps, momentAt, readMilestones } from './milestone-rows.ts'
import type { MilestoneRow } from './milestone-rows.ts'
import { plansOfRecords, type Judged } from './plans-of-records.ts'

export interface SavedRecords {
  readonly object: ObjectModel
  readonly rows: readonly HookRow[]
  /** They were deleted, and came back with their deadlines. */
  readonly areBack: boolean
}

export async function keepMilestones(
  unit: ApprovalUnit,
  { object, rows, areBack }: SavedRecords,
): Promise<void> {
  const ids = rows.flatMap(({ id }) => id ?? [])
  const plans = await plansOfRecords(unit, object, ids)
  const concerned = ids.filter((id) => plans.of(id).length > 0)
  const [first] = concerned
  // All deadlines of one object are kept in the same place.
  const holder = first === undefined ? undefined : plans.of(first)[0]?.holder
  if (holder === undefined) return
  const where = `${holder.parent} IN :ids`
  const known = await readMilestones(unit, holder, { where, values: { ids: concerned } })
  const desk = milestoneDesk(unit)
  for (const row of rows) {
    const { id = '' } = row
    for (const plan of plans.of(id)) {
      const own = known.filter(({ recordId }) => recordId === id)
      await keepOne(desk, { object, row, id, plan, meets: plans.meets, known: own, areBack })
    }
  }
}

interface Kept {
  readonly object: ObjectModel
  readonly row: HookRow
  readonly id: string
  readonly plan: EntitlementPlan
  readonly meets: Meets
  readonly known: readonly MilestoneRow[]
  readonly areBack: boolean
}

async function keepOne(desk: MilestoneDesk, kept: Kept): Promise<void> {
  const { plan, meets, id, known, object, row: record } = kept
  const isOver = plan.exits !== undefined && meets(plan.exits, id)
  const isStopped = plan.stops !== undefined && meets(plan.stops, id)
  for (const milestone of plan.milestones) {
    const row = known.find(({ kind }) => kind === milestone.name)
    const begins = meets(milestone.begins, id)
    if (row === undefined) {
      if (!begins || isOver) continue
      const owner = textAt(record.values, 'OwnerId')
      await beginClock(desk, {
        plan,
        milestone,
        recordId: id,
        start: milestone.countsFromCriteria ? desk.unit.writing.now : startOf(desk.unit, kept),
        hoursId: textAt(record.values, 'BusinessHoursId'),
        owner: owner?.startsWith('005') === true ? owner : undefined,
        isStopped,
      })
    } else if (!row.isCompleted) {
      const running = { plan, milestone, row }
      if (isMet({ ...running, meets })) await completeClock(desk, running, object)
      else await runOn(desk, running, { ...kept, isStopped })
    }
  }
}

/** By its own criteria, or because the process is over for the record. */
function isMet({ plan, milestone, row, meets }: Omit<Judged, 'object'>): boolean {
  const { begins, completes } = milestone
  const id = row.recordId
  if (plan.exits !== undefined && meets(plan.exits, id)) return true
  if (completes !== undefined) return meets(completes, id)
  return begins !== undefined && !meets(begins, id)
}

/** As the process has it by now; a record that was changed while there was no such process is caught up with. */
export async function catchUp(desk: MilestoneDesk, judged: Judged): Promise<void> {
  const { plan, row, object, meets } = judged
  const stops = plan.stops
  const isStopped = stops !== undefined && meets(stops, row.recordId)
  if (isMet(judged)) await completeClock(desk, judged, object)
  else if (isStopped && row.stoppedSince === undefined) await stopClock(desk, judged)
  else if (stops !== undefined && !isStopped && row.stoppedSince !== undefined) {
    await resumeClock(desk, judged)
  } else await setClock(desk, judged)
}

/** An open deadline follows what it counts from and in which hours. */
async function runOn(
  desk: MilestoneDesk,
  running: Running,
  kept: Kept & { readonly isStopped: boolean },
): Promise<void> {
  const { plan, milestone, row } = running
  const { row: record, isStopped, areBack } = kept
  const hoursId = await newHours(desk, running, record)
  if (hoursId !== undefined) {
    await changeMilestone(desk.unit, row, { BusinessHoursId: hoursId })
  }
  const now = { ...running, row: hoursId === undefined ? row : { ...row, hoursId } }
  if (plan.stops !== undefined && isStopped && row.stoppedSince === undefined) {
    await stopClock(desk, now)
  } else if (plan.stops !== undefined && !isStopped && row.stoppedSince !== undefined) {
    await resumeClock(desk, now)
  } else {
    const { startField } = plan
    const isMoved = startField !== undefined && isChanged(record, startField)
    const counted = isMoved && !milestone.countsFromCriteria
    const start = (counted ? momentAt(record.values, startField) : undefined) ?? row.start
    if (start !== row.start || hoursId !== undefined) await setClock(desk, now, start)
    else if (areBack) await moveWarnings(desk, now)
  }
}

/** Undefined where they stay what they are. */
async function newHours(
  desk: MilestoneDesk,
  { plan, milestone, row }: Running,
  record: HookRow,
): Promise<string | undefined> {
  const named = milestone.businessHours ?? plan.businessHours
  if (named !== undefined || !isChanged(record, 'BusinessHoursId')) return undefined
  if (!keeps(desk.unit, row.holder, 'BusinessHoursId')) return undefined
  const { id } = await desk.hours({ id: textAt(record.values, 'BusinessHoursId') })
  return id === row.hoursId ? undefined : id
}

function startOf({ writing }: ApprovalUnit, { row, plan }: Kept): number {
  return momentAt(row.values, plan.startField ?? 'CreatedDate') ?? writing.now
}
