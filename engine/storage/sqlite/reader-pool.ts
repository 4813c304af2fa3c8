/**
 * Many readers. A read that turns out slow takes one of a few slow seats; when they are taken it is
 * interrupted and begun again later, so that quick reads always find a connection and a thread.
 */
import { LRUCache } from 'lru-cache'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { DriverValue, PreparedQuery } from '../prepare-query.ts'
import { StorageError } from '../storage-error.ts'
import type { Row } from '../storage.ts'
import type { Connection } from './connection.ts'

export interface ReaderPoolOptions {
  readonly connect: () => Promise<Connection>
  /** Quick reads at once. */
  readonly quickReadsMax: number
  readonly slowReadsMax: number
  /** A read that runs longer than this counts as slow. */
  readonly slowAfterMs: number
  readonly waitingReadsMax: number
}

interface PendingRead {
  readonly text: string
  readonly values: readonly DriverValue[]
  readonly deadlineAt: number
  readonly resolve: (rows: readonly Row[]) => void
  readonly reject: (error: unknown) => void
  lane: 'quick' | 'slow'
  startedAt: number
  connection: Connection | undefined
  /** Why it was interrupted. */
  ended: 'expired' | 'postponed' | undefined
}

const sweepMs = 20
const knownSlowTextsMax = 2_000

export class ReaderPool {
  readonly #options: ReaderPoolOptions
  readonly #idle: Connection[] = []
  readonly #running = new Set<PendingRead>()
  readonly #waiting = { quick: [] as PendingRead[], slow: [] as PendingRead[] }
  readonly #runningCount = { quick: 0, slow: 0 }
  /** Texts that were slow the last time go to the slow seats at once. */
  readonly #slowTexts = new LRUCache<string, true>({ max: knownSlowTextsMax })
  #sweeper: NodeJS.Timeout | undefined
  #paused = false
  #closed = false
  #whenQuiet: (() => void) | undefined

  private constructor(options: ReaderPoolOptions) {
    this.#options = options
  }

  static async open(options: ReaderPoolOptions): Promise<ReaderPool> {
    const pool = new ReaderPool(options)
    const count = options.quickReadsMax + options.slowReadsMax
    for (let index = 0; index < count; index++) pool.#idle.push(await options.connect())
    return pool
  }

  read(query: PreparedQuery, deadlineMs: number): Promise<readonly Row[]> {
    if (this.#closed) return Promise.reject(unavailable('the server is stopping'))
    const lane = this.#slowTexts.has(query.text) ? 'slow' : 'quick'
    if (this.#waiting[lane].length >= this.#options.waitingReadsMax) {
      return Promise.reject(unavailable('too many queries are waiting: try again in a moment'))
    }
    return new Promise((resolve, reject) => {
      const deadlineAt = performance.now() + deadlineMs
      const { text, values } = query
      const outcome = { resolve, reject, startedAt: 0, connection: undefined, ended: undefined }
      this.#waiting[lane].push({ text, values, deadlineAt, lane, ...outcome })
      this.#pump()
    })
  }

  /** Runs the action while no read runs; undefined when the reads did not end in time. */
  async quietly<Result>(
    waitMs: number,
    action: () => Promise<Result>,
  ): Promise<Result | undefined> {
    this.#paused = true
    try {
      await this.#untilQuiet(waitMs)
      return this.#running.size === 0 ? await action() : undefined
    } finally {
      this.#paused = false
      this.#pump()
    }
  }

  /** Lets the running reads end, then closes their connections. */
  async close(): Promise<void> {
    this.#closed = true
    for (const lane of ['quick', 'slow'] as const) {
      for (const read of this.#waiting[lane].splice(0)) {
        read.reject(unavailable('the server is stopping'))
      }
    }
    await this.#untilQuiet(undefined)
    clearInterval(this.#sweeper)
    for (const connection of this.#idle.splice(0)) await connection.close()
  }

  #untilQuiet(waitMs: number | undefined): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = waitMs === undefined ? undefined : setTimeout(resolve, waitMs)
      this.#whenQuiet = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #pump(): void {
    if (this.#paused) return
    this.#startFrom('quick', this.#options.quickReadsMax)
    this.#startFrom('slow', this.#options.slowReadsMax)
  }

  #startFrom(lane: PendingRead['lane'], runningMax: number): void {
    const waiting = this.#waiting[lane]
    while (waiting.length > 0 && this.#runningCount[lane] < runningMax) {
      const connection = this.#idle.pop()
      if (connection === undefined) return
      const read = waiting.shift()
      if (read !== undefined) void this.#run(read, connection)
    }
  }

  async #run(read: PendingRead, connection: Connection): Promise<void> {
    read.connection = connection
    read.startedAt = performance.now()
    this.#running.add(read)
    this.#runningCount[read.lane]++
    this.#sweeper ??= setInterval(() => this.#sweep(), sweepMs)
    try {
      const rows = await connection.all(read.text, read.values)
      this.#forgetSlowness(read)
      read.resolve(rows)
    } catch (error) {
      this.#fail(read, error)
    } finally {
      this.#release(read, connection)
    }
  }

  #release(read: PendingRead, connection: Connection): void {
    this.#running.delete(read)
    this.#runningCount[read.lane]--
    if (read.ended === 'postponed') this.#postpone(read)
    this.#idle.push(connection)
    if (this.#running.size === 0) {
      clearInterval(this.#sweeper)
      this.#sweeper = undefined
      this.#whenQuiet?.()
      this.#whenQuiet = undefined
    }
    this.#pump()
  }

  /**
   * Puts an interrupted read back; one that had finished before the interrupt is answered already.
   */
  #postpone(read: PendingRead): void {
    read.ended = undefined
    read.connection = undefined
    read.lane = 'slow'
    if (this.#closed) return read.reject(unavailable('the server is stopping'))
    this.#waiting.slow.push(read)
    // It may have to wait while nothing runs that the sweeper watches.
    this.#sweeper ??= setInterval(() => this.#sweep(), sweepMs)
  }

  #fail(read: PendingRead, error: unknown): void {
    const wasInterrupted = error instanceof StorageError && error.kind === 'interrupted'
    if (wasInterrupted && read.ended === 'postponed') return
    read.ended = read.ended === 'postponed' ? undefined : read.ended
    if (wasInterrupted && read.ended === 'expired') read.reject(timeout())
    else read.reject(error)
  }

  #forgetSlowness(read: PendingRead): void {
    read.ended = undefined
    const tookMs = performance.now() - read.startedAt
    if (read.lane === 'slow' && tookMs < this.#options.slowAfterMs) {
      this.#slowTexts.delete(read.text)
    }
  }

  #sweep(): void {
    const now = performance.now()
    for (const read of this.#running) this.#judge(read, now)
    for (const lane of ['quick', 'slow'] as const) this.#expireWaiting(lane, now)
    this.#pump()
  }

  #judge(read: PendingRead, now: number): void {
    if (now >= read.deadlineAt) read.ended = 'expired'
    else if (read.lane === 'quick' && now - read.startedAt > this.#options.slowAfterMs) {
      this.#noteSlow(read.text)
      if (this.#runningCount.slow < this.#options.slowReadsMax) this.#seat(read)
      // What it has done so far is lost; nobody gains by that who does not wait for its connection.
      else if (this.#waiting.quick.length > 0) read.ended = 'postponed'
    }
    // An interrupt before the statement has reached its thread is lost, hence at every sweep.
    if (read.ended !== undefined) read.connection?.interrupt()
  }

  /** The same text waits where slow ones wait, from now on and where it waits already. */
  #noteSlow(text: string): void {
    this.#slowTexts.set(text, true)
    const { quick, slow } = this.#waiting
    for (const waiting of quick) {
      if (waiting.text !== text) continue
      waiting.lane = 'slow'
      slow.push(waiting)
    }
    quick.splice(0, quick.length, ...quick.filter((waiting) => waiting.lane === 'quick'))
  }

  #seat(read: PendingRead): void {
    this.#runningCount.quick--
    this.#runningCount.slow++
    read.lane = 'slow'
  }

  #expireWaiting(lane: PendingRead['lane'], now: number): void {
    const waiting = this.#waiting[lane]
    if (!waiting.some((read) => now >= read.deadlineAt)) return
    const expired = waiting.filter((read) => now >= read.deadlineAt)
    const rest = waiting.filter((read) => now < read.deadlineAt)
    waiting.splice(0, waiting.length, ...rest)
    for (const read of expired) read.reject(timeout())
  }
}

function timeout(): Refusal {
  return refuse('QUERY_TIMEOUT', 'the query took too long: narrow it down')
}

function unavailable(reason: string): Refusal {
  return refuse('SERVER_UNAVAILABLE', reason)
}
