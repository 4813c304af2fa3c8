/** A request is answered: approved, rejected, given to somebody else, or taken back by whoever submitted the record. */
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { ApprovalPlan, ApprovalStepPlan } from '../../model/approvals/approval-plan.ts'
import { readyApprovals } from '../../model/approvals/ready-approvals.ts'
import { peopleIn } from '../messages/people-in.ts'
import { readRows, textAt } from '../read-rows.ts'
import {
  addStep,
  findWorkitem,
  giveWorkitem,
  lockInstance,
  removeWorkitems,
  workitemsOf,
  type Instance,
  type StepStatus,
  type Workitem,
} from './approval-store.ts'
import type { ApprovalUnit } from './approval-unit.ts'
import { recordLabel } from './record-label.ts'
import { runActions, type ActedOn } from './run-actions.ts'
import type { Outcome } from './submit-approval.ts'
import { end, enterStep, notify } from './walk-steps.ts'

export interface Answer {
  readonly workitemId: string
  readonly comments: string
  readonly chosen: readonly string[]
}

interface Open {
  readonly workitem: Workitem
  readonly instance: Instance
  readonly plan: ApprovalPlan
  readonly step: ApprovalStepPlan
  readonly on: ActedOn
}

type Answered = Omit<Outcome, 'actorIds'>

export async function approve(unit: ApprovalUnit, answer: Answer): Promise<Answered> {
  const open = await openRequest(unit, answer.workitemId)
  await demandApprover(unit, open)
  await answered(unit, open, { status: 'Approved', comments: answer.comments })
  const others = await workitemsOf(unit.tx, open.instance.id)
  if (open.step.isUnanimous && others.length > 0) return done(open, [])
  await withdraw(unit, open, others)
  await runActions(unit, open.on, open.step.onApproval)
  const walk = { ...open, chosen: answer.chosen }
  return done(open, await enterStep(unit, walk, open.instance.step + 1))
}

export async function reject(unit: ApprovalUnit, answer: Answer): Promise<Answered> {
  const open = await openRequest(unit, answer.workitemId)
  await demandApprover(unit, open)
  await answered(unit, open, { status: 'Rejected', comments: answer.comments })
  await withdraw(unit, open, await workitemsOf(unit.tx, open.instance.id))
  await runActions(unit, open.on, open.step.onRejection)
  const walk = { ...open, chosen: answer.chosen }
  const { step } = open.instance
  if (open.step.goesBack && step > 0) return done(open, await enterStep(unit, walk, step - 1))
  return done(open, await end(unit, walk, 'Rejected'))
}

export async function recall(unit: ApprovalUnit, answer: Answer): Promise<Answered> {
  const open = await openRequest(unit, answer.workitemId)
  const isOwn = open.instance.submittedBy === unit.by.userId && open.plan.mayRecall
  if (!isOwn && !isAdministrator(unit, open.on)) throw notYours()
  await answered(unit, open, { status: 'Removed', comments: answer.comments })
  await removeWorkitems(
    unit.tx,
    (await workitemsOf(unit.tx, open.instance.id)).map(({ id }) => id),
  )
  return done(open, await end(unit, { ...open, chosen: [] }, 'Removed'))
}

export async function reassign(unit: ApprovalUnit, answer: Answer): Promise<Answered> {
  const open = await openRequest(unit, answer.workitemId)
  await demandApprover(unit, open)
  const actor = normaliseId(answer.chosen[0] ?? '') ?? ''
  const group = unit.model.object('Group')?.keyPrefix
  const isQueue = group !== undefined && actor.startsWith(group) && (await isQueueId(unit, actor))
  const people = await peopleIn(unit.tx, unit.model, [actor])
  if (!isQueue && !(people.length === 1 && people[0] === actor)) {
    throw refuse('INVALID_ARGUMENT', message('Choose an active user or a queue.'), {
      fields: ['nextApproverIds'],
    })
  }
  await addStep(unit.writing, open.instance.id, {
    status: 'Reassigned',
    stepName: open.step.name,
    originalActor: open.workitem.actor,
    actor: unit.by.userId,
    comments: answer.comments,
  })
  await giveWorkitem(unit.writing, open.workitem, actor)
  const record = await recordLabel(unit, open.on)
  const title = message('{name} asks you to approve {record}', { name: unit.by.userName, record })
  const body = `${open.plan.label}: ${open.step.label}`
  await notify(unit, { actors: [actor], title, body, on: open.on })
  return done(open, [open.workitem.id])
}

async function isQueueId(unit: ApprovalUnit, id: string): Promise<boolean> {
  const soql = "SELECT Id FROM Group WHERE Id = :id AND Type = 'Queue'"
  return (await readRows(unit, soql, { id })).length > 0
}

function done({ instance }: Open, newWorkitemIds: readonly string[]): Answered {
  return { instanceId: instance.id, entityId: instance.targetId, newWorkitemIds }
}

/** Nobody else can decide about the approval until the end of the unit. */
async function openRequest(unit: ApprovalUnit, given: string): Promise<Open> {
  const { tx, model } = unit
  const id = normaliseId(given)
  const found = id === undefined ? undefined : await findWorkitem(tx, id)
  const instance = found && (await lockInstance(tx, found.instanceId))
  // Somebody may have answered it while this one waited.
  const workitem = found && (await findWorkitem(tx, found.id))
  const plan = instance && readyApprovals(model).byName.get(instance.process.toLowerCase())
  const step = plan?.steps.find(({ name }) => name === workitem?.stepName)
  const object = instance && model.objectByKeyPrefix(instance.targetId.slice(0, 3))
  if (workitem === undefined || instance === undefined) throw answeredAlready()
  if (plan === undefined || step === undefined || object === undefined) {
    const told = message('The approval process {name} is not there any more.', {
      name: instance.process,
    })
    throw refuse('NO_APPLICABLE_PROCESS', told)
  }
  return { workitem, instance, plan, step, on: { object, id: instance.targetId } }
}

function answeredAlready(): Refusal {
  return refuse(
    'INVALID_CROSS_REFERENCE_KEY',
    message('There is no such approval request; it may have been answered already.'),
    { fields: ['contextId'] },
  )
}

function isAdministrator({ by }: ApprovalUnit, { object }: ActedOn): boolean {
  return by.access.mayObject(object.name, 'modifyAll')
}

/** Others are told nothing, not even that there is such a request. */
async function demandApprover(unit: ApprovalUnit, open: Open): Promise<void> {
  if (isAdministrator(unit, open.on) || (await mayAnswer(unit, open.workitem, open.step))) return
  if (open.instance.submittedBy !== unit.by.userId) throw answeredAlready()
  throw notYours()
}

function notYours(): Refusal {
  return refuse('INSUFFICIENT_ACCESS', message('Somebody else decides about this request.'))
}

/** The approver, a member of the queue, or a delegate where the step allows it. */
export async function mayAnswer(
  unit: Pick<ApprovalUnit, 'tx' | 'model' | 'by' | 'records' | 'caller'>,
  { actor }: Workitem,
  { mayDelegate }: ApprovalStepPlan,
): Promise<boolean> {
  const { userId } = unit.by
  if (actor === userId) return true
  if ((await peopleIn(unit.tx, unit.model, [actor])).includes(userId)) return true
  const hasDelegates = unit.model.object('User')?.fieldsByName.has('delegatedapproverid') === true
  if (!mayDelegate || !hasDelegates) return false
  const soql = 'SELECT DelegatedApproverId FROM User WHERE Id = :actor'
  const [row] = await readRows(unit, soql, { actor })
  return row !== undefined && textAt(row, 'DelegatedApproverId') === userId
}

async function answered(
  unit: ApprovalUnit,
  { workitem, instance, step }: Open,
  { status, comments }: { readonly status: StepStatus; readonly comments: string },
): Promise<void> {
  const removed = await removeWorkitems(unit.tx, [workitem.id])
  if (removed !== 1) throw answeredAlready()
  await addStep(unit.writing, instance.id, {
    status,
    stepName: step.name,
    originalActor: workitem.actor,
    actor: unit.by.userId,
    comments,
  })
}

/** What nobody has to answer any more stays in the history as such. */
async function withdraw(
  unit: ApprovalUnit,
  { instance }: Open,
  others: readonly Workitem[],
): Promise<void> {
  await removeWorkitems(
    unit.tx,
    others.map(({ id }) => id),
  )
  for (const { stepName, actor } of others) {
    const row = {
      status: 'NoResponse',
      stepName,
      originalActor: actor,
      actor,
      comments: '',
    } as const
    await addStep(unit.writing, instance.id, row)
  }
}
