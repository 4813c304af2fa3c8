/** Makes the search indexes that the model asks for, fills them beside the traffic, and knows which are ready. */
import type { Logger } from 'pino'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { searchFields } from '../query/search/searchable-fields.ts'
import { identifier, integerLiteral, sql, type Sql } from '../sql/sql.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import type { ModelStore } from './model-store.ts'
import { takeInPending } from './search-pending.ts'
import { SearchWords, type LearnedTable } from './search-words.ts'
import {
  createFullText,
  createWordIndex,
  dropSearchIndex,
  fillFullText,
  shapeText,
  type SearchedTable,
} from './search-tables.ts'

export interface SearchIndexes {
  /** Columns of a table that can be searched now; undefined while its index is not whole. */
  columnsOf(table: string): ReadonlySet<string> | undefined
  /** Somebody may search soon. */
  want(): void
  /**
   * The first search of an organisation makes the indexes; later ones wait while some are filled, and for what was
   * written before them.
   */
  demand(storage: Storage): Promise<void>
  /** A record was written: from time to time, many are taken in before somebody searches. */
  noteChange(): void
  /** True where the index of a table is not any more, or not yet, what `columnsOf` says; waits for it a little. */
  isMadeAnew(table: string): Promise<boolean>
  /** Words that may be meant by one that no record holds, the nearest first; they may be from what nobody may read. */
  wordsLike(word: string): Promise<readonly string[]>
  /** Words that a word with wildcards stands for. */
  wordsFitting(pattern: string): Promise<readonly string[]>
  /** Resolves when all indexes are as the model wants them. */
  settled(): Promise<void>
  close(): void
}

export interface SearchIndexParts {
  readonly storage: Storage
  readonly clock: Clock
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

interface ReadyIndex {
  readonly columns: ReadonlySet<string>
  readonly shape: string
}

class SearchIndexWork implements SearchIndexes {
  readonly #parts: SearchIndexParts
  readonly #stopListening: () => void
  readonly #words: SearchWords
  #ready: ReadonlyMap<string, ReadyIndex> = new Map()
  #running: Promise<void> | undefined
  /** Done when all tables with few records can be searched. */
  #small: Promise<void> | undefined
  #takingIn = false
  #changes = 0
  #again = false
  #closed = false
  #used = false

  constructor(parts: SearchIndexParts) {
    this.#parts = parts
    this.#words = new SearchWords(parts.storage, parts.clock)
    this.#stopListening = parts.models.onSwap(() => {
      if (this.#used) this.follow()
    })
  }

  columnsOf(table: string): ReadonlySet<string> | undefined {
    return this.#ready.get(table)?.columns
  }

  want(): void {
    if (!this.#used) this.follow()
  }

  async demand(storage: Storage): Promise<void> {
    this.want()
    // Tables with few records are there soon; nobody who searches for the first time wants to hear that there is nothing.
    await withPatience(Promise.resolve(this.#small), limits.searchFirstWaitMs)
    await withPatience(Promise.all([this.#running, takeInPending(storage, this.#isOpen)]))
  }

  noteChange(): void {
    if (!this.#used || ++this.#changes < limits.searchPendingBatchRows || this.#takingIn) return
    this.#changes = 0
    this.#takingIn = true
    takeInPending(this.#parts.storage, this.#isOpen)
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#takingIn = false
      })
  }

  async isMadeAnew(table: string): Promise<boolean> {
    const found = (await this.present()).get(table)
    const isSame = found?.state === 'ready' && found.columns === this.#ready.get(table)?.shape
    if (isSame && this.#running === undefined) return false
    // Until it is there again nobody asks it.
    if (!isSame) this.#ready = new Map([...this.#ready].filter(([name]) => name !== table))
    this.follow()
    await withPatience(this.settled())
    return true
  }

  async wordsLike(word: string): Promise<readonly string[]> {
    await this.#learn()
    return this.#words.similar(word)
  }

  async wordsFitting(pattern: string): Promise<readonly string[]> {
    await this.#learn()
    return this.#words.fitting(pattern)
  }

  #learn(): Promise<void> {
    const tables = (): readonly LearnedTable[] =>
      this.#wanted().flatMap((one) => {
        const shape = this.#ready.get(one.table)?.shape
        return shape === undefined ? [] : [{ ...one, shape }]
      })
    return withPatience(this.#words.learn(tables, this.#isOpen), limits.searchLearnWaitMs)
  }

  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  close(): void {
    this.#closed = true
    this.#stopListening()
  }

  readonly #isOpen = (): boolean => !this.#closed

  #failed(error: unknown): void {
    if (!this.#closed) this.#parts.log.error({ err: error }, 'a search index was not built')
  }

  /** Brings the indexes to what the model wants; called while that runs, it begins again afterwards. */
  follow(): void {
    this.#used = true
    if (this.#running !== undefined) {
      this.#again = true
      return
    }
    this.#again = false
    const { promise, resolve } = deferred()
    this.#small = promise
    this.#running = this.#parts.storage
      .exclusive('search', () => this.#reconcile(resolve))
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#running = undefined
        resolve()
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

  async #reconcile(smallAreReady: () => void): Promise<void> {
    const { storage } = this.#parts
    const wanted = this.#wanted()
    const present = await this.present()
    const shapes = new Map(wanted.map((one) => [one.table, shapeText(one, storage.dialect)]))
    const whole = new Map<string, ReadyIndex>()
    const took = ({ table, columns }: SearchedTable): void => {
      const shape = shapes.get(table) ?? ''
      whole.set(table, { shape, columns: new Set(columns.map(({ column }) => column.name)) })
    }
    const isSame = ({ table }: SearchedTable): boolean =>
      present.get(table)?.columns === shapes.get(table)
    for (const one of wanted) {
      if (isSame(one) && present.get(one.table)?.state === 'ready') took(one)
    }
    this.#ready = new Map(whole)
    for (const table of present.keys()) if (!shapes.has(table)) await this.#remove(table)
    const missing = wanted.filter(({ table }) => !whole.has(table))
    const large = await this.#buildSmall(missing, (one) => {
      took(one)
      this.#ready = new Map(whole)
    })
    smallAreReady()
    for (const one of large) {
      if (this.#closed || this.#again) return
      await this.#build(one, isSame(one))
      took(one)
      this.#ready = new Map(whole)
    }
    await takeInPending(storage, this.#isOpen)
  }

  /** Tables with few records, several in one transaction; gives the others. */
  async #buildSmall(
    tables: readonly SearchedTable[],
    took: (one: SearchedTable) => void,
  ): Promise<readonly SearchedTable[]> {
    const { storage } = this.#parts
    const most = limits.searchIndexBatchRows
    const large: SearchedTable[] = []
    let [some, rows]: [SearchedTable[], number] = [[], 0]
    const build = async (): Promise<void> => {
      const now = some
      ;[some, rows] = [[], 0]
      if (this.#closed || now.length === 0) return
      await storage.write(async (tx) => {
        for (const one of now) await buildNow(tx, one)
      })
      now.forEach(took)
    }
    for (const one of tables) {
      const [row] = await storage.read(
        sql`select count(*) as n from (select 1 as one from ${identifier(one.table)} limit ${integerLiteral(most + 1)}) as t`,
      )
      const count = Number(row?.['n'] ?? 0)
      if (count > most) {
        large.push(one)
        continue
      }
      // No writer waits for more than some hundred records.
      if (rows + count > most || some.length === tablesAtOnce) await build()
      some.push(one)
      rows += count
    }
    await build()
    return large
  }

  #wanted(): readonly SearchedTable[] {
    const model = this.#parts.models.current()
    return model.objectNames.flatMap((name) => {
      const object = model.object(name)
      const columns = object === undefined ? [] : searchFields(object)
      return object === undefined || columns.length === 0
        ? []
        : [{ table: object.table.name, columns }]
    })
  }

  async #remove(table: string): Promise<void> {
    const { storage } = this.#parts
    await storage.write(async (tx) => {
      for (const statement of dropSearchIndex(table, tx.dialect)) await tx.run(statement)
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
async function begin(tx: Transaction, one: SearchedTable, create: readonly Sql[]): Promise<void> {
  for (const statement of dropSearchIndex(one.table, tx.dialect)) await tx.run(statement)
  for (const statement of create) await tx.run(statement)
  await tx.run(
    sql`insert into fs_search (table_name, columns, state) values (${one.table}, ${shapeText(one, tx.dialect)}, 'building')`,
  )
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

/** A search that waits for longer is answered with what can be searched by then. */
async function withPatience(
  work: Promise<unknown>,
  patienceMs: number = limits.searchIndexWaitMs,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs)
  })
  await Promise.race([work, patience]).finally(() => clearTimeout(timer))
}

/** The whole index of a table with few records, within one transaction. */
async function buildNow(tx: Transaction, one: SearchedTable): Promise<void> {
  const isPostgres = tx.dialect.name === 'postgres'
  await begin(tx, one, isPostgres ? [createWordIndex(one, 'plain')] : createFullText(one))
  const all = { after: -1, until: Number.MAX_SAFE_INTEGER }
  if (!isPostgres) await tx.run(fillFullText(one, all))
  await tx.run(sql`update fs_search set state = 'ready' where table_name = ${one.table}`)
}
