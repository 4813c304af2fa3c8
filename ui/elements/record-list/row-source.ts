/** The rows of a list: asked for page by page, kept, and asked for again as a whole when they are stale. */
import { records, type LookupPlace } from '../../api.ts'
import { listQuery } from '../../base/soql.ts'
import type { WireRecord } from '../../base/wire.ts'

export interface RowQuery {
  readonly object: string
  /** Whose records, as in USING SCOPE. */
  readonly scope?: string | null | undefined
  readonly fields: readonly string[]
  readonly where: readonly string[]
  readonly orderBy: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[]
  /** The list is what a lookup offers there. */
  readonly within?: LookupPlace | undefined
}

export const pageRows = 50

/** Queries refuse to skip more rows than this; a longer list wants a filter. */
const offsetMax = 2_000

export class RowSource {
  readonly query: RowQuery
  rows: readonly WireRecord[] = []
  more = false
  #loading: Promise<void> | undefined

  constructor(query: RowQuery) {
    this.query = query
  }

  /** The first page; and every page that had been loaded, when the list is refreshed. */
  async refresh(): Promise<void> {
    const pages = Math.max(1, Math.ceil(this.rows.length / pageRows))
    const loaded: WireRecord[] = []
    let more = true
    for (let page = 0; page < pages && more; page++) {
      const answer = await this.#page(loaded.length)
      loaded.push(...answer.rows)
      more = answer.more
    }
    this.rows = loaded
    this.more = more
  }

  /** The next page; one request at a time. */
  loadMore(): Promise<void> {
    this.#loading ??= this.#append().finally(() => (this.#loading = undefined))
    return this.#loading
  }

  async #append(): Promise<void> {
    if (!this.more) return
    const answer = await this.#page(this.rows.length)
    const known = new Set(this.rows.map((row) => row.Id))
    this.rows = [...this.rows, ...answer.rows.filter((row) => !known.has(row.Id))]
    this.more = answer.more
  }

  async #page(offset: number): Promise<{ rows: readonly WireRecord[]; more: boolean }> {
    // One row more than is shown tells whether there are more, without counting.
    const { within, ...query } = this.query
    const soql = listQuery({ ...query, limit: pageRows + 1, offset })
    const answer = await (within ? records.lookUp(within, soql) : records.query(soql))
    const rows = answer.records.slice(0, pageRows)
    return { rows, more: answer.records.length > pageRows && offset + pageRows <= offsetMax }
  }
}
