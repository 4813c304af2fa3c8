/** Small pieces of SQL that compiled formulas are made of. */
import { limits } from '../../base/limits.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { joinSql, sql, type Sql } from '../../sql/sql.ts'
import type { TypedNode } from '../tree.ts'
import {
  NotInSql,
  type SqlCall,
  type SqlNumber,
  type SqlPlain,
  type SqlValue,
} from './sql-value.ts'

/** Any of the conditions; none: undefined. */
export function anyOf(conditions: readonly (Sql | undefined)[]): Sql | undefined {
  const present = conditions.filter((condition) => condition !== undefined)
  if (present.length <= 1) return present[0]
  return sql`(${joinSql(present, sql` or `)})`
}

export function plain(expression: Sql, fails: readonly (Sql | undefined)[] = []): SqlPlain {
  checkSize(expression)
  const some = anyOf(fails)
  return some === undefined
    ? { kind: 'plain', sql: expression }
    : { kind: 'plain', sql: expression, fails: some }
}

/** Doubling expressions are stopped before they fill the memory. */
export function checkSize(expression: Sql): void {
  if (expression.size > limits.formulaSqlPartsMax) throw new NotInSql('so large a formula')
}

export function compilePlain(call: SqlCall, node: TypedNode): SqlPlain {
  const value = call.compile(node)
  if (value.kind === 'plain') return value
  throw new Error('a number stands where none can')
}

export function compileNumber(call: SqlCall, node: TypedNode): SqlNumber {
  const value = call.compile(node)
  if (value.kind === 'number') return value
  throw new Error('no number stands where one must')
}

/** A condition that is never null: unknown counts as false. */
export function truth(condition: Sql): Sql {
  return sql`coalesce(${condition}, false)`
}

/**
 * Gives a long expression a name, so that using it twice does not repeat it. One inside another's
 * use takes another alias. The limit keeps PostgreSQL from putting the expression back in place of its
 * name, which would compute it again for every use.
 */
export function named(value: Sql, use: (name: Sql) => Sql, alias: Sql = sql`fx`): Sql {
  if (value.size <= namedFrom) return use(sql`(${value})`)
  return sql`(select ${use(alias)} from (select ${value} as ${alias} limit 1) as fs)`
}

const namedFrom = 12

/** Whole-number division that rounds down, for whole numbers of either sign. */
export function floorDivide(value: Sql, by: Sql): Sql {
  return sql`((${value}) / ${by} - case when (${value}) % ${by} < 0 then 1 else 0 end)`
}

/** The remainder that is never negative. */
export function floorModulo(value: Sql, by: Sql): Sql {
  return sql`(((${value}) % ${by} + ${by}) % ${by})`
}

/** A function whose SQL is made of plain arguments, and null where one of them is. */
export function plainCall(
  make: (args: readonly Sql[], dialect: Dialect) => Sql,
): (call: SqlCall) => SqlPlain {
  return (call) => {
    const values = call.args.map((arg) => compilePlain(call, arg))
    const made = make(
      values.map((value) => value.sql),
      call.context.dialect,
    )
    return plain(
      made,
      values.map((value) => value.fails),
    )
  }
}

export function failsOf(values: readonly SqlValue[]): readonly (Sql | undefined)[] {
  return values.map((value) => value.fails)
}
