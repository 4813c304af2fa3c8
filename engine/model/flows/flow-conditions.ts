/** Conditions of decisions and starts, and filters over records. */
import type { FlowCondition, FlowRecordFilter } from '../../../metadata/types.ts'
import { message } from '../../base/message.ts'
import { parseFilterLogic, type FilterLogic } from '../filter-logic.ts'
import type { Pointer } from '../source-problem.ts'
import type {
  Condition,
  ConditionItem,
  Expression,
  FlowKind,
  RecordFilter,
  RecordFilters,
} from './flow-plan.ts'
import type { FlowValues } from './flow-values.ts'

/** Operators that need no value beside them, or one that says yes or no. */
const loneOperators: ReadonlySet<string> = new Set([
  'IsNull',
  'IsBlank',
  'IsEmpty',
  'IsChanged',
  'WasSet',
  'WasVisited',
  'HasError',
])
const unknownOperators: ReadonlySet<string> = new Set(['WasSelected', 'MatchesRegex'])
const textOperators: ReadonlySet<string> = new Set([
  'StartsWith',
  'EndsWith',
  'Contains',
  'DoesNotContain',
])
const orderOperators: ReadonlySet<string> = new Set([
  'GreaterThan',
  'LessThan',
  'GreaterThanOrEqualTo',
  'LessThanOrEqualTo',
])

export function compileCondition(
  values: FlowValues,
  {
    conditions = [],
    conditionLogic,
  }: { readonly conditions?: readonly FlowCondition[]; readonly conditionLogic?: string },
  pointer: Pointer,
): Condition {
  const items = conditions.flatMap((one, index): readonly ConditionItem[] => {
    const at = [...pointer, 'conditions', index]
    const left = values.reference(one.leftValueReference, [...at, 'leftValueReference'])
    const right = values.expression(one.rightValue, [...at, 'rightValue'])
    if (left === undefined) return []
    checkOperator(values, { operator: one.operator, left, right }, [...at, 'operator'])
    return [{ left, operator: one.operator, right }]
  })
  const logic = logicOf(values, conditionLogic, {
    count: conditions.length,
    pointer: [...pointer, 'conditionLogic'],
  })
  // Something in it was wrong and has been told.
  return items.length === conditions.length ? { logic, items } : { logic: none, items: [] }
}

const none: FilterLogic = { kind: 'and', items: [] }

/** The words "and" and "or" join all conditions. */
function logicOf(
  values: FlowValues,
  text: string | undefined,
  { count, pointer }: { readonly count: number; readonly pointer: Pointer },
): FilterLogic {
  const word = text?.trim().toLowerCase()
  const items = Array.from({ length: count }, (_, index): FilterLogic => ({ kind: 'item', index }))
  if (word === 'and' || word === undefined || word === '') return { kind: 'and', items }
  if (word === 'or') return { kind: 'or', items }
  const { logic, problem } = parseFilterLogic(text, count)
  if (logic !== undefined) return logic
  values.problem(pointer, problem)
  return none
}

function checkOperator(
  values: FlowValues,
  { operator, left, right }: ConditionItem,
  pointer: Pointer,
): void {
  if (unknownOperators.has(operator)) {
    values.inert.add(`the operator ${operator} is not acted on`)
    return
  }
  if (loneOperators.has(operator)) return
  const { kind } = left.type
  if (kind === 'any' || left.type.isList) return
  if (textOperators.has(operator) && kind !== 'text') {
    values.problem(pointer, message('{operator} compares texts alone', { operator }))
  }
  if (orderOperators.has(operator) && (kind === 'boolean' || kind === 'record')) {
    values.problem(pointer, message('{operator} compares what has an order', { operator }))
  }
  if (right !== undefined && !fits(kind, right)) {
    values.problem(
      pointer,
      message('a value of type {kind} is compared with one of type {other}', {
        kind,
        other: right.type.kind,
      }),
    )
  }
}

/** Texts may say any value: they are read as what they are compared with. */
function fits(kind: FlowKind, { type, kind: written }: Expression): boolean {
  const other = type.kind
  if (kind === other || kind === 'any' || other === 'any') return true
  if (type.isList || kind === 'text' || written === 'text') return true
  if (written === 'literal' && other === 'text') return true
  return dated.has(kind) && dated.has(other)
}

const dated: ReadonlySet<FlowKind> = new Set(['date', 'datetime'])

/** Filters as a condition over a record that is at hand. */
export function conditionOver(
  values: FlowValues,
  name: string,
  {
    filters = [],
    filterLogic,
  }: { readonly filters?: readonly FlowRecordFilter[]; readonly filterLogic?: string },
): Condition | undefined {
  if (filters.length === 0) return undefined
  const items = filters.flatMap(({ field, operator, value }, index): readonly ConditionItem[] => {
    const at = ['start', 'filters', index]
    const left = values.reference(`${name}.${field}`, [...at, 'field'])
    const right = values.expression(value, [...at, 'value'])
    if (left === undefined) return []
    checkOperator(values, { operator, left, right }, [...at, 'operator'])
    return [{ left, operator, right }]
  })
  const logic = logicOf(values, filterLogic, {
    count: filters.length,
    pointer: ['start', 'filterLogic'],
  })
  return items.length === filters.length ? { logic, items } : undefined
}

interface Filtered {
  readonly object?: string
  readonly filters?: readonly FlowRecordFilter[]
  readonly filterLogic?: string
}

/** Filters over records that are to be found. Names of objects and fields are checked where all mentions are. */
export function compileFilters(
  values: FlowValues,
  { object = '', filters = [], filterLogic }: Filtered,
  pointer: Pointer,
): RecordFilters {
  const items = filters.map(({ field, operator, value }, index): RecordFilter => {
    const at = [...pointer, 'filters', index]
    if (unknownOperators.has(operator)) {
      values.inert.add(`the operator ${operator} is not acted on`)
    }
    return { field, operator, value: values.expression(value, [...at, 'value']) }
  })
  const logic = logicOf(values, filterLogic, {
    count: filters.length,
    pointer: [...pointer, 'filterLogic'],
  })
  return { object, logic, items }
}
