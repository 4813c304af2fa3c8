/** Values as texts, in the very form in which the evaluator prints them. */
import type { Dialect } from '../../sql/dialect.ts'
import { integerLiteral, sql, textLiteral, type Sql } from '../../sql/sql.ts'
import { dayMs } from '../calendar.ts'
import { endlessScale } from '../functions/powers.ts'
import { power10 } from '../rational.ts'
import { floorDivide, floorModulo, named, plain } from './build.ts'
import { denProduct, overflowed, overflows, wide } from './numbers.ts'
import { roundSql } from './rounding.ts'
import type { SqlNumber, SqlPlain } from './sql-value.ts'

/** The shortest decimal; ten digits after the point where it may never end; empty for null. */
export function printNumberSql(
  value: SqlNumber,
  options: { readonly isEndless: boolean; readonly dialect: Dialect },
): SqlPlain {
  const { isEndless, dialect } = options
  const hasTail = isEndless || value.den !== undefined
  if (hasTail && dialect.name === 'sqlite') return printQuotient(value, dialect)
  const rounded = hasTail ? roundSql(value, endlessScale, { rule: 'half', dialect }) : value
  const fails = [rounded.fails, overflowed(rounded.num, rounded.digits, dialect)]
  if (dialect.name === 'postgres') {
    return plain(sql`coalesce(trim_scale(${rounded.num})::text, '')`, fails)
  }
  if (rounded.scale === 0) return plain(sql`coalesce(cast(${rounded.num} as text), '')`, fails)
  const text = named(rounded.num, (num) => unitsText(num, rounded.scale))
  return plain(sql`coalesce(${text}, '')`, fails)
}

/**
 * Whole number and digits behind the point apart: together they would leave SQLite's integers long
 * before the number is large.
 */
function printQuotient(value: SqlNumber, dialect: Dialect): SqlPlain {
  const den = denProduct(value.den, { sql: wide(power10(value.scale)), digits: value.scale + 1 })
  if (den === undefined) throw new Error('a product of two')
  const unit = integerLiteral(power10(endlessScale))
  const zeros = textLiteral('0'.repeat(endlessScale))
  const width = integerLiteral(-endlessScale)
  const source = sql`select ${value.num} as fn, nullif(${den.sql}, 0) as fd`
  const sized = sql`select fn, fd, case when fn < 0 then - fn else fn end as fa from (${source})`
  const divided = sql`select fn, fd, fa / fd as fq, fa % fd * ${unit} as fr from (${sized})`
  const carry = sql`case when fr % fd >= fd - fr % fd then 1 else 0 end`
  const decimals = sql`select fn, fq, fr / fd + ${carry} as ff from (${divided})`
  const sign = sql`case when fn < 0 and (fq > 0 or ff > 0) then '-' else '' end`
  const digits = sql`(fq + ff / ${unit}) || '.' || substr(${zeros} || (ff % ${unit}), ${width})`
  const text = sql`(select ${sign} || rtrim(rtrim(${digits}, '0'), '.') from (${decimals}))`
  const rest = sql`(${value.num} % ${den.sql} * ${unit})`
  const fails = [
    ...overflows({ ...value, den }, dialect),
    overflowed(rest, den.digits + endlessScale, dialect),
  ]
  return plain(sql`coalesce(${text}, '')`, fails)
}

function unitsText(num: Sql, scale: number): Sql {
  const unit = integerLiteral(power10(scale))
  const size = sql`(case when ${num} < 0 then - ${num} else ${num} end)`
  const zeros = integerLiteral(-scale)
  const decimals = sql`substr(${textLiteral('0'.repeat(scale))} || (${size} % ${unit}), ${zeros})`
  const whole = sql`(${size} / ${unit})`
  return sql`(case when ${num} < 0 then '-' else '' end) || rtrim(rtrim(${whole} || '.' || ${decimals}, '0'), '.')`
}

/** A day number as `YYYY-MM-DD`; null for null. */
export function printDaySql(day: Sql, dialect: Dialect): Sql {
  if (dialect.name === 'postgres') return sql`to_char(${dateOf(day, dialect)}, 'YYYY-MM-DD')`
  return dateOf(day, dialect)
}

/** A day number in the form of a date column. */
export function dateOf(day: Sql, dialect: Dialect): Sql {
  if (dialect.name === 'postgres') return sql`(date '1970-01-01' + (${day})::integer)`
  return sql`date((${day}) * 86400, 'unixepoch')`
}

export function printInstantSql(ms: Sql, dialect: Dialect): Sql {
  return named(ms, (instant) => {
    const seconds = floorDivide(instant, sql`1000`)
    if (dialect.name === 'sqlite') {
      return sql`strftime('%Y-%m-%d %H:%M:%SZ', ${seconds}, 'unixepoch')`
    }
    const days = floorDivide(instant, integerLiteral(dayMs))
    const rest = sql`(${floorModulo(instant, integerLiteral(dayMs))} / 1000)`
    return sql`to_char(${dateOf(days, dialect)} + ${rest} * interval '1 second', 'YYYY-MM-DD HH24:MI:SS"Z"')`
  })
}

export function printTimeSql(ms: Sql, dialect: Dialect): Sql {
  if (dialect.name === 'sqlite') return sql`strftime('%H:%M:%f', (${ms}) / 1000.0, 'unixepoch')`
  return sql`to_char(time '00:00' + (${ms}) * interval '1 millisecond', 'HH24:MI:SS.MS')`
}
