/** `+` and `-` where a date, an instant or a time of day is involved. */
import { message } from '../../base/message.ts'
import { integerLiteral, sql } from '../../sql/sql.ts'
import { dayMs, firstDay, inCalendar, instantInCalendar, lastDay } from '../calendar.ts'
import { strict, type Operation } from '../operation.ts'
import { FormulaFailure } from '../problem.ts'
import { floorUnits, multiply, roundedUnits, whole, type Rational } from '../rational.ts'
import { compileNumber, compilePlain, floorModulo, plain } from '../sql/build.ts'
import { makeNumber, multiplySql, numberLiteral, wholeNumber } from '../sql/numbers.ts'
import { integerSql, roundSql } from '../sql/rounding.ts'
import type { SqlCall, SqlPlain } from '../sql/sql-value.ts'
import type { TypeKind } from '../types.ts'

const instantUnits = whole(dayMs)

function asNumber(units: bigint): number {
  const number = Number(units)
  if (Number.isSafeInteger(number)) return number
  throw new FormulaFailure(message('a date is outside the calendar'))
}

function signed(sign: 1 | -1, value: Rational): Rational {
  return sign === 1 ? value : { num: -value.num, den: value.den }
}

/** A date moves by whole days; a fraction leads into the day that it falls in. */
function dateShift(sign: 1 | -1): Operation {
  return {
    name: sign === 1 ? '+' : '-',
    evaluate: strict<readonly [number, Rational]>(([day, days]) =>
      inCalendar(day + asNumber(floorUnits(signed(sign, days)))),
    ),
    sql(call) {
      return shifted(call, { sign, rule: 'floor', perDay: 1, range: [firstDay, lastDay] })
    },
  }
}

function instantShift(sign: 1 | -1): Operation {
  return {
    name: sign === 1 ? '+' : '-',
    evaluate: strict<readonly [number, Rational]>(([ms, days]) => {
      const distance = roundedUnits(multiply(signed(sign, days), instantUnits), 0)
      return instantInCalendar(ms + asNumber(distance))
    }),
    sql(call) {
      const range = [firstDay * dayMs, (lastDay + 1) * dayMs - 1] as const
      return shifted(call, { sign, rule: 'half', perDay: dayMs, range })
    },
  }
}

interface Shift {
  readonly sign: 1 | -1
  readonly rule: 'floor' | 'half'
  readonly perDay: number
  readonly range: readonly [number, number]
}

function shifted(call: SqlCall, shift: Shift): SqlPlain {
  const [moment, amount] = call.args
  if (moment === undefined || amount === undefined) throw new Error('a date and a number')
  const { dialect } = call.context
  const factor = numberLiteral(whole(shift.sign * shift.perDay), dialect)
  const distance = multiplySql(compileNumber(call, amount), factor)
  const units = integerSql(roundSql(distance, 0, { rule: shift.rule, dialect }), dialect)
  const from = compilePlain(call, moment)
  const sum = sql`(${from.sql} + ${units.sql})`
  const [low, high] = [integerLiteral(shift.range[0]), integerLiteral(shift.range[1])]
  const outside = sql`coalesce(${sum} not between ${low} and ${high}, false)`
  return plain(sum, [from.fails, ...units.fails, outside])
}

/** Milliseconds are added to a time of day; midnight is passed in a circle. */
function timeShift(sign: 1 | -1): Operation {
  return {
    name: sign === 1 ? '+' : '-',
    evaluate: strict<readonly [number, Rational]>(([ms, more]) => {
      const sum = ms + asNumber(roundedUnits(signed(sign, more), 0) % BigInt(dayMs))
      return ((sum % dayMs) + dayMs) % dayMs
    }),
    sql(call) {
      const [time, amount] = call.args
      if (time === undefined || amount === undefined) throw new Error('a time and a number')
      const { dialect } = call.context
      const rounded = roundSql(compileNumber(call, amount), 0, { rule: 'half', dialect })
      const units = integerSql(rounded, dialect)
      const from = compilePlain(call, time)
      const day = integerLiteral(dayMs)
      const operator = sign === 1 ? sql`+` : sql`-`
      const sum = sql`(${from.sql} ${operator} (${units.sql} % ${day}))`
      return plain(floorModulo(sum, day), [from.fails, ...units.fails])
    },
  }
}

const operations = {
  date: { 1: dateShift(1), [-1]: dateShift(-1) },
  datetime: { 1: instantShift(1), [-1]: instantShift(-1) },
  time: { 1: timeShift(1), [-1]: timeShift(-1) },
}

export const shiftDate = (sign: 1 | -1): Operation => operations.date[sign]
export const shiftInstant = (sign: 1 | -1): Operation => operations.datetime[sign]
export const shiftTime = (sign: 1 | -1): Operation => operations.time[sign]

/** Days between dates, days with fractions between instants, milliseconds between times of day. */
export function unlike(kind: TypeKind): Operation {
  return kind === 'datetime' ? betweenInstants : between
}

const between: Operation = {
  name: '-',
  evaluate: strict<readonly [number, number]>(([left, right]) => whole(left - right)),
  sql(call) {
    const { difference, fails } = differenceSql(call)
    return wholeNumber(difference, call.context.dialect, { fails })
  },
}

const betweenInstants: Operation = {
  name: '-',
  evaluate: strict<readonly [number, number]>(([left, right]) => ({
    num: BigInt(left - right),
    den: BigInt(dayMs),
  })),
  sql(call) {
    const { difference, fails } = differenceSql(call)
    const { dialect } = call.context
    const top = wholeNumber(difference, dialect, { digits: 15, fails })
    const den = { sql: numberLiteral(instantUnits, dialect).num, digits: 8 }
    return makeNumber({ ...top, den }, fails)
  },
}

function differenceSql(call: SqlCall): {
  readonly difference: ReturnType<typeof floorModulo>
  readonly fails: readonly (SqlPlain['fails'] | undefined)[]
} {
  const [left, right] = call.args
  if (left === undefined || right === undefined) throw new Error('two moments')
  const [one, other] = [compilePlain(call, left), compilePlain(call, right)]
  return { difference: sql`(${one.sql} - ${other.sql})`, fails: [one.fails, other.fails] }
}
