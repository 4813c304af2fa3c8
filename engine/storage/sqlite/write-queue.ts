/**
 * The one way to the write connection. The driver lets every statement of a process fall into
 * whatever transaction is open on its connection, so nobody but this queue ever sends one. Units
 * that wait together are committed together.
 */
import { refuse, Refusal } from '../../base/refusal.ts'
import { sqliteDialect } from '../../sql/sqlite-dialect.ts'
import { runTask, type TaskOutcome } from '../run-task.ts'
import { StorageError } from '../storage-error.ts'
import { tasksOf, type WriteTask, type WriteUnit } from '../write-unit.ts'
import type { Connection } from './connection.ts'

export interface WriteQueueOptions {
  /** Opens the write connection, also again after a failure that may have spoilt it. */
  readonly connect: () => Promise<Connection>
  /** Throws when the file is not the one that was opened. */
  readonly checkFile: () => void
  /** Called between transactions, with the connection idle. */
  readonly betweenBatches: (connection: Connection) => Promise<void>
  /** Told of failures that no caller waits for. */
  readonly onError: (error: unknown) => void
  readonly unitMs: number
  readonly unitsMax: number
  readonly groupUnitsMax: number
}

interface Finished {
  readonly task: WriteTask
  readonly outcome: TaskOutcome
}

interface Refused {
  readonly unit: WriteUnit
  readonly error: unknown
}

/** The whole transaction is lost; `culprit` is the task that lost it, if one did. */
class LostTransaction extends Error {
  readonly culprit: WriteTask | undefined
  constructor(cause: unknown, culprit?: WriteTask) {
    super('the transaction was lost', { cause })
    this.culprit = culprit
  }
}

const restartsMax = 1
const spoiling: ReadonlySet<string> = new Set(['read-only', 'disconnected', 'corrupt'])

function isKind(error: unknown, ...kinds: readonly StorageError['kind'][]): boolean {
  return error instanceof StorageError && kinds.includes(error.kind)
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export class WriteQueue {
  readonly #options: WriteQueueOptions
  #connection: Connection
  #waiting: (WriteUnit | (() => Promise<void>))[] = []
  #draining: Promise<void> | undefined
  #spoilt = false
  #closed = false
  #writable = true

  constructor(connection: Connection, options: WriteQueueOptions) {
    this.#connection = connection
    this.#options = options
  }

  get waitingCount(): number {
    return this.#waiting.length
  }

  get writable(): boolean {
    return this.#writable
  }

  push(unit: WriteUnit): void {
    if (this.#closed) return unit.reject(closedRefusal())
    if (this.#waiting.length >= this.#options.unitsMax) return unit.reject(crowdedRefusal())
    this.#waiting.push(unit)
    this.#wake()
  }

  /** Runs an action on the connection between two transactions. */
  between<Result>(action: (connection: Connection) => Promise<Result>): Promise<Result> {
    if (this.#closed) return Promise.reject(closedRefusal())
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => action(this.#connection).then(resolve, reject))
      this.#wake()
    })
  }

  /** Takes nothing more and lets what waits finish. */
  async stop(): Promise<void> {
    this.#closed = true
    await this.#draining
  }

  /** After `stop`. */
  close(): Promise<void> {
    return this.#connection.close()
  }

  #wake(): void {
    this.#draining ??= this.#drain()
  }

  async #drain(): Promise<void> {
    // One turn of the event loop lets everybody whose request has arrived join the first commit.
    await nextTurn()
    while (this.#waiting.length > 0) {
      await this.#serveNext()
      await nextTurn()
    }
    this.#draining = undefined
  }

  async #serveNext(): Promise<void> {
    const [first] = this.#waiting
    if (typeof first === 'function') {
      this.#waiting.shift()
      return first()
    }
    await this.#commitTogether(this.#takeBatch())
    try {
      await this.#options.betweenBatches(this.#connection)
    } catch (error) {
      this.#options.onError(error)
    }
  }

  #takeBatch(): WriteUnit[] {
    const batch: WriteUnit[] = []
    for (const unit of this.#waiting) {
      if (typeof unit === 'function' || batch.length >= this.#options.groupUnitsMax) break
      if (unit.alone && batch.length > 0) break
      batch.push(unit)
      if (unit.alone) break
    }
    this.#waiting.splice(0, batch.length)
    return batch
  }

  async #commitTogether(batch: readonly WriteUnit[]): Promise<void> {
    const finished: Finished[] = []
    const refused: Refused[] = []
    try {
      await this.#repair()
      await this.#connection.run('begin immediate')
      await this.#runTasks(tasksOf(batch), finished, refused)
      await this.#commit()
    } catch (error) {
      await this.#rollBack()
      const settled = new Set(refused.map((entry) => entry.unit))
      this.#recover(
        batch.filter((unit) => !settled.has(unit)),
        error,
      )
      return answer([], refused)
    }
    this.#writable = true
    this.#runActions(finished)
    answer(finished, refused)
  }

  async #runTasks(tasks: WriteTask[], finished: Finished[], refused: Refused[]): Promise<void> {
    // With a single task the transaction itself is what can be undone.
    const undo = tasks.length > 1 ? 'savepoint' : 'transaction'
    const waiting = [...tasks].reverse()
    for (let task = waiting.pop(); task !== undefined; task = waiting.pop()) {
      const outcome = await this.#runTask(task, undo)
      if ('results' in outcome) finished.push({ task, outcome })
      else if (task.units.length === 1) {
        refused.push(...task.units.map((unit) => ({ unit, error: outcome.error })))
      } else {
        for (const unit of task.units) unit.single = true
        waiting.push(...tasksOf(task.units).reverse())
      }
    }
  }

  /** Gives what the task threw, when its effect could be undone alone. */
  async #runTask(
    task: WriteTask,
    undo: 'savepoint' | 'transaction',
  ): Promise<TaskOutcome | { readonly error: unknown }> {
    const connection = this.#connection
    try {
      if (undo === 'savepoint') await connection.exec('savepoint unit')
      const outcome = await runTask(task, {
        connection,
        dialect: sqliteDialect,
        timeMs: this.#options.unitMs,
        interrupt: () => connection.interrupt(),
      })
      if (undo === 'savepoint') await connection.exec('release unit')
      return outcome
    } catch (error) {
      if (undo === 'transaction') throw new LostTransaction(error, task)
      try {
        await connection.exec('rollback to unit; release unit')
      } catch {
        // SQLite gave up the transaction as a whole (full disk, interrupt in a change): others
        // begin again.
        throw new LostTransaction(error, task)
      }
      return { error }
    }
  }

  async #commit(): Promise<void> {
    await this.#connection.run('commit')
    this.#options.checkFile()
  }

  async #rollBack(): Promise<void> {
    try {
      await this.#connection.exec('rollback')
    } catch (error) {
      // SQLite may have rolled back already; if it could not, the connection is not to be trusted.
      const isOver = error instanceof StorageError && error.kind === 'other'
      if (!isOver) this.#spoilt = true
    }
  }

  /** Decides for each unit of a lost transaction: refused, or once more. */
  #recover(units: readonly WriteUnit[], failure: unknown): void {
    const culprit = failure instanceof LostTransaction ? failure.culprit : undefined
    const error = failure instanceof LostTransaction ? failure.cause : failure
    if (isKind(error, 'full', 'read-only', 'disconnected', 'corrupt')) this.#writable = false
    if (error instanceof StorageError && spoiling.has(error.kind)) this.#spoilt = true
    // Constraints that are checked at the commit concern one unit; found by trying each alone.
    const isOneUnits = culprit === undefined && isKind(error, 'foreign-key', 'unique', 'check')
    const culprits = new Set(culprit?.units)
    const again: WriteUnit[] = []
    for (const unit of units) {
      const mayTry = culprits.has(unit)
        ? mayTrySingly(culprits.size, unit, error)
        : isOneUnits
          ? mayTryAlone(units.length, unit)
          : culprit !== undefined && unit.restarts++ < restartsMax
      if (mayTry) again.push(unit)
      else unit.reject(error)
    }
    this.#waiting.unshift(...again)
  }

  /**
   * A connection that met a read-only or vanished disk may stay like that for ever: take a new one.
   */
  async #repair(): Promise<void> {
    if (!this.#spoilt) return
    this.#options.checkFile()
    const fresh = await this.#options.connect()
    const old = this.#connection
    this.#connection = fresh
    this.#spoilt = false
    try {
      await old.close()
    } catch (error) {
      this.#options.onError(error)
    }
  }

  #runActions(finished: readonly Finished[]): void {
    for (const { outcome } of finished) {
      for (const action of outcome.actions) {
        try {
          action()
        } catch (error) {
          this.#options.onError(error)
        }
      }
    }
  }
}

function mayTrySingly(companions: number, unit: WriteUnit, error: unknown): boolean {
  // What took too long together would take as long again.
  const tookTooLong = error instanceof Refusal && error.code === 'SERVER_UNAVAILABLE'
  if (companions === 1 || tookTooLong) return false
  unit.single = true
  return true
}

function mayTryAlone(companions: number, unit: WriteUnit): boolean {
  if (companions === 1) return false
  unit.single = true
  unit.alone = true
  return true
}

function answer(finished: readonly Finished[], refused: readonly Refused[]): void {
  for (const { task, outcome } of finished) {
    task.units.forEach((unit, index) => unit.resolve(outcome.results[index]))
  }
  for (const { unit, error } of refused) unit.reject(error)
}

function closedRefusal(): Error {
  return refuse('SERVER_UNAVAILABLE', 'the server is stopping: nothing was saved')
}

function crowdedRefusal(): Error {
  return refuse('SERVER_UNAVAILABLE', 'too many writes are waiting: try again in a moment')
}
