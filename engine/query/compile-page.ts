/** One page of a query that may go on: the records, the place where the page ends, and the total. */
import { identifier, integerLiteral, joinSql, sql, type Identifier, type Sql } from '../sql/sql.ts'
import type { Dialect } from '../sql/dialect.ts'
import { columnSql } from './compile-condition.ts'
import {
  compileCount,
  joinedRecords,
  orderSql,
  recordText,
  rowLimit,
  source,
  type CompileReadOptions,
} from './compile-read.ts'
import type { PlannedOrder, ReadPlan } from './read-plan.ts'

/** The values of the order's keys in one record, as texts in the columns' stored form. */
export type OrderKeys = readonly (string | null)[]

export interface CompilePageOptions extends CompileReadOptions {
  readonly pageRows: number
  /** Only records behind this place; absent for the first page. */
  readonly after?: OrderKeys | undefined
}

/**
 * One row with `n` and `body` as `compileRead` has them, `more` (1 when there are records behind the page), the order's
 * keys of the page's last record as `k0`, `k1` … (null when nothing is behind), and `total` for a first page. All of it
 * is read in one statement, hence from one state of the database.
 */
export function compilePage(plan: ReadPlan, options: CompilePageOptions): Sql {
  const { dialect, after, pageRows } = options
  const names = plan.orderBy.map((_, index) => keyName(index))
  const keys = plan.orderBy.map(
    ({ column }, index) => sql`cast(${columnSql(column, dialect)} as text) as ${keyName(index)}`,
  )
  const behind = after === undefined ? [] : [behindPlace(plan.orderBy, after, dialect)]
  const rows = sql`select ${joinSql([sql`${recordText(plan, options)} as j`, ...keys])} ${source(plan, options, behind)} order by ${orderSql(plan.orderBy, dialect)}${rowLimit(rowsToRead(plan, pageRows), plan.skip)}`
  // The condition holds for every row. It keeps SQLite from sorting into the kept table itself, for
  // which it would build the JSON of all rows instead of those of the page.
  const kept = sql`select j, ${joinSql(names.map((name) => sql`${name}`))} from (${rows}) as found where j is not null`
  const shown = sql`select count(*) as n, ${joinedRecords(options)} as body from (select j from page limit ${integerLiteral(pageRows)}) as cut`
  const last = sql`select ${joinSql(names.map((name) => sql`${name}`))} from page limit 1 offset ${integerLiteral(pageRows - 1)}`
  const more = sql`(select count(*) from page) > ${integerLiteral(pageRows)}`
  const total =
    after === undefined
      ? sql`, case when ${more} then (${compileCount(plan, options)}) else shown.n end as total`
      : sql``
  const ends = names.map((name) => sql`last.${name}`)
  return sql`with page as materialized (${kept}) select shown.n, shown.body, case when ${more} then 1 else 0 end as more, ${joinSql(ends)}${total} from (${shown}) as shown left join (${last}) as last on 1 = 1`
}

export function keyName(index: number): Identifier {
  return identifier(`k${index}`)
}

/** One row more than the page shows tells whether the query goes on. */
function rowsToRead({ limit }: ReadPlan, pageRows: number): number {
  return Math.min(limit ?? pageRows + 1, pageRows + 1)
}

/**
 * True for the rows that come behind the given place in the order. Keys of one direction that are never empty are
 * compared as a row: an index is then entered at the very place, however many records have the same first keys.
 */
export function behindPlace(
  orderBy: readonly PlannedOrder[],
  place: OrderKeys,
  dialect: Dialect,
): Sql {
  const mixed = orderBy.findIndex(
    ({ mayBeEmpty, descending }, index) =>
      mayBeEmpty || descending !== orderBy[0]?.descending || (place[index] ?? null) === null,
  )
  const together = mixed < 0 ? orderBy.length : mixed
  if (together < 2) return afterKeys(orderBy, place, dialect)
  const keys = orderBy.slice(0, together)
  const columns = joinSql(keys.map(({ column }) => columnSql(column, dialect)))
  const values = joinSql(
    keys.map(({ column }, index) => dialect.cast(column.kind, sql`${place[index] ?? null}`)),
  )
  const beyond = keys[0]?.descending === true ? sql`<` : sql`>`
  if (mixed < 0) return sql`(${columns}) ${beyond} (${values})`
  const rest = afterKeys(orderBy, place, dialect)
  return sql`((${columns}) ${beyond}= (${values}) and ${rest})`
}

/** The same key by key: what follows for ties stands within. */
function afterKeys(orderBy: readonly PlannedOrder[], place: OrderKeys, dialect: Dialect): Sql {
  const [order, ...others] = orderBy
  const [value, ...values] = place
  if (order === undefined || value === undefined) return sql`1 = 0`
  const behindTie = afterKeys(others, values, dialect)
  const column = columnSql(order.column, dialect)
  const isEmpty = sql`${column} is null`
  if (value === null) {
    const tie = sql`(${isEmpty} and ${behindTie})`
    return order.nulls === 'first' ? sql`(${column} is not null or ${tie})` : tie
  }
  const bound = dialect.cast(order.column.kind, sql`${value}`)
  const [beyond, from] = order.descending ? [sql`<`, sql`<=`] : [sql`>`, sql`>=`]
  // The bound on the column itself comes first, so that an index can be entered at the place.
  const filled = sql`(${column} ${from} ${bound} and (${column} ${beyond} ${bound} or ${behindTie}))`
  return order.nulls === 'last' && order.mayBeEmpty ? sql`(${isEmpty} or ${filled})` : filled
}
