/** Whether a row meets a condition: each operator says so on its own, row by row. */
import { foldText } from '../../../../engine/base/fold-text.ts'
import type { Condition, Literal, Operand, Query } from '../../../../engine/query/soql/query.ts'
import { compareValues, dayIn, daysOf, valueAt, type Present } from './naive-values.ts'
import type { Row, Value } from './world.ts'

export interface ConditionPlace<Item> {
  readonly present: Present
  value(item: Item, operand: Operand): Value
  /** The rows that the query of a semi-join finds. */
  inner(query: Query): readonly Row[]
}

export function matches<Item>(
  place: ConditionPlace<Item>,
  item: Item,
  condition: Condition,
): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.items.every((one) => matches(place, item, one))
    case 'or':
      return condition.items.some((one) => matches(place, item, one))
    case 'not':
      return !matches(place, item, condition.item)
    case 'compare':
      return compares(place.value(item, condition.operand), condition, place.present)
    case 'list':
      return listed(place.value(item, condition.operand), condition)
    case 'join': {
      const path = { kind: 'path', path: condition.path, offset: 0 } as const
      const value = place.value(item, path)
      const [selected] = condition.query.select
      if (selected?.kind !== 'path') throw new Error('a semi-join selects a field')
      const found = place.inner(condition.query).map((row) => valueAt(row, selected.path))
      const isIn = value !== null && found.includes(value)
      return isIn !== condition.negated
    }
  }
}

function literalValue(literal: Literal): Value {
  if (literal.kind === 'null') return null
  if (literal.kind === 'number') return Number(literal.text)
  if (literal.kind === 'string') return literal.value === '' ? null : literal.value
  if (literal.kind === 'boolean') return literal.value
  if (literal.kind === 'range') throw new Error('a range is no value')
  return literal.kind === 'datetime' ? new Date(literal.text).toISOString() : literal.text
}

type Compared = Extract<Condition, { kind: 'compare' }>

function compares(value: Value, { operator, value: literal }: Compared, present: Present): boolean {
  if (operator === 'like') return like(value, literal)
  if (literal.kind === 'range') {
    if (value === null) return operator === '!='
    const [first, last] = daysOf(literal, present)
    const day = dayIn(String(value), present)
    const before = day < first
    const after = day > last
    const holds = {
      '=': !before && !after,
      '!=': before || after,
      '<': before,
      '<=': !after,
      '>': after,
      '>=': !before,
    }
    return holds[operator]
  }
  const given = literalValue(literal)
  if (given === null) return operator === '=' ? value === null : operator === '!=' && value !== null
  if (value === null) return operator === '!='
  const order = compareValues(value, given)
  const holds = {
    '=': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  }
  return holds[operator]
}

function like(value: Value, literal: Literal): boolean {
  if (literal.kind !== 'string') throw new Error('LIKE takes a text')
  if (value === null) return false
  const source = literal.pattern.replace(/\\([^])|([%_])|[^]/g, (whole, escaped, wildcard) => {
    if (wildcard === '%') return '[^]*'
    if (wildcard === '_') return '[^]'
    return foldText(String(escaped ?? whole)).replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
  })
  return new RegExp(`^${source}$`, 'u').test(foldText(String(value)))
}

function listed(value: Value, condition: Extract<Condition, { kind: 'list' }>): boolean {
  const given = condition.values.map(literalValue)
  if (condition.operator === 'in' || condition.operator === 'not in') {
    const isIn = given.some((one) =>
      one === null || value === null ? one === value : compareValues(one, value) === 0,
    )
    return isIn === (condition.operator === 'in')
  }
  const held = foldText(String(value ?? '')).split(';')
  const isIncluded = given.some((one) =>
    foldText(String(one))
      .split(';')
      .every((part) => held.includes(part)),
  )
  return isIncluded === (condition.operator === 'includes')
}
