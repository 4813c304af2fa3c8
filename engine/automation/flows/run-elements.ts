/** The elements of a flow, one after the other. What needs other records is asked for, so that many runs share a statement. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type {
  ActionElement,
  CreateElement,
  DecisionElement,
  DeleteElement,
  ErrorElement,
  FlowElement,
  FlowPlan,
  LookupElement,
  LoopElement,
  SubflowElement,
  UpdateElement,
} from '../../model/flows/flow-plan.ts'
import { assign } from './assign-values.ts'
import { isEmptyValue, textOf } from './compare-values.ts'
import { holds } from './conditions.ts'
import { FlowRecord, scalar, type FlowValue } from './flow-record.ts'
import { Interview } from './interview.ts'
import { processCollection } from './process-collections.ts'
import { shown, tell } from './tell-steps.ts'

export type DemandElement =
  LookupElement | CreateElement | UpdateElement | DeleteElement | ActionElement

/** What a run cannot do alone. */
export interface Demand {
  readonly element: DemandElement
  readonly interview: Interview
}

/** `fault`: why it could not be done. */
export type Reply =
  { readonly value: FlowValue | ReadonlyMap<string, FlowValue> } | { readonly fault: Error }

export type Run = Generator<Demand, void, Reply>

export interface RunServices {
  /** Elements that all runs together may still go through. */
  readonly budget: { elements: number }
  readonly depth: number
  flow(name: string): FlowPlan | undefined
}

/** From the given element to the end. */
export function* runFrom(
  interview: Interview,
  services: RunServices,
  start: string | undefined,
): Run {
  const { plan } = interview
  let next = start
  while (next !== undefined) {
    const element: FlowElement | undefined = plan.elements.get(next)
    if (element === undefined) throw new Error(`flow ${plan.name} has no element ${next}`)
    interview.at = element.name
    interview.visited.add(element.name)
    services.budget.elements -= 1
    if (services.budget.elements < 0) throw tooManyElements(interview)
    next = yield* runElement(element, interview, services)
  }
}

function tooManyElements({ plan, at }: Interview): Error {
  return refuse(
    'LIMIT_EXCEEDED',
    `Flow ${plan.name}, element ${at}: more than ${limits.flowElementsMax} elements in one run (flowElementsMax). A loop may have no end.`,
  )
}

function* runElement(
  element: FlowElement,
  interview: Interview,
  services: RunServices,
): Generator<Demand, string | undefined, Reply> {
  switch (element.kind) {
    case 'assignment':
      return assign(element, interview)
    case 'decision':
      return decide(element, interview)
    case 'loop':
      return loop(element, interview)
    case 'error':
      return fail(element, interview)
    case 'collection':
      return processCollection(element, interview)
    case 'subflow':
      return yield* runSubflow(element, interview, services)
    case 'update':
      return isOwnRecord(element, interview)
        ? setOwnFields(element, interview)
        : yield* demand(element, interview)
    case 'lookup':
    case 'create':
    case 'delete':
    case 'action':
      return yield* demand(element, interview)
  }
}

/** Before the save, the record that started the flow is changed by setting its fields. */
export function isOwnRecord({ input }: UpdateElement, { plan }: Pick<Interview, 'plan'>): boolean {
  const isOwn = input?.from === 'resource' && input.name === '$Record'
  return isOwn && plan.trigger?.when === 'beforeSave'
}

function setOwnFields({ values, next, ...element }: UpdateElement, interview: Interview) {
  for (const { field, value } of values) {
    interview.assign({ name: '$Record', field }, interview.value(value))
  }
  tell(interview, element, { fields: values.map(({ field }) => field) })
  return next
}

function decide({ rules, next, ...element }: DecisionElement, interview: Interview) {
  const rule = rules.find(
    ({ condition, needsChange }) =>
      holds(interview, condition) && !(needsChange && heldBefore(interview, condition)),
  )
  if (rule !== undefined) interview.taken.add(rule.name)
  tell(interview, element, { way: rule?.name ?? 'default' })
  return rule === undefined ? next : rule.next
}

/** Whether the record met it before the save. */
export function heldBefore(
  interview: Interview,
  condition: DecisionElement['rules'][number]['condition'],
): boolean {
  const { prior, plan, surroundings, guid } = interview
  if (prior === undefined) return false
  const before = new Interview({ plan, surroundings, record: prior, prior, guid })
  return holds(before, condition)
}

/** The place of a loop is a value like others, so that it may be entered again. */
function loop(element: LoopElement, interview: Interview) {
  const { name, item, each, next, isBackwards } = element
  const key = `${name} (place)`
  const collection = interview.read(element.collection)
  const list: readonly FlowValue[] = Array.isArray(collection) ? collection : []
  const place = Number(interview.values.get(key) ?? 0)
  if (place >= list.length) {
    interview.values.delete(key)
    interview.values.set(name, null)
    return next
  }
  const value = list[isBackwards ? list.length - 1 - place : place] ?? null
  interview.values.set(key, place + 1)
  interview.values.set(name, value)
  if (item !== undefined) interview.values.set(item, value)
  tell(interview, element, { item: shown(value), place: place + 1, of: list.length })
  return each ?? name
}

function fail({ messages, ...element }: ErrorElement, interview: Interview): undefined {
  for (const { text, field } of messages) {
    const told = textOf(interview.value(text))
    interview.errors.push(field === undefined ? { message: told } : { message: told, field })
  }
  tell(interview, element, { messages: interview.errors.map(({ message }) => message) })
  return undefined
}

function* runSubflow(
  element: SubflowElement,
  interview: Interview,
  services: RunServices,
): Generator<Demand, string | undefined, Reply> {
  const { plan, surroundings, record, prior, guid, steps } = interview
  const called = services.flow(element.flow)
  const place = `Flow ${plan.name}, element ${element.name}`
  if (called === undefined) {
    throw refuse(
      'CANNOT_EXECUTE_FLOW_TRIGGER',
      `${place}: there is no active flow ${element.flow} that could run.`,
    )
  }
  if (services.depth >= limits.flowDepthMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `${place}: flows call each other more than ${limits.flowDepthMax} deep (flowDepthMax).`,
    )
  }
  const inputs = new Map(element.inputs.map(({ name, value }) => [name, interview.value(value)]))
  const inner = new Interview({ plan: called, surroundings, record, prior, inputs, guid, steps })
  yield* runFrom(inner, { ...services, depth: services.depth + 1 }, called.start)
  interview.errors.push(...inner.errors)
  if (inner.errors.length > 0) return undefined
  const outputs = outputsOf(inner)
  interview.outputs.set(element.name, outputs)
  for (const { name, target } of element.outputs) {
    interview.assign(target, outputs.get(name) ?? null)
  }
  return element.next
}

export function outputsOf({ plan, values }: Interview): ReadonlyMap<string, FlowValue> {
  return new Map(
    [...plan.variables.values()]
      .filter(({ isOutput }) => isOutput)
      .map(({ name }) => [name, values.get(name) ?? null]),
  )
}

/** Asks for it, and goes on with what came, or on the way of faults. */
function* demand(
  element: DemandElement,
  interview: Interview,
): Generator<Demand, string | undefined, Reply> {
  interview.demands += 1
  const reply: Reply = yield { element, interview }
  if ('fault' in reply) {
    if (element.fault === undefined) throw reply.fault
    interview.fault = reply.fault.message
    interview.failed.add(element.name)
    tell(interview, element, { fault: interview.fault })
    return element.fault
  }
  take(element, interview, reply.value)
  return element.next
}

function take(
  element: DemandElement,
  interview: Interview,
  value: FlowValue | ReadonlyMap<string, FlowValue>,
): void {
  if (value instanceof Map) {
    interview.outputs.set(element.name, value)
    const outputs = element.kind === 'action' ? element.outputs : []
    for (const { name, target } of outputs) interview.assign(target, value.get(name) ?? null)
    tell(interview, element, Object.fromEntries(value))
    return
  }
  const found = value as FlowValue
  if (element.kind === 'lookup') takeFound(element, interview, found)
  if (element.kind === 'create') {
    interview.values.set(element.name, found)
    if (element.idTo !== undefined) interview.assign(element.idTo, found)
  }
  tell(interview, element, { result: shown(found) })
}

function takeFound(
  { name, output, outputs, clears }: LookupElement,
  interview: Interview,
  found: FlowValue,
): void {
  interview.values.set(name, found)
  if (output !== undefined && (!isEmptyValue(found) || clears)) interview.assign(output, found)
  const [first]: readonly FlowValue[] = Array.isArray(found) ? found : [found]
  for (const { field, target } of outputs) {
    if (first instanceof FlowRecord) {
      interview.assign(target, scalar(first.values.get(field)))
    } else if (clears) interview.assign(target, null)
  }
}
