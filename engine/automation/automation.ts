/** The parts of automation that others are given. */
import type { Clock } from '../base/clock.ts'
import type { RecordHooks } from '../records/hooks/record-hooks.ts'
import type { Models } from '../records/record-parts.ts'
import type { Caller, Records } from '../records/records.ts'
import type { Storage } from '../storage/storage.ts'
import type { ActionValues, InvocableAction } from './actions/action.ts'
import { createActionRegistry, type ActionRegistry } from './actions/action-registry.ts'
import { invokeAction } from './actions/invoke-action.ts'
import { standardActions } from './actions/standard-actions.ts'
import { combineHooks } from './combine-hooks.ts'
import { createFlowActions } from './flows/flow-actions.ts'
import { createRecordFlows } from './flows/record-flows.ts'
import { createPlanHooks } from './plans/plan-hooks.ts'

export interface SaveAutomationParts {
  readonly storage: Storage
  readonly models: Models
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  /** The organisation's own code. */
  readonly hooks: RecordHooks
}

/** What saves start: made before there are records to work with. */
export interface SaveAutomation {
  readonly actions: ActionRegistry
  /** Flows, hooks and plans, in the order in which saves ask them. */
  readonly hooks: RecordHooks
}

export function createSaveAutomation(parts: SaveAutomationParts): SaveAutomation {
  const registry: { actions: ActionRegistry | undefined } = { actions: undefined }
  const flows = createFlowActions({
    ids: parts.ids,
    actions: () => {
      if (registry.actions === undefined) throw new Error('the registry is made with its sources')
      return registry.actions
    },
  })
  const actions = createActionRegistry(standardActions, [flows])
  registry.actions = actions
  const recordFlows = createRecordFlows({ ...parts, actions })
  const plans = createPlanHooks(parts)
  // Before a record is written its flows come first, afterwards last, as the platform has it.
  const before = [recordFlows, parts.hooks, plans]
  return { actions, hooks: combineHooks(before, [parts.hooks, plans, recordFlows]) }
}

export interface AutomationParts {
  readonly records: Records
  readonly models: Models
  readonly clock: Clock
  readonly saving: SaveAutomation
}

export interface Automation {
  readonly actions: ActionRegistry
  /** In a unit of work of its own. */
  invoke(caller: Caller, action: InvocableAction, inputs: ActionValues): Promise<ActionValues>
}

export function createAutomation(parts: AutomationParts): Automation {
  const { records, models, clock, saving } = parts
  return {
    actions: saving.actions,
    invoke: async (caller, action, inputs) => {
      const [outputs] = await records.together((within, tx) =>
        invokeAction(action, { caller, records: within, tx, models, clock }, [inputs]),
      )
      if (outputs === undefined) throw new Error('one input has one answer')
      return outputs
    },
  }
}
