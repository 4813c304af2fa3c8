/** Warnings before deadlines, and what follows those that passed: done once when they are due, in one unit with taking them away. */
import { limits } from '../../base/limits.ts'
import { readyApprovals } from '../../model/approvals/ready-approvals.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Storage } from '../../storage/storage.ts'
import { approvalUnit, type ApprovalUnit, type UnitServices } from '../approvals/approval-unit.ts'
import { runActions } from '../approvals/run-actions.ts'
import type { DueWork } from '../due-work.ts'
import { readRows } from '../read-rows.ts'
import {
  addTriggers,
  dueTrigger,
  putOffTrigger,
  takeTrigger,
  triggerAt,
  type Trigger,
} from './trigger-store.ts'

export interface TriggerParts {
  readonly services: UnitServices
  readonly storage: Storage
  readonly records: Records
  readonly callerOf: (userId: string) => Promise<Caller | undefined>
}

/** Nobody's id. */
const triggerOwner = '0Fm000000000000AAA'
const reasonCharsMax = 1_000

export function triggerWork(parts: TriggerParts): DueWork {
  const { storage, services } = parts
  const due = () => dueTrigger(storage, services.clock.now())
  return {
    kind: 'milestones',
    about: 'Deadlines',
    owner: triggerOwner,
    isDue: async () => (await due()) !== undefined,
    runSome: async () => {
      const trigger = await due()
      if (trigger === undefined) return false
      await attempt(parts, trigger)
      return true
    },
  }
}

async function attempt(parts: TriggerParts, trigger: Trigger): Promise<void> {
  const { services, storage, records, callerOf } = parts
  const caller = await callerOf(trigger.createdBy)
  try {
    await records.together(async (within, tx) => {
      // Another node has it.
      if (!(await takeTrigger(tx, trigger.id)) || caller === undefined) return
      const by = { ...caller, source: `deadline ${trigger.milestone}` }
      await run(approvalUnit(services, { records: within, tx, caller: by }), trigger)
    })
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, reasonCharsMax)
    const isOver = trigger.attempts + 1 >= limits.flowPathAttemptsMax
    const wait = isOver ? limits.flowPathGivenUpMs : limits.flowPathRetryMs * 2 ** trigger.attempts
    const runAt = services.clock.now() + wait
    await storage.write((tx) => putOffTrigger(tx, trigger.id, { runAt, reason }))
  }
}

/**
 * A deadline that was met meanwhile warns nobody. What no process says any more waits until a deploy brings the process
 * back, as undoing its removal does.
 */
async function run(unit: ApprovalUnit, trigger: Trigger): Promise<void> {
  const { model, writing } = unit
  const [object, holder] = [trigger.recordId, trigger.milestoneId].map((one) =>
    model.objectByKeyPrefix(one.slice(0, 3)),
  )
  if (object === undefined || holder === undefined) return
  const soql = `SELECT Id FROM ${holder.name} WHERE Id = :id AND CompletionDate = null`
  const open = await readRows(unit, soql, { id: trigger.milestoneId })
  if (open.length === 0) return
  const plans = readyApprovals(model).entitlements.get(object.name) ?? []
  const plan = plans.find(({ name }) => name === trigger.process)
  const milestone = plan?.milestones.find(({ name }) => name === trigger.milestone)
  const declared = triggerAt(milestone?.triggers ?? [], trigger.index)
  if (declared === undefined) {
    await addTriggers(unit.tx, [{ ...trigger, runAt: writing.now + limits.flowPathGivenUpMs }])
  } else await runActions(unit, { object, id: trigger.recordId }, declared.actions)
}
