/** How a value stands in SQL while a formula is compiled, and what a function is given to compile a call. */
import type { Dialect } from '../../sql/dialect.ts'
import type { Sql } from '../../sql/sql.ts'
import type { FieldMention, FormulaType } from '../types.ts'
import type { TypedNode } from '../tree.ts'
import type { MomentSql } from './zone-sql.ts'

/**
 * Numbers are fractions, as in the evaluator: whole `num` divided by ten to the power of `scale` and
 * by `den`. On SQLite both are integers; `digits` bounds them, so that an overflow is looked for only
 * where one is possible. On PostgreSQL they are numeric.
 */
export interface SqlNumber {
  readonly kind: 'number'
  readonly num: Sql
  /** At most so many decimal digits in `num`. */
  readonly digits: number
  readonly scale: number
  /** Above zero where the value does not fail; absent: one. */
  readonly den?: { readonly sql: Sql; readonly digits: number }
  readonly fails?: Sql
}

/**
 * Texts and picklists: never null. Booleans: a condition, possibly null. Days, instants and times
 * of day: whole numbers, as in the evaluator.
 */
export interface SqlPlain {
  readonly kind: 'plain'
  readonly sql: Sql
  /** A condition under which there is no value and the whole formula is empty; never null. */
  readonly fails?: Sql
}

export type SqlValue = SqlNumber | SqlPlain

export interface SqlContext extends MomentSql {
  readonly dialect: Dialect
  /**
   * The expression of a field's value in its column's form (SQLite: decimals scaled by the mention's
   * `scale`), globals as bound values in the same form; undefined when SQL cannot give it.
   */
  column(mention: FieldMention): Sql | undefined
}

export interface SqlCall {
  readonly args: readonly TypedNode[]
  readonly type: FormulaType
  readonly context: SqlContext
  compile(node: TypedNode): SqlValue
}

/** Thrown where SQL cannot compute an expression faithfully; caught by `compileFormula` alone. */
export class NotInSql extends Error {
  constructor(what: string) {
    super(`${what} cannot be computed in SQL`)
    this.name = 'NotInSql'
  }
}
