/** The condition of a rule's entry as the text of a formula: one language decides in memory and in the database. */
import type { FilterItem } from '../../../metadata/types.ts'
import { limits } from '../../base/limits.ts'
import { message, type Message } from '../../base/message.ts'
import { resultColumn } from '../../formula/compile-formula.ts'
import { parseFilterLogic, type FilterLogic } from '../filter-logic.ts'
import type { FieldSketch, ObjectOutline } from '../object-outline.ts'
import type { Pointer } from '../source-problem.ts'
import { readSummaryFilter } from '../summary-filter.ts'

/** What entries of rules say about the records they are for. */
export interface RuleCriteria {
  readonly criteriaItems?: readonly FilterItem[]
  readonly booleanFilter?: string
  readonly formula?: string
}

export interface CriteriaFault {
  readonly pointer: Pointer
  readonly reason: Message
}

export type CriteriaText =
  | { readonly text: string; readonly faults: readonly [] }
  | { readonly text: undefined; readonly faults: readonly CriteriaFault[] }

/** `TRUE` where nothing is said. */
export function criteriaText(outline: ObjectOutline, criteria: RuleCriteria): CriteriaText {
  const items = criteria.criteriaItems ?? []
  if (criteria.formula !== undefined && items.length > 0) {
    const reason = message('give either criteriaItems or a formula')
    return failed([{ pointer: ['formula'], reason }])
  }
  if (criteria.formula !== undefined) return { text: `(${criteria.formula})`, faults: [] }
  if (items.length === 0) return { text: 'TRUE', faults: [] }
  if (items.length > limits.ruleCriteriaMax) {
    const reason = message('at most {max} criteriaItems are possible (ruleCriteriaMax)', {
      max: limits.ruleCriteriaMax,
    })
    return failed([{ pointer: ['criteriaItems'], reason }])
  }
  const { logic, problem } = parseFilterLogic(criteria.booleanFilter, items.length)
  if (logic === undefined) return failed([{ pointer: ['booleanFilter'], reason: problem }])
  const texts = items.map((item) => itemText(outline, item))
  const faults = texts.flatMap((one, at) =>
    typeof one === 'string' ? [] : [{ pointer: ['criteriaItems', at], reason: one }],
  )
  if (faults.length > 0) return failed(faults)
  return { text: logicText(logic, (index) => String(texts[index])), faults: [] }
}

function failed(faults: readonly CriteriaFault[]): CriteriaText {
  return { text: undefined, faults }
}

function logicText(logic: FilterLogic, item: (index: number) => string): string {
  if (logic.kind === 'item') return item(logic.index)
  if (logic.kind === 'not') return `NOT(${logicText(logic.item, item)})`
  const items = logic.items.map((one) => logicText(one, item))
  return `${logic.kind.toUpperCase()}(${items.join(', ')})`
}

const comparisons: Partial<Readonly<Record<FilterItem['operation'], string>>> = {
  equals: '=',
  notEqual: '<>',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
}

function itemText(outline: ObjectOutline, item: FilterItem): string | Message {
  const field = fieldIn(outline, item.field)
  // An unknown field is found among the mentions, and told there.
  if (field === undefined) return 'FALSE'
  if (item.valueField !== undefined) return fieldsText(outline, field, item)
  const filter = readSummaryFilter(field, item)
  if ('reason' in filter) return filter.reason
  const values = filter.values.length === 0 ? [null] : filter.values
  const each = values.map((value) => valueText(field, item.operation, value))
  const isNegative = negative.has(item.operation)
  return each.length === 1 ? (each[0] ?? '') : `${isNegative ? 'AND' : 'OR'}(${each.join(', ')})`
}

const negative: ReadonlySet<FilterItem['operation']> = new Set<FilterItem['operation']>([
  'notEqual',
  'notContain',
  'excludes',
])

function fieldIn(outline: ObjectOutline, name: string): FieldSketch | undefined {
  return outline.byName.get(name.split('.').at(-1)?.toLowerCase() ?? '')
}

function fieldsText(
  outline: ObjectOutline,
  field: FieldSketch,
  { operation, valueField = '' }: FilterItem,
): string | Message {
  const sign = comparisons[operation]
  const other = fieldIn(outline, valueField)
  if (other === undefined) {
    return message('{object} has no field {field}', { object: outline.name, field: valueField })
  }
  if (sign !== undefined) return `${field.name} ${sign} ${other.name}`
  return message('two fields cannot be compared by "{operation}"', { operation })
}

type Value = string | boolean | null

function valueText(field: FieldSketch, operation: FilterItem['operation'], value: Value): string {
  const { name } = field
  const isNegative = negative.has(operation)
  if (value === null) {
    const isEmpty = `ISBLANK(${field.type.name === 'Picklist' ? `TEXT(${name})` : name})`
    return isNegative ? `NOT(${isEmpty})` : isEmpty
  }
  const positive = positiveText(field, operation, value)
  // As in a list's filter: what is empty is another value than any.
  return isNegative ? `NOT(${positive})` : positive
}

function positiveText(
  field: FieldSketch,
  operation: FilterItem['operation'],
  value: string | boolean,
): string {
  const { name } = field
  const text = quoted(String(value))
  if (operation === 'includes' || operation === 'excludes') return `INCLUDES(${name}, ${text})`
  const isPicklist = field.type.name === 'Picklist'
  const plain = isPicklist ? `TEXT(${name})` : name
  if (operation === 'contains' || operation === 'notContain') {
    return `CONTAINS(LOWER(${plain}), LOWER(${text}))`
  }
  if (operation === 'startsWith') return `BEGINS(LOWER(${plain}), LOWER(${text}))`
  const isEqual = operation === 'equals' || operation === 'notEqual'
  if (isPicklist && isEqual) return `ISPICKVAL(${name}, ${text})`
  const sign = isEqual ? '=' : (comparisons[operation] ?? '=')
  return literals[kindOf(field)]?.({ name: plain, sign, value }) ?? `${plain} ${sign} ${text}`
}

interface Compared {
  readonly name: string
  readonly sign: string
  readonly value: string | boolean
}

function plainly({ name, sign, value }: Compared): string {
  return `${name} ${sign} ${String(value)}`
}

const literals: Partial<Readonly<Record<string, (compared: Compared) => string>>> = {
  boolean: ({ name, value }) => (value === true ? name : `NOT(${name})`),
  integer: plainly,
  decimal: plainly,
  date: ({ name, sign, value }) =>
    `${name} ${sign} DATE(${String(value).split('-').map(Number).join(', ')})`,
  instant: ({ name, sign, value }) => `${name} ${sign} DATETIMEVALUE(${quoted(spaced(value))})`,
  time: ({ name, sign, value }) => `${name} ${sign} TIMEVALUE(${quoted(String(value))})`,
  // Texts are found in any letter case, as lists find them.
  text: ({ name, sign, value }) => `LOWER(${name}) ${sign} LOWER(${quoted(String(value))})`,
  id: ({ name, sign, value }) => `${name} ${sign} ${quoted(String(value))}`,
}

/** `2026-11-22T09:30:00Z` as formulas read moments. */
function spaced(value: string | boolean): string {
  return String(value)
    .replace('T', ' ')
    .replace(/(?:\.\d+)?Z$/, '')
}

function kindOf(field: FieldSketch): string {
  if (field.formula !== undefined) return resultColumn(field.formula.result).kind
  const part = field.type.comparison?.(field.options).column ?? ''
  return field.type.columns(field.options)[part]?.kind ?? 'text'
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
