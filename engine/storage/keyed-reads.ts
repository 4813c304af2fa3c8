/**
 * Reads of one row each that wait together become one statement: with many callers the trips to the database cost more
 * than the rows.
 */
import { Refusal } from '../base/refusal.ts'
import type { Statement } from '../sql/sql.ts'
import type { Holes, Row, Storage } from './storage.ts'

export interface KeyedReads {
  /**
   * The row of this key, if there is one. The query takes the hole `keys`, a JSON list of one-element lists, and tells
   * in its column `row_key` whose each row is; whatever else decides the answer is part of the query itself, or one of
   * `holes`: only reads with the same ones are put together.
   */
  read(query: Statement, key: string, holes?: Holes): Promise<Row | undefined>
}

interface WaitingRead {
  readonly key: string
  readonly resolve: (row: Row | undefined) => void
  readonly reject: (error: unknown) => void
}

interface KeyedQuery {
  readonly statement: Statement
  readonly holes: Holes
}

const noHoles: Holes = {}
const keysMax = 100
/** At once, of one query: the next ones gather meanwhile. */
const runningMax = 2

/** The reads of one query. */
class Lane {
  readonly #storage: Pick<Storage, 'read'>
  readonly #query: KeyedQuery
  readonly #onEmpty: () => void
  readonly #waiting: WaitingRead[] = []
  #running = 0
  #isScheduled = false

  constructor(storage: Pick<Storage, 'read'>, query: KeyedQuery, onEmpty: () => void) {
    this.#storage = storage
    this.#query = query
    this.#onEmpty = onEmpty
  }

  push(read: WaitingRead): void {
    this.#waiting.push(read)
    if (this.#isScheduled || this.#running >= runningMax) return
    this.#isScheduled = true
    // Everybody whose request arrived in this turn of the event loop joins the statement.
    setImmediate(() => {
      this.#isScheduled = false
      this.#pump()
    })
  }

  #pump(): void {
    while (this.#waiting.length > 0 && this.#running < runningMax) {
      void this.#run(this.#waiting.splice(0, keysMax))
    }
    if (this.#running === 0 && !this.#isScheduled) this.#onEmpty()
  }

  async #run(reads: readonly WaitingRead[]): Promise<void> {
    this.#running++
    await readTogether(this.#storage, this.#query, reads)
    this.#running--
    this.#pump()
  }
}

export function createKeyedReads(storage: Pick<Storage, 'read'>): KeyedReads {
  // By the statement itself: it is kept by whoever made it, for as long as it is in use.
  const lanes = new Map<Statement, Map<string, Lane>>()
  const laneOf = (statement: Statement, holes: Holes): Lane => {
    const ofStatement = lanes.get(statement) ?? new Map<string, Lane>()
    lanes.set(statement, ofStatement)
    const name = holes === noHoles ? '' : JSON.stringify(holes)
    const known = ofStatement.get(name)
    if (known !== undefined) return known
    const lane = new Lane(storage, { statement, holes }, () => {
      ofStatement.delete(name)
      if (ofStatement.size === 0) lanes.delete(statement)
    })
    ofStatement.set(name, lane)
    return lane
  }
  return {
    read: (query, key, holes = noHoles) =>
      new Promise((resolve, reject) => laneOf(query, holes).push({ key, resolve, reject })),
  }
}

/** Settles every read; never rejects. */
async function readTogether(
  storage: Pick<Storage, 'read'>,
  query: KeyedQuery,
  reads: readonly WaitingRead[],
): Promise<void> {
  try {
    const keys = JSON.stringify(reads.map(({ key }) => [key]))
    const rows = await storage.read(query.statement, { holes: { ...query.holes, keys } })
    const byKey = new Map(rows.map((row) => [row['row_key'], row]))
    for (const { key, resolve } of reads) resolve(byKey.get(key))
  } catch (error) {
    // What is wrong may be one row: nobody else shall suffer for it.
    const isShared = reads.length > 1 && !(error instanceof Refusal)
    if (isShared) await Promise.all(reads.map((read) => readTogether(storage, query, [read])))
    else for (const { reject } of reads) reject(error)
  }
}
