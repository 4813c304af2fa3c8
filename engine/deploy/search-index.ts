/** Makes the search indexes that the model asks for, fills them beside the traffic, and knows which are ready. */
import type { Logger } from 'pino'
import { limits } from '../base/limits.ts'
import { searchFields } from '../query/search/searchable-fields.ts'
import { identifier, integerLiteral, sql, type Sql } from '../sql/sql.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import type { ModelStore } from './model-store.ts'
import {
  createFullText,
  createWordIndex,
  dropSearchIndex,
  fillFullText,
  type SearchedTable,
} from './search-tables.ts'

export interface SearchIndexes {
  /** Columns of a table that can be searched now; undefined while its index is not whole. */
  columnsOf(table: string): ReadonlySet<string> | undefined
  /** The first search of an organisation makes the indexes; later ones wait only while some are filled. */
  demand(): Promise<void>
  /** Resolves when all indexes are as the model wants them. */
  settled(): Promise<void>
  close(): void
}

export interface SearchIndexParts {
  readonly storage: Storage
  readonly models: ModelStore
  readonly log: Pick<Logger, 'error'>
}

export async function createSearchIndexes(parts: SearchIndexParts): Promise<SearchIndexes> {
  const work = new SearchIndexWork(parts)
  // An organisation that never searches pays nothing for what it does not use.
  if ((await work.present()).size > 0) work.follow()
  return work
}

const tablesAtOnce = 16

class SearchIndexWork implements SearchIndexes {
  readonly #parts: SearchIndexParts
  readonly #stopListening: () => void
  #ready: ReadonlyMap<string, ReadonlySet<string>> = new Map()
  #running: Promise<void> | undefined
  #again = false
  #closed = false
  #used = false

  constructor(parts: SearchIndexParts) {
    this.#parts = parts
    this.#stopListening = parts.models.onSwap(() => {
      if (this.#used) this.follow()
    })
  }

  columnsOf(table: string): ReadonlySet<string> | undefined {
    return this.#ready.get(table)
  }

  async demand(): Promise<void> {
    if (!this.#used) this.follow()
    if (this.#running === undefined) return
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limits.searchIndexWaitMs)
    })
    await Promise.race([this.#running, patience])
    clearTimeout(timer)
  }

  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  close(): void {
    this.#closed = true
    this.#stopListening()
  }

  /** Brings the indexes to what the model wants; called while that runs, it begins again afterwards. */
  follow(): void {
    this.#used = true
    if (this.#running !== undefined) {
      this.#again = true
      return
    }
    this.#again = false
    this.#running = this.#parts.storage
      .exclusive('search', () => this.#reconcile())
      .catch((error: unknown) => {
        if (!this.#closed) this.#parts.log.error({ err: error }, 'a search index was not built')
      })
      .finally(() => {
        this.#running = undefined
        if (this.#again && !this.#closed) this.follow()
      })
  }

  /** By table: what its index holds, and whether it is whole. */
  async present(): Promise<ReadonlyMap<string, { columns: string; state: string }>> {
    const rows = await this.#parts.storage.read(
      sql`select table_name as t, columns as c, state as s from fs_search`,
    )
    return new Map(
      rows.map((row) => [String(row['t']), { columns: String(row['c']), state: String(row['s']) }]),
    )
  }

  async #reconcile(): Promise<void> {
    const wanted = this.#wanted()
    const present = await this.present()
    const whole = new Map<string, ReadonlySet<string>>()
    for (const one of wanted) {
      const found = present.get(one.table)
      const isSame = found?.columns === one.columns.join()
      if (isSame && found?.state === 'ready') whole.set(one.table, new Set(one.columns))
    }
    this.#ready = new Map(whole)
    const tables = new Set(wanted.map(({ table }) => table))
    for (const table of present.keys()) if (!tables.has(table)) await this.#remove(table)
    const missing = wanted.filter(({ table }) => !whole.has(table))
    const took = (one: SearchedTable): void => {
      whole.set(one.table, new Set(one.columns))
      this.#ready = new Map(whole)
    }
    const large = await this.#buildSmall(missing, took)
    for (const one of large) {
      if (this.#closed || this.#again) return
      await this.#build(one, present.get(one.table)?.columns === one.columns.join())
      took(one)
    }
  }

  /** Tables with few records, several in one transaction; gives the others. */
  async #buildSmall(
    tables: readonly SearchedTable[],
    took: (one: SearchedTable) => void,
  ): Promise<readonly SearchedTable[]> {
    const { storage } = this.#parts
    const most = limits.searchIndexBatchRows
    const large: SearchedTable[] = []
    const small: SearchedTable[] = []
    for (const one of tables) {
      const [row] = await storage.read(
        sql`select count(*) as n from (select 1 as one from ${identifier(one.table)} limit ${integerLiteral(most + 1)}) as t`,
      )
      ;(Number(row?.['n'] ?? 0) > most ? large : small).push(one)
    }
    for (let first = 0; first < small.length && !this.#closed; first += tablesAtOnce) {
      const some = small.slice(first, first + tablesAtOnce)
      await storage.write(async (tx) => {
        for (const one of some) await buildNow(tx, one)
      })
      some.forEach(took)
    }
    return large
  }

  #wanted(): readonly SearchedTable[] {
    const model = this.#parts.models.current()
    return model.objectNames.flatMap((name) => {
      const object = model.object(name)
      const columns = (object === undefined ? [] : searchFields(object)).map(
        ({ column }) => column.name,
      )
      return object === undefined || columns.length === 0
        ? []
        : [{ table: object.table.name, columns }]
    })
  }

  async #remove(table: string): Promise<void> {
    const { storage } = this.#parts
    await storage.write(async (tx) => {
      for (const statement of dropSearchIndex(table, tx.dialect)) await tx.run(statement)
      await tx.run(sql`delete from fs_search where table_name = ${table}`)
    })
  }

  async #build(one: SearchedTable, isBegun: boolean): Promise<void> {
    if (this.#parts.storage.dialect.name === 'postgres') await this.#buildWordIndex(one)
    else await this.#buildFullText(one, isBegun)
    await this.#parts.storage.write(async (tx) => {
      await tx.run(sql`update fs_search set state = 'ready' where table_name = ${one.table}`)
    })
  }

  /** What an interrupted build left behind is of no use, and goes first. */
  async #buildWordIndex(one: SearchedTable): Promise<void> {
    const { storage } = this.#parts
    await storage.write((tx) => begin(tx, one, []))
    await storage.runAlone(createWordIndex(one, 'online'))
  }

  /** From the moment that the triggers are there, new records are in; those of before follow in batches. */
  async #buildFullText(one: SearchedTable, isBegun: boolean): Promise<void> {
    const { storage } = this.#parts
    if (!isBegun) await storage.write((tx) => begin(tx, one, createFullText(one)))
    const [row] = await storage.read(
      sql`select coalesce(max(${identifier('rowid')}), 0) as last from ${identifier(one.table)}`,
    )
    const last = Number(row?.['last'] ?? 0)
    for (let after = 0; after < last && !this.#closed; after += limits.searchIndexBatchRows) {
      const until = after + limits.searchIndexBatchRows
      await storage.write(async (tx) => {
        await tx.run(fillFullText(one, { after, until }))
      })
    }
    if (this.#closed) throw new Error('the server is stopping')
  }
}

/** Whatever was there before goes; from here on the database keeps the index. */
async function begin(
  tx: Transaction,
  { table, columns }: SearchedTable,
  create: readonly Sql[],
): Promise<void> {
  for (const statement of dropSearchIndex(table, tx.dialect)) await tx.run(statement)
  for (const statement of create) await tx.run(statement)
  await tx.run(sql`delete from fs_search where table_name = ${table}`)
  await tx.run(
    sql`insert into fs_search (table_name, columns, state) values (${table}, ${columns.join()}, 'building')`,
  )
}

/** The whole index of a table with few records, within one transaction. */
async function buildNow(tx: Transaction, one: SearchedTable): Promise<void> {
  const isPostgres = tx.dialect.name === 'postgres'
  await begin(tx, one, isPostgres ? [createWordIndex(one, 'plain')] : createFullText(one))
  const all = { after: -1, until: Number.MAX_SAFE_INTEGER }
  if (!isPostgres) await tx.run(fillFullText(one, all))
  await tx.run(sql`update fs_search set state = 'ready' where table_name = ${one.table}`)
}
