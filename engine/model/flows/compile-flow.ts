/** A declared flow → its plan, with everything that is wrong in it, and what of it the engine does not act on. */
import type { Flow, FlowStart } from '../../../metadata/types.ts'
import { inEnglish, message } from '../../base/message.ts'
import { nearestName } from '../../base/nearest-name.ts'
import { deepFreeze } from '../../base/deep-freeze.ts'
import type { FormulaResult } from '../../formula/result.ts'
import type { Scope } from '../scope.ts'
import type { Pointer } from '../source-problem.ts'
import { compileFilters, conditionOver } from './flow-conditions.ts'
import { elementLists } from './flow-elements.ts'
import { FlowNames, kindOfDataType } from './flow-names.ts'
import { inertParts } from './flow-inert.ts'
import type {
  Expression,
  FlowElement,
  FlowPlan,
  FlowScheduleTimes,
  FlowTrigger,
  FlowVariable,
  FormulaPlan,
  ScheduledPath,
} from './flow-plan.ts'
import { FlowValues, type FlowFinding } from './flow-values.ts'

export interface CompiledFlow {
  readonly plan: FlowPlan
  readonly problems: readonly FlowFinding[]
}

export function compileFlow(flow: Readonly<Flow>, scope: Scope): CompiledFlow {
  const values = new FlowValues(new FlowNames(flow, scope), inEnglish)
  const elements = compileElements(flow, values)
  const start = flow.startElementReference ?? flow.start?.connector?.targetReference
  const plan: FlowPlan = {
    name: flow.fullName,
    label: flow.label ?? flow.fullName,
    isActive: flow.status === 'Active',
    order: flow.triggerOrder ?? orderWithout,
    mode: flow.runInMode ?? 'DefaultMode',
    trigger: triggerOf(flow, values),
    schedule: scheduleOf(flow, values),
    start,
    elements,
    variables: variablesOf(flow, values),
    constants: constantsOf(flow, values),
    formulas: formulasOf(flow, values),
    templates: templatesOf(flow, values),
    reads: values.names.reads,
    readsByObject: values.names.readsByObject,
    globals: values.names.globals,
    inert: [...inertParts(flow, scope), ...values.inert],
  }
  checkNames(flow, values)
  checkWays(flow, values, plan)
  return { plan: deepFreeze(plan), problems: values.problems }
}

/** Flows without an order run between those before and after 1,000, by name. */
const orderWithout = 1_000

function compileElements(flow: Flow, values: FlowValues): ReadonlyMap<string, FlowElement> {
  const elements = new Map<string, FlowElement>()
  const add = (name: string, element: FlowElement): void => {
    elements.set(name, element)
  }
  for (const list of Object.keys(elementLists)) {
    if (!isList(list)) continue
    const entries: readonly { readonly name: string }[] = flow[list] ?? []
    // The entries of a list are what its compiler takes.
    const compile = elementLists[list] as (
      entry: { readonly name: string },
      values: FlowValues,
      pointer: Pointer,
    ) => FlowElement
    entries.forEach((entry, index) => add(entry.name, compile(entry, values, [list, index])))
  }
  return elements
}

function isList(name: string): name is keyof typeof elementLists {
  return Object.hasOwn(elementLists, name)
}

const triggers: ReadonlyMap<string | undefined, FlowTrigger['when']> = new Map([
  ['RecordBeforeSave', 'beforeSave'],
  ['RecordAfterSave', 'afterSave'],
  ['RecordBeforeDelete', 'beforeDelete'],
])

function triggerOf({ start }: Flow, values: FlowValues): FlowTrigger | undefined {
  const when = triggers.get(start?.triggerType)
  if (start === undefined || when === undefined) return undefined
  if (start.object === undefined) {
    values.problem(['start'], message('a flow that runs at saves names its object'))
    return undefined
  }
  const on = start.recordTriggerType ?? (when === 'beforeDelete' ? 'Delete' : 'Create')
  const formula =
    start.filterFormula === undefined
      ? undefined
      : values.formula(start.filterFormula, ['start', 'filterFormula'], checkbox)
  return {
    object: start.object,
    when,
    onCreate: on === 'Create' || on === 'CreateAndUpdate',
    onUpdate: on === 'Update' || on === 'CreateAndUpdate',
    condition: conditionOver(values, '$Record', start),
    formula,
    needsChange: start.doesRequireRecordChangedToMeetCriteria ?? false,
    paths: pathsOf(start, values),
  }
}

const checkbox: FormulaResult = { type: 'Checkbox' }

function pathsOf({ scheduledPaths = [] }: FlowStart, values: FlowValues): readonly ScheduledPath[] {
  return scheduledPaths.flatMap((path, index) => {
    const { connector, name, label, pathType, offsetNumber, offsetUnit, timeSource } = path
    if (connector === undefined) return []
    const pointer = ['start', 'scheduledPaths', index]
    const isAsync = pathType === 'AsyncAfterCommit'
    if (!isAsync && (offsetNumber === undefined || offsetUnit === undefined)) {
      values.problem(pointer, message('a path says how long after, and in which unit'))
      return []
    }
    const field = timeSource === 'RecordField' ? path.recordField : undefined
    if (field !== undefined) values.reference(`$Record.${field}`, [...pointer, 'recordField'])
    return [
      {
        name: name ?? `Path_${index + 1}`,
        label: label ?? name ?? '',
        next: connector.targetReference,
        isAsync,
        offset: offsetNumber ?? 0,
        unit: offsetUnit ?? 'Minutes',
        field,
        batchMax: path.maxBatchSize ?? pathBatch,
      },
    ]
  })
}

const pathBatch = 200

function scheduleOf({ start }: Flow, values: FlowValues): FlowScheduleTimes | undefined {
  if (start?.triggerType !== 'Scheduled') return undefined
  const { frequency, startDate, startTime } = start.schedule ?? {}
  if (frequency === undefined || startDate === undefined || startTime === undefined) {
    values.problem(
      ['start'],
      message('a flow that runs by the clock says how often, and from when'),
    )
    return undefined
  }
  if (frequency === 'OnActivate') {
    values.inert.add('it runs when it is activated, which is not acted on')
    return undefined
  }
  const records = start.object === undefined ? undefined : compileFilters(values, start, ['start'])
  return { frequency, startDate: startDate.slice(0, 10), startTime, records }
}

function variablesOf(flow: Flow, values: FlowValues): ReadonlyMap<string, FlowVariable> {
  return new Map(
    (flow.variables ?? []).map((variable, index) => {
      const { name, isInput = false, isOutput = false, isCollection = false } = variable
      const type = {
        kind: kindOfDataType(variable.dataType),
        object: variable.objectType,
        isList: isCollection,
      }
      const value = values.expression(variable.value, ['variables', index, 'value'])
      const description = variable.description ?? ''
      return [name, { name, type, isInput, isOutput, value, description }]
    }),
  )
}

function constantsOf(flow: Flow, values: FlowValues): ReadonlyMap<string, Expression> {
  return new Map(
    (flow.constants ?? []).flatMap(({ name, value }, index) => {
      const found = values.expression(value, ['constants', index, 'value'])
      return found === undefined ? [] : [[name, found] as const]
    }),
  )
}

function formulasOf(flow: Flow, values: FlowValues): ReadonlyMap<string, FormulaPlan> {
  return new Map(
    (flow.formulas ?? []).flatMap(({ name, expression, dataType, scale }, index) => {
      const result = resultOf(dataType, scale)
      const found = values.formula(expression, ['formulas', index, 'expression'], result)
      return found === undefined ? [] : [[name, found] as const]
    }),
  )
}

const scaleWithout = 2

function resultOf(dataType = 'String', scale = scaleWithout): FormulaResult {
  const kinds: Readonly<Record<string, FormulaResult>> = {
    number: { type: 'Number', scale },
    boolean: { type: 'Checkbox' },
    date: { type: 'Date' },
    datetime: { type: 'DateTime' },
    time: { type: 'Time' },
  }
  return kinds[kindOfDataType(dataType)] ?? { type: 'Text' }
}

function templatesOf(flow: Flow, values: FlowValues): ReadonlyMap<string, Expression> {
  return new Map(
    (flow.textTemplates ?? []).map(({ name, text }, index) => [
      name,
      values.text(text, ['textTemplates', index, 'text']),
    ]),
  )
}

/** Elements and resources share one set of names. */
function checkNames(flow: Flow, values: FlowValues): void {
  const seen = new Set<string>()
  for (const [list, entries] of Object.entries(flow)) {
    if (!Array.isArray(entries) || list === 'processMetadataValues') continue
    entries.forEach((entry: unknown, index) => {
      if (typeof entry !== 'object' || entry === null || !('name' in entry)) return
      const name = String(entry.name).toLowerCase()
      if (seen.has(name)) {
        const reason = message('{name} stands twice in the flow', { name: String(entry.name) })
        values.problem([list, index, 'name'], reason)
      }
      seen.add(name)
    })
  }
}

/** Every way leads to an element. */
function checkWays(flow: Flow, values: FlowValues, { elements }: FlowPlan): void {
  const names = new Set([...elements.keys(), ...inertElements(flow)])
  const look = (node: unknown, pointer: Pointer): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, value] of Object.entries(node)) {
      const at = [...pointer, Array.isArray(node) ? Number(key) : key]
      if (key === 'targetReference' && typeof value === 'string') {
        if (!names.has(value)) values.problem(at, noElement(value, names))
      } else look(value, at)
    }
  }
  look(flow, [])
  const start = flow.startElementReference
  if (start !== undefined && !names.has(start)) {
    values.problem(['startElementReference'], noElement(start, names))
  }
}

function noElement(name: string, names: ReadonlySet<string>) {
  const near = nearestName(name, names)
  return near === undefined
    ? message('the flow has no element {name}', { name })
    : message('the flow has no element {name}; did you mean {near}?', { name, near })
}

/** Elements that are kept and do not run. */
function inertElements(flow: Flow): readonly string[] {
  return [
    ...(flow.screens ?? []),
    ...(flow.waits ?? []),
    ...(flow.apexPluginCalls ?? []),
    ...(flow.steps ?? []),
    ...(flow.transforms ?? []),
    ...(flow.orchestratedStages ?? []),
    ...(flow.recordRollbacks ?? []),
    ...(flow.experiments ?? []),
  ].map(({ name }) => name)
}
