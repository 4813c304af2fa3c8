/** Looking into texts and cutting them. */
import { sql, textLiteral, type Sql } from '../../sql/sql.ts'
import type { FormulaFunction } from '../function-entry.ts'
import { strict } from '../operation.ts'
import { toCount, whole, type Rational } from '../rational.ts'
import { anyOf, compileNumber, compilePlain, plain } from '../sql/build.ts'
import { branchSql } from '../sql/choose.ts'
import { wholeNumber } from '../sql/numbers.ts'
import { countSql } from '../sql/rounding.ts'
import type { SqlCall, SqlNumber, SqlPlain } from '../sql/sql-value.ts'
import { lengthOf, positionOf, sliceOf } from './characters.ts'
import { boundedText } from './concat.ts'
import { trimBlanks } from './trim-blanks.ts'

const text = { name: 'text', kinds: ['text'] } as const
const count = { name: 'num_chars', kinds: ['number'] } as const

/** A text cut at whole-numbered places; empty where a place is not known. */
function cutSql(call: SqlCall, make: (text: Sql, places: readonly Sql[]) => Sql): SqlPlain {
  const [subject, ...others] = call.args
  if (subject === undefined) throw new Error('a text is missing')
  const value = compilePlain(call, subject)
  const places = others.map((other) => countSql(compileNumber(call, other), call.context.dialect))
  const made = make(
    value.sql,
    places.map((place) => place.sql),
  )
  const fails = [value.fails, ...places.flatMap((place) => place.fails)]
  return plain(sql`coalesce(${made}, '')`, fails)
}

/** Where SQL would count negative lengths from the end, or refuse them, there are none. */
function atLeast(low: number, value: Sql): Sql {
  return low === 0
    ? sql`(case when ${value} < 0 then 0 when ${value} > 1000000000 then 1000000000 else ${value} end)`
    : sql`(case when ${value} < 1 then 1 when ${value} > 1000000000 then 1000000000 else ${value} end)`
}

function integerArgument(value: Sql, dialect: SqlCall['context']['dialect']): Sql {
  return dialect.name === 'postgres' ? sql`(${value})::integer` : value
}

function leftSql(call: SqlCall): SqlPlain {
  return cutSql(call, (value, [length = sql`0`]) => {
    const counted = integerArgument(atLeast(0, length), call.context.dialect)
    return sql`substr(${value}, 1, ${counted})`
  })
}

function rightSql(call: SqlCall): SqlPlain {
  return cutSql(call, (value, [length = sql`0`]) => {
    const counted = integerArgument(atLeast(0, length), call.context.dialect)
    const start = sql`(length(${value}) - ${counted} + 1)`
    return sql`substr(${value}, case when ${start} < 1 then 1 else ${start} end)`
  })
}

function midSql(call: SqlCall): SqlPlain {
  return cutSql(call, (value, [start = sql`1`, length = sql`0`]) => {
    const { dialect } = call.context
    const from = integerArgument(atLeast(1, start), dialect)
    return sql`substr(${value}, ${from}, ${integerArgument(atLeast(0, length), dialect)})`
  })
}

function findSql(call: SqlCall): SqlNumber {
  const [wantedNode, subjectNode, startNode] = call.args
  if (wantedNode === undefined || subjectNode === undefined) throw new Error('FIND')
  const { dialect } = call.context
  const find = dialect.name === 'postgres' ? sql`strpos` : sql`instr`
  const [wanted, subject] = [compilePlain(call, wantedNode), compilePlain(call, subjectNode)]
  const fails = [wanted.fails, subject.fails]
  if (startNode === undefined) {
    const found = sql`(case when ${wanted.sql} = '' then 0 else ${find}(${subject.sql}, ${wanted.sql}) end)`
    return wholeNumber(found, dialect, { fails })
  }
  const start = countSql(compileNumber(call, startNode), dialect)
  const from = integerArgument(atLeast(1, start.sql), dialect)
  const found = sql`${find}(substr(${subject.sql}, ${from}), ${wanted.sql})`
  const moved = sql`(case when ${start.sql} is null then null when ${wanted.sql} = '' or ${start.sql} < 1 or ${found} = 0 then 0 else ${found} + ${from} - 1 end)`
  return wholeNumber(moved, dialect, { fails: [...fails, anyOf(start.fails)] })
}

export const textFunctions: readonly FormulaFunction[] = [
  {
    name: 'BEGINS',
    group: 'text',
    parameters: [text, { name: 'compare_text', kinds: ['text'] }],
    doc: 'True when the text begins with the other one; upper and lower case differ.',
    result: 'boolean',
    evaluate: strict<readonly [string, string]>(([whole, start]) => whole.startsWith(start)),
    sql: (call) =>
      branchSql(call, (whole, start) => sql`(substr(${whole}, 1, length(${start})) = ${start})`),
  },
  {
    name: 'CONTAINS',
    group: 'text',
    parameters: [text, { name: 'compare_text', kinds: ['text'] }],
    doc: 'True when the text holds the other one; upper and lower case differ.',
    result: 'boolean',
    evaluate: strict<readonly [string, string]>(([whole, part]) => whole.includes(part)),
    sql: (call) => {
      const find = call.context.dialect.name === 'postgres' ? sql`strpos` : sql`instr`
      return branchSql(call, (whole, part) => sql`(${part} = '' or ${find}(${whole}, ${part}) > 0)`)
    },
  },
  {
    name: 'FIND',
    group: 'text',
    parameters: [
      { name: 'search_text', kinds: ['text'] },
      text,
      { name: 'start_num', kinds: ['number'], optional: true },
    ],
    doc: 'Gives the position of the first text in the second, from 1; 0 when it is not there.',
    result: 'number',
    evaluate: strict<readonly [string, string, Rational?]>(([wanted, whole_, start]) =>
      whole(positionOf(wanted, whole_, start === undefined ? 1 : toCount(start))),
    ),
    sql: findSql,
  },
  {
    name: 'LEFT',
    group: 'text',
    parameters: [text, count],
    doc: 'Gives so many characters from the beginning.',
    result: 'text',
    evaluate: strict<readonly [string, Rational]>(([value, length]) =>
      sliceOf(value, 0, toCount(length)),
    ),
    sql: leftSql,
  },
  {
    name: 'RIGHT',
    group: 'text',
    parameters: [text, count],
    doc: 'Gives so many characters from the end.',
    result: 'text',
    evaluate: strict<readonly [string, Rational]>(([value, length]) => {
      const taken = Math.max(0, toCount(length))
      return sliceOf(value, Math.max(0, lengthOf(value) - taken), taken)
    }),
    sql: rightSql,
  },
  {
    name: 'MID',
    group: 'text',
    parameters: [text, { name: 'start_num', kinds: ['number'] }, count],
    doc: 'Gives so many characters from a position on, which counts from 1.',
    result: 'text',
    evaluate: strict<readonly [string, Rational, Rational]>(([value, start, length]) =>
      sliceOf(value, Math.max(1, toCount(start)) - 1, toCount(length)),
    ),
    sql: midSql,
  },
  {
    name: 'LEN',
    group: 'text',
    parameters: [text],
    doc: 'Counts the characters of a text.',
    result: 'number',
    evaluate: strict<readonly [string]>(([value]) => whole(lengthOf(value))),
    sql(call) {
      const [subject] = call.args
      if (subject === undefined) throw new Error('LEN')
      const value = compilePlain(call, subject)
      return wholeNumber(sql`length(${value.sql})`, call.context.dialect, { fails: [value.fails] })
    },
  },
  {
    name: 'TRIM',
    group: 'text',
    parameters: [text],
    doc: 'Takes spaces, tabs and line breaks away at both ends.',
    result: 'text',
    evaluate: strict<readonly [string]>(([value]) => trimBlanks(value)),
    sql(call) {
      const [subject] = call.args
      if (subject === undefined) throw new Error('TRIM')
      const value = compilePlain(call, subject)
      const trim = call.context.dialect.name === 'postgres' ? sql`btrim` : sql`trim`
      return plain(sql`${trim}(${value.sql}, ${textLiteral(' \t\r\n')})`, [value.fails])
    },
  },
  {
    name: 'SUBSTITUTE',
    group: 'text',
    parameters: [
      text,
      { name: 'old_text', kinds: ['text'] },
      { name: 'new_text', kinds: ['text'] },
    ],
    doc: 'Replaces every occurrence of one text by another.',
    result: 'text',
    evaluate: strict<readonly [string, string, string]>(([value, old, fresh], machine) => {
      if (old === '') return value
      machine.spend(value.length / 10)
      const pieces = value.split(old)
      // Looked at before the text is made: it may be a thousand times as long.
      machine.spend(((pieces.length - 1) * fresh.length) / 10)
      return boundedText(pieces.join(fresh), machine)
    }),
    sql(call) {
      const values = call.args.map((arg) => compilePlain(call, arg))
      const [value, old, fresh] = values.map((one) => one.sql)
      if (value === undefined || old === undefined || fresh === undefined) {
        throw new Error('SUBSTITUTE')
      }
      return plain(
        sql`replace(${value}, ${old}, ${fresh})`,
        values.map((one) => one.fails),
      )
    },
  },
]
