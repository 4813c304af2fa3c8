/** What the runs of a flow share: whose rights count, in which unit of work, and what they have used up. */
import { fullAccess } from '../../access/full-access.ts'
import type { Clock } from '../../base/clock.ts'
import type { FlowPlan } from '../../model/flows/flow-plan.ts'
import type { Model } from '../../model/model.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { InvocableAction } from '../actions/action.ts'

export interface FlowWork {
  readonly model: Model
  readonly models: Models
  readonly clock: Clock
  /** By whose rights records are read and written. */
  readonly caller: Caller
  readonly records: Records
  /** False before the writer was entered. */
  readonly mayWrite: boolean
  readonly spent: { queries: number; written: number }
  action(type: string, name: string): InvocableAction | undefined
}

/** Whose rights count where a flow does not say: those of the engine for flows of records. */
export function modeOfTrigger({ mode }: FlowPlan): FlowPlan['mode'] {
  return mode === 'DefaultMode' ? 'SystemModeWithoutSharing' : mode
}

/** Runs of the system do what they must, whoever began them; the name of that person stays. */
export function callerFor(caller: Caller, model: Model, mode: FlowPlan['mode']): Caller {
  if (mode === 'DefaultMode') return caller
  const full = fullAccess(model)
  if (mode !== 'SystemModeWithSharing') return { ...caller, access: full }
  const { access } = caller
  return {
    ...caller,
    access: {
      ...full,
      signature: `${full.signature}:${access.signature}`,
      outside: access.outside,
      rows: (object, right) => access.rows(object, right),
    },
  }
}
