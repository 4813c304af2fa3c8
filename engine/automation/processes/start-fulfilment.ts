/** The flow that a submitted process starts, in the unit of work of its records: what it refuses makes nothing of them. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { ActionParameter } from '../actions/action.ts'
import { invokeAction } from '../actions/invoke-action.ts'
import type { MadeRecord, MakeInput } from './make-records.ts'
import type { ProcessParts } from './process-parts.ts'

export interface Fulfilment {
  readonly input: MakeInput
  readonly tx: Transaction
  readonly made: readonly MadeRecord[]
  readonly request: MadeRecord | undefined
}

export async function startFulfilment(
  { actions, models, clock }: ProcessParts,
  fulfilment: Fulfilment,
): Promise<void> {
  const { input, tx } = fulfilment
  const { process, caller, records } = input
  const flow = process.body.serviceProcessDependencies?.find(
    ({ processStepName, type }) =>
      processStepName === 'FulfillmentFlow' && type === 'FlowDefinition',
  )?.dependencyReference
  if (flow === undefined) return
  const action = actions.find(models.current(), 'flow', flow)
  if (action === undefined) {
    const told = message('The process starts the flow {flow}, which is not active.', { flow })
    throw refuse('INVALID_CROSS_REFERENCE_KEY', told)
  }
  const known = valuesOf(fulfilment)
  const inputs = action.inputs.flatMap(({ name }: ActionParameter) => {
    const value = known.get(name.toLowerCase()) ?? null
    return value === null ? [] : [[name, value] as const]
  })
  await invokeAction(action, { caller, records, tx, models, clock }, [new Map(inputs)])
}

/** What variables of the flow are filled with, by lower-case name: answers, ids of what was made, and the beginning. */
function valuesOf({ input, made, request }: Fulfilment): ReadonlyMap<string, unknown> {
  const { answers, recordId } = input
  const firstMade = [...made].reverse().map(({ name, id }) => [name.toLowerCase(), id] as const)
  return new Map<string, unknown>([
    ...[...answers.values].map(([name, value]) => [name.toLowerCase(), value] as const),
    ...firstMade,
    ['recordid', recordId],
    ['requestid', request?.id],
  ])
}
