/**
 * Reads in two lanes: a read that takes long begins again in the slow lane, so quick ones always
 * find a connection.
 */
import { LRUCache } from 'lru-cache'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { PreparedQuery } from '../prepare-query.ts'
import { StorageError, type StorageErrorKind } from '../storage-error.ts'
import type { Row } from '../storage.ts'
import { PassingError } from './postgres-error.ts'
import type { PostgresPool } from './postgres-driver.ts'
import { Seats } from './seats.ts'

export interface ReadLanesOptions {
  readonly pool: PostgresPool
  readonly quickReadsMax: number
  readonly slowReadsMax: number
  readonly slowAfterMs: number
  readonly waitingReadsMax: number
}

const attemptsMax = 3
const knownSlowTextsMax = 2_000

function hasKind(error: unknown, kind: StorageErrorKind): boolean {
  return error instanceof StorageError && error.kind === kind
}

function isWorthAnother(error: unknown): boolean {
  const isStale = error instanceof PassingError && error.reason === 'stale-plan'
  // A kept connection that the server had cut in the meantime.
  return isStale || hasKind(error, 'disconnected')
}

export class ReadLanes {
  readonly #options: ReadLanesOptions
  readonly #quick: Seats
  readonly #slow: Seats
  readonly #slowTexts = new LRUCache<string, true>({ max: knownSlowTextsMax })

  constructor(options: ReadLanesOptions) {
    this.#options = options
    this.#quick = new Seats(options.quickReadsMax, options.waitingReadsMax)
    this.#slow = new Seats(options.slowReadsMax, options.waitingReadsMax)
  }

  async read(query: PreparedQuery, deadlineMs: number): Promise<readonly Row[]> {
    const deadlineAt = performance.now() + deadlineMs
    if (!this.#slowTexts.has(query.text)) {
      const rows = await this.#readQuickly(query, deadlineAt)
      if (rows !== undefined) return rows
    }
    return this.#readSlowly(query, deadlineAt)
  }

  /** Undefined when it turned out slow. */
  async #readQuickly(
    query: PreparedQuery,
    deadlineAt: number,
  ): Promise<readonly Row[] | undefined> {
    try {
      return await this.#readIn(this.#quick, query, () =>
        Math.min(this.#options.slowAfterMs, deadlineAt - performance.now()),
      )
    } catch (error) {
      if (!hasKind(error, 'interrupted')) throw error
      if (performance.now() >= deadlineAt) throw timeout()
      this.#slowTexts.set(query.text, true)
      return undefined
    }
  }

  async #readSlowly(query: PreparedQuery, deadlineAt: number): Promise<readonly Row[]> {
    const startedAt = performance.now()
    try {
      const rows = await this.#readIn(this.#slow, query, () => deadlineAt - performance.now())
      const wasQuick = performance.now() - startedAt < this.#options.slowAfterMs / 2
      if (wasQuick) this.#slowTexts.delete(query.text)
      return rows
    } catch (error) {
      throw hasKind(error, 'interrupted') ? timeout() : error
    }
  }

  async #readIn(
    seats: Seats,
    query: PreparedQuery,
    remainingMs: () => number,
  ): Promise<readonly Row[]> {
    const leave = await seats.take(remainingMs)
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.#readOnce(query, remainingMs())
        } catch (error) {
          if (attempt >= attemptsMax || !isWorthAnother(error)) throw error
        }
      }
    } finally {
      leave()
    }
  }

  #readOnce(query: PreparedQuery, remainingMs: number): Promise<readonly Row[]> {
    if (remainingMs <= 0) throw new StorageError('interrupted', 'no time is left')
    return this.#options.pool.use(async (connection) => {
      await connection.limitTime(remainingMs)
      return connection.all(query.text, query.values)
    })
  }
}

function timeout(): Refusal {
  return refuse('QUERY_TIMEOUT', 'the query took too long: narrow it down')
}
