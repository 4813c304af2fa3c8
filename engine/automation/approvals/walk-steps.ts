/** An approval on its way: into a step, past those that do not concern the record, to its end. */
import { message, type Message } from '../../base/message.ts'
import type { ApprovalPlan, ApprovalStepPlan } from '../../model/approvals/approval-plan.ts'
import { recordLabel } from './record-label.ts'
import { peopleIn } from '../messages/people-in.ts'
import {
  addWorkitem,
  changeInstance,
  lockRecord,
  unlockRecord,
  type Instance,
} from './approval-store.ts'
import { meets, type ApprovalUnit } from './approval-unit.ts'
import { findApprovers } from './find-approvers.ts'
import { runActions, type ActedOn } from './run-actions.ts'

export interface Walk {
  readonly plan: ApprovalPlan
  readonly on: ActedOn
  readonly instance: Pick<Instance, 'id' | 'submittedBy'>
  readonly chosen: readonly string[]
}

/** Ids of the new requests; none where the approval has come to its end. */
export async function enterStep(
  unit: ApprovalUnit,
  walk: Walk,
  from: number,
): Promise<readonly string[]> {
  const { plan, on } = walk
  for (let index = from; index < plan.steps.length; index += 1) {
    const step = plan.steps[index]
    if (step === undefined) break
    if (await meets(unit, step.criteria, on)) return ask(unit, walk, { step, index })
    if (step.otherwise === 'RejectRecord') return end(unit, walk, 'Rejected')
    if (step.otherwise === 'ApproveRecord') return end(unit, walk, 'Approved')
  }
  return end(unit, walk, 'Approved')
}

interface Entered {
  readonly step: ApprovalStepPlan
  readonly index: number
}

async function ask(
  unit: ApprovalUnit,
  { plan, on, instance, chosen }: Walk,
  { step, index }: Entered,
): Promise<readonly string[]> {
  const { submittedBy } = instance
  const actors = await findApprovers(unit, { plan, step, on, submittedBy, chosen })
  await changeInstance(unit.writing, instance.id, { step: index })
  const ids: string[] = []
  for (const actor of actors) {
    ids.push(await addWorkitem(unit.writing, instance.id, { stepName: step.name, actor }))
  }
  const record = await recordLabel(unit, on)
  const title = message('{name} asks you to approve {record}', { name: unit.by.userName, record })
  await notify(unit, { actors, title, body: `${plan.label}: ${step.label}`, on })
  return ids
}

export async function end(
  unit: ApprovalUnit,
  { plan, on, instance }: Walk,
  status: 'Approved' | 'Rejected' | 'Removed',
): Promise<readonly string[]> {
  await changeInstance(unit.writing, instance.id, { status })
  const staysLocked =
    (status === 'Approved' && plan.staysLocked.approved) ||
    (status === 'Rejected' && plan.staysLocked.rejected)
  if (staysLocked) await lockRecord(unit.writing, on.id, instance.id)
  else await unlockRecord(unit.tx, on.id)
  const actions = {
    Approved: plan.onApproval,
    Rejected: plan.onRejection,
    Removed: plan.onRecall,
  }
  await runActions(unit, on, actions[status])
  if (status !== 'Removed') {
    const values = { name: unit.by.userName, record: await recordLabel(unit, on) }
    const title =
      status === 'Approved'
        ? message('{name} approved {record}', values)
        : message('{name} rejected {record}', values)
    await notify(unit, { actors: [instance.submittedBy], title, body: plan.label, on })
  }
  return []
}

export interface Told {
  readonly actors: readonly string[]
  readonly title: Message
  readonly body: string
  readonly on: ActedOn
}

/** Nobody is told what he does himself. */
export async function notify(
  { tx, model, notifications, by }: ApprovalUnit,
  { actors, title, body, on }: Told,
): Promise<void> {
  const people = (await peopleIn(tx, model, actors)).filter((id) => id !== by.userId)
  const common = { type: 'approval', title, body, targetId: on.id, createdBy: by.userId }
  await notifications.add(
    tx,
    people.map((recipientId) => ({ ...common, recipientId })),
  )
}
