/** Tries a flow on a record, or with inputs, and takes everything back: what is left are the steps and their values. */
import { message } from '../../base/message.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import { planOfFlow } from '../../model/ready-flows.ts'
import type { FlowPlan } from '../../model/flows/flow-plan.ts'
import { formulaNeeds } from '../../records/formulas/formula-needs.ts'
import { loadParents } from '../../records/formulas/load-rows.ts'
import { knownOf, loadGlobals, surroundingsOf } from '../../records/formulas/surroundings.ts'
import { readHookRows } from '../../records/hooks/hook-rows.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Transaction } from '../../storage/storage.ts'
import { FlowRecord, rawValue } from './flow-record.ts'
import { callerFor, modeOfTrigger, type FlowWork } from './flow-work.ts'
import { Interview } from './interview.ts'
import { servicesOf, type RecordFlowParts } from './record-flows.ts'
import { outputsOf } from './run-elements.ts'
import { runInterviews } from './run-interviews.ts'
import { StepLog, type StepNote } from './run-log.ts'
import { flowValue, plainOf } from './serve-demands.ts'

export interface FlowTrial {
  readonly flow: string
  /** The record that starts it. */
  readonly recordId: string | undefined
  readonly inputs: ReadonlyMap<string, unknown>
  /** A scheduled path, in place of the beginning. */
  readonly path: string | undefined
}

export interface TrialOutcome {
  readonly steps: readonly StepNote[]
  /** What the record would be given, where it runs before the save. */
  readonly changes: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly errors: readonly { readonly message: string; readonly field: string | null }[]
  readonly failure: string | undefined
}

/** Ends the unit of work, so that nothing of it is kept. */
class TakenBack extends Error {
  readonly outcome: TrialOutcome

  constructor(outcome: TrialOutcome) {
    super('the trial is taken back')
    this.name = 'TakenBack'
    this.outcome = outcome
  }
}

export async function tryFlow(
  parts: RecordFlowParts & { readonly records: Records },
  caller: Caller,
  trial: FlowTrial,
): Promise<TrialOutcome> {
  const plan = planOfFlow(parts.models.current(), trial.flow)
  if (plan === undefined) {
    throw refuse('NOT_FOUND', message('There is no flow {name}.', { name: trial.flow }))
  }
  const [reason] = plan.inert
  if (reason !== undefined) {
    throw refuse('INVALID_ARGUMENT', `Flow ${plan.name} does not run here: ${reason}.`)
  }
  try {
    return await parts.records.together(async (records, tx) => {
      throw new TakenBack(await run(parts, { plan, caller, trial, records, tx }))
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.outcome
    throw error
  }
}

interface Trying {
  readonly plan: FlowPlan
  readonly caller: Caller
  readonly trial: FlowTrial
  readonly records: Records
  readonly tx: Transaction
}

async function run(parts: RecordFlowParts, trying: Trying): Promise<TrialOutcome> {
  const { plan, caller, trial, records } = trying
  const { models, clock, actions } = parts
  const model = models.current()
  const mode = plan.trigger === undefined ? plan.mode : modeOfTrigger(plan)
  const spent = { queries: 0, written: 0 }
  const work: FlowWork = {
    model,
    models,
    clock,
    caller: callerFor(caller, model, mode),
    records,
    mayWrite: true,
    spent,
    action: (type, name) => actions.find(model, type, name),
  }
  const steps = new StepLog()
  const interview = await begin(parts, trying, steps)
  const start = startOf(plan, trial.path)
  const [failure] = await runInterviews(work, servicesOf({ model }), [{ interview, start }])
  return outcomeOf(interview, steps.notes, failure)
}

function startOf(plan: FlowPlan, path: string | undefined): string | undefined {
  if (path === undefined) return plan.start
  const found = plan.trigger?.paths.find(({ name }) => name === path)
  if (found === undefined) throw refuse('NOT_FOUND', `Flow ${plan.name} has no path ${path}.`)
  return found.next
}

async function begin(
  parts: RecordFlowParts,
  { plan, caller, trial, tx }: Trying,
  steps: StepLog,
): Promise<Interview> {
  const model = parts.models.current()
  const record = await recordOf(parts, { plan, trial, tx })
  const object = record?.object ?? model.object('User')
  const reader = {
    dialect: tx.dialect,
    locks: false,
    read: (...asked: Parameters<typeof tx.read>) => tx.read(...asked),
  }
  const paths = [...(plan.reads.get('$Record') ?? []), ...plan.globals]
  const needs = object && formulaNeeds(model, object, { paths })
  if (record !== undefined && needs !== undefined) {
    const read = (field: { readonly name: string }) => rawValue(record.values.get(field.name))
    record.parents = await loadParents(reader, { model, needs: needs.record }, [read])
  }
  const userIds = [caller.userId]
  const globals = needs && (await loadGlobals(reader, { model, needs, userIds }))
  const surroundings = surroundingsOf(model, caller, {
    now: parts.clock.now(),
    ...(globals === undefined ? {} : knownOf(globals, caller.userId)),
  })
  const inputs = new Map(
    [...trial.inputs].map(([name, value]) => [name, flowValue({ model }, value)] as const),
  )
  const guid = parts.ids('0Fo')
  return new Interview({ plan, surroundings, record, prior: record?.copy(), inputs, guid, steps })
}

async function recordOf(
  { models }: RecordFlowParts,
  { plan, trial, tx }: Pick<Trying, 'plan' | 'trial' | 'tx'>,
): Promise<FlowRecord | undefined> {
  const name = plan.trigger?.object ?? plan.schedule?.records?.object
  const object = models.current().object(name ?? '')
  if (object === undefined) return undefined
  const { recordId } = trial
  if (recordId === undefined) {
    throw refuse('MISSING_ARGUMENT', `Give the recordId of a record of ${object.name}.`)
  }
  const values = (await readHookRows(tx, object, [recordId])).get(recordId)
  if (values === undefined) throw refuse('NOT_FOUND', `There is no such ${object.name}.`)
  return new FlowRecord(object, [...values, ['Id', recordId]])
}

function outcomeOf(
  interview: Interview,
  steps: readonly StepNote[],
  failure: Refusal | undefined,
): TrialOutcome {
  const isBefore = interview.plan.trigger?.when === 'beforeSave'
  const changes = isBefore ? (interview.record?.changes() ?? new Map()) : new Map()
  const outputs = [...outputsOf(interview)].map(([name, value]) => [name, plainOf(value)] as const)
  return {
    steps,
    changes: Object.fromEntries(changes),
    outputs: Object.fromEntries(outputs),
    errors: interview.errors.map(({ message, field }) => ({
      message: String(message),
      field: field ?? null,
    })),
    failure: failure?.message,
  }
}
