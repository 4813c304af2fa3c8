/** How numbered conditions combine: "1 AND (2 OR NOT 3)"; all of them where nothing is said. */
import { inEnglish, message, type Message } from '../base/message.ts'

export type FilterLogic =
  /** The position of a condition, from 0. */
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'and' | 'or'; readonly items: readonly FilterLogic[] }
  | { readonly kind: 'not'; readonly item: FilterLogic }

export type ParsedLogic =
  | { readonly logic: FilterLogic; readonly problem: undefined }
  | { readonly logic: undefined; readonly problem: Message }

const token = /\s*(?:(\d+)|(AND|OR|NOT)\b|([()]))/iy
const depthMax = 20

export function parseFilterLogic(text: string | undefined, count: number): ParsedLogic {
  if (text === undefined || text.trim() === '') {
    const items = Array.from({ length: count }, (_, index): FilterLogic => ({
      kind: 'item',
      index,
    }))
    return { logic: { kind: 'and', items }, problem: undefined }
  }
  try {
    return { logic: new Parser(text, count).all(), problem: undefined }
  } catch (error) {
    if (!(error instanceof LogicFault)) throw error
    return { logic: undefined, problem: error.told }
  }
}

class LogicFault extends Error {
  readonly told: Message

  constructor(told: Message) {
    super(inEnglish(told))
    this.told = told
  }
}

class Parser {
  readonly #tokens: readonly string[]
  readonly #count: number
  readonly #used = new Set<number>()
  #at = 0

  constructor(text: string, count: number) {
    this.#tokens = tokensOf(text)
    this.#count = count
  }

  all(): FilterLogic {
    const logic = this.#chain(0)
    const rest = this.#tokens[this.#at]
    if (rest !== undefined)
      throw new LogicFault(message('"{rest}" stands where the logic should end', { rest }))
    for (let index = 0; index < this.#count; index++) {
      if (!this.#used.has(index))
        throw new LogicFault(
          message('condition {number} is not in the logic', { number: index + 1 }),
        )
    }
    return logic
  }

  /** Terms joined by one word; mixing AND and OR needs brackets, as people read them differently. */
  #chain(depth: number): FilterLogic {
    if (depth > depthMax) throw new LogicFault(message('the logic has too many brackets'))
    const items = [this.#term(depth)]
    const word = this.#word()
    if (word === undefined) return items[0] ?? nothing
    while (this.#word() !== undefined) {
      if (this.#word() !== word) throw new LogicFault(message('AND and OR together need brackets'))
      this.#at += 1
      items.push(this.#term(depth))
    }
    return { kind: word, items }
  }

  #word(): 'and' | 'or' | undefined {
    const word = this.#tokens[this.#at]?.toLowerCase()
    return word === 'and' || word === 'or' ? word : undefined
  }

  #term(depth: number): FilterLogic {
    const found = this.#tokens[this.#at]
    this.#at += 1
    if (found?.toLowerCase() === 'not') {
      if (depth > depthMax) throw new LogicFault(message('the logic has too many brackets'))
      return { kind: 'not', item: this.#term(depth + 1) }
    }
    if (found === '(') {
      const inner = this.#chain(depth + 1)
      if (this.#tokens[this.#at] !== ')') throw new LogicFault(message('a bracket is not closed'))
      this.#at += 1
      return inner
    }
    const index = Number(found) - 1
    if (!Number.isInteger(index)) {
      throw new LogicFault(
        found === undefined
          ? message('the number of a condition is missing')
          : message('the number of a condition is missing at "{found}"', { found }),
      )
    }
    if (index < 0 || index >= this.#count)
      throw new LogicFault(message('there is no condition {number}', { number: index + 1 }))
    this.#used.add(index)
    return { kind: 'item', index }
  }
}

const nothing: FilterLogic = { kind: 'and', items: [] }

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const start = token.lastIndex
    const found = token.exec(text)
    if (found === null) {
      throw new LogicFault(
        message('"{text}" cannot be read', { text: text.slice(start).trim().slice(0, 20) }),
      )
    }
    tokens.push(found[0].trim())
  }
  return tokens
}
