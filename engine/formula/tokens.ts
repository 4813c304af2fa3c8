/** Cuts the text of a formula into tokens. */
import { message } from '../base/message.ts'
import { FormulaFault, type Span } from './problem.ts'

export type TokenKind = 'number' | 'text' | 'name' | 'sign' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** The value of a text, the digits of a number, the name, or the sign in its one spelling. */
  readonly text: string
  readonly span: Span
}

const space = /[\s\u00a0\ufeff]+/y
const number = /(?:\d+(?:\.\d*)?|\.\d+)/y
const name = /\$?[A-Za-z_][A-Za-z0-9_]*/y
const sign = /\{!|&&|\|\||<>|!=|==|<=|>=|[-+*/^&(),.:=<>!}]/y

/** Both spellings of an operator become one. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['==', '='],
  ['!=', '<>'],
])

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
])

/** All tokens, the last one of kind `end`; throws a FormulaFault where none fits. */
export function tokenise(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = skipBlank(source, 0)
  while (at < source.length) {
    const token = tokenAt(source, at)
    tokens.push(token)
    at = skipBlank(source, token.span.end)
  }
  tokens.push({ kind: 'end', text: '', span: { start: source.length, end: source.length } })
  return tokens
}

function tokenAt(source: string, at: number): Token {
  const first = source.charAt(at)
  if (first === '"' || first === "'") return textAt(source, at)
  const digits = match(number, source, at)
  if (digits !== undefined) return token('number', digits, at)
  const word = match(name, source, at)
  if (word !== undefined) return token('name', word, at)
  const found = match(sign, source, at)
  if (found === undefined) {
    const shown = String.fromCodePoint(source.codePointAt(at) ?? 0)
    throw new FormulaFault(message('Unexpected character {shown}', { shown }), {
      start: at,
      end: at + shown.length,
    })
  }
  const plain = spellings.get(found) ?? found
  return { kind: 'sign', text: plain, span: { start: at, end: at + found.length } }
}

function token(kind: TokenKind, text: string, start: number): Token {
  return { kind, text, span: { start, end: start + text.length } }
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

function textAt(source: string, start: number): Token {
  const quote = source.charAt(start)
  let value = ''
  let at = start + 1
  while (at < source.length) {
    const character = source.charAt(at)
    if (character === quote) return { kind: 'text', text: value, span: { start, end: at + 1 } }
    if (character === '\\' && at + 1 < source.length) {
      const next = source.charAt(at + 1)
      value += escapes.get(next) ?? `\\${next}`
      at += 2
    } else {
      value += character
      at += 1
    }
  }
  const told = message('The text that begins here has no closing {quote}', { quote })
  throw new FormulaFault(told, { start, end: source.length })
}

function skipBlank(source: string, start: number): number {
  let at = start
  for (;;) {
    at += match(space, source, at)?.length ?? 0
    if (!source.startsWith('/*', at)) return at
    const close = source.indexOf('*/', at + 2)
    if (close < 0) {
      const span = { start: at, end: source.length }
      throw new FormulaFault(message('The comment that begins here has no closing */'), span)
    }
    at = close + 2
  }
}
