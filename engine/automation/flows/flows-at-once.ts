/** Flows before a save that look at nothing but the record: they run without waiting, and cost the save next to nothing. */
import type { FlowElement } from '../../model/flows/flow-plan.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import type { TriggeredFlow } from '../../model/ready-flows.ts'
import { formulaNeeds, type FormulaNeeds } from '../../records/formulas/formula-needs.ts'
import { surroundingsOf } from '../../records/formulas/surroundings.ts'
import type { AtOnce, HookError, HookOutcome, HookRow } from '../../records/hooks/record-hooks.ts'
import type { Caller } from '../../records/records.ts'
import { FlowRecord } from './flow-record.ts'
import { Interview } from './interview.ts'
import type { RecordFlowParts } from './record-flows.ts'
import { isOwnRecord, runFrom, type RunServices } from './run-elements.ts'
import { failureOf } from './run-interviews.ts'

export interface FlowsAtOnce {
  readonly model: Model
  readonly object: ObjectModel
  readonly flows: readonly TriggeredFlow[]
  readonly services: () => RunServices
  /** Whether the flow runs on the record as it is now. */
  readonly starts: (interview: Interview, flow: TriggeredFlow) => boolean
}

/** Undefined where one of them needs more than the record: then all of them wait for it, in their order. */
export function flowsAtOnce(parts: RecordFlowParts, input: FlowsAtOnce): AtOnce | undefined {
  const { model, object, flows } = input
  if (flows.length === 0) return undefined
  const paths = flows.flatMap(({ reads, globals }) => [
    ...(reads.get('$Record') ?? []),
    ...(reads.get('$Record__Prior') ?? []),
    ...globals,
  ])
  const needs = formulaNeeds(model, object, { paths })
  if (!flows.every(isPlain) || !isOfRecord(needs)) return undefined
  return {
    reads: [...needs.record.fields],
    run: (row, caller) => run(parts, input, { row, caller }),
  }
}

function isPlain(flow: TriggeredFlow): boolean {
  return [...flow.elements.values()].every(
    (element) =>
      plain.has(element.kind) ||
      (element.kind === 'update' && isOwnRecord(element, { plan: flow })),
  )
}

const plain: ReadonlySet<FlowElement['kind']> = new Set<FlowElement['kind']>([
  'assignment',
  'decision',
  'loop',
  'error',
  'collection',
])

function isOfRecord({ record, user, organization, settings }: FormulaNeeds): boolean {
  const ofUser: readonly FieldModel[] = [...(user?.fields ?? [])]
  const isKnown = ofUser.every(({ name }) => name === 'Id') && (user?.parents.size ?? 0) === 0
  return record.parents.size === 0 && isKnown && organization === undefined && settings.size === 0
}

interface Asked {
  readonly row: HookRow
  readonly caller: Caller
}

function run(
  { clock, ids, log }: RecordFlowParts,
  { model, object, flows, services, starts }: FlowsAtOnce,
  { row, caller }: Asked,
): HookOutcome {
  const surroundings = surroundingsOf(model, caller, { now: clock.now() })
  const record = new FlowRecord(object, row.values)
  const prior = row.old && new FlowRecord(object, row.old)
  const errors: HookError[] = []
  for (const flow of flows) {
    const steps = log.stepsOf(flow.name)
    const guid = ids('0Fo')
    const interview = new Interview({ plan: flow, surroundings, record, prior, guid, steps })
    const ended = { interview, start: 'beforeSave', userId: caller.userId } as const
    try {
      if (!starts(interview, flow)) {
        log.skipped(ended)
        continue
      }
      const { done } = runFrom(interview, services(), flow.start).next()
      if (done !== true) throw new Error(`flow ${flow.name} asks for more than the record`)
      errors.push(...interview.errors)
      log.ended({ ...ended, failure: undefined })
    } catch (error) {
      const failure = failureOf(interview, error)
      log.ended({ ...ended, failure })
      const { message } = failure
      errors.push({ message, errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' })
    }
    // What is refused already need not be looked at by others.
    if (errors.length > 0) break
  }
  return { changes: record.changes(), errors }
}
