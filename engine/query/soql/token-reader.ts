/** A cursor over the tokens of a query. */
import type { Refusal } from '../../base/refusal.ts'
import type { CompareOperator, ListOperator, Offset } from './query.ts'
import { malformed, tokenise, type Token } from './tokenise.ts'
import { noVariables, type QueryVariables } from './variables.ts'

export type QueryOperator = CompareOperator | ListOperator

const symbolOperators = new Map<string, CompareOperator>([
  ['=', '='],
  ['!=', '!='],
  ['<>', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
])
const valueWords: ReadonlySet<string> = new Set(['true', 'false', 'null'])
const wordOperators = ['like', 'in', 'includes', 'excludes'] as const

export class TokenReader {
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #end: Token
  readonly #variables: QueryVariables
  #index = 0
  #aliases: ReadonlyMap<string, string> = new Map()

  constructor(text: string, variables: QueryVariables = noVariables) {
    this.#text = text
    this.#variables = variables
    this.#tokens = tokenise(text)
    this.#end = { kind: 'end', text: '', word: '', offset: text.length }
  }

  #peek(ahead = 0): Token {
    return this.#tokens[this.#index + ahead] ?? this.#end
  }

  offset(): Offset {
    return this.#peek().offset
  }

  refusal(reason: string, at: Token = this.#peek()): Refusal {
    return malformed(this.#text, at.offset, reason)
  }

  next(): Token {
    const token = this.#peek()
    this.#index++
    return token
  }

  peekVariable(): boolean {
    return this.#peek().kind === 'variable'
  }

  /** The value of a variable that was just read. */
  valueOf(token: Token): unknown {
    const name = token.text.slice(1)
    const value = this.#variables.get(name)
    if (value === undefined) throw this.refusal(`no value was given for :${name}`, token)
    return value
  }

  skip(count: number): void {
    this.#index += count
  }

  peekWord(word: string, ahead = 0): boolean {
    return this.#peek(ahead).word === word
  }

  /** A name that is neither a value nor a date literal. */
  peekName(ahead = 0): boolean {
    const { kind, text, word } = this.#peek(ahead)
    return kind === 'name' && !text.includes(':') && !valueWords.has(word)
  }

  /** The name that comes next without letter case; '' for anything else. */
  peekLower(): string {
    return this.#peek().word
  }

  peekSymbol(symbol: string, ahead = 0): boolean {
    const token = this.#peek(ahead)
    return token.kind === 'symbol' && token.text === symbol
  }

  takeWord(word: string): boolean {
    const found = this.peekWord(word)
    if (found) this.#index++
    return found
  }

  takeSymbol(symbol: string): boolean {
    const found = this.peekSymbol(symbol)
    if (found) this.#index++
    return found
  }

  expectOperator(): QueryOperator {
    const found = this.#takeOperator()
    if (found === undefined) throw this.refusal('expected an operator')
    return found
  }

  #takeOperator(): QueryOperator | undefined {
    const { kind, text } = this.#peek()
    if (kind === 'symbol') {
      const operator = symbolOperators.get(text)
      if (operator !== undefined) this.#index++
      return operator
    }
    if (this.takeWord('not')) return this.takeWord('in') ? 'not in' : undefined
    return wordOperators.find((word) => this.takeWord(word))
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.refusal(`expected ${word.toUpperCase()}`)
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.refusal(`expected '${symbol}'`)
  }

  expectName(what: string): string {
    const token = this.#peek()
    if (token.kind !== 'name' || token.text.includes(':')) throw this.refusal(`expected ${what}`)
    this.#index++
    return token.text
  }

  /** A name in which a leading alias gives way to what it stands for. */
  expectPath(what: string): string {
    const name = this.expectName(what)
    const dot = name.indexOf('.')
    if (dot === -1 || this.#aliases.size === 0) return name
    const prefix = this.#aliases.get(name.slice(0, dot).toLowerCase())
    if (prefix === undefined) return name
    return prefix === '' ? name.slice(dot + 1) : prefix + name.slice(dot)
  }

  /** Adds the aliases of the query that is read now; gives those of the one around it. */
  enterAliases(aliases: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const around = this.#aliases
    if (aliases.size > 0) this.#aliases = new Map([...around, ...aliases])
    return around
  }

  leaveAliases(around: ReadonlyMap<string, string>): void {
    this.#aliases = around
  }

  /** Moves behind this query's own FROM; gives the place to go back to, undefined when there is none. */
  skipToFrom(): number | undefined {
    const place = this.#index
    let depth = 0
    for (let index = place; index < this.#tokens.length; index++) {
      const token = this.#tokens[index]
      if (token?.kind === 'symbol' && token.text === '(') depth++
      if (token?.kind === 'symbol' && token.text === ')' && --depth < 0) return undefined
      if (depth === 0 && token?.word === 'from') {
        this.#index = index + 1
        return place
      }
    }
    return undefined
  }

  goBack(place: number): void {
    this.#index = place
  }

  /** A whole number that is not negative. */
  expectCount(): number {
    const token = this.#peek()
    const text = token.kind === 'variable' ? String(this.valueOf(token)) : token.text
    const isCount = (token.kind === 'number' || token.kind === 'variable') && /^\d{1,9}$/.test(text)
    if (!isCount) throw this.refusal('expected a whole number')
    this.#index++
    return Number(text)
  }

  expectEnd(): void {
    if (this.#peek().kind !== 'end') throw this.refusal('unexpected text')
  }
}
