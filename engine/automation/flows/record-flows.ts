/** Flows that saves and deletes start, as the saving of records asks for them. */
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import type { Refusal } from '../../base/refusal.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { readyFlows, type TriggeredFlow } from '../../model/ready-flows.ts'
import { formulaNeeds } from '../../records/formulas/formula-needs.ts'
import { loadParents, readBeside, type RowReader } from '../../records/formulas/load-rows.ts'
import { knownOf, loadGlobals, surroundingsOf } from '../../records/formulas/surroundings.ts'
import type { Surroundings } from '../../records/formulas/formula-row.ts'
import { flowsAtOnce } from './flows-at-once.ts'
import type {
  AtOnce,
  HookCall,
  HookEvent,
  HookOutcome,
  HookRow,
  RecordHooks,
} from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Storage } from '../../storage/storage.ts'
import type { ActionRegistry } from '../actions/action-registry.ts'
import { holds } from './conditions.ts'
import { FlowRecord, rawValue } from './flow-record.ts'
import { callerFor, modeOfTrigger, type FlowWork } from './flow-work.ts'
import { Interview } from './interview.ts'
import type { RunServices } from './run-elements.ts'
import { runInterviews, type Started } from './run-interviews.ts'
import type { FlowWatch } from './run-log.ts'
import { notePaths, type LookedAt, type PathBatch } from './scheduled-paths.ts'

export interface RecordFlowParts {
  readonly storage: Storage
  readonly models: Models
  readonly clock: Clock
  readonly actions: ActionRegistry
  readonly ids: (keyPrefix: string) => string
  /** Something may be due at once. */
  readonly wake: () => void
  readonly log: FlowWatch
}

const whens: Partial<Record<HookEvent, TriggeredFlow['trigger']['when']>> = {
  beforeInsert: 'beforeSave',
  beforeUpdate: 'beforeSave',
  afterInsert: 'afterSave',
  afterUpdate: 'afterSave',
  beforeDelete: 'beforeDelete',
}

const none: readonly TriggeredFlow[] = []

/** The flows of an object that an event starts, in their order. */
export function flowsAt(model: Model, object: string, event: HookEvent): readonly TriggeredFlow[] {
  const flows = readyFlows(model).triggered.get(object)
  if (flows === undefined) return none
  const when = whens[event]
  return flows.filter(({ trigger }) => {
    if (trigger.when !== when) return false
    // What waits is looked at again whenever the record changes.
    return startsAt(trigger, event) || (event === 'afterUpdate' && trigger.paths.length > 0)
  })
}

function startsAt({ onCreate, onUpdate }: TriggeredFlow['trigger'], event: HookEvent): boolean {
  if (event === 'beforeDelete') return true
  return event.endsWith('Insert') ? onCreate : onUpdate
}

export function createRecordFlows(parts: RecordFlowParts): RecordHooks {
  const known = new WeakMap<Model, Map<string, AtOnce | undefined>>()
  const atOnce = (object: string, event: 'beforeInsert' | 'beforeUpdate'): AtOnce | undefined => {
    const model = parts.models.current()
    if (!readyFlows(model).triggered.has(object)) return undefined
    const ofModel = known.get(model) ?? new Map<string, AtOnce | undefined>()
    known.set(model, ofModel)
    const key = `${object} ${event}`
    if (!ofModel.has(key)) ofModel.set(key, makeAtOnce(parts, model, { object, event }))
    return ofModel.get(key)
  }
  const isAtOnce = (object: string, event: HookEvent): boolean =>
    (event === 'beforeInsert' || event === 'beforeUpdate') && atOnce(object, event) !== undefined
  return {
    atOnce,
    has: (object, event) =>
      flowsAt(parts.models.current(), object, event).length > 0 && !isAtOnce(object, event),
    call: (call) => callFlows(parts, call),
  }
}

function makeAtOnce(
  parts: RecordFlowParts,
  model: Model,
  at: { readonly object: string; readonly event: 'beforeInsert' | 'beforeUpdate' },
): AtOnce | undefined {
  const object = model.object(at.object)
  if (object === undefined) return undefined
  return flowsAtOnce(parts, {
    model,
    object,
    flows: flowsAt(model, at.object, at.event),
    services: () => servicesOf({ model }),
    starts: (interview, flow) =>
      fits(interview, flow) && !(flow.trigger.needsChange && fitBefore(interview, flow)),
  })
}

/** A path on records as they are now; whatever fails undoes it for all of them. */
export async function runPath(
  parts: RecordFlowParts,
  { flow, path, caller, records, rows }: PathBatch,
): Promise<void> {
  const model = parts.models.current()
  const object = model.object(flow.trigger.object)
  if (object === undefined) return
  const run = { depth: 0, time: new AbortController().signal, spent: { queries: 0, written: 0 } }
  const call: HookCall = {
    object: object.name,
    event: 'afterUpdate',
    rows: rows.map((row) => ({ ...row, old: row.values })),
    caller,
    model,
    run,
    records,
    mayWrite: true,
  }
  const batch = await batchOf(parts, { call, model, object, flows: [flow] })
  const { surroundings } = batch
  const started = batch.records.map((record) => {
    const guid = parts.ids('0Fo')
    const steps = parts.log.stepsOf(flow.name)
    const interview = new Interview({
      plan: flow,
      surroundings,
      record,
      prior: record,
      guid,
      steps,
    })
    return { interview, start: path.next }
  })
  const failures = await runInterviews(workOf(parts, batch, flow), servicesOf(batch), started)
  const { userId } = caller
  started.forEach(({ interview }, index) => {
    parts.log.ended({ interview, start: 'path', userId, failure: failures[index] })
  })
  const failure = failures.find((one) => one !== undefined)
  if (failure !== undefined) throw failure
}

export interface Batch {
  readonly call: HookCall
  readonly model: Model
  readonly object: ObjectModel
  readonly records: readonly FlowRecord[]
  readonly priors: readonly (FlowRecord | undefined)[]
  readonly surroundings: Surroundings
}

async function callFlows(parts: RecordFlowParts, call: HookCall): Promise<readonly HookOutcome[]> {
  const model = parts.models.current()
  const object = model.object(call.object)
  const flows = flowsAt(model, call.object, call.event)
  if (object === undefined || flows.length === 0) return call.rows.map(nothingDone)
  const batch = await batchOf(parts, { call, model, object, flows })
  const outcomes = call.rows.map((): { errors: HookOutcome['errors'] } => ({ errors: [] }))
  for (const flow of flows) {
    const runs = await runFlow(parts, batch, {
      flow,
      isOpen: (at) => outcomes[at]?.errors.length === 0,
    })
    for (const { at, errors } of runs) {
      const outcome = outcomes[at]
      if (outcome !== undefined) outcome.errors = [...outcome.errors, ...errors]
    }
  }
  const isBefore = flows[0]?.trigger.when === 'beforeSave'
  return batch.records.map((record, at) => ({
    changes: isBefore ? record.changes() : new Map(),
    errors: outcomes[at]?.errors ?? [],
  }))
}

function nothingDone(): HookOutcome {
  return { changes: new Map(), errors: [] }
}

interface Prepared {
  readonly call: HookCall
  readonly model: Model
  readonly object: ObjectModel
  readonly flows: readonly TriggeredFlow[]
}

/** The records with what flows look at beside them, read once for all. */
async function batchOf(
  parts: RecordFlowParts,
  { call, model, object, flows }: Prepared,
): Promise<Batch> {
  const records = call.rows.map((row) => recordOf(object, row))
  const priors = call.rows.map(({ old }) => old && new FlowRecord(object, old))
  const paths = flows.flatMap(({ reads, globals }) => [
    ...(reads.get('$Record') ?? []),
    ...(reads.get('$Record__Prior') ?? []),
    ...globals,
  ])
  const needs = formulaNeeds(model, object, { paths })
  const load = async (reader: RowReader): Promise<Surroundings> => {
    const all = [...records, ...priors.filter((one) => one !== undefined)]
    const rows = all.map(
      ({ values }) =>
        (field: { readonly name: string }) =>
          rawValue(values.get(field.name)),
    )
    const parents = await loadParents(reader, { model, needs: needs.record }, rows)
    for (const record of all) record.parents = parents
    const globals = await loadGlobals(reader, { model, needs, userIds: [call.caller.userId] })
    return surroundingsOf(model, call.caller, {
      now: parts.clock.now(),
      ...knownOf(globals, call.caller.userId),
    })
  }
  const surroundings = call.mayWrite
    ? await call.records.together((_records, tx) =>
        load({
          dialect: tx.dialect,
          locks: false,
          read: (query, holes) => tx.read(query, holes),
        }),
      )
    : await load(readBeside(parts.storage))
  return { call, model, object, records, priors, surroundings }
}

function recordOf(object: ObjectModel, { id, values }: HookRow): FlowRecord {
  const record = new FlowRecord(object, values)
  if (id !== undefined) record.values.set('Id', id)
  return record
}

interface OneFlow {
  readonly flow: TriggeredFlow
  /** False for records that were refused already. */
  isOpen(at: number): boolean
}

async function runFlow(
  parts: RecordFlowParts,
  batch: Batch,
  { flow, isOpen }: OneFlow,
): Promise<readonly { readonly at: number; readonly errors: HookOutcome['errors'] }[]> {
  const { call, surroundings } = batch
  const started: (Started & { readonly at: number })[] = []
  const looked: LookedAt[] = []
  const mayStart = startsAt(flow.trigger, call.event)
  const ended = { start: flow.trigger.when, userId: call.caller.userId }
  batch.records.forEach((record, at) => {
    if (!isOpen(at)) return
    const guid = parts.ids('0Fo')
    const prior = batch.priors[at]
    const steps = parts.log.stepsOf(flow.name)
    const interview = new Interview({ plan: flow, surroundings, record, prior, guid, steps })
    const fit = fits(interview, flow)
    const before = fit && fitBefore(interview, flow)
    const isStarted = mayStart && fit && !(flow.trigger.needsChange && before)
    looked.push({ flow, interview, fits: fit, fitBefore: before, starts: isStarted })
    if (isStarted) started.push({ interview, start: flow.start, at })
    else if (mayStart) parts.log.skipped({ ...ended, interview })
  })
  await notePaths(parts, call, looked)
  if (started.length === 0) return []
  const failures = await runInterviews(workOf(parts, batch, flow), servicesOf(batch), started)
  started.forEach(({ interview }, index) => {
    parts.log.ended({ ...ended, interview, failure: failures[index] })
  })
  return started.map(({ interview, at }, index) => {
    const failure = failures[index]
    const errors = failure === undefined ? interview.errors : [failedBy(failure)]
    return { at, errors }
  })
}

function failedBy({ message }: Refusal): HookOutcome['errors'][number] {
  return { message, errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' }
}

/** Whether the record is one that the flow is for. */
function fits(interview: Interview, { trigger: { condition, formula } }: TriggeredFlow): boolean {
  if (condition !== undefined && !holds(interview, condition)) return false
  return formula === undefined || interview.holds(formula)
}

/** Whether it was one before the save. */
function fitBefore(interview: Interview, flow: TriggeredFlow): boolean {
  const { plan, surroundings, prior, guid } = interview
  if (prior === undefined) return false
  return fits(new Interview({ plan, surroundings, record: prior, prior, guid }), flow)
}

/** Flows of records run with the rights of the engine, unless they say otherwise. */
function workOf(parts: RecordFlowParts, { call, model }: Batch, flow: TriggeredFlow): FlowWork {
  const { models, clock, actions } = parts
  return {
    model,
    models,
    clock,
    caller: callerFor(call.caller, model, modeOfTrigger(flow)),
    records: call.records,
    mayWrite: call.mayWrite,
    spent: call.run.spent,
    action: (type, name) => actions.find(model, type, name),
  }
}

export function servicesOf({ model }: Pick<Batch, 'model'>): RunServices {
  return {
    budget: { elements: limits.flowElementsMax },
    depth: 0,
    flow: (name) => readyFlows(model).byName.get(name),
  }
}
