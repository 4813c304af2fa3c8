/** Actions on a record: a field gets a value, a task is made, an e-mail is sent, a flow runs; all in the unit that decides on them. */
import { message } from '../../base/message.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { computedInstant } from '../../formula/computed-instant.ts'
import {
  alertOf,
  fieldUpdateOf,
  flowActionOf,
  taskOf,
  workflowOf,
  type FieldUpdate,
  type FlowAction,
  type RecordAction,
  type WorkflowTask,
} from '../../model/approvals/record-actions.ts'
import { compileValue } from '../../model/approvals/criteria.ts'
import { indexOf } from '../../model/compile-model.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { sendAlert } from '../messages/email-alerts.ts'
import { literalValue } from '../literal-value.ts'
import { readRows, textAt } from '../read-rows.ts'
import type { ApprovalUnit } from './approval-unit.ts'

export interface ActedOn {
  readonly object: ObjectModel
  readonly id: string
}

/** One after the other, so that each sees what those before it did. */
export async function runActions(
  unit: ApprovalUnit,
  on: ActedOn,
  actions: readonly RecordAction[],
): Promise<void> {
  for (const action of actions) await runAction(unit, on, action)
}

async function runAction(
  unit: ApprovalUnit,
  on: ActedOn,
  { type, name }: RecordAction,
): Promise<void> {
  const workflow = workflowOf(indexOf(unit.model), on.object.name)
  if (type === 'FieldUpdate') {
    const update = fieldUpdateOf(workflow, name)
    if (update !== undefined) await updateField(unit, on, update)
  } else if (type === 'Task') {
    const task = taskOf(workflow, name)
    if (task !== undefined) await makeTask(unit, on, task)
  } else if (type === 'Alert') {
    const { caller, records, tx, models, clock } = unit
    const alert = alertOf(indexOf(unit.model), on.object.name, name)
    const call = { caller, records, tx, models, clock }
    if (alert !== undefined) await sendAlert(unit.emails, call, { ...on, alert })
  } else if (type === 'FlowAction') {
    await runFlow(unit, on, flowActionOf(workflow, name) ?? { fullName: name, flow: name })
  }
}

async function updateField(unit: ApprovalUnit, on: ActedOn, update: FieldUpdate): Promise<void> {
  const field = on.object.fieldsByName.get(update.field.toLowerCase())
  if (field === undefined || withoutEffect.has(update.operation)) return
  const body = new Map([[field.name, await newValue(unit, on, { field, update })]])
  await unit.records.update(unit.caller, on.object.name, on.id, body)
}

/** They need an order of values, which restricted lists alone have. */
const withoutEffect: ReadonlySet<string> = new Set(['NextValue', 'PreviousValue'])

interface Updated {
  readonly field: FieldModel
  readonly update: FieldUpdate
}

async function newValue(unit: ApprovalUnit, on: ActedOn, { field, update }: Updated) {
  switch (update.operation) {
    case 'Literal':
      return literalValue(field, update.literalValue ?? '')
    case 'LookupValue':
      return personNamed(unit, update)
    case 'Formula':
      return computed(unit, on, update.formula ?? '')
    default:
      return null
  }
}

async function personNamed(unit: ApprovalUnit, { lookupValue = '', lookupValueType }: FieldUpdate) {
  const soql =
    lookupValueType === 'Queue'
      ? "SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = :name"
      : 'SELECT Id FROM User WHERE Username = :name'
  const [row] = await readRows(unit, soql, { name: lookupValue })
  if (row !== undefined) return textAt(row, 'Id') ?? null
  const told = message('There is no user or queue {name}.', { name: lookupValue })
  throw refuse('INVALID_ARGUMENT', told)
}

async function computed(unit: ApprovalUnit, { object, id }: ActedOn, text: string) {
  const { formula } = compileValue(indexOf(unit.model), object.name, text)
  if (formula === undefined) return null
  const sample = { object, id, formula, result: undefined }
  const outcome = await unit.records.sampleFormula(unit.caller, sample)
  if (outcome.kind === 'failure') throw refuse('INVALID_ARGUMENT', outcome.told)
  return computedInstant(outcome.value, formula.type.kind)
}

async function makeTask(unit: ApprovalUnit, { object, id }: ActedOn, task: WorkflowTask) {
  const owner =
    task.assignedToType === 'user'
      ? await personNamed(unit, {
          fullName: '',
          field: '',
          operation: 'LookupValue',
          lookupValue: task.assignedTo ?? '',
        })
      : task.assignedToType === 'creator'
        ? await fieldOf(unit, { object, id }, 'CreatedById')
        : await fieldOf(unit, { object, id }, 'OwnerId')
  const day = new Date(unit.clock.now() + (task.dueDateOffset ?? 0) * dayMs)
  const body = new Map<string, unknown>([
    ['Subject', task.subject],
    ['Description', task.description ?? null],
    ['ActivityDate', day.toISOString().slice(0, 10)],
    ['WhatId', id],
    ...(owner === null ? [] : [['OwnerId', owner] as const]),
    ...(task.priority === undefined ? [] : [['Priority', task.priority] as const]),
    ...(task.status === undefined ? [] : [['Status', task.status] as const]),
  ])
  const [result] = await unit.records.createMany(unit.caller, 'Task', [body], { allOrNone: true })
  if (result instanceof Refusal) throw result
}

const dayMs = 86_400_000

async function fieldOf(
  unit: ApprovalUnit,
  { object, id }: ActedOn,
  name: string,
): Promise<string | null> {
  if (!object.fieldsByName.has(name.toLowerCase())) return null
  const [row] = await readRows(unit, `SELECT ${name} FROM ${object.name} WHERE Id = :id`, { id })
  return (row && textAt(row, name)) ?? null
}

/** With the inputs that the action says; one named recordId gets the record. */
async function runFlow(unit: ApprovalUnit, { id }: ActedOn, action: FlowAction): Promise<void> {
  const flow = unit.flow(unit.model, action.flow)
  if (flow === undefined) {
    throw refuse('INVALID_ARGUMENT', message('There is no flow {name}.', { name: action.flow }))
  }
  const inputs = new Map<string, unknown>()
  for (const { name, value } of action.flowInputs ?? []) {
    inputs.set(name, value === '{!Id}' ? id : (value ?? null))
  }
  if (!inputs.has(recordInput) && flow.inputs.some(({ name }) => name === recordInput)) {
    inputs.set(recordInput, id)
  }
  const { caller, records, tx, models, clock } = unit
  await flow.run({ caller, records, tx, models, clock }, [inputs])
}

const recordInput = 'recordId'
