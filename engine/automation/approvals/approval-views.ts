/** Approvals as the screens show them: what waits for somebody, and how a record was and is decided. */
import { readyApprovals } from '../../model/approvals/ready-approvals.ts'
import { inLanguage } from '../../language/in-language.ts'
import type { ApprovalStepPlan } from '../../model/approvals/approval-plan.ts'
import type { FieldModel } from '../../model/model.ts'
import { formatOf } from '../../query/format-value.ts'
import { callerHole, principalSet } from '../../query/rows/caller-sets.ts'
import { sql } from '../../sql/sql.ts'
import { readRows, textAt } from '../read-rows.ts'
import { mayAnswer } from './answer-approval.ts'
import {
  instancesById,
  instancesOf,
  locksOf,
  stepsOf,
  workitemsFor,
  workitemsOf,
  type Instance,
  type Workitem,
} from './approval-store.ts'
import type { ApprovalUnit } from './approval-unit.ts'
import type { ActedOn } from './run-actions.ts'
import { openProcesses } from './submit-approval.ts'

const waitingMax = 200

interface Person {
  readonly id: string
  readonly name: string
}

/** Names of users and queues; whoever takes part in an approval may know who the others are. */
async function namesOf(
  unit: ApprovalUnit,
  ids: readonly string[],
): Promise<(id: string) => Person> {
  const names = new Map<string, string>()
  for (const object of ['User', 'Group']) {
    if (unit.model.object(object) === undefined || ids.length === 0) continue
    const rows = await readRows(unit, `SELECT Id, Name FROM ${object} WHERE Id IN :ids`, { ids })
    for (const row of rows) names.set(textAt(row, 'Id') ?? '', textAt(row, 'Name') ?? '')
  }
  return (id) => ({ id, name: names.get(id) ?? '' })
}

/** Requests that the caller may answer: his own, those of his queues, those of people whose delegate he is. */
export async function waitingView(unit: ApprovalUnit): Promise<readonly object[]> {
  const { model, tx, by } = unit
  const { dialect } = tx
  const place = { dialect, model, hierarchy: false, outside: by.access.outside }
  const own = principalSet(place)
  const user = model.object('User')
  const delegates = user?.fieldsByName.get('delegatedapproverid')?.columns.get('')
  const givers =
    user === undefined || delegates === undefined
      ? sql``
      : sql` union select "Id" from ${user.table} where ${delegates.name} = ${by.userId}`
  const holes = { [callerHole]: by.userId }
  const rows = await tx.read(sql`with s_w (who) as (${own}${givers}) select who from s_w`, holes)
  const ids = rows.map((row) => sql`${String(row['who'])}`)
  const items = ids.length === 0 ? [] : await workitemsFor(tx, joined(ids), waitingMax)
  const instances = await instancesById(tx, [...new Set(items.map((one) => one.instanceId))])
  const person = await namesOf(unit, [
    ...items.map(({ actor }) => actor),
    ...[...instances.values()].map(({ submittedBy }) => submittedBy),
  ])
  const steps = await stepsOf(tx, [...instances.keys()])
  const views: object[] = []
  for (const item of items) {
    const found = await requestOf(unit, item, instances.get(item.instanceId))
    if (found === undefined) continue
    const { instance, step, on, label } = found
    const start = steps.find((one) => one.instanceId === instance.id && one.status === 'Started')
    views.push({
      id: item.id,
      process: label,
      step: step.label,
      object: on.object.name,
      objectLabel: inLanguage(model, by.language).object(on.object.name)?.label ?? on.object.label,
      recordId: on.id,
      recordName: await nameOf(unit, on),
      fields: await shownFields(unit, on, found.shown),
      actor: person(item.actor),
      submittedBy: person(instance.submittedBy),
      submittedAt: new Date(instance.createdAt).toISOString(),
      comments: start?.comments ?? '',
    })
  }
  return views
}

function joined(parts: readonly ReturnType<typeof sql>[]): ReturnType<typeof sql> {
  return parts.reduce((all, one) => sql`${all}, ${one}`)
}

interface Request {
  readonly instance: Instance
  readonly step: ApprovalStepPlan
  readonly on: ActedOn
  readonly label: string
  /** What approvers are shown of the record. */
  readonly shown: readonly string[]
}

/** Undefined where the caller could not answer it. */
async function requestOf(
  unit: ApprovalUnit,
  item: Workitem,
  instance: Instance | undefined,
): Promise<Request | undefined> {
  const plan = instance && readyApprovals(unit.model).byName.get(instance.process.toLowerCase())
  const step = plan?.steps.find(({ name }) => name === item.stepName)
  const object = instance && unit.model.objectByKeyPrefix(instance.targetId.slice(0, 3))
  if (instance === undefined || step === undefined || object === undefined) return undefined
  if (!(await mayAnswer(unit, item, step))) return undefined
  return {
    instance,
    step,
    on: { object, id: instance.targetId },
    label: plan?.label ?? '',
    shown: plan?.shownFields ?? [],
  }
}

async function nameOf(unit: ApprovalUnit, { object, id }: ActedOn): Promise<string> {
  const { name } = object.nameField
  const [row] = await readRows(unit, `SELECT ${name} FROM ${object.name} WHERE Id = :id`, { id })
  return (row && textAt(row, name)) ?? ''
}

/** Approvers see what the process says, whether the record is open to them or not, as it is written where they are. */
async function shownFields(
  unit: ApprovalUnit,
  { object, id }: ActedOn,
  names: readonly string[],
): Promise<readonly object[]> {
  const words = inLanguage(unit.model, unit.by.language).object(object.name) ?? object
  const fields = names.flatMap((name) => words.fieldsByName.get(name.toLowerCase()) ?? [])
  const plain = fields.filter(({ reference }) => reference === undefined)
  if (plain.length === 0) return []
  const list = plain.map(inWords).join(', ')
  const [row] = await readRows(unit, `SELECT ${list} FROM ${object.name} WHERE Id = :id`, { id })
  return plain.map(({ name, label }) => ({ name, label, value: row?.get(name) ?? null }))
}

function inWords(field: FieldModel): string {
  const { name, values } = field
  if (formatOf(field) !== undefined) return `FORMAT(${name}) ${name}`
  return values.length > 0 ? `toLabel(${name})` : name
}

/** For whoever sees the record. */
export async function recordView(unit: ApprovalUnit, on: ActedOn): Promise<object> {
  const { tx, by } = unit
  const instances = await instancesOf(tx, on.id)
  const pending = instances.find(({ status }) => status === 'Pending')
  const items = pending === undefined ? [] : await workitemsOf(tx, pending.id)
  const steps = await stepsOf(
    tx,
    instances.map(({ id }) => id),
  )
  const person = await namesOf(unit, [
    ...items.map(({ actor }) => actor),
    ...steps.flatMap(({ actor, originalActor }) => [actor, originalActor]),
  ])
  const plan = pending && readyApprovals(unit.model).byName.get(pending.process.toLowerCase())
  const mayRecall = plan?.mayRecall === true && pending?.submittedBy === by.userId
  const isAdministrator = by.access.mayObject(on.object.name, 'modifyAll')
  const open = pending === undefined ? await openProcesses(unit, on) : []
  return {
    isLocked: (await locksOf(tx, [on.id])).size > 0,
    status: instances[0]?.status ?? null,
    mayRecall: items.length > 0 && (mayRecall || isAdministrator),
    submittable: open.map(({ name, label, description, steps: [first] }) => ({
      name,
      label,
      description,
      choosesApprover: first?.approvers.some(({ kind }) => kind === 'chosen') === true,
    })),
    requests: await Promise.all(
      items.map(async (item) => {
        const step = plan?.steps.find(({ name }) => name === item.stepName)
        const mine = step !== undefined && (isAdministrator || (await mayAnswer(unit, item, step)))
        return {
          id: item.id,
          step: step?.label ?? item.stepName,
          actor: person(item.actor),
          askedAt: new Date(item.createdAt).toISOString(),
          mayAnswer: mine,
        }
      }),
    ),
    history: steps.map((step) => historyEntry(unit, { step, instances, person })),
  }
}

interface Entry {
  readonly step: Awaited<ReturnType<typeof stepsOf>>[number]
  readonly instances: readonly Instance[]
  readonly person: (id: string) => Person
}

function historyEntry({ model }: ApprovalUnit, { step, instances, person }: Entry): object {
  const instance = instances.find(({ id }) => id === step.instanceId)
  const plan = readyApprovals(model).byName.get(instance?.process.toLowerCase() ?? '')
  const label = plan?.steps.find(({ name }) => name === step.stepName)?.label
  return {
    status: step.status,
    process: plan?.label ?? instance?.process ?? '',
    step: label ?? step.stepName,
    actor: person(step.actor),
    originalActor: person(step.originalActor),
    comments: step.comments,
    at: new Date(step.createdAt).toISOString(),
  }
}

/** Active processes that the caller could submit records to, in the public words. */
export function processesView(unit: Pick<ApprovalUnit, 'model' | 'by'>): object {
  const { byObject } = readyApprovals(unit.model)
  const mayRead = (object: string): boolean => unit.by.access.mayObject(object, 'read')
  const entries = [...byObject].filter(([object]) => mayRead(object))
  return Object.fromEntries(
    entries.map(([object, plans]) => [
      object,
      plans.map(({ name, fullName, description }, sortOrder) => ({
        description: description === '' ? null : description,
        id: fullName,
        name,
        object,
        sortOrder: sortOrder + 1,
      })),
    ]),
  )
}
