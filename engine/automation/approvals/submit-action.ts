/** The invocable action that submits a record for approval, under the public name. */
import type { ActionParameter, ActionValues, InvocableAction } from '../actions/action.ts'
import { findInstance } from './approval-store.ts'
import { approvalUnit, type UnitServices } from './approval-unit.ts'
import { submit } from './submit-approval.ts'

const inputs: readonly ActionParameter[] = [
  {
    name: 'objectId',
    label: 'Record',
    description: 'What is submitted.',
    type: 'ID',
    required: true,
  },
  { name: 'comment', label: 'Comment', description: 'For the approver.', type: 'STRING' },
  {
    name: 'nextApproverIds',
    label: 'Next approver',
    description: 'Who decides, where the process lets whoever submits choose.',
    type: 'ID',
    isList: true,
  },
  {
    name: 'processDefinitionNameOrId',
    label: 'Process',
    description: 'API name of the process; the first that takes the record where it is empty.',
    type: 'STRING',
  },
  {
    name: 'skipEntryCriteria',
    label: 'Skip criteria',
    description: 'The named process takes the record whatever its criteria say.',
    type: 'BOOLEAN',
  },
  {
    name: 'submitterId',
    label: 'Submitter',
    description: 'Kept for flows that name one; whoever runs the action submits.',
    type: 'ID',
  },
]

const outputs: readonly ActionParameter[] = [
  { name: 'instanceId', label: 'Approval', description: 'The new approval.', type: 'ID' },
  {
    name: 'instanceStatus',
    label: 'Status',
    description: 'Pending, Approved or Rejected.',
    type: 'STRING',
  },
  {
    name: 'newWorkItemIds',
    label: 'Requests',
    description: 'Requests that wait now.',
    type: 'ID',
    isList: true,
  },
  { name: 'entityId', label: 'Record', description: 'What was submitted.', type: 'ID' },
]

export function submitAction(services: UnitServices): InvocableAction {
  return {
    name: 'submit',
    type: 'submit',
    label: 'Submit for approval',
    description: 'Submits a record for approval; it is locked until somebody has decided.',
    inputs,
    outputs,
    run: async (call, all) => {
      const answers: ActionValues[] = []
      for (const values of all) {
        const unit = approvalUnit(services, call)
        const { instanceId, entityId, newWorkitemIds } = await submit(unit, submissionOf(values))
        const instance = await findInstance(call.tx, instanceId)
        answers.push(
          new Map<string, unknown>([
            ['instanceId', instanceId],
            ['instanceStatus', instance?.status ?? null],
            ['newWorkItemIds', newWorkitemIds],
            ['entityId', entityId],
          ]),
        )
      }
      return answers
    },
  }
}

function submissionOf(values: ActionValues) {
  const text = (name: string): string => {
    const value = values.get(name)
    return typeof value === 'string' ? value : ''
  }
  const given = values.get('nextApproverIds') ?? []
  const process = text('processDefinitionNameOrId')
  return {
    recordId: text('objectId'),
    comments: text('comment'),
    process: process === '' ? undefined : process,
    chosen: (Array.isArray(given) ? given : [given]).filter((id) => typeof id === 'string'),
    // Only of a process that is meant.
    skipsCriteria: process !== '' && values.get('skipEntryCriteria') === true,
  }
}
