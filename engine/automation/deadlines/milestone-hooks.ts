/** What saves mean for deadlines: those of the record, a deadline that somebody changes by hand, and the hours in which they run. */
import { milestoneHolders, type MilestoneHolder } from '../../model/approvals/milestone-holder.ts'
import { readyApprovals } from '../../model/approvals/ready-approvals.ts'
import type { HookCall, HookEvent, HookRow, RecordHooks } from '../../records/hooks/record-hooks.ts'
import {
  approvalUnit,
  isApprovalWrite,
  type ApprovalUnit,
  type UnitServices,
} from '../approvals/approval-unit.ts'
import { nothing } from '../combine-hooks.ts'
import { isChanged } from '../plans/plan-behaviour.ts'
import { keepMilestones } from './keep-milestones.ts'
import { milestoneDesk, moveWarnings, setClock, takeTarget } from './milestone-clock.ts'
import { readMilestones } from './milestone-rows.ts'
import { runningOf } from './plans-of-records.ts'
import { addRecount } from './recount-store.ts'

const whenSaved: ReadonlySet<HookEvent> = new Set(['afterInsert', 'afterUpdate', 'afterUndelete'])
const whenChanged: ReadonlySet<HookEvent> = new Set([...whenSaved, 'afterDelete'])

const holders = new Map(milestoneHolders.map((holder) => [holder.object, holder]))
/** Other hours, and deadlines lie elsewhere. */
const hoursObjects: ReadonlySet<string> = new Set(['BusinessHours', 'Holiday'])

export function createMilestoneHooks(services: UnitServices): RecordHooks {
  const all = () => readyApprovals(services.models.current()).entitlements
  return {
    has: (object, event) => {
      if (holders.has(object)) return whenSaved.has(event) && all().size > 0
      if (hoursObjects.has(object)) return whenChanged.has(event) && all().size > 0
      return whenSaved.has(event) && all().has(object)
    },
    call: async (call) => {
      // What clocks write of themselves is as it should be, and sample records bring the deadlines that they have.
      const isOwn = holders.has(call.object) && isApprovalWrite(call.caller)
      if (call.caller.source !== 'system' && !isOwn) {
        const { caller } = call
        await call.records.together((records, tx) =>
          follow(approvalUnit(services, { records, tx, caller }), call),
        )
      }
      return call.rows.map(() => nothing)
    },
  }
}

async function follow(unit: ApprovalUnit, { object: name, event, rows }: HookCall): Promise<void> {
  const object = unit.model.object(name)
  const holder = holders.get(name)
  if (object === undefined) return
  if (hoursObjects.has(name)) await noteHours(unit, name, rows)
  else if (holder === undefined) {
    await keepMilestones(unit, { object, rows, areBack: event === 'afterUndelete' })
  } else await followByHand(unit, holder, rows)
}

/** Their deadlines may be many: a job sets them anew. */
async function noteHours(
  { tx, ids, writing, wake }: ApprovalUnit,
  object: string,
  rows: readonly HookRow[],
): Promise<void> {
  const own = object === 'BusinessHours' ? rows.map(({ id = '' }) => id) : ['']
  for (const hoursId of own) await addRecount(tx, { id: ids('0Fm'), hoursId, runAt: writing.now })
  tx.afterCommit(wake)
}

const counted = ['StartDate', 'TargetResponseInMins', 'StoppedTimeInMins', 'BusinessHoursId']

async function followByHand(
  unit: ApprovalUnit,
  holder: MilestoneHolder,
  rows: readonly HookRow[],
): Promise<void> {
  const byId = new Map(rows.map((row) => [row.id ?? '', row]))
  const where = 'Id IN :ids'
  const found = await readMilestones(unit, holder, { where, values: { ids: [...byId.keys()] } })
  const desk = milestoneDesk(unit)
  for (const running of await runningOf(unit, found)) {
    const row = byId.get(running.row.id)
    if (row === undefined) continue
    if (isChanged(row, 'TargetDate')) await takeTarget(desk, running)
    else if (counted.some((name) => isChanged(row, name))) await setClock(desk, running)
    else await moveWarnings(desk, running)
  }
}
