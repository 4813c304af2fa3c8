/** Actions that approvals and deadlines take on a record: those of the object's Workflow, and flows. */
import type { Workflow } from '../../../metadata/types.ts'
import { message, type Message } from '../../base/message.ts'
import type { Scope } from '../scope.ts'

/** The public words. */
export interface RecordAction {
  readonly name: string
  readonly type: string
}

type Body = Readonly<Workflow>

export type FieldUpdate = NonNullable<Workflow['fieldUpdates']>[number]
export type FlowAction = NonNullable<Workflow['flowActions']>[number]
export type WorkflowTask = NonNullable<Workflow['tasks']>[number]
export type EmailAlert = NonNullable<Workflow['alerts']>[number]

/** The type of alerts among invocable actions. */
export const emailAlertType = 'emailAlert'

export function workflowOf(index: Pick<Scope, 'component'>, object: string): Body | undefined {
  const found = index.component('Workflow', object)
  // What is found under the name of a type is of that type.
  return found?.body as Body | undefined
}

export function fieldUpdateOf(body: Body | undefined, name: string): FieldUpdate | undefined {
  return body?.fieldUpdates?.find((one) => one.fullName === name)
}

export function taskOf(body: Body | undefined, name: string): WorkflowTask | undefined {
  return body?.tasks?.find((one) => one.fullName === name)
}

export function alertOf(
  index: Pick<Scope, 'component'>,
  object: string,
  name: string,
): EmailAlert | undefined {
  return workflowOf(index, object)?.alerts?.find((one) => one.fullName === name)
}

export function flowActionOf(body: Body | undefined, name: string): FlowAction | undefined {
  return body?.flowActions?.find((one) => one.fullName === name)
}

/** What is wrong with naming the action; undefined where it can be done. */
export function actionFault(
  index: Scope,
  object: string,
  { name, type }: RecordAction,
): Message | undefined {
  const body = workflowOf(index, object)
  const missing = message('there is no action {name} of type {type} in the Workflow {object}', {
    name,
    type,
    object,
  })
  if (type === 'FieldUpdate') return fieldUpdateOf(body, name) === undefined ? missing : undefined
  if (type === 'Task') return taskOf(body, name) === undefined ? missing : undefined
  if (type === 'Alert') return alertOf(index, object, name) === undefined ? missing : undefined
  if (type !== 'FlowAction') return undefined
  const isThere = flowActionOf(body, name) !== undefined || index.component('Flow', name)
  return isThere ? undefined : message('there is no flow {name}', { name })
}
