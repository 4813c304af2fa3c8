/** The parts of automation that others are given. */
import type { Clock } from '../base/clock.ts'
import type { Models } from '../records/record-parts.ts'
import type { Caller, Records } from '../records/records.ts'
import type { ActionValues, InvocableAction } from './actions/action.ts'
import { createActionRegistry, type ActionRegistry } from './actions/action-registry.ts'
import { invokeAction } from './actions/invoke-action.ts'
import { standardActions } from './actions/standard-actions.ts'

export interface AutomationParts {
  readonly records: Records
  readonly models: Models
  readonly clock: Clock
}

export interface Automation {
  readonly actions: ActionRegistry
  /** In a unit of work of its own. */
  invoke(caller: Caller, action: InvocableAction, inputs: ActionValues): Promise<ActionValues>
}

export function createAutomation(parts: AutomationParts): Automation {
  const { records, models, clock } = parts
  return {
    actions: createActionRegistry(standardActions, []),
    invoke: async (caller, action, inputs) => {
      const [outputs] = await records.together((within, tx) =>
        invokeAction(action, { caller, records: within, tx, models, clock }, [inputs]),
      )
      if (outputs === undefined) throw new Error('one input has one answer')
      return outputs
    },
  }
}
