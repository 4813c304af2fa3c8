/** The invocable actions of queues: give records to one, take them, take the next. */
import type {
  ActionCall,
  ActionParameter,
  ActionValues,
  InvocableAction,
} from '../actions/action.ts'
import { acceptNext, acceptRecords, assignToQueue } from './queue-work.ts'

const recordIds: ActionParameter = {
  name: 'recordIds',
  label: 'Records',
  description: 'The records, all of them or none.',
  type: 'ID',
  required: true,
  isList: true,
}

const queue: ActionParameter = {
  name: 'queue',
  label: 'Queue',
  description: 'Its ID or API name.',
  type: 'STRING',
}

const assign: InvocableAction = {
  name: 'assignToQueue',
  type: 'assignToQueue',
  label: 'Assign to queue',
  description: 'Makes a queue the owner of records.',
  inputs: [recordIds, { ...queue, required: true }],
  outputs: [],
  run: (call, all) =>
    eachOf(all, async (values) => {
      await assignToQueue(call, {
        ids: listOf(values, 'recordIds'),
        queue: textOf(values, 'queue'),
      })
      return new Map()
    }),
}

const accept: InvocableAction = {
  name: 'acceptFromQueue',
  type: 'acceptFromQueue',
  label: 'Accept from queue',
  description: 'Makes whoever runs the action the owner of records that wait in queues.',
  inputs: [recordIds],
  outputs: [],
  run: (call, all) =>
    eachOf(all, async (values) => {
      await acceptRecords(call, listOf(values, 'recordIds'))
      return new Map()
    }),
}

const next: InvocableAction = {
  name: 'acceptNextFromQueue',
  type: 'acceptNextFromQueue',
  label: 'Accept next from queue',
  description: 'Gives whoever runs the action the next record of a queue; two never get the same.',
  inputs: [
    {
      name: 'objectName',
      label: 'Object',
      description: 'API name of the object.',
      type: 'STRING',
      required: true,
    },
    { ...queue, description: 'Its ID or API name; any of the own queues where it is empty.' },
    {
      name: 'orderBy',
      label: 'Order',
      description:
        'As behind ORDER BY in a query; where it is empty, what scores highest by the scoring rule, then what waits longest.',
      type: 'STRING',
    },
    {
      name: 'where',
      label: 'Condition',
      description: 'As behind WHERE in a query.',
      type: 'STRING',
    },
  ],
  outputs: [
    {
      name: 'recordId',
      label: 'Record ID',
      description: 'The record, now owned by whoever ran the action; empty where none waits.',
      type: 'ID',
    },
  ],
  run: (call, all) => eachOf(all, (values) => takeNext(call, values)),
}

export const queueActions: readonly InvocableAction[] = [assign, accept, next]

async function takeNext(call: ActionCall, values: ActionValues): Promise<ActionValues> {
  const recordId = await acceptNext(call, {
    object: textOf(values, 'objectName'),
    queue: textOf(values, 'queue') || undefined,
    orderBy: textOf(values, 'orderBy') || undefined,
    where: textOf(values, 'where') || undefined,
  })
  return new Map([['recordId', recordId ?? null]])
}

/** One after the other: each sees what those before it took. */
async function eachOf(
  all: readonly ActionValues[],
  work: (values: ActionValues) => Promise<ActionValues>,
): Promise<readonly ActionValues[]> {
  const outputs: ActionValues[] = []
  for (const values of all) outputs.push(await work(values))
  return outputs
}

function textOf(values: ActionValues, name: string): string {
  const value = values.get(name)
  return typeof value === 'string' ? value : ''
}

function listOf(values: ActionValues, name: string): readonly string[] {
  const value = values.get(name)
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
}
