/** Dates, instants and times of day: made, taken apart and moved by months. */
import { integerLiteral, sql, type Sql } from '../../sql/sql.ts'
import * as calendar from '../calendar.ts'
import { dayMs } from '../calendar.ts'
import type { FormulaFunction, Parameter } from '../function-entry.ts'
import { strict, type Machine } from '../operation.ts'
import { toInteger, whole, type Rational } from '../rational.ts'
import {
  compileNumber,
  compilePlain,
  floorDivide,
  floorModulo,
  named,
  plain,
} from '../sql/build.ts'
import { dayOfYearSql, makeDaySql, monthsLaterSql, partOfDay, weekdaySql } from '../sql/days.ts'
import { wholeNumber } from '../sql/numbers.ts'
import { integerSql } from '../sql/rounding.ts'
import type { SqlCall, SqlNumber, SqlPlain } from '../sql/sql-value.ts'
import type { Value } from '../tree.ts'
import { localDay } from '../zone.ts'
import { resolveFirst } from './resolve-first.ts'
import { offsetSql } from '../sql/zone-sql.ts'

const date = { name: 'date', kinds: ['date'] } as const
const day = integerLiteral(dayMs)

function compiled(call: SqlCall): SqlPlain {
  const [node] = call.args
  if (node === undefined) throw new Error('a date is missing')
  return compilePlain(call, node)
}

/** A function from a day, or a time of day, to a whole number. */
function part(
  name: string,
  doc: string,
  ends: {
    readonly of: (value: number) => number
    readonly inSql: (value: Sql, call: SqlCall) => Sql
    readonly parameter?: Parameter
  },
): FormulaFunction {
  return {
    name,
    group: 'date and time',
    parameters: [ends.parameter ?? date],
    doc,
    result: 'number',
    evaluate: strict<readonly [number]>(([value]) => whole(ends.of(value))),
    sql(call): SqlNumber {
      const value = compiled(call)
      const { dialect } = call.context
      return wholeNumber(ends.inSql(value.sql, call), dialect, { digits: 5, fails: [value.fails] })
    },
  }
}

/** One unit of a time of day, of which so many make the next larger one. */
function clockPart(
  name: string,
  doc: string,
  { unit, modulo }: { readonly unit: number; readonly modulo: number },
): FormulaFunction {
  return part(name, doc, {
    of: (ms) => Math.floor(ms / unit) % modulo,
    inSql: (ms) => sql`((${ms}) / ${integerLiteral(unit)} % ${integerLiteral(modulo)})`,
    parameter: { name: 'time', kinds: ['time'] },
  })
}

function thursday(value: Sql): Sql {
  return sql`(${value} - ${floorModulo(sql`${value} + 3`, sql`7`)} + 3)`
}

type DayKind = 'date' | 'datetime'

/** The same time of day some months on, for instants too. */
function monthsOn(value: number, months: number, kind: DayKind): number {
  if (kind === 'date') return calendar.addMonths(value, months)
  const from = Math.floor(value / dayMs)
  return calendar.addMonths(from, months) * dayMs + (value - from * dayMs)
}

function addMonthsSql(call: SqlCall): SqlPlain {
  const [moment, count] = call.args
  if (moment === undefined || count === undefined) throw new Error('ADDMONTHS')
  const { dialect } = call.context
  const value = compilePlain(call, moment)
  const months = integerSql(compileNumber(call, count), dialect)
  const from = moment.type.kind === 'date' ? value.sql : floorDivide(value.sql, day)
  const later = monthsLaterSql(from, months.sql, dialect)
  const fails = [value.fails, ...months.fails, later.fails]
  if (moment.type.kind === 'date') return plain(later.sql, fails)
  return plain(sql`(${later.sql} * ${day} + ${floorModulo(value.sql, day)})`, fails)
}

function dateSql(call: SqlCall): SqlPlain {
  const parts = call.args.map((arg) => integerSql(compileNumber(call, arg), call.context.dialect))
  const [year, month, dayOfMonth] = parts.map((one) => one.sql)
  if (year === undefined || month === undefined || dayOfMonth === undefined) throw new Error('DATE')
  const made = makeDaySql({ year, month, day: dayOfMonth })
  return plain(made.sql, [...parts.flatMap((one) => one.fails), made.fails])
}

function today(machine: Machine): Value {
  const { now, zone } = machine.environment
  return localDay(zone, now)
}

export function localDaySql(call: SqlCall, instant: Sql): Sql {
  const { zone, dialect } = call.context
  const local = sql`(${instant} + ${offsetSql(zone, instant, dialect)})`
  return named(local, (value) => floorDivide(value, day))
}

export const dateFunctions: readonly FormulaFunction[] = [
  {
    name: 'TODAY',
    group: 'date and time',
    parameters: [],
    doc: 'Gives the present day in the zone of the user.',
    result: 'date',
    volatile: true,
    evaluate: ({ machine }) => today(machine),
    sql: (call) => plain(call.context.today),
  },
  {
    name: 'NOW',
    group: 'date and time',
    parameters: [],
    doc: 'Gives the present moment.',
    result: 'datetime',
    volatile: true,
    evaluate: ({ machine }) => machine.environment.now,
    sql: (call) => plain(call.context.now),
  },
  {
    name: 'TIMENOW',
    group: 'date and time',
    parameters: [],
    doc: 'Gives the present time of day in GMT.',
    result: 'time',
    volatile: true,
    evaluate: ({ machine }) => ((machine.environment.now % dayMs) + dayMs) % dayMs,
    sql: (call) => plain(floorModulo(call.context.now, day)),
  },
  {
    name: 'DATE',
    group: 'date and time',
    parameters: ['year', 'month', 'day'].map((name) => ({ name, kinds: ['number'] as const })),
    doc: 'Makes a date; one that does not exist leaves the formula blank.',
    result: 'date',
    evaluate: strict<readonly [Rational, Rational, Rational]>(([year, month, dayOfMonth]) =>
      calendar.checkedDay(toInteger(year), toInteger(month), toInteger(dayOfMonth)),
    ),
    sql: dateSql,
  },
  part('YEAR', 'Gives the year of a date.', {
    of: (value) => calendar.calendarDay(value).year,
    inSql: (value, call) => partOfDay('year', value, call.context.dialect),
  }),
  part('MONTH', 'Gives the month of a date, from 1 to 12.', {
    of: (value) => calendar.calendarDay(value).month,
    inSql: (value, call) => partOfDay('month', value, call.context.dialect),
  }),
  part('DAY', 'Gives the day of the month of a date.', {
    of: (value) => calendar.calendarDay(value).day,
    inSql: (value, call) => partOfDay('day', value, call.context.dialect),
  }),
  part('WEEKDAY', 'Gives the day of the week: 1 for Sunday, 7 for Saturday.', {
    of: calendar.weekday,
    inSql: weekdaySql,
  }),
  part('DAYOFYEAR', 'Gives the day of the year, from 1 to 366.', {
    of: calendar.dayOfYear,
    inSql: (value, call) => dayOfYearSql(value, call.context.dialect),
  }),
  part('ISOWEEK', 'Gives the number of the week by ISO 8601, from 1 to 53.', {
    of: calendar.isoWeek,
    inSql: (value, call) =>
      sql`((${dayOfYearSql(thursday(value), call.context.dialect)} - 1) / 7 + 1)`,
  }),
  part('ISOYEAR', 'Gives the year to which the ISO week of a date belongs.', {
    of: calendar.isoYear,
    inSql: (value, call) => partOfDay('year', thursday(value), call.context.dialect),
  }),
  clockPart('HOUR', 'Gives the hours of a time of day, from 0 to 23.', {
    unit: 3_600_000,
    modulo: 24,
  }),
  clockPart('MINUTE', 'Gives the minutes of a time of day.', { unit: 60_000, modulo: 60 }),
  clockPart('SECOND', 'Gives the seconds of a time of day.', { unit: 1000, modulo: 60 }),
  clockPart('MILLISECOND', 'Gives the milliseconds of a time of day.', { unit: 1, modulo: 1000 }),
  {
    name: 'ADDMONTHS',
    group: 'date and time',
    parameters: [
      { name: 'date', kinds: ['date', 'datetime'] },
      { name: 'num_months', kinds: ['number'] },
    ],
    doc: 'Gives the same day some months later; the last day of a month stays the last one.',
    result: resolveFirst,
    evaluate({ args, machine }) {
      const kind = args[0]?.type.kind === 'date' ? 'date' : 'datetime'
      return strict<readonly [number, Rational]>(([value, months]) =>
        monthsOn(value, toInteger(months), kind),
      )({ args, machine })
    },
    sql: addMonthsSql,
  },
]
