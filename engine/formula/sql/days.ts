/** Calendar arithmetic in SQL; days are numbers counted from 1970-01-01. */
import type { Dialect } from '../../sql/dialect.ts'
import { integerLiteral, sql, type Sql } from '../../sql/sql.ts'
import { firstDay, lastDay } from '../calendar.ts'
import { floorModulo, named } from './build.ts'
import { dateOf } from './print.ts'

const formats = { year: sql`'%Y'`, month: sql`'%m'`, day: sql`'%d'` }

export function partOfDay(part: 'year' | 'month' | 'day', day: Sql, dialect: Dialect): Sql {
  if (dialect.name === 'sqlite') {
    return sql`cast(strftime(${formats[part]}, (${day}) * 86400, 'unixepoch') as integer)`
  }
  const field = part === 'year' ? sql`year` : part === 'month' ? sql`month` : sql`day`
  return sql`extract(${field} from ${dateOf(inRange(day), dialect)})::integer`
}

/** A day outside the calendar is one that fails; PostgreSQL must not see it. */
function inRange(day: Sql): Sql {
  const [low, high] = [integerLiteral(firstDay), integerLiteral(lastDay)]
  return named(
    day,
    (value) => sql`(case when ${value} between ${low} and ${high} then ${value} end)`,
  )
}

export function dayOfYearSql(day: Sql, dialect: Dialect): Sql {
  if (dialect.name === 'sqlite') {
    return sql`cast(strftime('%j', (${day}) * 86400, 'unixepoch') as integer)`
  }
  return sql`extract(doy from ${dateOf(inRange(day), dialect)})::integer`
}

export function weekdaySql(day: Sql): Sql {
  return sql`(${floorModulo(sql`(${day}) + 4`, sql`7`)} + 1)`
}

interface DayParts {
  readonly year: Sql
  readonly month: Sql
  readonly day: Sql
}

interface MadeDay {
  readonly sql: Sql
  /** Never null. */
  readonly fails: Sql
}

function lastOfMonth({ year, month }: Pick<DayParts, 'year' | 'month'>): Sql {
  const isLeap = sql`(${year} % 4 = 0 and (${year} % 100 <> 0 or ${year} % 400 = 0))`
  return sql`(case when ${month} = 2 then case when ${isLeap} then 29 else 28 end when ${month} in (4, 6, 9, 11) then 30 else 31 end)`
}

/** The number of a day of the years 1 to 9999; null when there is no such day. */
function dayNumberSql({ year, month, day }: DayParts): Sql {
  const shifted = sql`(${year} - case when ${month} <= 2 then 1 else 0 end)`
  const fromMarch = sql`((${month} + 9) % 12)`
  return sql`(${shifted} * 365 + ${shifted} / 4 - ${shifted} / 100 + ${shifted} / 400 + (153 * ${fromMarch} + 2) / 5 + ${day} - 1 - 719468)`
}

export function makeDaySql(parts: DayParts): MadeDay {
  const made = namedParts(parts, (named) => {
    const { year, month, day } = named
    const isReal = sql`(${year} between 1 and 9999 and ${month} between 1 and 12 and ${day} between 1 and ${lastOfMonth(named)})`
    // Outside the range PostgreSQL's integers could overflow.
    return sql`(case when ${isReal} then ${dayNumberSql(named)} end)`
  })
  const { year, month, day } = parts
  const isKnown = sql`((${year}) is not null and (${month}) is not null and (${day}) is not null)`
  return { sql: made, fails: sql`(${isKnown} and ${made} is null)` }
}

const short = 12

/** Long parts are computed once. */
function namedParts(parts: DayParts, use: (parts: DayParts) => Sql): Sql {
  const { year, month, day } = parts
  if ([year, month, day].every((part) => part.size <= short)) return use(parts)
  const names = { year: sql`fyear`, month: sql`fmonth`, day: sql`fday` }
  return sql`(select ${use(names)} from (select ${year} as fyear, ${month} as fmonth, ${day} as fday limit 1) as fs)`
}

/** The same day some months on; the last day of a month stays the last one. */
export function monthsLaterSql(day: Sql, months: Sql, dialect: Dialect): MadeDay {
  const isNear = sql`(${months} between -200000 and 200000)`
  const near = sql`(case when ${isNear} then ${months} end)`
  const from = {
    year: partOfDay('year', sql`fbase`, dialect),
    month: partOfDay('month', sql`fbase`, dialect),
    day: partOfDay('day', sql`fbase`, dialect),
  }
  const base = sql`(select ${day} as fbase, ${near} as fnear limit 1) as fs`
  const parts = sql`(select ${from.year} as fyear, ${from.month} as fmonth, ${from.day} as fday, fnear from ${base} limit 1) as fs`
  const named = { year: sql`fyear`, month: sql`fmonth`, day: sql`fday` }
  const isEnd = sql`fday = ${lastOfMonth(named)} as fend`
  const count = sql`(select fyear * 12 + fmonth - 1 + fnear as fcount, fday, ${isEnd} from ${parts} limit 1) as fs`
  const target = sql`(select fcount, fcount / 12 as fyear, fcount % 12 + 1 as fmonth, fday, fend from ${count} limit 1) as fs`
  const last = lastOfMonth(named)
  const kept = sql`(case when fend or fday > ${last} then ${last} else fday end)`
  const number = dayNumberSql({ ...named, day: kept })
  const made = sql`(select case when fcount between 12 and 119999 then ${number} end from ${target})`
  const isKnown = sql`((${day}) is not null and ${months} is not null)`
  return { sql: made, fails: sql`(${isKnown} and ${made} is null)` }
}
