/**
 * Values in a query that do no more than fill a place in its statement: with another value the statement is the same. What
 * was planned and compiled for one of them serves them all.
 */
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { Literal, Offset } from './soql/query.ts'

/** One that stands in the text of the query. */
export type PlacedLiteral = Extract<Literal, { at?: Offset }>

export interface FreeLiteral {
  /** Where it stands in the text of the query. */
  readonly at: Offset
  /** Filled with the value when the statement runs. */
  readonly hole: string
  readonly kind: ColumnKind
  /** What another literal of its kind stands for; undefined where it would need another statement. A refusal like that of planning. */
  readonly valueOf: (literal: PlacedLiteral) => ColumnValue | undefined
}

/** Gathers them while a query is planned. */
export class FreeLiterals {
  readonly #found: FreeLiteral[] = []
  readonly #places: ReadonlySet<Offset>

  /** Where literals stand that may be others. */
  constructor(places: Iterable<Offset>) {
    this.#places = new Set(places)
  }

  /** Answers the name of the hole that takes the value's place; undefined for a literal that stays. */
  add(literal: Omit<FreeLiteral, 'hole'>): string | undefined {
    if (!this.#places.has(literal.at)) return undefined
    const hole = `value ${this.#found.length}`
    this.#found.push({ ...literal, hole })
    return hole
  }

  get found(): readonly FreeLiteral[] {
    return this.#found
  }
}
