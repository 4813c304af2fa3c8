/** TEXT, VALUE and ISNUMBER: between texts and other values. */
import { message } from '../../base/message.ts'
import { sql, textLiteral, type Sql } from '../../sql/sql.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { printDay, printInstant, printTime } from '../calendar.ts'
import type { FormulaFunction } from '../function-entry.ts'
import { strict } from '../operation.ts'
import { FormulaFailure } from '../problem.ts'
import { parseRational, type Rational } from '../rational.ts'
import { compileNumber, compilePlain, named, plain } from '../sql/build.ts'
import { makeNumber } from '../sql/numbers.ts'
import { printDaySql, printInstantSql, printNumberSql, printTimeSql } from '../sql/print.ts'
import type { SqlCall, SqlNumber, SqlPlain } from '../sql/sql-value.ts'
import type { TypedNode, Value } from '../tree.ts'
import { printNumber } from './powers.ts'
import { trimBlanks } from './trim-blanks.ts'

const plainNumber = /^-?(?:\d+(?:\.\d*)?|\.\d+)$/
const digitsMax = 100

/** Texts that are plain decimals; undefined for all others. */
function numberIn(text: string): Rational | undefined {
  const digits = trimBlanks(text)
  if (digits.length > digitsMax || !plainNumber.test(digits)) return undefined
  return parseRational(digits)
}

function printed(node: TypedNode, value: Value): string {
  switch (node.type.kind) {
    case 'number':
      return printNumber(value as Rational, node.type.endless === true)
    case 'date':
      return printDay(Number(value))
    case 'datetime':
      return printInstant(Number(value))
    case 'time':
      return printTime(Number(value))
    default:
      return String(value)
  }
}

function textSql(call: SqlCall): SqlPlain {
  const [node] = call.args
  if (node === undefined) throw new Error('TEXT')
  const { dialect } = call.context
  const { kind } = node.type
  if (kind === 'number') {
    const isEndless = node.type.endless === true
    return printNumberSql(compileNumber(call, node), { isEndless, dialect })
  }
  const value = compilePlain(call, node)
  if (kind === 'text' || kind === 'picklist') return value
  if (kind === 'null') return plain(sql`''`)
  const print = kind === 'date' ? printDaySql : kind === 'datetime' ? printInstantSql : printTimeSql
  return plain(sql`coalesce(${print(value.sql, dialect)}, '')`, [value.fails])
}

/** A condition that is never null: the trimmed text is a plain decimal. */
function isNumberSql(given: Sql, dialect: Dialect): Sql {
  return named(given, (text) => isPlainDecimal(text, dialect), sql`ft`)
}

function isPlainDecimal(text: Sql, dialect: Dialect): Sql {
  if (dialect.name === 'postgres') {
    return sql`(length(${text}) <= 100 and ${text} ~ '^-?([0-9]+[.]?[0-9]*|[.][0-9]+)$')`
  }
  const unsigned = sql`(case when ${text} like '-%' then substr(${text}, 2) else ${text} end)`
  return sql`(length(${text}) <= 100 and ${unsigned} not glob '*[^0-9.]*' and ${unsigned} glob '*[0-9]*' and ${unsigned} not like '%.%.%')`
}

function trimmedSql(call: SqlCall): SqlPlain {
  const [node] = call.args
  if (node === undefined) throw new Error('a text')
  const value = compilePlain(call, node)
  const trim = call.context.dialect.name === 'postgres' ? sql`btrim` : sql`trim`
  return { ...value, sql: sql`${trim}(${value.sql}, ${textLiteral(' \t\r\n')})` }
}

/**
 * SQLite: all digits as one whole number over a power of ten. More than 18 of them, or a point with
 * more than 17 behind it, count as an overflow.
 */
function valueSql(call: SqlCall): SqlNumber {
  const { dialect } = call.context
  const text = trimmedSql(call)
  const isOther = named(
    text.sql,
    (value) => sql`(${value} <> '' and not ${isNumberSql(value, dialect)})`,
    sql`fv`,
  )
  const fails = [text.fails, isOther]
  if (dialect.name === 'postgres') {
    const num = named(text.sql, (value) => {
      const clean = sql`(case when ${isNumberSql(value, dialect)} then ${value} end)`
      return sql`(${clean})::numeric`
    })
    return makeNumber({ num, digits: 30, scale: 0 }, fails)
  }
  const digits = sql`replace(${text.sql}, '.', '')`
  const tooLong = sql`length(${digits}) > 18`
  const num = sql`(case when ${text.sql} <> '' then cast(${digits} as integer) end)`
  const den = named(text.sql, powerOfDecimals)
  return makeNumber({ num, digits: 18, scale: 0, den: { sql: den, digits: 18 } }, [
    ...fails,
    tooLong,
  ])
}

/** Ten to the power of the digits behind the point. */
function powerOfDecimals(text: Sql): Sql {
  const point = sql`instr(${text}, '.')`
  const decimals = sql`(case when ${point} = 0 then 0 else length(${text}) - ${point} end)`
  return sql`cast(substr('1000000000000000000', 1, 1 + ${decimals}) as integer)`
}

export const conversionFunctions: readonly FormulaFunction[] = [
  {
    name: 'TEXT',
    group: 'text',
    parameters: [
      {
        name: 'value',
        kinds: ['number', 'date', 'datetime', 'time', 'picklist', 'text'],
      },
    ],
    doc: 'Turns a number, a date, a time or a picklist value into a text.',
    result: 'text',
    evaluate({ args: [node], machine }) {
      if (node === undefined) return ''
      const value = machine.evaluate(node)
      return value === null ? '' : printed(node, value)
    },
    sql: textSql,
  },
  {
    name: 'VALUE',
    group: 'text',
    parameters: [{ name: 'text', kinds: ['text'] }],
    doc: 'Turns a text such as "-12.50" into a number; a text that is none leaves the formula blank.',
    result: { kind: 'number', endless: true },
    evaluate: strict<readonly [string]>(([text]) => {
      if (trimBlanks(text) === '') return null
      const value = numberIn(text)
      if (value === undefined) throw new FormulaFailure(message('a text is not a number'))
      return value
    }),
    sql: valueSql,
  },
  {
    name: 'ISNUMBER',
    group: 'logical',
    parameters: [{ name: 'text', kinds: ['text'] }],
    doc: 'True when the text is a number.',
    result: 'boolean',
    evaluate: strict<readonly [string]>(([text]) => numberIn(text) !== undefined),
    sql(call) {
      const text = trimmedSql(call)
      return plain(isNumberSql(text.sql, call.context.dialect), [text.fails])
    },
  },
]
