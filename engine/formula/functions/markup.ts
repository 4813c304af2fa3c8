/** HYPERLINK, IMAGE and BR: markup in which every value is escaped and every address is a harmless one. */
import { message } from '../../base/message.ts'
import { sql, textLiteral, type Sql } from '../../sql/sql.ts'
import { adapt, asMarkup, demand } from '../function-entry.ts'
import type { CheckedCall, FormulaFunction, Resolved } from '../function-entry.ts'
import { strict } from '../operation.ts'
import { FormulaFault } from '../problem.ts'
import type { Rational } from '../rational.ts'
import { compileNumber, compilePlain, plain } from '../sql/build.ts'
import { printNumberSql } from '../sql/print.ts'
import type { SqlCall, SqlPlain } from '../sql/sql-value.ts'
import { escapeHtml, escapeHtmlSql, escapeMarkup } from './concat.ts'
import { printNumber } from './powers.ts'

const markup = { kind: 'text', markup: true } as const

/** Addresses of the web, of mail, and those without a scheme; anything else could run a script. */
function isHarmless(url: string): boolean {
  const start = url.slice(0, 8).toLowerCase()
  return (
    start.startsWith('http://') ||
    start === 'https://' ||
    start.startsWith('mailto:') ||
    url.startsWith('/') ||
    !url.includes(':')
  )
}

function isHarmlessSql(url: Sql, isPostgres: boolean): Sql {
  const find = isPostgres ? sql`strpos` : sql`instr`
  return sql`(lower(substr(${url}, 1, 7)) in ('http://', 'mailto:') or lower(substr(${url}, 1, 8)) = 'https://' or substr(${url}, 1, 1) = '/' or ${find}(${url}, ':') = 0)`
}

const targets = /^[A-Za-z_][A-Za-z0-9_-]{0,40}$/

function link([url, label, target = '_blank']: readonly [string, string, string?]): string {
  if (!isHarmless(url)) return label
  const frame = targets.test(target) ? target : '_blank'
  return `<a href="${escapeHtml(url)}" target="${frame}">${label}</a>`
}

function linkSql(call: SqlCall): SqlPlain {
  const [urlNode, labelNode, targetNode] = call.args
  if (urlNode === undefined || labelNode === undefined) throw new Error('HYPERLINK')
  const [url, label] = [compilePlain(call, urlNode), compilePlain(call, labelNode)]
  const { dialect } = call.context
  const wanted = targetNode?.kind === 'constant' ? String(targetNode.value) : '_blank'
  const frame = targets.test(wanted) ? wanted : '_blank'
  const made = dialect.concat([
    textLiteral('<a href="'),
    escapeHtmlSql(url.sql),
    textLiteral(`" target="${frame}">`),
    label.sql,
    textLiteral('</a>'),
  ])
  const isSafe = isHarmlessSql(url.sql, dialect.name === 'postgres')
  return plain(sql`(case when ${isSafe} then ${made} else ${label.sql} end)`, [
    url.fails,
    label.fails,
  ])
}

function resolveLink({ name, args }: CheckedCall): Resolved {
  const [url, label, target] = args
  if (url === undefined || label === undefined) throw new Error('HYPERLINK')
  for (const arg of args) demand(arg, ['text'], name)
  if (target !== undefined && target.kind !== 'constant') {
    const told = message('HYPERLINK needs its target as a plain text such as "_self"')
    throw new FormulaFault(told, target.span)
  }
  const safe = [adapt(url, 'text'), asMarkup(adapt(label, 'text'), escapeMarkup)]
  return { type: markup, args: target === undefined ? safe : [...safe, adapt(target, 'text')] }
}

function resolveImage({ name, args }: CheckedCall): Resolved {
  const [url, alternative, ...sizes] = args
  if (url === undefined || alternative === undefined) throw new Error('IMAGE')
  demand(url, ['text'], name)
  demand(alternative, ['text'], name)
  for (const size of sizes) demand(size, ['number'], name)
  const texts = [adapt(url, 'text'), adapt(alternative, 'text')]
  return { type: markup, args: [...texts, ...sizes.map((size) => adapt(size, 'number'))] }
}

type ImageArguments = readonly [string, string, Rational?, Rational?]

function image(call: ImageArguments, endless: readonly boolean[]): string {
  const [url, alternative, height, width] = call
  if (!isHarmless(url)) return escapeHtml(alternative)
  const size = (name: string, value: Rational | undefined, isEndless = false): string =>
    value === undefined ? '' : ` ${name}="${printNumber(value, isEndless)}"`
  const sizes = size('height', height, endless[0]) + size('width', width, endless[1])
  return `<img src="${escapeHtml(url)}" alt="${escapeHtml(alternative)}"${sizes} border="0"/>`
}

function imageSql(call: SqlCall): SqlPlain {
  const [urlNode, alternativeNode, ...sizeNodes] = call.args
  if (urlNode === undefined || alternativeNode === undefined) throw new Error('IMAGE')
  const { dialect } = call.context
  const [url, alternative] = [compilePlain(call, urlNode), compilePlain(call, alternativeNode)]
  const sizes = sizeNodes.map((node) =>
    printNumberSql(compileNumber(call, node), { isEndless: node.type.endless === true, dialect }),
  )
  const known = sizes.map((size) => sql`${size.sql} <> ''`)
  const made = dialect.concat([
    textLiteral('<img src="'),
    escapeHtmlSql(url.sql),
    textLiteral('" alt="'),
    escapeHtmlSql(alternative.sql),
    sql`'"'`,
    ...sizes.flatMap((size, index) => [
      textLiteral(index === 0 ? ' height="' : ' width="'),
      size.sql,
      sql`'"'`,
    ]),
    textLiteral(' border="0"/>'),
  ])
  const isSafe = isHarmlessSql(url.sql, dialect.name === 'postgres')
  const shown = sql`(case when ${isSafe} then ${made} else ${escapeHtmlSql(alternative.sql)} end)`
  const complete = known.reduce((all, one) => sql`${all} and ${one}`, sql`true`)
  const fails = [url.fails, alternative.fails, ...sizes.map((size) => size.fails)]
  return plain(
    sizes.length === 0 ? shown : sql`(case when ${complete} then ${shown} else '' end)`,
    fails,
  )
}

export const markupFunctions: readonly FormulaFunction[] = [
  {
    name: 'HYPERLINK',
    group: 'advanced',
    parameters: [{ name: 'url' }, { name: 'friendly_name' }, { name: 'target', optional: true }],
    doc: 'Makes a link. Addresses that are neither of the web, of mail, nor relative leave the name alone.',
    contexts: ['field', 'flow', 'default'],
    result: resolveLink,
    evaluate: strict<readonly [string, string, string?]>((args) => link(args)),
    sql: linkSql,
  },
  {
    name: 'IMAGE',
    group: 'advanced',
    parameters: [
      { name: 'image_url' },
      { name: 'alternate_text' },
      { name: 'height', optional: true },
      { name: 'width', optional: true },
    ],
    doc: 'Shows an image, with the alternative text for those who cannot see it.',
    contexts: ['field', 'flow', 'default'],
    result: resolveImage,
    evaluate(call) {
      const endless = call.args.slice(2).map((arg) => arg.type.endless === true)
      return strict<ImageArguments>((args) => image(args, endless))(call)
    },
    sql: imageSql,
  },
  {
    name: 'BR',
    group: 'text',
    parameters: [],
    doc: 'Begins a new line.',
    result: markup,
    evaluate: () => '<br>',
    sql: () => plain(sql`'<br>'`),
  },
]
