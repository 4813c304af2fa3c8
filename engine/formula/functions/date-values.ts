/** Between days, instants, times of day, their texts and seconds since 1970. */
import { message, type Message } from '../../base/message.ts'
import { integerLiteral, sql } from '../../sql/sql.ts'
import {
  dayMs,
  firstDay,
  instantInCalendar,
  lastDay,
  parseDay,
  parseInstant,
  parseTime,
} from '../calendar.ts'
import type { FormulaFunction } from '../function-entry.ts'
import { strict, type EvaluationCall } from '../operation.ts'
import { FormulaFailure } from '../problem.ts'
import { multiply, roundedUnits, whole, type Rational } from '../rational.ts'
import { compileNumber, compilePlain, floorModulo, plain } from '../sql/build.ts'
import { makeDaySql } from '../sql/days.ts'
import { makeNumber, multiplySql, numberLiteral, wholeNumber } from '../sql/numbers.ts'
import { integerSql, roundSql } from '../sql/rounding.ts'
import { NotInSql, type SqlCall, type SqlNumber, type SqlPlain } from '../sql/sql-value.ts'
import type { Value } from '../tree.ts'
import { localDay } from '../zone.ts'
import { localDaySql } from './dates.ts'

const day = integerLiteral(dayMs)

/** The argument and its kind; null where there is none. */
function moment({ args: [node], machine }: EvaluationCall): { value: Value; kind: string } {
  if (node === undefined) return { value: null, kind: 'null' }
  const value = machine.evaluate(node)
  return { value: value === '' ? null : value, kind: node.type.kind }
}

function parsed(value: Value, parse: (text: string) => number | undefined, fault: Message): number {
  const found = parse(String(value).trim())
  if (found === undefined) throw new FormulaFailure(fault)
  return found
}

function compiled(call: SqlCall): { readonly value: SqlPlain; readonly kind: string } {
  const [node] = call.args
  if (node === undefined) throw new Error('a date is missing')
  return { value: compilePlain(call, node), kind: node.type.kind }
}

function dateValueSql(call: SqlCall): SqlPlain {
  const { value, kind } = compiled(call)
  if (kind === 'date' || kind === 'null') return value
  if (kind === 'datetime') return plain(localDaySql(call, value.sql), [value.fails])
  const isPostgres = call.context.dialect.name === 'postgres'
  const pattern = isPostgres
    ? sql`${value.sql} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'`
    : sql`${value.sql} glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'`
  const part = (start: number, length: number): ReturnType<typeof integerLiteral> => {
    const digits = sql`substr(${value.sql}, ${integerLiteral(start)}, ${integerLiteral(length)})`
    return sql`cast(case when ${pattern} then ${digits} end as integer)`
  }
  const made = makeDaySql({ year: part(1, 4), month: part(6, 2), day: part(9, 2) })
  const isOther = sql`(${value.sql} <> '' and not ${pattern})`
  return plain(made.sql, [value.fails, isOther, made.fails])
}

function instantSql(call: SqlCall): SqlPlain {
  const { value, kind } = compiled(call)
  if (kind === 'datetime' || kind === 'null') return value
  if (kind === 'date') return plain(sql`((${value.sql}) * ${day})`, [value.fails])
  throw new NotInSql('DATETIMEVALUE of a text')
}

function timeValueSql(call: SqlCall): SqlPlain {
  const { value, kind } = compiled(call)
  if (kind === 'time' || kind === 'null') return value
  if (kind === 'datetime') return plain(floorModulo(value.sql, day), [value.fails])
  throw new NotInSql('TIMEVALUE of a text')
}

function unixSql(call: SqlCall): SqlNumber {
  const { value, kind } = compiled(call)
  const { dialect } = call.context
  const fails = [value.fails]
  if (kind === 'date') {
    return wholeNumber(sql`((${value.sql}) * 86400)`, dialect, { digits: 13, fails })
  }
  const milliseconds = wholeNumber(value.sql, dialect, { digits: 15, fails })
  const seconds = makeNumber({ ...milliseconds, den: { sql: sql`1000`, digits: 4 } }, fails)
  return roundSql(seconds, 0, { rule: 'floor', dialect })
}

function fromUnixSql(call: SqlCall): SqlPlain {
  const [node] = call.args
  if (node === undefined) throw new Error('FROMUNIXTIME')
  const { dialect } = call.context
  const ms = multiplySql(compileNumber(call, node), numberLiteral(whole(1000), dialect))
  const units = integerSql(roundSql(ms, 0, { rule: 'half', dialect }), dialect)
  const [low, high] = [integerLiteral(firstDay * dayMs), integerLiteral((lastDay + 1) * dayMs - 1)]
  const outside = sql`coalesce(${units.sql} not between ${low} and ${high}, false)`
  return plain(units.sql, [...units.fails, outside])
}

export const dateValueFunctions: readonly FormulaFunction[] = [
  {
    name: 'DATEVALUE',
    group: 'date and time',
    parameters: [{ name: 'expression', kinds: ['datetime', 'text', 'date'] }],
    doc: 'Gives the day of a moment in the zone of the user, or of a text such as "2026-11-22".',
    result: 'date',
    // The zone is the user's.
    volatile: true,
    evaluate(call) {
      const { value, kind } = moment(call)
      if (value === null || kind === 'date') return value
      if (kind === 'datetime') return localDay(call.machine.environment.zone, Number(value))
      const found = parseDay(String(value))
      if (found === undefined) throw new FormulaFailure(message('a text is not a date'))
      return found
    },
    sql: dateValueSql,
  },
  {
    name: 'DATETIMEVALUE',
    group: 'date and time',
    parameters: [{ name: 'expression', kinds: ['text', 'date', 'datetime'] }],
    doc: 'Gives the moment in GMT of a text such as "2026-11-22 17:30:00", or the beginning of a day.',
    result: 'datetime',
    evaluate(call) {
      const { value, kind } = moment(call)
      if (value === null || kind === 'datetime') return value
      if (kind === 'date') return Number(value) * dayMs
      const midnight = parseDay(String(value).trim())
      return midnight === undefined
        ? parsed(value, parseInstant, message('a text is not a date and time'))
        : midnight * dayMs
    },
    sql: instantSql,
  },
  {
    name: 'TIMEVALUE',
    group: 'date and time',
    parameters: [{ name: 'expression', kinds: ['text', 'datetime', 'time'] }],
    doc: 'Gives the time of day of a text such as "17:30:00", or of a moment in GMT.',
    result: 'time',
    evaluate(call) {
      const { value, kind } = moment(call)
      if (value === null || kind === 'time') return value
      if (kind === 'datetime') return ((Number(value) % dayMs) + dayMs) % dayMs
      return parsed(value, parseTime, message('a text is not a time'))
    },
    sql: timeValueSql,
  },
  {
    name: 'UNIXTIMESTAMP',
    group: 'date and time',
    parameters: [{ name: 'expression', kinds: ['datetime', 'date', 'time'] }],
    doc: 'Gives the seconds since the beginning of 1970, or since midnight for a time of day.',
    result: 'number',
    evaluate(call) {
      const { value, kind } = moment(call)
      if (value === null) return null
      return whole(kind === 'date' ? Number(value) * 86_400 : Math.floor(Number(value) / 1000))
    },
    sql: unixSql,
  },
  {
    name: 'FROMUNIXTIME',
    group: 'date and time',
    parameters: [{ name: 'seconds', kinds: ['number'] }],
    doc: 'Gives the moment so many seconds after the beginning of 1970.',
    result: 'datetime',
    evaluate: strict<readonly [Rational]>(([seconds]) => {
      const ms = Number(roundedUnits(multiply(seconds, whole(1000)), 0))
      return instantInCalendar(ms)
    }),
    sql: fromUnixSql,
  },
]
