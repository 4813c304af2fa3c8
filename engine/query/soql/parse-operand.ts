/** What stands where a field may stand: a path, or a function over paths and values. */
import type { CallArgument, CallOperand, Literal, Operand, PathOperand } from './query.ts'
import type { TokenReader } from './token-reader.ts'
import { literalOf } from './variables.ts'

const rangeName =
  /^(?:(?:LAST|NEXT)_N_[A-Z_]+:\d+|N_[A-Z_]+_AGO:\d+|TODAY|YESTERDAY|TOMORROW|(?:LAST|NEXT)_90_DAYS|(?:LAST|NEXT|THIS)_[A-Z_]+)$/i

/** Functions nest at most so deep: FORMAT(MIN(convertTimezone(x))). */
const nestingMax = 4

export function readPath(reader: TokenReader, what: string): PathOperand {
  const offset = reader.offset()
  return { kind: 'path', path: reader.expectPath(what), offset }
}

export function readOperand(reader: TokenReader, what: string, depth = 0): Operand {
  const path = readPath(reader, what)
  return reader.peekSymbol('(') ? readCall(reader, path, depth) : path
}

/** The rest of a call whose name was just read. */
export function readCall(reader: TokenReader, name: PathOperand, depth = 0): CallOperand {
  if (depth >= nestingMax) throw reader.refusal(`functions nest at most ${nestingMax} deep`)
  reader.expectSymbol('(')
  const args: CallArgument[] = []
  if (!reader.takeSymbol(')')) {
    do args.push(readArgument(reader, depth))
    while (reader.takeSymbol(','))
    reader.expectSymbol(')')
  }
  return { kind: 'call', name: name.path.toLowerCase(), args, offset: name.offset }
}

function readArgument(reader: TokenReader, depth: number): CallArgument {
  if (reader.peekName()) return readOperand(reader, 'a field', depth + 1)
  return { kind: 'literal', literal: readLiteral(reader) }
}

/** A list in place of one value: `IN :ids`; undefined for anything else, which is left to be read. */
export function takeList(reader: TokenReader): readonly Literal[] | undefined {
  if (!reader.peekVariable()) return undefined
  const token = reader.next()
  const value = reader.valueOf(token)
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.map((one) => {
    const literal = literalOf(one)
    if (literal === undefined) throw reader.refusal('expected a list of values', token)
    return literal
  })
}

const words = new Map<string, Literal>([
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['null', { kind: 'null' }],
])

export function readLiteral(reader: TokenReader): Literal {
  const token = reader.next()
  if (token.kind === 'variable') {
    const given = literalOf(reader.valueOf(token))
    if (given === undefined) throw reader.refusal('expected a single value', token)
    return given
  }
  if (token.kind === 'string') {
    const { text, pattern = text, offset } = token
    return { kind: 'string', value: text, pattern, at: offset }
  }
  if (token.kind === 'number' || token.kind === 'date' || token.kind === 'datetime') {
    return { kind: token.kind, text: token.text, at: token.offset }
  }
  const word = token.kind === 'name' ? words.get(token.text.toLowerCase()) : undefined
  if (word !== undefined) return word
  if (token.kind === 'name' && rangeName.test(token.text)) {
    const [name = '', count] = token.text.toUpperCase().split(':')
    return { kind: 'range', name, count: count === undefined ? undefined : Number(count) }
  }
  throw reader.refusal('expected a value', token)
}
