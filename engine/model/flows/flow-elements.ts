/** The registry of elements: for each list of a flow, what an entry of it becomes in the plan. */
import type { Flow, FlowConnector, FlowElementReferenceOrValue } from '../../../metadata/types.ts'
import type { Pointer } from '../source-problem.ts'
import { compileCondition, compileFilters } from './flow-conditions.ts'
import type { FieldValue, FlowElement, Target } from './flow-plan.ts'
import type { FlowValues } from './flow-values.ts'

type ElementList =
  | 'assignments'
  | 'decisions'
  | 'loops'
  | 'recordLookups'
  | 'recordCreates'
  | 'recordUpdates'
  | 'recordDeletes'
  | 'customErrors'
  | 'actionCalls'
  | 'subflows'
  | 'collectionProcessors'

type Entry<List extends ElementList> = NonNullable<Flow[List]>[number]

type Compile<List extends ElementList> = (
  entry: Entry<List>,
  values: FlowValues,
  pointer: Pointer,
) => FlowElement

function base({
  name,
  label,
  connector,
}: {
  name: string
  label?: string
  connector?: FlowConnector
}) {
  return { name, label: label ?? name, next: connector?.targetReference }
}

function fallible(entry: {
  name: string
  label?: string
  connector?: FlowConnector
  faultConnector?: FlowConnector
}) {
  return { ...base(entry), fault: entry.faultConnector?.targetReference }
}

interface Named {
  readonly name: string
  readonly value?: FlowElementReferenceOrValue
}

function inputs(values: FlowValues, list: readonly Named[] | undefined, pointer: Pointer) {
  return (list ?? []).flatMap(({ name, value }, index) => {
    const found = values.expression(value, [...pointer, index, 'value'])
    return found === undefined ? [] : [{ name, value: found }]
  })
}

interface Assigned {
  readonly name: string
  readonly assignToReference: string
}

function outputs(values: FlowValues, list: readonly Assigned[] | undefined, pointer: Pointer) {
  return (list ?? []).flatMap(({ name, assignToReference }, index) => {
    const target = values.target(assignToReference, [...pointer, index, 'assignToReference'])
    return target === undefined ? [] : [{ name, target }]
  })
}

function fieldValues(
  values: FlowValues,
  list: readonly { readonly field: string; readonly value?: FlowElementReferenceOrValue }[] = [],
  pointer: Pointer,
): readonly FieldValue[] {
  return list.map(({ field, value }, index) => ({
    field,
    value: values.expression(value, [...pointer, 'inputAssignments', index, 'value']) ?? empty,
  }))
}

const empty = { kind: 'literal', value: null, type: { kind: 'any', isList: false } } as const

function optionalTarget(
  values: FlowValues,
  name: string | undefined,
  pointer: Pointer,
): Target | undefined {
  return name === undefined ? undefined : values.target(name, pointer)
}

function optionalSource(values: FlowValues, name: string | undefined, pointer: Pointer) {
  return name === undefined ? undefined : values.source(name, [...pointer, 'inputReference'])
}

export const elementLists: { readonly [List in ElementList]: Compile<List> } = {
  assignments: (entry, values, pointer) => ({
    kind: 'assignment',
    ...base(entry),
    items: (entry.assignmentItems ?? []).flatMap(
      ({ assignToReference, operator, value }, index) => {
        const at = [...pointer, 'assignmentItems', index]
        const target = values.target(assignToReference, [...at, 'assignToReference'])
        const given = values.expression(value, [...at, 'value'])
        return target === undefined ? [] : [{ target, operator, value: given }]
      },
    ),
  }),
  decisions: (entry, values, pointer) => ({
    kind: 'decision',
    ...base({ ...entry, ...(entry.defaultConnector && { connector: entry.defaultConnector }) }),
    rules: (entry.rules ?? []).map((rule, index) => ({
      name: rule.name,
      condition: compileCondition(values, rule, [...pointer, 'rules', index]),
      needsChange: rule.doesRequireRecordChangedToMeetCriteria ?? false,
      next: rule.connector?.targetReference,
    })),
  }),
  loops: (entry, values, pointer) => ({
    kind: 'loop',
    ...base({
      ...entry,
      ...(entry.noMoreValuesConnector && { connector: entry.noMoreValuesConnector }),
    }),
    collection:
      values.source(entry.collectionReference, [...pointer, 'collectionReference']) ?? nowhere,
    isBackwards: entry.iterationOrder === 'Desc',
    item: optionalTarget(values, entry.assignNextValueToReference, [
      ...pointer,
      'assignNextValueToReference',
    ])?.name,
    each: entry.nextValueConnector?.targetReference,
  }),
  recordLookups: (entry, values, pointer) => ({
    kind: 'lookup',
    ...fallible(entry),
    filters: compileFilters(values, entry, pointer),
    sort:
      entry.sortField === undefined
        ? undefined
        : { field: entry.sortField, isBackwards: entry.sortOrder === 'Desc' },
    limit: values.expression(entry.limit, [...pointer, 'limit']),
    isFirstOnly: isFirstOnly(entry, values),
    fields: [
      ...(entry.queriedFields ?? []),
      ...(entry.outputAssignments ?? []).map(({ field }) => field),
    ],
    output: optionalTarget(values, entry.outputReference, [...pointer, 'outputReference']),
    outputs: (entry.outputAssignments ?? []).flatMap(({ field, assignToReference }, index) => {
      const target = values.target(assignToReference, [
        ...pointer,
        'outputAssignments',
        index,
        'assignToReference',
      ])
      return target === undefined ? [] : [{ field, target }]
    }),
    clears: entry.assignNullValuesIfNoRecordsFound ?? false,
  }),
  recordCreates: (entry, values, pointer) => ({
    kind: 'create',
    ...fallible(entry),
    object: entry.object,
    values: fieldValues(values, entry.inputAssignments, pointer),
    input: optionalSource(values, entry.inputReference, pointer),
    idTo: optionalTarget(values, entry.assignRecordIdToReference, [
      ...pointer,
      'assignRecordIdToReference',
    ]),
  }),
  recordUpdates: (entry, values, pointer) => ({
    kind: 'update',
    ...fallible(entry),
    filters: entry.object === undefined ? undefined : compileFilters(values, entry, pointer),
    values: fieldValues(values, entry.inputAssignments, pointer),
    input: optionalSource(values, entry.inputReference, pointer),
  }),
  recordDeletes: (entry, values, pointer) => ({
    kind: 'delete',
    ...fallible(entry),
    filters: entry.object === undefined ? undefined : compileFilters(values, entry, pointer),
    input: optionalSource(values, entry.inputReference, pointer),
  }),
  customErrors: (entry, values, pointer) => ({
    kind: 'error',
    ...base(entry),
    messages: (entry.customErrorMessages ?? []).map((one, index) => ({
      text: values.text(one.errorMessage, [
        ...pointer,
        'customErrorMessages',
        index,
        'errorMessage',
      ]),
      field: one.isFieldError === true ? one.fieldSelection : undefined,
    })),
  }),
  actionCalls: (entry, values, pointer) => ({
    kind: 'action',
    ...fallible(entry),
    type: entry.actionType,
    action: entry.actionName,
    inputs: inputs(values, entry.inputParameters, [...pointer, 'inputParameters']),
    outputs: outputs(values, entry.outputParameters, [...pointer, 'outputParameters']),
  }),
  subflows: (entry, values, pointer) => ({
    kind: 'subflow',
    ...base(entry),
    flow: entry.flowName,
    inputs: inputs(values, entry.inputAssignments, [...pointer, 'inputAssignments']),
    outputs: outputs(values, entry.outputAssignments, [...pointer, 'outputAssignments']),
  }),
  collectionProcessors: (entry, values, pointer) => ({
    kind: 'collection',
    ...base(entry),
    does: entry.collectionProcessorType === 'SortCollectionProcessor' ? 'sort' : 'filter',
    collection:
      values.source(entry.collectionReference, [...pointer, 'collectionReference']) ?? nowhere,
    item: optionalTarget(values, entry.assignNextValueToReference, [
      ...pointer,
      'assignNextValueToReference',
    ])?.name,
    condition:
      entry.conditions === undefined ? undefined : compileCondition(values, entry, pointer),
    formula:
      entry.formula === undefined
        ? undefined
        : values.formula(entry.formula, [...pointer, 'formula'], { type: 'Checkbox' }),
    sorts: (entry.sortOptions ?? []).map(
      ({ sortField, sortOrder, doesPutEmptyStringAndNullFirst }) => ({
        field: sortField,
        isBackwards: sortOrder === 'Desc',
        emptyFirst: doesPutEmptyStringAndNullFirst ?? false,
      }),
    ),
    limit: entry.limit,
  }),
}

/** Stands where a name was wrong; the flow is refused for it. */
const nowhere = { from: 'resource', name: '' } as const

/** One record where the flow says so, or where a variable for one takes it. */
function isFirstOnly(entry: Entry<'recordLookups'>, { names }: FlowValues): boolean {
  if (entry.outputReference !== undefined) {
    return names.resource(entry.outputReference)?.type.isList !== true
  }
  return entry.getFirstRecordOnly ?? true
}
