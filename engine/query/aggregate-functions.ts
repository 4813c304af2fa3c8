/** COUNT, SUM and their like: one entry each. */
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { integerLiteral, sql, type Sql } from '../sql/sql.ts'

export interface AggregateFunction {
  readonly name: string
  readonly takes: 'anything' | 'numbers' | 'ordered'
  /** The form of the result, from that of the column. */
  kind(column: ColumnKind): ColumnKind
  sql(column: Sql, kind: ColumnKind, dialect: Dialect): Sql
}

const integer: ColumnKind = { kind: 'integer' }
const digitsMax = 18

/** Averages are compared and sorted with so many digits more than their values have. */
const averageDigits = 6

function scaleOf(kind: ColumnKind): number {
  return kind.kind === 'decimal' ? kind.scale : 0
}

function decimal(scale: number): ColumnKind {
  return { kind: 'decimal', precision: digitsMax, scale }
}

const functions: readonly AggregateFunction[] = [
  {
    name: 'count',
    takes: 'anything',
    kind: () => integer,
    sql: (column) => sql`count(${column})`,
  },
  {
    name: 'count_distinct',
    takes: 'anything',
    kind: () => integer,
    sql: (column) => sql`count(distinct ${column})`,
  },
  {
    name: 'min',
    takes: 'ordered',
    kind: (column) => column,
    sql: (column) => sql`min(${column})`,
  },
  {
    name: 'max',
    takes: 'ordered',
    kind: (column) => column,
    sql: (column) => sql`max(${column})`,
  },
  {
    name: 'sum',
    takes: 'numbers',
    kind: (column) => decimal(scaleOf(column)),
    sql: (column) => sql`sum(${column})`,
  },
  {
    name: 'avg',
    takes: 'numbers',
    kind: (column) => decimal(scaleOf(column) + averageDigits),
    sql: (column, kind, dialect) => {
      const scale = scaleOf(kind) + averageDigits
      if (dialect.name === 'postgres') return sql`round(avg(${column}), ${integerLiteral(scale)})`
      return sql`cast(round(avg(${column}) * ${integerLiteral(10 ** averageDigits)}) as integer)`
    },
  },
]

/** By lower-case name. */
export const aggregateFunctions: ReadonlyMap<string, AggregateFunction> = new Map(
  functions.map((entry) => [entry.name, entry]),
)
