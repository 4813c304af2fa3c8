/**
 * Units of work on PostgreSQL: each task in a transaction of its own, several at once, passing
 * failures tried again.
 */
import { refuse, Refusal } from '../../base/refusal.ts'
import { postgresDialect } from '../../sql/postgres-dialect.ts'
import type { DriverValue } from '../prepare-query.ts'
import { runTask, type TaskOutcome } from '../run-task.ts'
import { StorageError } from '../storage-error.ts'
import type { UnitConnection } from '../unit-transaction.ts'
import { tasksOf, type WriteTask, type WriteUnit } from '../write-unit.ts'
import { PassingError } from './postgres-error.ts'
import type { PostgresConnection, PostgresPool } from './postgres-driver.ts'

export interface WriteLaneOptions {
  readonly pool: PostgresPool
  readonly writersMax: number
  readonly unitMs: number
  readonly unitsMax: number
  readonly groupUnitsMax: number
  readonly onError: (error: unknown) => void
}

const collisionAttemptsMax = 10
const ddlAttemptsMax = 30
const pauseMsMax = 300
/**
 * A change of tables that waits for its lock holds up everybody who comes after it: it must not
 * wait long.
 */
const ddlLockTimeoutMs = 250
const ddl = /^\s*(?:create|alter|drop|truncate|reindex)\b/i

export class WriteLane {
  readonly #options: WriteLaneOptions
  readonly #waiting: WriteUnit[] = []
  #running = 0
  #awake = false
  #closed = false
  #writable = true
  #whenDone: (() => void) | undefined

  constructor(options: WriteLaneOptions) {
    this.#options = options
  }

  get waitingCount(): number {
    return this.#waiting.length
  }

  get writable(): boolean {
    return this.#writable
  }

  push(unit: WriteUnit): void {
    if (this.#closed) {
      return unit.reject(refuse('SERVER_UNAVAILABLE', 'the server is stopping: nothing was saved'))
    }
    if (this.#waiting.length >= this.#options.unitsMax) {
      const message = 'too many writes are waiting: try again in a moment'
      return unit.reject(refuse('SERVER_UNAVAILABLE', message))
    }
    this.#waiting.push(unit)
    this.#wake()
  }

  /** Lets what waits finish. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#running === 0 && this.#waiting.length === 0) return
    await new Promise<void>((resolve) => {
      this.#whenDone = resolve
    })
  }

  #wake(): void {
    if (this.#awake) return
    this.#awake = true
    // One turn of the event loop lets everybody whose request has arrived join the same statement.
    setImmediate(() => {
      this.#awake = false
      this.#start()
    })
  }

  #start(): void {
    while (this.#running < this.#options.writersMax && this.#waiting.length > 0) {
      this.#running++
      void this.#serve(this.#takeTask()).finally(() => {
        this.#running--
        if (this.#running === 0 && this.#waiting.length === 0) this.#whenDone?.()
        this.#wake()
      })
    }
  }

  /** The first that waits, with all others of its group. */
  #takeTask(): WriteTask {
    const [first] = this.#waiting
    if (first === undefined) throw new Error('no unit waits')
    if (first.single || first.group === undefined) return { units: this.#waiting.splice(0, 1) }
    const isMate = (unit: WriteUnit): boolean => !unit.single && unit.group === first.group
    const mates = this.#waiting.filter(isMate).slice(0, this.#options.groupUnitsMax)
    const taken = new Set(mates)
    const rest = this.#waiting.filter((unit) => !taken.has(unit))
    this.#waiting.splice(0, this.#waiting.length, ...rest)
    return { units: mates }
  }

  async #serve(task: WriteTask): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const trial = new Trial(task, this.#options)
      try {
        const outcome = await trial.run()
        this.#writable = true
        this.#runActions(outcome)
        task.units.forEach((unit, index) => unit.resolve(outcome.results[index]))
        return
      } catch (error) {
        if (!trial.isWorthAnother(error, attempt)) return this.#refuse(task, error)
        await pause(attempt)
      }
    }
  }

  #refuse(task: WriteTask, error: unknown): void {
    const kind = error instanceof StorageError ? error.kind : undefined
    const isOutage = kind === 'disconnected' || kind === 'full' || kind === 'read-only'
    if (isOutage) this.#writable = false
    const tookTooLong = error instanceof Refusal && error.code === 'SERVER_UNAVAILABLE'
    if (task.units.length === 1 || isOutage || tookTooLong) {
      for (const unit of task.units) unit.reject(error)
      return
    }
    for (const unit of task.units) unit.single = true
    this.#waiting.unshift(...tasksOf(task.units).flatMap((single) => single.units))
  }

  #runActions(outcome: TaskOutcome): void {
    for (const action of outcome.actions) {
      try {
        action()
      } catch (error) {
        this.#options.onError(error)
      }
    }
  }
}

/** One try of a task. */
class Trial {
  readonly #task: WriteTask
  readonly #options: WriteLaneOptions
  #hasBegun = false
  #changedTables = false

  constructor(task: WriteTask, options: WriteLaneOptions) {
    this.#task = task
    this.#options = options
  }

  run(): Promise<TaskOutcome> {
    return this.#options.pool.use(async (connection) => {
      await connection.limitTime(this.#options.unitMs)
      await connection.exec('begin')
      this.#hasBegun = true
      const outcome = await this.#runInside(connection)
      await commit(connection)
      return outcome
    })
  }

  isWorthAnother(error: unknown, attempt: number): boolean {
    if (error instanceof PassingError) {
      if (error.reason === 'lock') return this.#changedTables && attempt < ddlAttemptsMax
      return attempt < collisionAttemptsMax
    }
    // A kept connection that the server had cut; the unit itself had not started.
    const isCut = error instanceof StorageError && error.kind === 'disconnected'
    return isCut && !this.#hasBegun && attempt === 1
  }

  async #runInside(connection: PostgresConnection): Promise<TaskOutcome> {
    try {
      return await runTask(this.#task, {
        connection: this.#watched(connection),
        dialect: postgresDialect,
        timeMs: this.#options.unitMs,
        interrupt: () => connection.cut(),
      })
    } catch (error) {
      if (connection.broken) throw error
      await connection.exec('rollback')
      const isUnique = error instanceof StorageError && error.kind === 'unique'
      throw isUnique && this.#task.units.length === 1 ? await withColumns(connection, error) : error
    }
  }

  #watched(connection: PostgresConnection): UnitConnection {
    return {
      all: (text, values) => connection.all(text, values),
      run: async (text: string, values: readonly DriverValue[]) => {
        if (!this.#changedTables && ddl.test(text)) {
          this.#changedTables = true
          await connection.exec(`set local lock_timeout = ${ddlLockTimeoutMs}`)
        }
        return connection.run(text, values)
      },
    }
  }
}

async function commit(connection: PostgresConnection): Promise<void> {
  try {
    await connection.exec('commit')
  } catch (error) {
    const isCut = error instanceof StorageError && error.kind === 'disconnected'
    if (!isCut) throw error
    const message = 'the connection was lost in the commit: whether it was saved is not known'
    throw new StorageError('disconnected', message, { cause: error })
  }
}

const indexColumnsQuery =
  'select a.attname as name from pg_index i join pg_class c on c.oid = i.indexrelid ' +
  'join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[]) ' +
  'where c.relname = $1 and c.relnamespace = current_schema()::regnamespace ' +
  'order by array_position(i.indkey::int2[], a.attnum)'

/** SQLite tells the columns of a broken unique index; here the catalogue does. */
async function withColumns(
  connection: PostgresConnection,
  error: StorageError,
): Promise<StorageError> {
  const { index } = error.place
  if (index === undefined) return error
  const rows = await connection.all(indexColumnsQuery, [index])
  const place = { ...error.place, columns: rows.map((row) => String(row['name'])) }
  return new StorageError(error.kind, error.message, { cause: error.cause, place })
}

function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(attempt * 20, pauseMsMax)))
}
