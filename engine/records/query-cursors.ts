/** Queries that go on: where each page ended, kept by the server under a name that nobody guesses. */
import { LRUCache } from 'lru-cache'
import { limits } from '../base/limits.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { OrderKeys } from '../query/compile-page.ts'
import type { Moment } from '../query/date-range.ts'
import type { QueryVariables } from '../query/soql/variables.ts'
import { columnKey, type PlannedOrder } from '../query/read-plan.ts'

export interface Cursor {
  readonly soql: string
  readonly variables: QueryVariables
  readonly userId: string
  readonly deletedToo: boolean
  readonly pageRows: number
  /** As it was counted with the first page. */
  readonly total: number
  /** Date literals keep their meaning from the first page to the last. */
  readonly moment: Moment
  /** The form of the order's keys, see `orderForm`. */
  readonly form: string
  /** The rest of one parent's children, where the query is not meant as a whole. */
  readonly children?: ChildList | undefined
}

/** One of a query's child lists, of one parent. */
export interface ChildList {
  readonly index: number
  readonly parentId: string
}

export interface CursorPlace {
  readonly id: string
  readonly cursor: Cursor
  /** Rows that earlier pages gave. */
  readonly given: number
  readonly after: OrderKeys
}

interface Held {
  readonly cursor: Cursor
  /** Ends of pages by the rows given until there; the last few, so that a lost answer can be asked for again. */
  readonly ends: Map<number, OrderKeys>
}

const endsMax = 3
const locatorPattern = /^([0-9A-Za-z]{1,40})-(\d{1,12})$/
const childLocatorPattern = /^([0-9A-Za-z]{1,40})-(\d{1,3})-([0-9A-Za-z]{18})$/

export interface QueryCursors {
  /** Keeps a query; under a name of its own, unless one was made for it. */
  open(cursor: Cursor, id?: string): string
  /** A name for a query that may have to be kept. */
  name(): string
  /** Remembers where a page ended; gives the locator of the next one. */
  goOn(id: string, given: number, after: OrderKeys): string
  /** Refuses a locator that is unknown, too old or another user's. */
  find(locator: string, userId: string): CursorPlace
  /** The children that a locator of theirs stands for, with the query; undefined for any other. */
  findChildren(
    locator: string,
    userId: string,
  ): { readonly cursor: Cursor; readonly list: ChildList } | undefined
}

export function createQueryCursors(makeId: () => string): QueryCursors {
  const cursors = new LRUCache<string, Held>({
    max: limits.queryCursorsMax,
    maxSize: limits.queryCursorCharsMax,
    sizeCalculation: ({ cursor }) =>
      cursor.soql.length + cursor.form.length + variablesText(cursor.variables).length + 1,
  })
  return {
    name: makeId,
    open: (cursor, id = makeId()) => {
      cursors.set(id, { cursor, ends: new Map() })
      return id
    },
    goOn: (id, given, after) => {
      const ends = cursors.get(id)?.ends
      ends?.delete(given)
      ends?.set(given, after)
      const [oldest] = ends?.keys() ?? []
      if (ends !== undefined && ends.size > endsMax && oldest !== undefined) ends.delete(oldest)
      return `${id}-${given}`
    },
    find: (locator, userId) => {
      const [, id = '', given = ''] = locatorPattern.exec(locator) ?? []
      const held = cursors.get(id)
      const after = held?.ends.get(Number(given))
      if (held === undefined || after === undefined || held.cursor.userId !== userId) {
        throw unknownLocator()
      }
      return { id, cursor: held.cursor, given: Number(given), after }
    },
    findChildren: (locator, userId) => {
      const [, id = '', index = '', parentId = ''] = childLocatorPattern.exec(locator) ?? []
      if (parentId === '') return undefined
      const held = cursors.get(id)
      if (held === undefined || held.cursor.userId !== userId) throw unknownLocator()
      return { cursor: held.cursor, list: { index: Number(index), parentId } }
    },
  }
}

/** Equal for equal values. */
export function variablesText(variables: QueryVariables): string {
  return variables.size === 0 ? '' : JSON.stringify([...variables])
}

export function unknownLocator(): Refusal {
  return refuse(
    'INVALID_QUERY_LOCATOR',
    'The query locator is unknown or too old: run the query again.',
  )
}

/** Equal as long as the keys that a cursor remembers can be compared with the columns of the plan. */
export function orderForm(orderBy: readonly PlannedOrder[]): string {
  return JSON.stringify(
    orderBy.map(({ column, descending, nulls }) => [
      columnKey(column),
      column.kind,
      descending,
      nulls,
    ]),
  )
}
