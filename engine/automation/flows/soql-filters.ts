/** Filters of a flow as the condition of a query; texts go in as variables, the rest by its own form. */
import { refuse } from '../../base/refusal.ts'
import type { RecordFilters } from '../../model/flows/flow-plan.ts'
import type { FilterLogic } from '../../model/filter-logic.ts'
import type { ObjectModel } from '../../model/model.ts'
import { FlowRecord, fieldNamed, type FlowValue } from './flow-record.ts'

export type FilterValues = readonly FlowValue[]

export interface SoqlCondition {
  /** Without WHERE; empty where everything is meant. */
  readonly text: string
  readonly variables: ReadonlyMap<string, unknown>
}

interface Filtering {
  readonly object: ObjectModel
  readonly filters: RecordFilters
  readonly values: FilterValues
}

export function soqlCondition({ object, filters, values }: Filtering): SoqlCondition {
  const variables = new Map<string, unknown>()
  const itemAt = (index: number): string => {
    const item = filters.items[index]
    if (item === undefined) return ''
    const { field, operator } = item
    const write = operators.get(operator)
    if (write === undefined) {
      throw refuse('INVALID_ARGUMENT', `the operator ${operator} cannot be used over ${field}`)
    }
    const put = (value: FlowValue): string => literal({ object, field, value, variables })
    return write({ field, value: values[index] ?? null, put })
  }
  return { text: logicText(filters.logic, itemAt), variables }
}

function logicText(logic: FilterLogic, itemAt: (index: number) => string): string {
  if (logic.kind === 'item') return itemAt(logic.index)
  if (logic.kind === 'not') return `(NOT ${logicText(logic.item, itemAt)})`
  // Where there are no filters, all records are meant.
  const texts = logic.items.map((one) => logicText(one, itemAt)).filter((text) => text !== '')
  if (texts.length === 0) return ''
  return `(${texts.join(logic.kind === 'and' ? ' AND ' : ' OR ')})`
}

interface Written {
  readonly field: string
  readonly value: FlowValue
  put(value: FlowValue): string
}

function compared(sign: string): (written: Written) => string {
  return ({ field, value, put }) => `${field} ${sign} ${put(value)}`
}

function like(before: string, after: string): (written: Written) => string {
  return ({ field, value, put }) => `${field} LIKE ${put(`${before}${escaped(value)}${after}`)}`
}

function escaped(value: FlowValue): string {
  return String(value ?? '').replace(/[\\%_]/g, '\\$&')
}

function among(word: string): (written: Written) => string {
  return ({ field, value, put }) => {
    const list: readonly FlowValue[] = Array.isArray(value) ? value : [value]
    // Nothing is in an empty list.
    if (list.length === 0) return word === 'IN' ? 'Id = null' : 'Id != null'
    return `${field} ${word} (${list.map(put).join(', ')})`
  }
}

function empty({ field, value }: Written): string {
  return value === false || value === 'false' ? `${field} != null` : `${field} = null`
}

const operators: ReadonlyMap<string, (written: Written) => string> = new Map([
  ['EqualTo', compared('=')],
  ['NotEqualTo', compared('!=')],
  ['GreaterThan', compared('>')],
  ['GreaterThanOrEqualTo', compared('>=')],
  ['LessThan', compared('<')],
  ['LessThanOrEqualTo', compared('<=')],
  ['StartsWith', like('', '%')],
  ['EndsWith', like('%', '')],
  ['Contains', like('%', '%')],
  ['DoesNotContain', (written) => `(NOT ${like('%', '%')(written)})`],
  ['In', among('IN')],
  ['NotIn', among('NOT IN')],
  ['IsNull', empty],
  ['IsBlank', empty],
])

interface Literal {
  readonly object: ObjectModel
  readonly field: string
  readonly value: FlowValue
  readonly variables: Map<string, unknown>
}

const plainForms: ReadonlyMap<string, RegExp> = new Map([
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['datetime', /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/],
  ['number', /^-?\d+(?:\.\d+)?$/],
  ['currency', /^-?\d+(?:\.\d+)?$/],
  ['percent', /^-?\d+(?:\.\d+)?$/],
  ['boolean', /^(?:true|false)$/],
])

/** Days, moments, numbers and yes or no stand as they are; whatever else is a variable. */
function literal({ object, field, value: given, variables }: Literal): string {
  const value = given instanceof FlowRecord ? (given.id ?? null) : given
  if (value === null || Array.isArray(value)) return 'null'
  const model = fieldNamed(object, field)
  const kind = model?.type.formulaUse?.(model.options).kind ?? 'text'
  const text = kind === 'date' ? String(value).slice(0, 10) : moment(kind, String(value))
  if (plainForms.get(kind)?.test(text) === true) return text
  const name = `v${variables.size}`
  variables.set(name, typeof value === 'string' ? value : text)
  return `:${name}`
}

/** A day as a moment is its midnight. */
function moment(kind: string, text: string): string {
  return kind === 'datetime' && /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text
}
