/** COUNT, SUM and their like: one entry each. */
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import {
  filledIn,
  identifier,
  integerLiteral,
  settled,
  sql,
  textLiteral,
  type Sql,
} from '../sql/sql.ts'

export interface AggregateFunction {
  readonly name: string
  readonly takes: 'anything' | 'numbers' | 'ordered'
  /** The form of the result, from that of the column. */
  kind(column: ColumnKind): ColumnKind
  sql(column: Sql, kind: ColumnKind, dialect: Dialect): Sql
  /** The JSON text of the result, where it is not that of its form. */
  text?(column: Sql, kind: ColumnKind, dialect: Dialect): Sql
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
    sql: (column, kind, dialect) => average(column, kind, dialect).value,
    text: (column, kind, dialect) => average(column, kind, dialect).text,
  },
]

interface Average {
  /** What is compared and sorted. */
  readonly value: Sql
  /** Has as many digits as it needs, not always six more than its values. */
  readonly text: Sql
}

/** In the place of the column, in what is kept. */
const anyValue = identifier('fs_value')
const kept = new Map<string, Average>()

/** They are long, and the same for all columns of as many digits. */
function average(column: Sql, kind: ColumnKind, dialect: Dialect): Average {
  const scale = scaleOf(kind)
  const key = `${dialect.name} ${scale}`
  const known = kept.get(key) ?? averageOf(scale, dialect)
  kept.set(key, known)
  const { value, text } = known
  return { value: filledIn(value, anyValue, column), text: filledIn(text, anyValue, column) }
}

function averageOf(scale: number, dialect: Dialect): Average {
  const column = sql`${anyValue}`
  const { value, text } =
    dialect.name === 'postgres'
      ? postgresAverage(column, scale + averageDigits, dialect)
      : sqliteAverage(column, scale, dialect)
  const shown = sql`coalesce(rtrim(rtrim(${text}, '0'), '.'), 'null')`
  return { value: settled(value, dialect, anyValue), text: settled(shown, dialect, anyValue) }
}

/** avg() rounds large values to whole numbers; what is divided decides over the digits. */
function postgresAverage(column: Sql, digits: number, dialect: Dialect): Average {
  const zero = sql`cast(${textLiteral(`0.${'0'.repeat(digits + 1)}`)} as numeric)`
  const value = sql`round((sum(${column}) + ${zero}) / count(${column}), ${integerLiteral(digits)})`
  return { value, text: dialect.json(decimal(digits), value) }
}

/**
 * By whole numbers: avg() counts in doubles. What is compared is one only where six more digits do not fit; the text
 * is exact, with the digits behind the values' own apart.
 */
function sqliteAverage(column: Sql, scale: number, dialect: Dialect): Average {
  const unit = integerLiteral(10 ** averageDigits)
  const [sum, count] = [sql`sum(${column})`, sql`count(${column})`]
  const more = sql`((abs(${sum}) % ${count}) * 2 * ${unit} + ${count}) / (2 * ${count})`
  const whole = sql`(abs(${sum}) / ${count} + (${more}) / ${unit})`
  const sign = sql`iif(${sum} < 0, '-', '')`
  const fits = sql`${whole} < ${integerLiteral(2n ** 63n / 10n ** BigInt(averageDigits))}`
  const exact = sql`iif(${sum} < 0, -1, 1) * (${whole} * ${unit} + (${more}) % ${unit})`
  const point = scale === 0 ? sql`'.'` : sql`''`
  const digits = sql`format('%0*d', ${integerLiteral(averageDigits)}, (${more}) % ${unit})`
  return {
    value: sql`case when ${fits} then ${exact} else avg(${column}) * ${unit}.0 end`,
    text: sql`${sign} || ${dialect.json(decimal(scale), whole)} || ${point} || ${digits}`,
  }
}

/** By lower-case name. */
export const aggregateFunctions: ReadonlyMap<string, AggregateFunction> = new Map(
  functions.map((entry) => [entry.name, entry]),
)
