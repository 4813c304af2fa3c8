/** Rounding in SQL: one whole-number division with a rule, the same as the evaluator's. */
import type { Dialect } from '../../sql/dialect.ts'
import { integerLiteral, sql, type Sql } from '../../sql/sql.ts'
import { power10 } from '../rational.ts'
import { named } from './build.ts'
import {
  denProduct,
  makeNumber,
  overflowed,
  overflows,
  scaledUp,
  wide,
  type Den,
} from './numbers.ts'
import type { SqlNumber } from './sql-value.ts'

/** A checked result has at most as many digits as 2^63. */
const checkedDigits = 19

export type Rounding = 'half' | 'floor' | 'down' | 'up' | 'ceiling'

/**
 * At the given scale, by the given rule: `half` away from zero, `down` towards zero, `up` away from
 * it, `floor` and `ceiling` by size.
 */
export function roundSql(
  value: SqlNumber,
  scale: number,
  options: { readonly rule: Rounding; readonly dialect: Dialect },
): SqlNumber {
  const { dialect } = options
  const fails = overflows(value, dialect)
  const lift = Math.max(0, scale - value.scale)
  const lower = Math.max(0, value.scale - scale)
  const den = denProduct(value.den, tenth(lower, dialect))
  const isSqlite = dialect.name === 'sqlite'
  // A decimal that has no more digits than wanted.
  if (isSqlite && den === undefined) return makeNumber(value, fails)
  if (!isSqlite && value.den === undefined && options.rule in decimalRounding) {
    return roundDecimal(value, scale, options.rule)
  }
  const below = den?.sql ?? sql`1`
  const units = isSqlite
    ? (shorter(value, lower, options.rule) ?? quotient({ top: value.num, below, lift }, options))
    : quotient({ top: scaledUp({ ...value, scale: 0 }, lift).num, below, lift: 0 }, options)
  // What has more digits than are checked has failed already.
  const given = isSqlite ? Math.min(checkedDigits, value.digits) : value.digits
  const digits = Math.min(checkedDigits, Math.max(1, given + lift - lower) + 1)
  const restDigits = (den?.digits ?? 1) + lift
  const parts = [
    overflowed(units, digits, dialect),
    lift > 0 && digits <= 18 ? overflowed(units, restDigits, dialect) : undefined,
  ]
  return rescaled({ units, digits, scale }, [...fails, ...parts], dialect)
}

const decimalRounding: Readonly<Partial<Record<Rounding, Sql>>> = {
  half: sql`round`,
  down: sql`trunc`,
}

/** PostgreSQL's own functions on numerics round half away from zero, and cut off exactly. */
function roundDecimal(value: SqlNumber, scale: number, rule: Rounding): SqlNumber {
  const num = sql`${decimalRounding[rule] ?? sql``}(${value.num}, ${integerLiteral(scale)})`
  return makeNumber({ num, digits: value.digits, scale: 0 }, [value.fails])
}

/** Powers of ten within SQLite's integers. */
const exponentMax = 18

/** A decimal in SQLite with some digits less: halves are found in the remainder, where nothing overflows. */
function shorter({ num, den }: SqlNumber, lower: number, rule: Rounding): Sql | undefined {
  if (den !== undefined || lower === 0 || lower > exponentMax) return undefined
  const unit = wide(power10(lower))
  if (rule === 'down') return sql`(${num} / ${unit})`
  if (rule !== 'half') return undefined
  const half = wide(power10(lower) / 2n)
  return named(num, (value) => sql`(${value} / ${unit} + ${value} % ${unit} / ${half})`)
}

function tenth(exponent: number, dialect: Dialect): Den {
  if (exponent === 0) return undefined
  const literal = wide(power10(exponent))
  return {
    sql: dialect.name === 'postgres' ? sql`${literal}::numeric` : literal,
    digits: exponent + 1,
  }
}

/** Units of ten to the minus `scale`, as a number again. */
function rescaled(
  rounded: { readonly units: Sql; readonly digits: number; readonly scale: number },
  fails: readonly (Sql | undefined)[],
  dialect: Dialect,
): SqlNumber {
  const { units, digits, scale } = rounded
  if (scale < 0) {
    const num = sql`(${units} * ${wide(power10(-scale))})`
    return makeNumber({ num, digits: digits - scale, scale: 0 }, fails)
  }
  if (dialect.name === 'sqlite' || scale === 0) {
    return makeNumber({ num: units, digits, scale }, fails)
  }
  const unit = sql`${`0.${'1'.padStart(scale, '0')}`}::text::numeric`
  return makeNumber({ num: sql`(${units} * ${unit})`, digits, scale: 0 }, fails)
}

interface Division {
  readonly top: Sql
  readonly below: Sql
  /** The quotient is wanted times ten to the power of this. */
  readonly lift: number
}

/**
 * The whole quotient; a divisor of zero gives null instead of an error. The lift is applied to the
 * remainder, not to the whole number, which might leave SQLite's integers.
 */
function quotient(
  { top, below, lift }: Division,
  options: { readonly rule: Rounding; readonly dialect: Dialect },
): Sql {
  const isPostgres = options.dialect.name === 'postgres'
  const by = wide(power10(lift))
  return named(top, (num) => {
    const use = (given: Sql): Sql => {
      const den = sql`nullif(${given}, 0)`
      const truncated = (value: Sql): Sql =>
        isPostgres ? sql`div(${value}, ${den})` : sql`(${value} / ${den})`
      if (lift === 0) return sql`(${truncated(num)} + ${correction(num, den, options.rule)})`
      const rest = sql`((${num} % ${den}) * ${by})`
      const decimals = sql`(${truncated(rest)} + ${correction(rest, den, options.rule)})`
      return sql`(${truncated(num)} * ${by} + ${decimals})`
    }
    return named(below, use, sql`fd`)
  })
}

/** What is added to the quotient without its fraction. */
function correction(num: Sql, den: Sql, rule: Rounding): Sql {
  const rest = sql`(${num} % ${den})`
  switch (rule) {
    case 'down':
      return sql`0`
    case 'floor':
      return sql`case when ${rest} < 0 then -1 else 0 end`
    case 'ceiling':
      return sql`case when ${rest} > 0 then 1 else 0 end`
    case 'up':
      return sql`case when ${rest} > 0 then 1 when ${rest} < 0 then -1 else 0 end`
    case 'half':
      return sql`case when ${rest} >= ${den} - ${rest} then 1 when - ${rest} >= ${den} + ${rest} then -1 else 0 end`
  }
}

/** As a whole number of the database, its fraction cut off: for counts of characters and the like. */
export function integerSql(
  value: SqlNumber,
  dialect: Dialect,
): { readonly sql: Sql; readonly fails: readonly (Sql | undefined)[] } {
  const rounded = roundSql(value, 0, { rule: 'down', dialect })
  const fails: (Sql | undefined)[] = [rounded.fails]
  if (dialect.name === 'sqlite') {
    return { sql: rounded.num, fails: [...fails, overflowed(rounded.num, rounded.digits, dialect)] }
  }
  // Beyond what an integer holds, PostgreSQL would refuse the whole query.
  const bounded = sql`(case when abs(${rounded.num}) < 9007199254740992 then ${rounded.num} end)::bigint`
  fails.push(sql`coalesce(abs(${rounded.num}) >= 9007199254740992, false)`)
  return { sql: bounded, fails }
}

const countMax = sql`1000000000`

/** As a count of characters: a whole number that no text is longer than. */
export function countSql(
  value: SqlNumber,
  dialect: Dialect,
): { readonly sql: Sql; readonly fails: readonly (Sql | undefined)[] } {
  if (dialect.name === 'sqlite') return integerSql(value, dialect)
  const { num, fails } = roundSql(value, 0, { rule: 'down', dialect })
  const clamped = named(
    num,
    (whole) =>
      sql`(case when ${whole} > ${countMax} then ${countMax} when ${whole} < - ${countMax} then - ${countMax} else ${whole} end)::bigint`,
    sql`fc`,
  )
  return { sql: clamped, fails: [fails] }
}
