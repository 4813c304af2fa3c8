/** A flow as people read it: its elements in the order in which they are come to, what each does, and where it leads. */
import type { Flow, FlowElementReferenceOrValue, FlowRecordFilter } from '../../metadata/types.ts'

/** The lists of a flow that hold elements. */
export type ElementList =
  | 'screens'
  | 'decisions'
  | 'assignments'
  | 'loops'
  | 'recordLookups'
  | 'recordCreates'
  | 'recordUpdates'
  | 'recordDeletes'
  | 'recordRollbacks'
  | 'collectionProcessors'
  | 'transforms'
  | 'customErrors'
  | 'actionCalls'
  | 'apexPluginCalls'
  | 'subflows'
  | 'waits'
  | 'orchestratedStages'

const lists: readonly ElementList[] = [
  'screens',
  'decisions',
  'assignments',
  'loops',
  'recordLookups',
  'recordCreates',
  'recordUpdates',
  'recordDeletes',
  'recordRollbacks',
  'collectionProcessors',
  'transforms',
  'customErrors',
  'actionCalls',
  'apexPluginCalls',
  'subflows',
  'waits',
  'orchestratedStages',
]

export interface OutlineWay {
  /** Which way of several: a rule's label, "each", "fault"; empty for the only one. */
  readonly label: string
  readonly to: string
}

export interface OutlineElement {
  readonly name: string
  readonly label: string
  readonly list: ElementList
  /** One line for each thing that it looks at or does, in the words of the file. */
  readonly says: readonly string[]
  readonly ways: readonly OutlineWay[]
  /** Nothing leads there. */
  readonly isAlone: boolean
}

/** Every element of every list; the members that the outline reads are optional in each. */
interface AnyElement {
  readonly name: string
  readonly label?: string
  readonly object?: string
  readonly filters?: readonly FlowRecordFilter[]
  readonly filterLogic?: string
  readonly inputReference?: string
  readonly inputAssignments?: readonly {
    readonly field?: string
    readonly name?: string
    readonly value?: FlowElementReferenceOrValue
  }[]
  readonly inputParameters?: readonly {
    readonly name: string
    readonly value?: FlowElementReferenceOrValue
  }[]
  readonly assignmentItems?: readonly {
    readonly assignToReference: string
    readonly operator: string
    readonly value?: FlowElementReferenceOrValue
  }[]
  readonly rules?: readonly Rule[]
  readonly collectionReference?: string
  readonly customErrorMessages?: readonly { readonly errorMessage: string }[]
  readonly actionName?: string
  readonly actionType?: string
  readonly flowName?: string
  readonly connector?: Connector
  readonly faultConnector?: Connector
  readonly nextValueConnector?: Connector
  readonly noMoreValuesConnector?: Connector
  readonly defaultConnector?: Connector
  readonly defaultConnectorLabel?: string
}

interface Rule {
  readonly name: string
  readonly label?: string
  readonly conditionLogic?: string
  readonly conditions?: readonly {
    readonly leftValueReference: string
    readonly operator: string
    readonly rightValue?: FlowElementReferenceOrValue
  }[]
  readonly connector?: Connector
}

interface Connector {
  readonly targetReference: string
}

export function flowOutline(flow: Flow): readonly OutlineElement[] {
  const elements = new Map<string, { readonly list: ElementList; readonly element: AnyElement }>()
  for (const list of lists) {
    for (const element of flow[list] ?? []) elements.set(element.name, { list, element })
  }
  const starts = [
    flow.startElementReference,
    flow.start?.connector?.targetReference,
    ...(flow.start?.scheduledPaths ?? []).map((path) => path.connector?.targetReference),
  ].filter((name) => name !== undefined)
  const order: string[] = []
  const come = (name: string): void => {
    const found = elements.get(name)
    if (found === undefined || order.includes(name)) return
    order.push(name)
    for (const { to } of waysOf(found.element)) come(to)
  }
  starts.forEach(come)
  const reached = new Set(order)
  for (const name of elements.keys()) if (!reached.has(name)) order.push(name)
  return order.flatMap((name) => {
    const found = elements.get(name)
    if (found === undefined) return []
    const { list, element } = found
    return {
      name,
      label: element.label ?? name,
      list,
      says: saysOf(element),
      ways: waysOf(element),
      isAlone: !reached.has(name),
    }
  })
}

function waysOf(element: AnyElement): readonly OutlineWay[] {
  const way = (label: string, connector: Connector | undefined): readonly OutlineWay[] =>
    connector === undefined ? [] : [{ label, to: connector.targetReference }]
  return [
    ...(element.rules ?? []).flatMap((rule) => way(rule.label ?? rule.name, rule.connector)),
    ...way(element.defaultConnectorLabel ?? 'default', element.defaultConnector),
    ...way('each', element.nextValueConnector),
    ...way('after', element.noMoreValuesConnector),
    ...way('', element.connector),
    ...way('fault', element.faultConnector),
  ]
}

function saysOf(element: AnyElement): readonly string[] {
  const rules = (element.rules ?? []).map((rule) => `${rule.label ?? rule.name}: ${ruleText(rule)}`)
  const filters = (element.filters ?? []).map(
    ({ field, operator, value }) => `${field} ${operator} ${valueText(value)}`,
  )
  const set = (element.inputAssignments ?? []).map(
    ({ field, name, value }) => `${field ?? name ?? ''} = ${valueText(value)}`,
  )
  const given = (element.inputParameters ?? []).map(
    ({ name, value }) => `${name} = ${valueText(value)}`,
  )
  const assigned = (element.assignmentItems ?? []).map(
    ({ assignToReference, operator, value }) =>
      `${assignToReference} ${operator === 'Assign' ? '=' : operator} ${valueText(value)}`,
  )
  const subject = [
    element.object,
    element.inputReference,
    element.collectionReference,
    element.flowName,
    element.actionName === undefined ? undefined : `${element.actionType} ${element.actionName}`,
  ].filter((one) => one !== undefined)
  const logic = element.filterLogic
  const joined = logic === undefined || logic === 'and' || filters.length < 2 ? [] : [logic]
  const told = (element.customErrorMessages ?? []).map(({ errorMessage }) => errorMessage)
  return [...subject, ...filters, ...joined, ...rules, ...assigned, ...set, ...given, ...told]
}

function ruleText({ conditions = [], conditionLogic = 'and' }: Rule): string {
  const texts = conditions.map(
    ({ leftValueReference, operator, rightValue }) =>
      `${leftValueReference} ${operator} ${valueText(rightValue)}`,
  )
  const isPlain = conditionLogic === 'and' || conditionLogic === 'or'
  if (isPlain) return texts.join(` ${conditionLogic} `)
  return `${texts.map((text, index) => `(${index + 1}) ${text}`).join(', ')}: ${conditionLogic}`
}

function valueText(value: FlowElementReferenceOrValue | undefined): string {
  if (value === undefined) return ''
  const { elementReference, stringValue, numberValue, booleanValue, dateValue, dateTimeValue } =
    value
  if (elementReference !== undefined) return elementReference
  if (stringValue !== undefined) return `“${stringValue}”`
  return String(numberValue ?? booleanValue ?? dateValue ?? dateTimeValue ?? '')
}
