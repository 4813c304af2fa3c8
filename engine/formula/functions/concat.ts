/** Joining texts, and escaping plain ones that meet markup. */
import { message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { sql, textLiteral, type Sql } from '../../sql/sql.ts'
import { strict, type Machine, type Operation } from '../operation.ts'
import { FormulaLimit } from '../problem.ts'
import { compilePlain, plain } from '../sql/build.ts'

/** A text that is not longer than texts may become; its length counts as work. */
export function boundedText(text: string, machine: Machine): string {
  machine.spend(1 + text.length / 100)
  if (text.length <= limits.formulaTextCharsMax) return text
  throw new FormulaLimit(message('a text became too long'))
}

export const concat: Operation = {
  name: '&',
  evaluate: strict<readonly string[]>((texts, machine) => boundedText(texts.join(''), machine)),
  sql(call) {
    const values = call.args.map((arg) => compilePlain(call, arg))
    const text = call.context.dialect.concat(values.map((value) => value.sql))
    return plain(
      text,
      values.map((value) => value.fails),
    )
  },
}

const entities: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]

export function escapeHtml(text: string): string {
  return entities.reduce((escaped, [from, to]) => escaped.replaceAll(from, to), text)
}

export function escapeHtmlSql(text: Sql): Sql {
  return entities.reduce(
    (escaped, [from, to]) => sql`replace(${escaped}, ${textLiteral(from)}, ${textLiteral(to)})`,
    text,
  )
}

/** Put in by the checker; nobody writes it. */
export const escapeMarkup: Operation = {
  name: 'escape',
  evaluate: strict<readonly [string]>(([text], machine) => boundedText(escapeHtml(text), machine)),
  sql(call) {
    const [first] = call.args
    if (first === undefined) throw new Error('nothing to escape')
    const value = compilePlain(call, first)
    return plain(escapeHtmlSql(value.sql), [value.fails])
  },
}
