/** Texts made from other texts: padding, case, single characters, encodings. */
import { message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { integerLiteral, sql, type Sql } from '../../sql/sql.ts'
import { normaliseId } from '../../base/record-id.ts'
import type { FormulaFunction } from '../function-entry.ts'
import { strict, type Machine } from '../operation.ts'
import { FormulaFailure, FormulaLimit } from '../problem.ts'
import { toCount, toInteger, whole, type Rational } from '../rational.ts'
import { compileNumber, compilePlain, named, plain } from '../sql/build.ts'
import { countSql } from '../sql/rounding.ts'
import { NotInSql, type SqlCall, type SqlPlain } from '../sql/sql-value.ts'
import { lengthOf, sliceOf } from './characters.ts'
import { boundedText, escapeHtml, escapeHtmlSql } from './concat.ts'

const lengthMax = integerLiteral(limits.formulaTextCharsMax)

const text = { name: 'text', kinds: ['text'] } as const

const padding = [
  text,
  { name: 'padded_length', kinds: ['number'] },
  { name: 'pad_text', kinds: ['text'], optional: true },
] as const

type PadArguments = readonly [string, Rational, string?]

/** What is missing to the wanted length, made of the pad text; undefined when the text is cut. */
function missing([value, wanted, pad = ' ']: PadArguments, machine: Machine): string | undefined {
  const length = toCount(wanted)
  const lacking = length - lengthOf(value)
  if (lacking < 0) return undefined
  if (pad === '') return ''
  if (length > limits.formulaTextCharsMax) throw new FormulaLimit(message('a text became too long'))
  machine.spend(lacking / 10)
  return sliceOf(pad.repeat(Math.ceil(lacking / lengthOf(pad))), 0, lacking)
}

function padSql(call: SqlCall, join: (text: Sql, pad: Sql) => Sql): SqlPlain {
  const [subject, lengthNode, padNode] = call.args
  if (subject === undefined || lengthNode === undefined) throw new Error('a text and its length')
  const { dialect } = call.context
  const value = compilePlain(call, subject)
  const pad = padNode === undefined ? plain(sql`' '`) : compilePlain(call, padNode)
  const length = countSql(compileNumber(call, lengthNode), dialect)
  const tooLong = sql`coalesce(${length.sql} > ${lengthMax} and length(${value.sql}) <= ${length.sql} and ${pad.sql} <> '', false)`
  const fails = [value.fails, pad.fails, ...length.fails, tooLong]
  const bounded = sql`(case when ${length.sql} > ${lengthMax} then ${lengthMax} when ${length.sql} < 0 then 0 else ${length.sql} end)`
  const padded = named(bounded, (count) => {
    const lacking = sql`(${count} - length(${value.sql}))`
    const repeated =
      dialect.name === 'postgres'
        ? sql`repeat(${pad.sql}, ${lacking}::integer)`
        : sql`replace(hex(zeroblob(${lacking})), '00', ${pad.sql})`
    const cut = (of: Sql, to: Sql): Sql =>
      dialect.name === 'postgres'
        ? sql`substr(${of}, 1, ${to}::integer)`
        : sql`substr(${of}, 1, ${to})`
    const filled = join(value.sql, cut(repeated, lacking))
    return sql`(case when ${lacking} < 0 then ${cut(value.sql, count)} when ${pad.sql} = '' then ${value.sql} else ${filled} end)`
  })
  return plain(sql`(case when ${length.sql} is null then '' else ${padded} end)`, fails)
}

function withoutSql(name: string): () => never {
  return () => {
    throw new NotInSql(name)
  }
}

const encodings: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['/', '\\/'],
  ['<', '\\u003C'],
  ['>', '\\u003E'],
  ['\u2028', '\\u2028'],
  ['\u2029', '\\u2029'],
])

function encodeForScript(value: string): string {
  return [...value].map((character) => encodings.get(character) ?? character).join('')
}

/** As forms send it: a space becomes a plus. */
function encodeForUrl(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'))
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

function capitalise(value: string): string {
  return value
    .toLowerCase()
    .replace(
      /(^|[^\p{L}\p{N}])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    )
}

function character(code: Rational): string {
  const point = toInteger(code)
  const isText = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
  if (!isText) throw new FormulaFailure(message('there is no character with that number'))
  return String.fromCodePoint(point)
}

/** Letters of all languages: neither database maps them as JavaScript does. */
function lettersOnly(
  name: string,
  doc: string,
  change: (value: string) => string,
): FormulaFunction {
  return {
    name,
    group: 'text',
    parameters: [text, { name: 'locale', kinds: ['text'], optional: true }],
    doc,
    result: 'text',
    evaluate: strict<readonly [string]>(([value], machine) => boundedText(change(value), machine)),
  }
}

export const textMakingFunctions: readonly FormulaFunction[] = [
  lettersOnly('LOWER', 'Turns all letters into small ones.', (value) => value.toLowerCase()),
  lettersOnly('UPPER', 'Turns all letters into capital ones.', (value) => value.toUpperCase()),
  lettersOnly('INITCAP', 'Gives every word a capital letter and small ones after it.', capitalise),
  {
    name: 'LPAD',
    group: 'text',
    parameters: padding,
    doc: 'Fills the text from the left up to the length, or cuts it to that length.',
    result: 'text',
    evaluate: strict<PadArguments>((args, machine) => {
      const fill = missing(args, machine)
      return fill === undefined ? sliceOf(args[0], 0, toCount(args[1])) : fill + args[0]
    }),
    sql: (call) => padSql(call, (value, pad) => call.context.dialect.concat([pad, value])),
  },
  {
    name: 'RPAD',
    group: 'text',
    parameters: padding,
    doc: 'Fills the text from the right up to the length, or cuts it to that length.',
    result: 'text',
    evaluate: strict<PadArguments>((args, machine) => {
      const fill = missing(args, machine)
      return fill === undefined ? sliceOf(args[0], 0, toCount(args[1])) : args[0] + fill
    }),
    sql: (call) => padSql(call, (value, pad) => call.context.dialect.concat([value, pad])),
  },
  {
    name: 'REVERSE',
    group: 'text',
    parameters: [text],
    doc: 'Gives the characters of a text in opposite order.',
    result: 'text',
    evaluate: strict<readonly [string]>(([value], machine) =>
      boundedText([...value].reverse().join(''), machine),
    ),
    sql(call) {
      if (call.context.dialect.name !== 'postgres') throw new NotInSql('REVERSE')
      const [subject] = call.args
      if (subject === undefined) throw new Error('REVERSE')
      const value = compilePlain(call, subject)
      return plain(sql`reverse(${value.sql})`, [value.fails])
    },
  },
  {
    name: 'CHR',
    group: 'text',
    parameters: [{ name: 'number', kinds: ['number'] }],
    doc: 'Gives the character with that number in Unicode.',
    result: 'text',
    evaluate: strict<readonly [Rational]>(([code]) => character(code)),
  },
  {
    name: 'ASCII',
    group: 'text',
    parameters: [text],
    doc: 'Gives the number in Unicode of the first character.',
    result: 'number',
    evaluate: strict<readonly [string]>(([value]) =>
      value === '' ? null : whole(value.codePointAt(0) ?? 0),
    ),
  },
  {
    name: 'CASESAFEID',
    group: 'text',
    parameters: [{ name: 'id', kinds: ['text'] }],
    doc: 'Turns an id of 15 characters into the one of 18 that is safe where case is ignored.',
    result: 'text',
    evaluate: strict<readonly [string]>(([id]) => normaliseId(id) ?? id),
    sql(call) {
      const [subject] = call.args
      // Columns hold ids in the long form only.
      const isId = subject?.kind === 'field' && subject.mention.kind === 'id'
      return isId ? compilePlain(call, subject) : withoutSql('CASESAFEID of a text')()
    },
  },
  {
    name: 'HTMLENCODE',
    group: 'text',
    parameters: [text],
    doc: 'Replaces the characters that mean something in HTML by their entities.',
    result: 'text',
    evaluate: strict<readonly [string]>(([value], machine) =>
      boundedText(escapeHtml(value), machine),
    ),
    sql(call) {
      const [subject] = call.args
      if (subject === undefined) throw new Error('HTMLENCODE')
      const value = compilePlain(call, subject)
      return plain(escapeHtmlSql(value.sql), [value.fails])
    },
  },
  {
    name: 'JSENCODE',
    group: 'text',
    parameters: [text],
    doc: 'Puts a backslash before the characters that would end a text in a script.',
    result: 'text',
    evaluate: strict<readonly [string]>(([value], machine) =>
      boundedText(encodeForScript(value), machine),
    ),
  },
  {
    name: 'JSINHTMLENCODE',
    group: 'text',
    parameters: [text],
    doc: 'Encodes for HTML first and for a script in it then.',
    result: 'text',
    evaluate: strict<readonly [string]>(([value], machine) =>
      boundedText(encodeForScript(escapeHtml(value)), machine),
    ),
  },
  {
    name: 'URLENCODE',
    group: 'text',
    parameters: [text],
    doc: 'Replaces the characters that addresses may not hold.',
    result: 'text',
    evaluate: strict<readonly [string]>(([value], machine) =>
      boundedText(encodeForUrl(value), machine),
    ),
  },
]
