/** Exact arithmetic in SQL: fractions of whole numbers, with overflow of SQLite's 64 bits told instead of rounded away. */
import type { Dialect } from '../../sql/dialect.ts'
import { integerLiteral, sameSql, sql, type Sql } from '../../sql/sql.ts'
import { absolute, power10, printRational, type Rational } from '../rational.ts'
import { anyOf, checkSize } from './build.ts'
import type { SqlNumber } from './sql-value.ts'

/** SQLite's integers hold every number of so many digits. */
const safeDigits = 18

export function makeNumber(
  parts: Pick<SqlNumber, 'num' | 'digits' | 'scale'> & { readonly den?: SqlNumber['den'] },
  fails: readonly (Sql | undefined)[] = [],
): SqlNumber {
  checkSize(parts.num)
  const some = anyOf(fails)
  return {
    kind: 'number',
    num: parts.num,
    digits: parts.digits,
    scale: parts.scale,
    ...(parts.den === undefined ? {} : { den: parts.den }),
    ...(some === undefined ? {} : { fails: some }),
  }
}

/** A whole number, such as a length or a year. */
export function wholeNumber(
  expression: Sql,
  dialect: Dialect,
  options: { readonly digits?: number; readonly fails?: readonly (Sql | undefined)[] } = {},
): SqlNumber {
  const num = dialect.name === 'postgres' ? sql`(${expression})::numeric` : expression
  return makeNumber({ num, digits: options.digits ?? 10, scale: 0 }, options.fails)
}

export function numberLiteral(value: Rational, dialect: Dialect): SqlNumber {
  const scale = decimalScale(value)
  if (scale === undefined) return fractionLiteral(value, dialect)
  if (dialect.name === 'postgres') {
    const num = sql`${printRational(value, scale)}::text::numeric`
    return makeNumber({ num, digits: 1, scale: 0 })
  }
  const units = (value.num * power10(scale)) / value.den
  return makeNumber({ num: wide(units), digits: digitsOf(units), scale })
}

function fractionLiteral(value: Rational, dialect: Dialect): SqlNumber {
  const top = numberLiteral({ num: value.num, den: 1n }, dialect)
  const below = numberLiteral({ num: value.den, den: 1n }, dialect)
  return makeNumber({ ...top, den: { sql: below.num, digits: below.digits } })
}

function digitsOf(value: bigint): number {
  return absolute(value).toString().length
}

/** SQLite reads a literal beyond 64 bits as a float, which the checks then find. */
export function wide(value: bigint): Sql {
  return value < 0n ? sql`(${integerLiteral(value)})` : integerLiteral(value)
}

/** How many digits after the point show it exactly; undefined when none do. */
function decimalScale(value: Rational): number | undefined {
  for (let scale = 0; scale <= 30; scale++) {
    if ((value.num * power10(scale)) % value.den === 0n) return scale
  }
  return undefined
}

/** True where the number left SQLite's integers; undefined where it cannot. */
export function overflowed(num: Sql, digits: number, dialect: Dialect): Sql | undefined {
  if (dialect.name === 'postgres' || digits <= safeDigits) return undefined
  return sql`typeof(${num}) = 'real'`
}

export function overflows(value: SqlNumber, dialect: Dialect): readonly (Sql | undefined)[] {
  const { den } = value
  return [
    value.fails,
    overflowed(value.num, value.digits, dialect),
    den === undefined ? undefined : overflowed(den.sql, den.digits, dialect),
  ]
}

export function scaledUp(
  value: SqlNumber,
  scale: number,
): { readonly num: Sql; readonly digits: number } {
  if (scale <= value.scale) return value
  const by = scale - value.scale
  return { num: sql`(${value.num} * ${wide(power10(by))})`, digits: value.digits + by }
}

export function addSql(left: SqlNumber, right: SqlNumber, sign: Sql = sql`+`): SqlNumber {
  const scale = Math.max(left.scale, right.scale)
  const [first, second] = [scaledUp(left, scale), scaledUp(right, scale)]
  const fails = [left.fails, right.fails]
  if (left.den === undefined && right.den === undefined) {
    const digits = Math.max(first.digits, second.digits) + 1
    return makeNumber({ num: sql`(${first.num} ${sign} ${second.num})`, digits, scale }, fails)
  }
  const [one, other] = crossed(first, second, [left.den, right.den])
  const num = sql`(${one.num} ${sign} ${other.num})`
  const digits = Math.max(one.digits, other.digits) + 1
  return makeNumber({ num, digits, scale, den: commonDen(left.den, right.den) }, fails)
}

export type Den = SqlNumber['den']

function times(
  value: { readonly num: Sql; readonly digits: number },
  den: Den,
): { readonly num: Sql; readonly digits: number } {
  if (den === undefined) return value
  return { num: sql`(${value.num} * ${den.sql})`, digits: value.digits + den.digits }
}

interface Top {
  readonly num: Sql
  readonly digits: number
}

/** Both over one denominator; what has the same one already is left as it is. */
function crossed(first: Top, second: Top, dens: readonly [Den, Den]): readonly [Top, Top] {
  if (isSameDen(...dens)) return [first, second]
  return [times(first, dens[1]), times(second, dens[0])]
}

function commonDen(left: Den, right: Den): Den {
  return isSameDen(left, right) ? left : denProduct(left, right)
}

function isSameDen(left: Den, right: Den): boolean {
  if (left === undefined || right === undefined || left === right) return left === right
  return sameSql(left.sql, right.sql)
}

export function denProduct(left: Den, right: Den): Den {
  if (left === undefined || right === undefined) return left ?? right
  return { sql: sql`(${left.sql} * ${right.sql})`, digits: left.digits + right.digits }
}

export function subtractSql(left: SqlNumber, right: SqlNumber): SqlNumber {
  return addSql(left, right, sql`-`)
}

export function negateSql(value: SqlNumber): SqlNumber {
  return { ...value, num: sql`(- ${value.num})` }
}

export function multiplySql(left: SqlNumber, right: SqlNumber): SqlNumber {
  const num = sql`(${left.num} * ${right.num})`
  const digits = left.digits + right.digits
  const scale = left.scale + right.scale
  const den = denProduct(left.den, right.den)
  return makeNumber({ num, digits, scale, den }, [left.fails, right.fails])
}

/** The divisor's sign moves to the top, so that what stands below is never negative. */
export function divideSql(left: SqlNumber, right: SqlNumber): SqlNumber {
  const isZero = sql`coalesce(${right.num} = 0, false)`
  const magnitude = sql`(case when ${right.num} < 0 then - ${right.num} else ${right.num} end)`
  const sign = sql`(case when ${right.num} < 0 then -1 else 1 end)`
  const top = times({ num: left.num, digits: left.digits }, right.den)
  const shift = right.scale - left.scale
  const raised = shift > 0 ? scaledUp({ ...left, ...top, scale: 0 }, shift) : top
  const lower: Den = { sql: magnitude, digits: right.digits }
  const den = denProduct(left.den, lower)
  const num = sql`(${raised.num} * ${sign})`
  const scale = Math.max(0, -shift)
  return makeNumber({ num, digits: raised.digits, scale, den }, [left.fails, right.fails, isZero])
}

/** `left operator right` as a condition; null where one of them is. */
export function compareSql(
  left: SqlNumber,
  right: SqlNumber,
  options: { readonly operator: Sql; readonly dialect: Dialect },
): { readonly sql: Sql; readonly fails: readonly (Sql | undefined)[] } {
  const { operator, dialect } = options
  const scale = Math.max(left.scale, right.scale)
  const tops = [scaledUp(left, scale), scaledUp(right, scale)] as const
  const [first, second] = crossed(...tops, [left.den, right.den])
  return {
    sql: sql`(${first.num} ${operator} ${second.num})`,
    fails: [
      left.fails,
      right.fails,
      overflowed(first.num, first.digits, dialect),
      overflowed(second.num, second.digits, dialect),
    ],
  }
}

/** All at the largest scale among them. */
export function alignNumbers(numbers: readonly SqlNumber[]): readonly SqlNumber[] {
  const scale = Math.max(0, ...numbers.map((number) => number.scale))
  return numbers.map((number) => ({ ...number, ...scaledUp(number, scale), scale }))
}

/** What the division leaves over, with the sign of the first; a divisor of zero fails. */
export function remainderSql(left: SqlNumber, right: SqlNumber, dialect: Dialect): SqlNumber {
  const scale = Math.max(left.scale, right.scale)
  const tops = [scaledUp(left, scale), scaledUp(right, scale)] as const
  const [top, below] = crossed(...tops, [left.den, right.den])
  const isZero = sql`coalesce(${below.num} = 0, false)`
  const num = sql`(${top.num} % nullif(${below.num}, 0))`
  const parts = { num, digits: Math.min(top.digits, below.digits), scale }
  return makeNumber({ ...parts, den: commonDen(left.den, right.den) }, [
    left.fails,
    right.fails,
    isZero,
    overflowed(top.num, top.digits, dialect),
    overflowed(below.num, below.digits, dialect),
  ])
}
