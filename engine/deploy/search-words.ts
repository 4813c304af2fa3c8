/**
 * The words that records hold, of all objects together: what may be meant by a misspelt word or one with wildcards is
 * looked up here. It says nothing about who may read which of them: a word counts only once a search for it, within
 * the rights of whoever searches, finds a record. So words may be here that no record holds any more.
 */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { escapeWildcards } from '../query/like-pattern.ts'
import {
  editsAllowed,
  editsBetween,
  fitsPattern,
  mayBeNear,
} from '../query/search/similar-words.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { identifier, integerLiteral, joinSql, sql, type Sql } from '../sql/sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'
import type { Row, Storage } from '../storage/storage.ts'
import type { SearchedTable } from './search-tables.ts'

const text: ColumnKind = { kind: 'text' }
const integer: ColumnKind = { kind: 'integer' }

export const wordTables: readonly EngineTable[] = [
  {
    name: 'fs_search_word',
    columns: [
      { name: 'letters', kind: integer },
      { name: 'word', kind: text },
    ],
    key: ['letters', 'word'],
    indexes: [],
    isClustered: true,
  },
  {
    // How far the words of a table were learned: its first reading by Id, then by when records were written.
    name: 'fs_search_learned',
    columns: [
      { name: 'table_name', kind: text },
      { name: 'shape', kind: text },
      { name: 'read_id', kind: text },
      { name: 'read_until', kind: { kind: 'instant' } },
    ],
    key: ['table_name'],
    indexes: [],
  },
]

/** A table whose words are wanted; `shape` changes when it is searched otherwise than before. */
export interface LearnedTable extends SearchedTable {
  readonly shape: string
}

interface Learned {
  readonly shape: string
  /** Empty once all records were read. */
  readonly readId: string | undefined
  readonly readUntil: number
}

/** How far a table was read. */
interface Reading {
  readonly table: string
  readonly shape: string
  readonly readId: string
  readonly readUntil: number
}

const lettersMax = 30
/** Writes are stamped before they are committed; what was stamped so recently may still come. */
const lateMs = 60_000
const lateRowsMax = 2_000
const [key, stamp] = [identifier('Id'), identifier('SystemModstamp')]

export class SearchWords {
  readonly #storage: Storage
  readonly #clock: Clock
  readonly #known = new Set<string>()
  /** Read and not kept yet. */
  readonly #found = new Set<string>()
  readonly #done = new Map<string, Reading>()
  #last: Promise<void> = Promise.resolve()
  #waiting: Promise<void> | undefined

  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage
    this.#clock = clock
  }

  /** Reads what was written since the last time; several who ask while it waits are answered together. */
  learn(tables: () => readonly LearnedTable[], goOn: () => boolean): Promise<void> {
    this.#waiting ??= this.#learnNext(tables, goOn)
    return this.#waiting
  }

  async #learnNext(tables: () => readonly LearnedTable[], goOn: () => boolean): Promise<void> {
    // Whoever waited for it was told how it ended.
    await Promise.allSettled([this.#last])
    this.#waiting = undefined
    this.#last = this.#learnAll(tables(), goOn)
    await this.#last
  }

  /** The nearest first. */
  async similar(word: string): Promise<readonly string[]> {
    const most = editsAllowed(word)
    if (most === 0) return []
    const { length } = word
    const near = sql`letters between ${integerLiteral(length - most)} and ${integerLiteral(length + most)}`
    const isNear = mayBeNear(word, most)
    const found = (await this.#words(near)).flatMap((other) => {
      if (other === word || !isNear(other)) return []
      const edits = editsBetween(word, other, most)
      return edits === undefined ? [] : [{ other, edits }]
    })
    const nearest = found.toSorted(
      (one, two) => one.edits - two.edits || (one.other < two.other ? -1 : 1),
    )
    return nearest.slice(0, limits.searchSimilarWordsMax).map(({ other }) => other)
  }

  async fitting(pattern: string): Promise<readonly string[]> {
    const begin = pattern.slice(0, pattern.search(/[*?]/))
    const { dialect } = this.#storage
    const like = dialect.like(sql`word`, dialect.bound(text, `${escapeWildcards(begin)}%`))
    const words = (await this.#words(like)).filter((word) => fitsPattern(word, pattern))
    return words.toSorted().slice(0, limits.searchSimilarWordsMax)
  }

  async #words(condition: Sql): Promise<readonly string[]> {
    const { dialect } = this.#storage
    const [row] = await this.#storage.read(
      sql`select ${dialect.joinInOrder(sql`word`)} as words from (select word from fs_search_word where ${condition} order by letters, word) as w`,
    )
    const words = row?.['words'] ?? ''
    return words === '' ? [] : String(words).split(',')
  }

  async #learnAll(tables: readonly LearnedTable[], goOn: () => boolean): Promise<void> {
    if (tables.length === 0) return
    const learned = await this.#learned()
    const newest = await this.#newest(tables)
    const late = this.#clock.now() - lateMs
    for (const one of tables) {
      if (!goOn()) return
      const known = learned.get(one.table)
      const last = newest.get(one.table)
      // A table without records, as most are.
      if (last === undefined) continue
      if (known?.shape !== one.shape || known.readId !== undefined) {
        await this.#readAll(one, { known, last }, goOn)
      } else if (last > known.readUntil || last >= late) {
        await this.#readNew(one, { known, last }, goOn)
      }
    }
    await this.#keep()
  }

  async #learned(): Promise<ReadonlyMap<string, Learned>> {
    const rows = await this.#storage.read(
      sql`select table_name as t, shape, read_id as i, read_until as u from fs_search_learned`,
    )
    return new Map(
      rows.map(({ t, shape, i, u }) => {
        const readId = String(i) === '~' ? undefined : String(i)
        return [String(t), { shape: String(shape), readId, readUntil: Number(u) }]
      }),
    )
  }

  /** When a record of each table was written last; by one statement, each from the end of an index. */
  async #newest(tables: readonly LearnedTable[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>()
    for (let first = 0; first < tables.length; first += 100) {
      const some = tables.slice(first, first + 100)
      const columns = some.map(
        ({ table }, index) =>
          sql`(select max(${stamp}) from ${identifier(table)}) as ${identifier(`c${index}`)}`,
      )
      const [row = {}] = await this.#storage.read(sql`select ${joinSql(columns)}`)
      some.forEach(({ table }, index) => {
        const at = row[`c${index}`] ?? null
        if (at !== null) found.set(table, Number(at))
      })
    }
    return found
  }

  /** The first reading, by Id; what is written meanwhile follows by its stamp. */
  async #readAll(
    one: LearnedTable,
    { known, last }: { readonly known: Learned | undefined; readonly last: number },
    goOn: () => boolean,
  ): Promise<void> {
    const isBegun = known?.shape === one.shape && known.readId !== undefined
    const readUntil = isBegun ? known.readUntil : last
    for (let after = isBegun ? known.readId : ''; after !== '~';) {
      if (!goOn()) return
      const rows = await this.#rows(one, {
        where: sql`${key} > ${after}`,
        order: sql`${key}`,
        most: limits.searchIndexBatchRows,
      })
      const isLast = rows.length < limits.searchIndexBatchRows
      after = isLast ? '~' : String(rows.at(-1)?.['id'])
      this.#read(rows, { table: one.table, shape: one.shape, readId: after, readUntil })
      await this.#keepMany()
    }
  }

  async #readNew(
    one: LearnedTable,
    { known, last }: { readonly known: Learned; readonly last: number },
    goOn: () => boolean,
  ): Promise<void> {
    const done = { table: one.table, shape: one.shape, readId: '~' }
    const until = known.readUntil
    const late = await this.#rows(one, {
      where: sql`${stamp} > ${until - lateMs} and ${stamp} <= ${until}`,
      order: sql`${stamp} desc`,
      most: lateRowsMax,
    })
    this.#read(late, undefined)
    for (let from = { at: until, id: '~' }; from.at < last || from.id !== '~';) {
      if (!goOn()) return
      const rows = await this.#rows(one, {
        where: sql`(${stamp} > ${from.at} or (${stamp} = ${from.at} and ${key} > ${from.id}))`,
        order: sql`${stamp}, ${key}`,
        most: limits.searchIndexBatchRows,
      })
      const end = rows.at(-1)
      if (end === undefined) return
      from = { at: Number(end['at']), id: String(end['id']) }
      this.#read(rows, { ...done, readUntil: from.at })
      await this.#keepMany()
      if (rows.length < limits.searchIndexBatchRows) return
    }
  }

  #rows(
    { table, columns }: LearnedTable,
    asked: { readonly where: Sql; readonly order: Sql; readonly most: number },
  ): Promise<readonly Row[]> {
    // Telephone numbers have no letters to mistake.
    const texts = columns.filter(({ isPhone }) => !isPhone)
    const pieces = texts.flatMap(({ column }) => [sql`${column}`, sql`' '`])
    const all = pieces.length === 0 ? sql`''` : this.#storage.dialect.concat(pieces)
    return this.#storage.read(
      sql`select ${key} as id, ${stamp} as at, ${all} as texts from ${identifier(table)} where ${asked.where} order by ${asked.order} limit ${integerLiteral(asked.most)}`,
    )
  }

  /** Remembers words with letters in them, and how far the table was read by that. */
  #read(rows: readonly Row[], done: Reading | undefined): void {
    for (const row of rows) {
      for (const word of String(row['texts'] ?? '').match(/[\p{L}\p{N}]+/gu) ?? []) {
        if (word.length < 3 || word.length > lettersMax || this.#known.has(word)) continue
        if (/\p{L}/u.test(word)) this.#found.add(word)
      }
    }
    if (done !== undefined) this.#done.set(done.table, done)
  }

  async #keepMany(): Promise<void> {
    if (this.#found.size >= wordsAtOnce) await this.#keep()
  }

  /** Words and progress in one transaction, those of many small tables together. */
  async #keep(): Promise<void> {
    const [words, readings] = [[...this.#found], [...this.#done.values()]]
    if (words.length + readings.length === 0) return
    this.#found.clear()
    this.#done.clear()
    const { dialect } = this.#storage
    const columns = [
      { name: identifier('letters'), kind: integer },
      { name: identifier('word'), kind: text },
    ]
    await this.#storage.write(async (tx) => {
      if (words.length > 0) {
        const json = sql`${JSON.stringify(words.map((word) => [word.length, word]))}`
        await tx.run(
          sql`insert into fs_search_word (letters, word) select r.letters, r.word from ${dialect.rows(json, columns)} as r where (select count(*) from fs_search_word) < ${integerLiteral(limits.searchWordsKnownMax)} on conflict do nothing`,
        )
      }
      for (const { table, shape, readId, readUntil } of readings) {
        await tx.run(
          sql`insert into fs_search_learned (table_name, shape, read_id, read_until) values (${table}, ${shape}, ${readId}, ${readUntil}) on conflict (table_name) do update set shape = excluded.shape, read_id = excluded.read_id, read_until = excluded.read_until`,
        )
      }
    })
    if (this.#known.size > knownWordsMax) this.#known.clear()
    for (const word of words) this.#known.add(word)
  }
}

const wordsAtOnce = 2_000
const knownWordsMax = 50_000
