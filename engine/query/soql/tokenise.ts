/** Cuts the text of a query into tokens with positions. */
import { refuse, type Refusal } from '../../base/refusal.ts'
import { escapeWildcards } from '../like-pattern.ts'

export type TokenKind =
  'name' | 'string' | 'number' | 'date' | 'datetime' | 'variable' | 'symbol' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** As written; for strings the value with escapes resolved. */
  readonly text: string
  /** Of names: without letter case; '' for all others. */
  readonly word: string
  /** Strings alone: as a pattern of LIKE, where what was escaped stays escaped. */
  readonly pattern?: string
  readonly offset: number
}

/** Names and symbols, most of a query, are told by their first character. */
const name = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?::\d+)?/y
const symbols: readonly string[] = ['<=', '>=', '!=', '<>', '=', '<', '>', '(', ')', ',']
const others: readonly (readonly [TokenKind, RegExp])[] = [
  ['datetime', /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/y],
  ['date', /\d{4}-\d\d-\d\d(?![\w-])/y],
  ['number', /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w])/y],
  ['variable', /:[A-Za-z_]\w*/y],
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

export function readString(
  text: string,
  start: number,
): { readonly token: Token; readonly end: number } {
  let value = ''
  let pattern = ''
  let offset = start + 1
  while (offset < text.length) {
    const character = text.charAt(offset)
    if (character === "'") {
      const token = { kind: 'string', text: value, word: '', pattern, offset: start } as const
      return { token, end: offset + 1 }
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

function readToken(text: string, offset: number): Token | undefined {
  if (isNameStart(text.charCodeAt(offset))) return nameAt(text, offset)
  for (const symbol of symbols) {
    if (text.startsWith(symbol, offset)) return { kind: 'symbol', text: symbol, word: '', offset }
  }
  for (const [kind, pattern] of others) {
    pattern.lastIndex = offset
    const match = pattern.exec(text)
    if (match) return { kind, text: match[0], word: '', offset }
  }
  return undefined
}

function isNameStart(code: number): boolean {
  const lower = code | 32
  return (lower >= 97 && lower <= 122) || code === 95
}

function nameAt(text: string, offset: number): Token {
  name.lastIndex = offset
  name.test(text)
  const found = text.slice(offset, name.lastIndex)
  return { kind: 'name', text: found, word: found.toLowerCase(), offset }
}

const blank = 32

/** Behind the white space; most often a single blank. */
function behindSpace(text: string, offset: number): number {
  const code = text.charCodeAt(offset)
  // No other white space lies between the blank and the first letter.
  if (code > blank && code < 128) return offset
  space.lastIndex = offset
  return space.test(text) ? space.lastIndex : offset
}

/** All tokens, ended by one of kind `end`. */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = []
  let offset = 0
  for (;;) {
    offset = behindSpace(text, offset)
    if (offset >= text.length) break
    if (text.charAt(offset) === "'") {
      const { token, end } = readString(text, offset)
      tokens.push(token)
      offset = end
      continue
    }
    const token = readToken(text, offset)
    if (token === undefined) throw malformed(text, offset, 'unexpected character')
    tokens.push(token)
    offset += token.text.length
  }
  tokens.push({ kind: 'end', text: '', word: '', offset: text.length })
  return tokens
}
