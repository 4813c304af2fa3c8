/** What queries have in common that differ in nothing but the values they compare with. */
import type { PlacedLiteral } from '../free-literals.ts'
import type { Offset } from './query.ts'
import { readString } from './tokenise.ts'

export interface WrittenLiteral {
  readonly kind: PlacedLiteral['kind']
  readonly at: Offset
  /** Texts with their quotes. */
  readonly written: string
}

export interface QueryShape {
  /** The query with a mark for each literal; empty texts stay, since they mean "no value". */
  readonly text: string
  readonly literals: readonly WrittenLiteral[]
}

const quote = "'"
const backslash = 92
/** Stands in no query that can be read. */
const mark = '\u0001'
/** As the tokens are, a moment, a day or a number; whatever it takes for a literal that is none has no place to fill. */
const unquoted =
  /(?<![\w.:])(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))|(\d{4}-\d\d-\d\d(?![\w-]))|([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?!\w)))/g

/** Looks for literals alone: what is no query has a shape, too. */
export function queryShape(soql: string): QueryShape {
  if (soql.includes(mark)) return { text: soql, literals: [] }
  const literals: WrittenLiteral[] = []
  let text = ''
  let done = 0
  for (;;) {
    const at = soql.indexOf(quote, done)
    const end = at < 0 ? -1 : closingQuote(soql, at + 1)
    text += withoutValues(soql, { from: done, to: end < 0 ? soql.length : at }, literals)
    if (end < 0) return { text, literals }
    const written = soql.slice(at, end + 1)
    if (end === at + 1) text += written
    else {
      text += mark
      literals.push({ kind: 'string', at, written })
    }
    done = end + 1
  }
}

/** A piece of the query between texts; what is found in it is added to the literals. */
function withoutValues(
  soql: string,
  { from, to }: { readonly from: Offset; readonly to: Offset },
  literals: WrittenLiteral[],
): string {
  const piece = soql.slice(from, to)
  let text = ''
  let done = 0
  for (const { index, 0: written, 1: moment, 2: day } of piece.matchAll(unquoted)) {
    const kind = moment !== undefined ? 'datetime' : day !== undefined ? 'date' : 'number'
    literals.push({ kind, at: from + index, written })
    text += piece.slice(done, index) + mark + kind
    done = index + written.length
  }
  return done === 0 ? piece : text + piece.slice(done)
}

function closingQuote(soql: string, from: number): number {
  let end = soql.indexOf(quote, from)
  while (end >= 0 && isEscaped(soql, from, end)) end = soql.indexOf(quote, end + 1)
  return end
}

function isEscaped(soql: string, from: number, at: number): boolean {
  let before = at - 1
  while (before >= from && soql.charCodeAt(before) === backslash) before--
  return (at - 1 - before) % 2 === 1
}

export function literalOf({ kind, at, written }: WrittenLiteral): PlacedLiteral {
  if (kind !== 'string') return { kind, text: written, at }
  const { text, pattern = text } = readString(written, 0).token
  return { kind, value: text, pattern, at }
}
