/** Keeps the write-ahead log small: SQLite alone lets it grow for as long as readers overlap. */
import { statSync } from 'node:fs'
import type { Connection } from './connection.ts'
import type { ReaderPool } from './reader-pool.ts'

export interface CheckpointerOptions {
  readonly file: string
  readonly readers: ReaderPool
  readonly busyTimeoutMs: number
  /** A log beyond this size is emptied even under load. */
  readonly walBytesMax: number
  /** Without writes for this long the log is emptied. */
  readonly idleMs: number
  /** Runs an action between two transactions. */
  readonly between: (action: (connection: Connection) => Promise<void>) => Promise<void>
  readonly onError: (error: unknown) => void
}

const quietWaitMs = 250

export class Checkpointer {
  readonly #options: CheckpointerOptions
  #timer: NodeJS.Timeout | undefined
  #nextBytes: number

  constructor(options: CheckpointerOptions) {
    this.#options = options
    this.#nextBytes = options.walBytesMax
  }

  /** Called after each batch, between transactions. */
  async afterBatch(connection: Connection): Promise<void> {
    this.#restartTimer()
    const bytes = this.#walBytes()
    if (bytes < this.#nextBytes) return
    await this.#options.readers.quietly(quietWaitMs, () => this.#empty(connection))
    // Where a long read held it up, try again only when the log has grown as much once more.
    this.#nextBytes = this.#walBytes() + this.#options.walBytesMax
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #restartTimer(): void {
    if (this.#timer !== undefined) this.#timer.refresh()
    else this.#timer = setTimeout(() => this.#whenIdle(), this.#options.idleMs).unref()
  }

  #whenIdle(): void {
    this.#timer = undefined
    const empty = (connection: Connection): Promise<void> => this.#empty(connection)
    this.#options.between(empty).catch(this.#options.onError)
  }

  async #empty(connection: Connection): Promise<void> {
    // A reader in the way must not make the writer wait.
    await connection.exec('pragma busy_timeout = 0')
    try {
      await connection.all('pragma wal_checkpoint(truncate)')
    } finally {
      await connection.exec(`pragma busy_timeout = ${this.#options.busyTimeoutMs}`)
    }
    this.#nextBytes = this.#walBytes() + this.#options.walBytesMax
  }

  #walBytes(): number {
    return statSync(`${this.#options.file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  }
}
