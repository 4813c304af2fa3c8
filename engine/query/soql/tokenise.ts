/** Cuts the text of a query into tokens with positions. */
import { refuse, type Refusal } from '../../base/refusal.ts'
import { escapeWildcards } from '../like-pattern.ts'

export type TokenKind =
  'name' | 'string' | 'number' | 'date' | 'datetime' | 'variable' | 'symbol' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** As written; for strings the value with escapes resolved. */
  readonly text: string
  /** Strings alone: as a pattern of LIKE, where what was escaped stays escaped. */
  readonly pattern?: string
  readonly offset: number
}

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['datetime', /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/y],
  ['date', /\d{4}-\d\d-\d\d(?![\w-])/y],
  ['number', /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w])/y],
  ['name', /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?::\d+)?/y],
  ['variable', /:[A-Za-z_]\w*/y],
  ['symbol', /<=|>=|!=|<>|[=<>(),]/y],
]
const unicodeEscape = /^\\u([0-9a-fA-F]{4})$/
const unicodeEscapeChars = 6
const space = /\s+/y
const escapes = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['_', '_'],
  ['%', '%'],
])

/** Line and column, counted from 1. */
export function positionAt(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}

/** The refusal for a text that is not a query, saying where. */
export function malformed(text: string, offset: number, reason: string): Refusal {
  const { line, column } = positionAt(text, offset)
  const near = text.slice(offset, offset + 20)
  const where = near === '' ? 'at the end' : `near '${near}'`
  return refuse('MALFORMED_QUERY', `${reason} ${where} (line ${line}, column ${column})`)
}

function readString(text: string, start: number): { readonly token: Token; readonly end: number } {
  let value = ''
  let pattern = ''
  let offset = start + 1
  while (offset < text.length) {
    const character = text.charAt(offset)
    if (character === "'") {
      return { token: { kind: 'string', text: value, pattern, offset: start }, end: offset + 1 }
    }
    if (character !== '\\') {
      value += character
      pattern += character
      offset++
      continue
    }
    const escaped = readEscape(text, offset)
    value += escaped.character
    pattern += escapeWildcards(escaped.character)
    offset += escaped.length
  }
  throw malformed(text, start, 'a string is not closed')
}

function readEscape(
  text: string,
  offset: number,
): { readonly character: string; readonly length: number } {
  const code = unicodeEscape.exec(text.slice(offset, offset + unicodeEscapeChars))?.[1]
  if (code !== undefined) {
    const character = String.fromCharCode(Number.parseInt(code, 16))
    return { character, length: unicodeEscapeChars }
  }
  const character = escapes.get(text.charAt(offset + 1))
  if (character === undefined) throw malformed(text, offset, 'unknown escape in a string')
  return { character, length: 2 }
}

function readPattern(text: string, offset: number): Token | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = offset
    const match = pattern.exec(text)
    if (match) return { kind, text: match[0], offset }
  }
  return undefined
}

/** All tokens, ended by one of kind `end`. */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = []
  let offset = 0
  while (offset < text.length) {
    space.lastIndex = offset
    const gap = space.exec(text)
    if (gap) {
      offset += gap[0].length
      continue
    }
    if (text.charAt(offset) === "'") {
      const { token, end } = readString(text, offset)
      tokens.push(token)
      offset = end
      continue
    }
    const token = readPattern(text, offset)
    if (token === undefined) throw malformed(text, offset, 'unexpected character')
    tokens.push(token)
    offset += token.text.length
  }
  tokens.push({ kind: 'end', text: '', offset: text.length })
  return tokens
}
