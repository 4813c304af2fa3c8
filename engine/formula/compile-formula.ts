/** The SQL end: a checked formula as one expression in the form of a column, or not at all. */
import { integerLiteral, sql, type Sql } from '../sql/sql.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { firstDay, lastDay } from './calendar.ts'
import { power10, type Rational } from './rational.ts'
import { resultDigitsMax, type FormulaResult } from './result.ts'
import { checkSize, named, truth } from './sql/build.ts'
import { makeNumber, multiplySql, numberLiteral } from './sql/numbers.ts'
import { roundSql } from './sql/rounding.ts'
import { dateOf } from './sql/print.ts'
import {
  NotInSql,
  type SqlCall,
  type SqlContext,
  type SqlNumber,
  type SqlPlain,
  type SqlValue,
} from './sql/sql-value.ts'
import type { Formula, TypedNode } from './tree.ts'
import { textConstant, columnValue } from './sql/leaves.ts'

/**
 * The formula's value as a column of `resultColumn(result)` would hold it: null where there is none.
 * Undefined: SQL cannot compute it faithfully, so it is evaluated after the read.
 */
export function compileFormula(
  formula: Formula,
  context: SqlContext,
  result: FormulaResult,
): Sql | undefined {
  // What is always empty has no type of its own, and PostgreSQL wants to know one.
  if (formula.type.kind === 'null') {
    if (result.type === 'Checkbox') return sql`false`
    return sql`(${context.dialect.cast(resultColumn(result), sql`null`)})`
  }
  try {
    return finished(compileNode(formula.tree, context), context, result)
  } catch (error) {
    if (error instanceof NotInSql) return undefined
    throw error
  }
}

/** The formula as a condition that is never null and false where there is no value. */
export function compileCondition(formula: Formula, context: SqlContext): Sql | undefined {
  const compiled = compileFormula(formula, context, { type: 'Checkbox' })
  return compiled === undefined ? undefined : sql`(${compiled})`
}

/** The kind of column in whose form `compileFormula` gives its value. */
export function resultColumn(result: FormulaResult): ColumnKind {
  if ('scale' in result) return { kind: 'decimal', precision: resultDigitsMax, scale: result.scale }
  return { kind: columnKinds[result.type] }
}

const columnKinds = {
  Text: 'text',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'instant',
  Time: 'time',
} as const

function compileNode(node: TypedNode, context: SqlContext): SqlValue {
  if (node.kind === 'constant') return constant(node, context)
  if (node.kind === 'field') return columnValue(node, context)
  const { operation } = node
  if (operation.sql === undefined) throw new NotInSql(operation.name)
  const call: SqlCall = {
    args: node.args,
    type: node.type,
    context,
    compile: (inner) => compileNode(inner, context),
  }
  return operation.sql(call)
}

function constant(node: TypedNode & { kind: 'constant' }, context: SqlContext): SqlValue {
  const { value, type } = node
  if (type.kind === 'number') {
    if (value !== null) return numberLiteral(value as Rational, context.dialect)
    const isPostgres = context.dialect.name === 'postgres'
    return makeNumber({ num: isPostgres ? sql`null::numeric` : sql`null`, digits: 1, scale: 0 })
  }
  if (typeof value === 'string') return { kind: 'plain', sql: textConstant(value, context.dialect) }
  if (typeof value === 'boolean') return { kind: 'plain', sql: value ? sql`true` : sql`false` }
  if (typeof value === 'number') return { kind: 'plain', sql: sql`(${integerLiteral(value)})` }
  if (value !== null) throw new NotInSql('a constant of this type')
  return { kind: 'plain', sql: emptyOf(node, context) }
}

/** PostgreSQL wants to know of what type an empty value is. */
function emptyOf(node: TypedNode, { dialect }: SqlContext): Sql {
  if (dialect.name === 'sqlite') return sql`null`
  if (node.type.kind === 'boolean') return sql`null::boolean`
  return node.type.kind === 'null' ? sql`null::text` : sql`null::bigint`
}

function finished(value: SqlValue, context: SqlContext, result: FormulaResult): Sql {
  const shaped =
    value.kind === 'number' ? decimal(value, context, result) : plainResult(value, context, result)
  checkSize(shaped.sql)
  if (shaped.fails === undefined) return shaped.sql
  const none = result.type === 'Checkbox' ? sql`false` : sql`null`
  const guarded = sql`(case when ${shaped.fails} then ${none} else ${shaped.sql} end)`
  checkSize(guarded)
  return guarded
}

interface Shaped {
  readonly sql: Sql
  readonly fails: Sql | undefined
}

function decimal(value: SqlNumber, context: SqlContext, result: FormulaResult): Shaped {
  if (!('scale' in result)) throw new NotInSql('a number as something else')
  const { dialect } = context
  const isPercent = result.type === 'Percent'
  const shown = isPercent
    ? multiplySql(value, numberLiteral({ num: 100n, den: 1n }, dialect))
    : value
  const rounded = roundSql(shown, result.scale, { rule: 'half', dialect })
  const isInteger = dialect.name === 'sqlite'
  const missing = isInteger ? result.scale - rounded.scale : 0
  const digits = rounded.digits + missing
  const num =
    missing > 0 ? sql`(${rounded.num} * ${integerLiteral(power10(missing))})` : rounded.num
  if (isInteger && digits <= resultDigitsMax) return { sql: num, fails: rounded.fails }
  // What has left SQLite's integers is larger than every result.
  const largest = isInteger
    ? integerLiteral(power10(resultDigitsMax) - 1n)
    : integerLiteral(power10(Math.max(0, resultDigitsMax - result.scale)))
  const within = named(num, (value) => {
    const isWithin = isInteger
      ? sql`${value} between - ${largest} and ${largest}`
      : sql`abs(${value}) < ${largest}`
    return sql`(case when ${isWithin} then ${value} end)`
  })
  checkSize(within)
  return { sql: isInteger ? within : sql`(${within})::numeric`, fails: rounded.fails }
}

function plainResult(value: SqlPlain, { dialect }: SqlContext, result: FormulaResult): Shaped {
  const { fails } = value
  switch (result.type) {
    case 'Text':
      return { sql: sql`nullif(${value.sql}, '')`, fails }
    case 'Checkbox':
      return { sql: truth(value.sql), fails }
    case 'Date': {
      const [low, high] = [integerLiteral(firstDay), integerLiteral(lastDay)]
      const known = sql`(case when ${value.sql} between ${low} and ${high} then ${value.sql} end)`
      return { sql: dateOf(known, dialect), fails }
    }
    case 'DateTime':
    case 'Time':
      return { sql: sql`(${value.sql})`, fails }
    default:
      if (dialect.name === 'sqlite') return { sql: sql`null`, fails }
      return { sql: sql`null::numeric`, fails }
  }
}
