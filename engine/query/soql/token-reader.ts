/** A cursor over the tokens of a query. */
import type { Refusal } from '../../base/refusal.ts'
import type { CompareOperator, ListOperator, Offset } from './query.ts'
import { malformed, tokenise, type Token } from './tokenise.ts'

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
const wordOperators = ['like', 'in', 'includes', 'excludes'] as const

export class TokenReader {
  readonly #text: string
  readonly #tokens: readonly Token[]
  #index = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokenise(text)
  }

  #peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)]
    return token ?? { kind: 'end', text: '', offset: this.#text.length }
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

  skip(count: number): void {
    this.#index += count
  }

  peekWord(word: string): boolean {
    const token = this.#peek()
    return token.kind === 'name' && token.text.toLowerCase() === word
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

  /** A whole number that is not negative. */
  expectCount(): number {
    const { kind, text } = this.#peek()
    if (kind !== 'number' || !/^\d{1,9}$/.test(text)) throw this.refusal('expected a whole number')
    this.#index++
    return Number(text)
  }

  expectEnd(): void {
    if (this.#peek().kind !== 'end') throw this.refusal('unexpected text')
  }
}
