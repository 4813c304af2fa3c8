/** From a query to the text and checked values that go to a driver. */
import { checkBound } from '../sql/check-bound.ts'
import { bind, render, type Bound, type Quoting } from '../sql/sql.ts'
import type { Holes, Query } from './storage.ts'

export type DriverValue = Exclude<Bound, bigint>

export interface PreparedQuery {
  readonly text: string
  readonly values: DriverValue[]
}

/**
 * Renders what is not rendered yet, fills the holes and refuses values that a driver would bend.
 */
export function prepareQuery(query: Query, quoting: Quoting, holes: Holes = {}): PreparedQuery {
  const statement = 'slots' in query ? query : render(query, quoting)
  const values: DriverValue[] = []
  for (const value of bind(statement, holes)) {
    checkBound(value)
    values.push(value)
  }
  return { text: statement.text, values }
}
