/** Planned conditions → SQL. Every condition is true or false for every row, never unknown. */
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { hole, identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import { unreachable } from '../base/unreachable.ts'
import { computedColumnSql } from './compile-computed.ts'
import { escapeWildcards } from './like-pattern.ts'
import type { PlannedColumn, PlannedCondition, ReadPlan } from './read-plan.ts'

const operators = {
  '=': sql`=`,
  '!=': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
} as const

export function columnSql(column: PlannedColumn, dialect: Dialect): Sql {
  if ('expression' in column) return column.expression(dialect)
  if ('computed' in column) return computedColumnSql(column, dialect)
  return sql`${column.alias}.${column.name}`
}

/** How the query of a semi-join is compiled: the values of one column of what it finds. */
export type CompileInner = (plan: ReadPlan, selected: PlannedColumn) => Sql

export interface ConditionOptions {
  readonly dialect: Dialect
  readonly inner: CompileInner
}

export function compileCondition(condition: PlannedCondition, options: ConditionOptions): Sql {
  const { dialect } = options
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const separator = condition.kind === 'and' ? sql` and ` : sql` or `
      return joinEvenly(
        condition.items.map((item) => sql`(${compileCondition(item, options)})`),
        separator,
      )
    }
    case 'not':
      return sql`(${compileCondition(condition.item, options)}) is not true`
    case 'never':
      return sql`1 = 0`
    case 'always':
      return sql`1 = 1`
    case 'empty':
      return condition.negated
        ? sql`${columnSql(condition.column, dialect)} is not null`
        : sql`${columnSql(condition.column, dialect)} is null`
    case 'compare':
      return compileCompare(condition, dialect)
    case 'like':
      return dialect.like(
        columnSql(condition.column, dialect),
        valueSql(dialect, { kind: 'text' }, { value: condition.pattern, hole: condition.hole }),
      )
    case 'oneOf':
      return compileOneOf(condition, dialect)
    case 'includes':
      return compileIncludes(condition, dialect)
    case 'expression':
      return condition.expression(dialect)
    case 'join':
      return compileJoin(condition, options)
    default:
      return unreachable(condition)
  }
}

function compileCompare(
  condition: Extract<PlannedCondition, { kind: 'compare' }>,
  dialect: Dialect,
): Sql {
  const column = columnSql(condition.column, dialect)
  const value = valueSql(dialect, condition.column.kind, condition)
  const compared = sql`${column} ${operators[condition.operator]} ${value}`
  // On the platform an empty field differs from every value.
  return condition.operator === '!=' ? sql`(${compared} or ${column} is null)` : compared
}

function valueSql(
  dialect: Dialect,
  kind: ColumnKind,
  { value, hole: name }: { readonly value: ColumnValue; readonly hole?: string | undefined },
): Sql {
  return name === undefined ? dialect.bound(kind, value) : dialect.cast(kind, sql`${hole(name)}`)
}

/** More values than these travel as one JSON text: a statement takes a bounded number of parameters. */
const boundValuesMax = 50

function compileOneOf(
  condition: Extract<PlannedCondition, { kind: 'oneOf' }>,
  dialect: Dialect,
): Sql {
  if (condition.values.length === 0) return condition.negated ? sql`1 = 1` : sql`1 = 0`
  const column = columnSql(condition.column, dialect)
  const values = valueList(condition, dialect)
  return condition.negated
    ? sql`(${column} not in (${values}) or ${column} is null)`
    : sql`${column} in (${values})`
}

/** Empty values of the inner query are none that could be found; an empty outer one is never found. */
function compileJoin(
  condition: Extract<PlannedCondition, { kind: 'join' }>,
  options: ConditionOptions,
): Sql {
  const column = columnSql(condition.column, options.dialect)
  const found = options.inner(condition.plan, condition.selected)
  return condition.negated
    ? sql`(${column} not in (${found}) or ${column} is null)`
    : sql`${column} in (${found})`
}

function valueList(
  { column: { kind }, values }: Extract<PlannedCondition, { kind: 'oneOf' }>,
  dialect: Dialect,
): Sql {
  if (values.length <= boundValuesMax) {
    return joinSql(values.map((value) => dialect.bound(kind, value)))
  }
  const rows = JSON.stringify(values.map((value) => [dialect.encode(kind, value)]))
  const name = identifier('v')
  return sql`select r.${name} from ${dialect.rows(sql`${rows}`, [{ name, kind }])} as r`
}

function compileIncludes(
  condition: Extract<PlannedCondition, { kind: 'includes' }>,
  dialect: Dialect,
): Sql {
  const column = columnSql(condition.column, dialect)
  const chosen = sql`(';' || ${column} || ';')`
  const has = (value: string): Sql =>
    dialect.like(chosen, dialect.bound({ kind: 'text' }, `%;${escapeWildcards(value)};%`))
  const combinations = condition.combinations.map(
    (values) => sql`(${joinEvenly(values.map(has), sql` and `)})`,
  )
  const found = sql`(${joinEvenly(combinations, sql` or `)})`
  return condition.negated ? sql`${found} is not true` : found
}

const flatMax = 8

/** Long chains as a balanced tree: SQLite bounds the depth of an expression, and a chain is as deep as long. */
function joinEvenly(items: readonly Sql[], separator: Sql): Sql {
  if (items.length <= flatMax) return joinSql(items, separator)
  const middle = items.length >> 1
  const halves = [items.slice(0, middle), items.slice(middle)]
  return joinSql(
    halves.map((half) => sql`(${joinEvenly(half, separator)})`),
    separator,
  )
}
