/** A record is submitted for approval: the first process that takes it, or the one that is named. */
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { ApprovalPlan } from '../../model/approvals/approval-plan.ts'
import { readyApprovals } from '../../model/approvals/ready-approvals.ts'
import { idColumn } from '../../query/compile-write.ts'
import { sql } from '../../sql/sql.ts'
import { readRows, textAt } from '../read-rows.ts'
import { peopleIn } from '../messages/people-in.ts'
import { addInstance, addStep, instancesOf, lockRecord } from './approval-store.ts'
import { meets, type ApprovalUnit } from './approval-unit.ts'
import { runActions, type ActedOn } from './run-actions.ts'
import { enterStep } from './walk-steps.ts'

export interface Submission {
  readonly recordId: string
  readonly comments: string
  readonly process: string | undefined
  readonly chosen: readonly string[]
  readonly skipsCriteria: boolean
}

export interface Outcome {
  readonly instanceId: string
  readonly entityId: string
  readonly actorIds: readonly string[]
  readonly newWorkitemIds: readonly string[]
}

/** The instance, and the requests that wait now. */
export async function submit(
  unit: ApprovalUnit,
  { recordId, comments, process, chosen, skipsCriteria }: Submission,
): Promise<Omit<Outcome, 'actorIds'>> {
  const on = await visibleRecord(unit, recordId)
  await refuseSecond(unit, on)
  const plan = await findProcess(unit, on, { process, skipsCriteria })
  const instanceId = await addInstance(unit.writing, {
    process: plan.fullName,
    label: plan.label,
    object: plan.object,
    targetId: on.id,
  })
  const by = unit.by.userId
  const started = { status: 'Started', originalActor: by, actor: by, comments } as const
  await addStep(unit.writing, instanceId, { ...started, stepName: '' })
  await lockRecord(unit.writing, on.id, instanceId)
  await runActions(unit, on, plan.onSubmission)
  const instance = { id: instanceId, submittedBy: by }
  const newWorkitemIds = await enterStep(unit, { plan, on, instance, chosen }, 0)
  return { instanceId, entityId: on.id, newWorkitemIds }
}

/** A record that the caller may not see is answered like none. */
export async function visibleRecord(unit: ApprovalUnit, given: string): Promise<ActedOn> {
  const found = await seenRecord(unit, given)
  if (found !== undefined) return found
  throw refuse(
    'INVALID_CROSS_REFERENCE_KEY',
    message('{id} is no id of a record.', { id: given.slice(0, 40) }),
    { fields: ['contextId'] },
  )
}

export async function seenRecord(unit: ApprovalUnit, given: string): Promise<ActedOn | undefined> {
  const id = normaliseId(given)
  const object = id === undefined ? undefined : unit.model.objectByKeyPrefix(id.slice(0, 3))
  if (id !== undefined && object !== undefined && unit.by.access.mayObject(object.name, 'read')) {
    const reading = { records: unit.records, caller: unit.by }
    const found = await readRows(reading, `SELECT Id FROM ${object.name} WHERE Id = :id`, { id })
    if (found.length > 0) return { object, id }
  }
  return undefined
}

/** Whoever comes second waits for the first, and finds it there. */
async function refuseSecond({ tx }: ApprovalUnit, { object, id }: ActedOn): Promise<void> {
  await tx.read(
    sql`select 1 as found from ${object.table} where ${idColumn} = ${id}${tx.dialect.lockRows}`,
  )
  const before = await instancesOf(tx, id)
  if (!before.some(({ status }) => status === 'Pending')) return
  throw refuse('ALREADY_IN_PROCESS', message('The record is waiting for an approval already.'))
}

interface Wanted {
  readonly process: string | undefined
  readonly skipsCriteria: boolean
}

async function findProcess(
  unit: ApprovalUnit,
  on: ActedOn,
  { process, skipsCriteria }: Wanted,
): Promise<ApprovalPlan> {
  const named = process?.toLowerCase()
  const plans = (readyApprovals(unit.model).byObject.get(on.object.name) ?? []).filter(
    ({ name, fullName }) =>
      named === undefined || name.toLowerCase() === named || fullName.toLowerCase() === named,
  )
  for (const plan of plans) {
    if (!(await maySubmit(unit, on, plan))) continue
    if (skipsCriteria || (await meets(unit, plan.criteria, on))) return plan
  }
  throw refuse('NO_APPLICABLE_PROCESS', message('No approval process takes this record from you.'))
}

/** Processes that take the record from whoever asks, now. */
export async function openProcesses(
  unit: ApprovalUnit,
  on: ActedOn,
): Promise<readonly ApprovalPlan[]> {
  const open: ApprovalPlan[] = []
  for (const plan of readyApprovals(unit.model).byObject.get(on.object.name) ?? []) {
    if (!(await maySubmit(unit, on, plan))) continue
    if (await meets(unit, plan.criteria, on)) open.push(plan)
  }
  return open
}

async function maySubmit(unit: ApprovalUnit, on: ActedOn, plan: ApprovalPlan): Promise<boolean> {
  const { by } = unit
  if (by.access.mayObject(on.object.name, 'modifyAll')) return true
  for (const { type, submitter = '' } of plan.submitters) {
    if (type === 'allInternalUsers') {
      if (!by.access.outside) return true
    } else if ((await submittersOf(unit, on, { type, name: submitter })).includes(by.userId)) {
      return true
    }
  }
  return false
}

const groupTypes: Readonly<Partial<Record<string, string>>> = {
  group: 'Regular',
  queue: 'Queue',
  role: 'Role',
  roleSubordinates: 'RoleAndSubordinates',
  roleSubordinatesInternal: 'RoleAndSubordinates',
}

async function submittersOf(
  unit: ApprovalUnit,
  { object, id }: ActedOn,
  { type, name }: { readonly type: string; readonly name: string },
): Promise<readonly string[]> {
  const ids = (soql: string, values: Readonly<Record<string, unknown>>, field = 'Id') =>
    readRows(unit, soql, values).then((rows) => rows.flatMap((row) => textAt(row, field) ?? []))
  const { tx, model } = unit
  if (type === 'user') return ids('SELECT Id FROM User WHERE Username = :name', { name })
  if (type === 'creator' || type === 'owner') {
    const field = type === 'creator' ? 'CreatedById' : 'OwnerId'
    if (!object.fieldsByName.has(field.toLowerCase())) return []
    const soql = `SELECT ${field} FROM ${object.name} WHERE Id = :id`
    return peopleIn(tx, model, await ids(soql, { id }, field))
  }
  const kind = groupTypes[type]
  if (kind === undefined) return []
  const soql = 'SELECT Id FROM Group WHERE Type = :kind AND (DeveloperName = :name OR Name = :name)'
  return peopleIn(tx, model, await ids(soql, { kind, name }))
}
