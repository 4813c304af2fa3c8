/** The actions that are always there; a new one is a file and one line here. */
import { convertAction } from '../leads/convert-action.ts'
import { mergeAction } from '../merge/merge-action.ts'
import { queueActions } from '../queues/queue-actions.ts'
import { accountPlanActions } from './account-plans.ts'
import type { InvocableAction } from './action.ts'
import { planActions } from './action-plans.ts'
import { newTask } from './new-task.ts'

export const standardActions: readonly InvocableAction[] = [
  newTask,
  mergeAction,
  convertAction,
  ...queueActions,
  ...planActions,
  ...accountPlanActions,
]
