/** Makes tasks: the record's own, for its owner or for somebody else. */
import { Refusal } from '../../base/refusal.ts'
import type { RecordBody } from '../../records/records.ts'
import type { ActionParameter, ActionValues, InvocableAction } from './action.ts'

/** Input → field of the task. */
const fields: ReadonlyMap<string, string> = new Map([
  ['subject', 'Subject'],
  ['description', 'Description'],
  ['dueDate', 'ActivityDate'],
  ['ownerId', 'OwnerId'],
  ['priority', 'Priority'],
  ['relatedRecordId', 'WhatId'],
  ['personId', 'WhoId'],
  ['status', 'Status'],
])

const inputs: readonly ActionParameter[] = [
  {
    name: 'subject',
    label: 'Subject',
    description: 'What is to be done.',
    type: 'STRING',
    required: true,
  },
  { name: 'description', label: 'Comments', description: 'More about it.', type: 'STRING' },
  { name: 'dueDate', label: 'Due date', description: 'When it is due.', type: 'DATE' },
  {
    name: 'ownerId',
    label: 'Assigned to',
    description: 'User or queue; whoever runs the action where it is empty.',
    type: 'ID',
  },
  { name: 'priority', label: 'Priority', description: 'A value of the field.', type: 'STRING' },
  { name: 'relatedRecordId', label: 'Related to', description: 'Record it is about.', type: 'ID' },
  { name: 'personId', label: 'Name', description: 'Contact or lead it is about.', type: 'ID' },
  { name: 'status', label: 'Status', description: 'A value of the field.', type: 'STRING' },
]

export const newTask: InvocableAction = {
  name: 'newTask',
  type: 'newTask',
  label: 'Create task',
  description: 'Creates a task, with the rights of whoever runs the action.',
  inputs,
  outputs: [
    { name: 'taskId', label: 'Task ID', description: 'The task that was made.', type: 'ID' },
  ],
  async run({ caller, records }, all) {
    const results = await records.createMany(caller, 'Task', all.map(bodyOf), { allOrNone: true })
    return results.map((result) => {
      if (result instanceof Refusal) throw result
      return new Map([['taskId', result.id]])
    })
  },
}

function bodyOf(values: ActionValues): RecordBody {
  return new Map(
    [...fields].flatMap(([input, field]) => {
      const value = values.get(input) ?? null
      return value === null ? [] : [[field, value] as const]
    }),
  )
}
