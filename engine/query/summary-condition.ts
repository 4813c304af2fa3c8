/** A condition of a roll-up summary as the condition of a query over its children. */
import type { SummaryFilter } from '../fields/field-type.ts'
import { resultColumn } from '../formula/compile-formula.ts'
import type { FieldModel } from '../model/model.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { escapeWildcards } from './like-pattern.ts'
import type { CompareOperator, Condition, Literal } from './soql/query.ts'

type Operation = SummaryFilter['operation']

const comparisons: Partial<Readonly<Record<Operation, CompareOperator>>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
}

export function summaryCondition(field: FieldModel, filter: SummaryFilter): Condition {
  const { operation } = filter
  const place = { operand: { kind: 'path', path: field.name, offset: 0 }, offset: 0 } as const
  const kind = kindOf(field)
  const values = filter.values.map((value) => literalOf(kind, value))
  const [value = empty, ...others] = values
  if (operation === 'includes' || operation === 'excludes') {
    return { kind: 'list', ...place, operator: operation, values }
  }
  if (operation === 'equals' && others.length > 0) {
    return { kind: 'list', ...place, operator: 'in', values }
  }
  if (operation === 'notEqual' && others.length > 0) {
    return { kind: 'list', ...place, operator: 'not in', values }
  }
  const operator = comparisons[operation]
  if (operator !== undefined) return { kind: 'compare', ...place, operator, value }
  const text = String(filter.values[0] ?? '')
  const start = operation === 'startsWith' ? '' : '%'
  const pattern = literalText(text, `${start}${escapeWildcards(text)}%`)
  const like: Condition = { kind: 'compare', ...place, operator: 'like', value: pattern }
  return operation === 'notContain' ? { kind: 'not', item: like } : like
}

const empty: Literal = { kind: 'null' }

function kindOf(field: FieldModel): ColumnKind['kind'] {
  if (field.formula !== undefined) return resultColumn(field.formula.result).kind
  const part = field.type.comparison?.(field.options).column ?? ''
  const kind = field.type.columns(field.options)[part]?.kind
  if (kind === undefined) throw new Error(`${field.object}.${field.name} cannot be compared`)
  return kind
}

function literalText(value: string, pattern: string): Literal {
  return { kind: 'string', value, pattern }
}

function literalOf(kind: ColumnKind['kind'], value: string | boolean | null): Literal {
  if (value === null) return empty
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  switch (kind) {
    case 'integer':
    case 'decimal':
      return { kind: 'number', text: value }
    case 'date':
      return { kind: 'date', text: value }
    case 'instant':
      return { kind: 'datetime', text: value }
    default:
      return literalText(value, escapeWildcards(value))
  }
}
