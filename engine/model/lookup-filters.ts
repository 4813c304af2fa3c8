/** Filters of lookups as data: which records a lookup may lead to, and what that depends on. */
import { message, type Message } from '../base/message.ts'
import type { FilterItem, LookupFilter } from '../../metadata/types.ts'
import type { FieldOptions } from '../fields/field-type.ts'
import { parseRational } from '../formula/rational.ts'
import type { FieldMention } from '../formula/types.ts'
import type { PathStep } from '../formula/syntax.ts'
import { parseFilterLogic, type FilterLogic } from './filter-logic.ts'
import { resolveName } from './formula-names.ts'
import type { Scope } from './scope.ts'
import type { Pointer } from './source-problem.ts'

export type FilterOperation = FilterItem['operation']

export const filterOperations: readonly FilterOperation[] = [
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
  'contains',
  'notContain',
  'startsWith',
  'includes',
  'excludes',
  'within',
]

/** One side of a condition. */
export type FilterOperand =
  /** A field of the record that is looked up, by its path. */
  | { readonly kind: 'target'; readonly mention: FieldMention }
  /** A field of the record that holds the lookup, or a global. */
  | { readonly kind: 'source'; readonly mention: FieldMention }
  | { readonly kind: 'literal'; readonly text: string }

export interface FilterCondition {
  readonly left: FilterOperand
  readonly operation: FilterOperation
  readonly right: FilterOperand
}

export interface CompiledFilter {
  readonly target: string
  /** Users may leave the filter aside. */
  readonly isOptional: boolean
  readonly errorMessage: string | undefined
  readonly infoMessage: string | undefined
  readonly logic: FilterLogic
  readonly conditions: readonly FilterCondition[]
}

export interface FilterFault {
  readonly pointer: Pointer
  readonly reason: Message
  /** The name is one of the platform's that this model lacks: the filter is kept without effect. */
  readonly foreign: boolean
}

export interface FilterResult {
  /** Undefined where something is wrong, or the filter is switched off. */
  readonly filter: CompiledFilter | undefined
  readonly faults: readonly FilterFault[]
}

/** The filter of a lookup field of the object; undefined where the field has none. */
export function compileLookupFilter(
  object: string,
  options: FieldOptions,
  index: Scope,
): FilterResult | undefined {
  const { lookupFilter: declared } = options
  if (declared === undefined) return undefined
  const faults: FilterFault[] = []
  const targets = options.referenceTo ?? []
  const target = targets.length === 1 ? index.outline(targets[0] ?? '')?.name : undefined
  if (target === undefined) {
    const reason = message('only a lookup to one object can have a filter')
    return { filter: undefined, faults: [{ pointer: [], reason, foreign: false }] }
  }
  const names: Names = { object, target, index }
  const conditions = (declared.filterItems ?? []).flatMap((item, position) =>
    compileItem(item, names, (reason, foreign, attribute) => {
      faults.push({ pointer: ['filterItems', position, attribute], reason, foreign })
    }),
  )
  const count = declared.filterItems?.length ?? 0
  const { logic, problem } = parseFilterLogic(declared.booleanFilter, count)
  if (problem !== undefined) {
    faults.push({ pointer: ['booleanFilter'], reason: problem, foreign: false })
  }
  if (faults.length > 0 || logic === undefined || declared.active === false) {
    return { filter: undefined, faults }
  }
  return { filter: { ...settings(declared), target, logic, conditions }, faults }
}

function settings(
  filter: LookupFilter,
): Pick<CompiledFilter, 'isOptional' | 'errorMessage' | 'infoMessage'> {
  const { isOptional = false, errorMessage, infoMessage } = filter
  return {
    isOptional,
    errorMessage: errorMessage || undefined,
    infoMessage: infoMessage || undefined,
  }
}

interface Names {
  readonly object: string
  readonly target: string
  readonly index: Scope
}

type Report = (
  reason: Message,
  foreign: boolean,
  attribute: 'field' | 'operation' | 'valueField',
) => void

function compileItem(item: FilterItem, names: Names, report: Report): readonly FilterCondition[] {
  const left = operand(item.field, names)
  if ('problem' in left) {
    report(left.problem, left.foreign, 'field')
    return []
  }
  const right: FilterOperand | Missing =
    item.valueField === undefined
      ? { kind: 'literal', text: item.value ?? '' }
      : operand(item.valueField, names)
  if ('problem' in right) {
    report(right.problem, right.foreign, 'valueField')
    return []
  }
  if (item.operation === 'within') {
    report(message('"within" compares places, which filters cannot do yet'), true, 'operation')
    return []
  }
  const wrong = wrongComparison(left, item.operation, right)
  if (wrong !== undefined) {
    report(wrong, false, 'operation')
    return []
  }
  const isTurned = left.kind !== 'target' && right.kind === 'target'
  return isTurned
    ? [{ left: right, operation: turned(item.operation), right: left }]
    : [{ left, operation: item.operation, right }]
}

interface Missing {
  readonly problem: Message
  readonly foreign: boolean
}

/** "Contact.AccountId" and "Contact.Account.Type" of the target, "$Source.AccountId", "$User.Department". */
function operand(text: string, { object, target, index }: Names): FilterOperand | Missing {
  const steps = text.split('.').map((name): PathStep => ({ name }))
  const [first, ...rest] = steps
  const word = first?.name.toLowerCase() ?? ''
  const isSource = word === '$source'
  const isGlobal = word.startsWith('$') && !isSource
  const isTarget = word === target.toLowerCase()
  if (!isSource && !isGlobal && !isTarget) {
    return {
      problem: message('"{text}" must be written as {target}.Field or $Source.Field', {
        text,
        target,
      }),
      foreign: false,
    }
  }
  const found = resolveName(isTarget ? target : object, isGlobal ? steps : rest, { index })
  if ('problem' in found) return { problem: found.problem, foreign: found.foreign === true }
  return { kind: isTarget ? 'target' : 'source', mention: found }
}

const textual: ReadonlySet<FieldMention['kind']> = new Set(['text', 'picklist', 'id'])
const searching: ReadonlySet<FilterOperation> = new Set(['contains', 'notContain', 'startsWith'])
const choosing: ReadonlySet<FilterOperation> = new Set(['includes', 'excludes'])
const numeric: ReadonlySet<FieldMention['kind']> = new Set(['number', 'currency', 'percent'])
const dayOrWord = /^\d{4}-\d{2}-\d{2}|^[A-Z][A-Z_]+(?::\d{1,6})?$/i
const truth = /^(?:true|false|1|0)$/i

/** What no database could compare, told while the filter is written. */
function wrongComparison(
  left: FilterOperand,
  operation: FilterOperation,
  right: FilterOperand,
): Message | undefined {
  if (left.kind === 'literal') return undefined
  if (left.kind === 'target' && right.kind === 'target') {
    return message('two fields of the record that is looked up cannot be compared with each other')
  }
  const { kind, label: field = '' } = left.mention
  if (kind === 'unusable' || kind === 'location') {
    return message('{field} cannot be used in a filter', { field })
  }
  const isMulti = kind === 'multipicklist'
  if (choosing.has(operation) && !isMulti) {
    return message('{field} has one value: use equals', { field })
  }
  if (searching.has(operation) && !textual.has(kind)) {
    return message('"{operation}" searches texts; {field} is none', { operation, field })
  }
  if (right.kind !== 'literal') return undefined
  const values = right.text.split(',').map((one) => one.trim())
  const bad = values.find((value) => value !== '' && !isValueOf(kind, value))
  if (bad === undefined) return undefined
  return message('"{value}" is no value that {field} can have', { value: bad, field })
}

function isValueOf(kind: FieldMention['kind'], value: string): boolean {
  if (numeric.has(kind)) return parseRational(value) !== undefined
  if (kind === 'boolean') return truth.test(value)
  return (kind !== 'date' && kind !== 'datetime') || dayOrWord.test(value)
}

const turnedOperations = new Map<FilterOperation, FilterOperation>([
  ['lessThan', 'greaterThan'],
  ['greaterThan', 'lessThan'],
  ['lessOrEqual', 'greaterOrEqual'],
  ['greaterOrEqual', 'lessOrEqual'],
])

/** The same comparison with its sides exchanged. */
function turned(operation: FilterOperation): FilterOperation {
  return turnedOperations.get(operation) ?? operation
}
