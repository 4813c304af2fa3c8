/** Planned conditions → SQL. Every condition is true or false for every row, never unknown. */
import type { Dialect } from '../sql/dialect.ts'
import { joinSql, sql, type Sql } from '../sql/sql.ts'
import { unreachable } from '../base/unreachable.ts'
import type { PlannedColumn, PlannedCondition } from './read-plan.ts'

const operators = {
  '=': sql`=`,
  '!=': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
} as const

export function columnSql(column: PlannedColumn): Sql {
  return sql`${column.alias}.${column.name}`
}

export function compileCondition(condition: PlannedCondition, dialect: Dialect): Sql {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const separator = condition.kind === 'and' ? sql` and ` : sql` or `
      const items = condition.items.map((item) => sql`(${compileCondition(item, dialect)})`)
      return joinSql(items, separator)
    }
    case 'not':
      return sql`(${compileCondition(condition.item, dialect)}) is not true`
    case 'never':
      return sql`1 = 0`
    case 'always':
      return sql`1 = 1`
    case 'empty':
      return condition.negated
        ? sql`${columnSql(condition.column)} is not null`
        : sql`${columnSql(condition.column)} is null`
    case 'compare':
      return compileCompare(condition, dialect)
    case 'like':
      return dialect.like(
        columnSql(condition.column),
        dialect.bound({ kind: 'text' }, condition.pattern),
      )
    case 'oneOf':
      return compileOneOf(condition, dialect)
    case 'includes':
      return compileIncludes(condition, dialect)
    default:
      return unreachable(condition)
  }
}

function compileCompare(
  condition: Extract<PlannedCondition, { kind: 'compare' }>,
  dialect: Dialect,
): Sql {
  const column = columnSql(condition.column)
  const value = dialect.bound(condition.column.kind, condition.value)
  const compared = sql`${column} ${operators[condition.operator]} ${value}`
  // On the platform an empty field differs from every value.
  return condition.operator === '!=' ? sql`(${compared} or ${column} is null)` : compared
}

function compileOneOf(
  condition: Extract<PlannedCondition, { kind: 'oneOf' }>,
  dialect: Dialect,
): Sql {
  const column = columnSql(condition.column)
  if (condition.values.length === 0) return condition.negated ? sql`1 = 1` : sql`1 = 0`
  const values = joinSql(
    condition.values.map((value) => dialect.bound(condition.column.kind, value)),
  )
  return condition.negated
    ? sql`(${column} not in (${values}) or ${column} is null)`
    : sql`${column} in (${values})`
}

function compileIncludes(
  condition: Extract<PlannedCondition, { kind: 'includes' }>,
  dialect: Dialect,
): Sql {
  const column = columnSql(condition.column)
  const chosen = sql`(';' || ${column} || ';')`
  const has = (value: string): Sql =>
    dialect.like(chosen, dialect.bound({ kind: 'text' }, `%;${escapeWildcards(value)};%`))
  const combinations = condition.combinations.map(
    (values) => sql`(${joinSql(values.map(has), sql` and `)})`,
  )
  const any = sql`(${joinSql(combinations, sql` or `)})`
  return condition.negated ? sql`${any} is not true` : any
}

/** A text as a pattern that matches just it. */
export function escapeWildcards(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
