/** Storage on one SQLite file: one writer, many readers, one server. */
import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { limits } from '../../base/limits.ts'
import { sql } from '../../sql/sql.ts'
import { sqliteDialect } from '../../sql/sqlite-dialect.ts'
import { LocalChannels } from '../local-channels.ts'
import { checkPayload } from '../message-size.ts'
import { NamedLocks } from '../named-locks.ts'
import { prepareQuery } from '../prepare-query.ts'
import { StorageError } from '../storage-error.ts'
import type { Query, ReadOptions, Row, Snapshot, Storage, TableShape } from '../storage.ts'
import { tableShapes } from '../table-shapes.ts'
import { unitOfGroup, unitOfWork } from '../write-unit.ts'
import { columnsQuery, indexesQuery, namesQuery } from './catalogue-queries.ts'
import { checkContent, checkPlace, checkWritable } from './check-place.ts'
import { Checkpointer } from './checkpointer.ts'
import { Connection } from './connection.ts'
import { createDatabase } from './create-database.ts'
import { ReaderPool } from './reader-pool.ts'
import { takeServerLock, type ServerLock } from './server-lock.ts'
import { WriteQueue } from './write-queue.ts'

export interface SqliteOptions {
  readonly file: string
  /** Make an empty database when there is none; otherwise its absence is an error. */
  readonly create?: boolean
  /** Quick reads at once; some seats for slow reads come on top. */
  readonly readers?: number
  /** Told of failures that no caller waits for. */
  readonly onError?: (error: unknown) => void
  readonly limits?: Partial<typeof sqliteLimits>
}

/** What the tests set otherwise. */
const sqliteLimits = {
  writeUnitMs: limits.writeUnitMs as number,
  writeQueueUnitsMax: limits.writeQueueUnitsMax as number,
  writeGroupUnitsMax: limits.writeGroupUnitsMax as number,
  queryDeadlineMs: limits.queryDeadlineMs as number,
  slowReadsMax: limits.slowReadsMax as number,
  slowAfterMs: 150,
  waitingReadsMax: 20_000,
  busyTimeoutMs: 5_000,
  walBytesMax: 64 * 1024 * 1024,
  walIdleMs: 2_000,
}

const quickReadersDefault = 4

// Both databases compare case in LIKE; what a schema calls must be harmless.
const commonSetup =
  'pragma trusted_schema = off; pragma cell_size_check = on; pragma case_sensitive_like = on;'

const readerSetup = `${commonSetup} pragma query_only = on`

/** Opens the file, or says why not; nothing is changed then. */
export async function openSqlite(options: SqliteOptions): Promise<Storage> {
  const settings = { ...sqliteLimits, ...options.limits }
  const onError = options.onError ?? ((error) => process.emitWarning(String(error)))
  const file = truePath(options)
  checkWritable(file)
  const lock = await takeServerLock(file)
  try {
    await ensureDatabase(file, options.create === true)
    const readers = options.readers ?? quickReadersDefault
    return await SqliteStorage.open({ file, lock, readers, settings, onError })
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** One state of the file, beside a server that has it open: readers and writers do not wait for each other. */
export async function openSqliteSnapshot(path: string): Promise<Snapshot> {
  const file = resolve(path)
  if (!existsSync(file) || checkPlace(file) === 'absent') throw absentError(file)
  const busyTimeoutMs = sqliteLimits.busyTimeoutMs
  const connection = await Connection.open({
    file,
    mode: 'read',
    busyTimeoutMs,
    setup: readerSetup,
  })
  const read = (query: Query): Promise<readonly Row[]> => {
    const { text, values } = prepareQuery(query, sqliteDialect)
    return connection.all(text, values)
  }
  try {
    // The first read decides which state this is.
    await connection.exec('begin; select count(*) from sqlite_schema')
  } catch (error) {
    await connection.close()
    throw error
  }
  return {
    dialect: sqliteDialect,
    read,
    tables: async () =>
      tableShapes(await connection.all(columnsQuery), await connection.all(indexesQuery)),
    close: () => connection.close(),
  }
}

/** Links are followed, so that two names of one file have one lock. */
function truePath(options: SqliteOptions): string {
  const wanted = resolve(options.file)
  const folder = dirname(wanted)
  if (!existsSync(folder)) {
    if (options.create !== true) throw absentError(wanted)
    mkdirSync(folder, { recursive: true })
  }
  return existsSync(wanted) ? realpathSync(wanted) : join(realpathSync(folder), basename(wanted))
}

function absentError(file: string): StorageError {
  return new StorageError('other', `there is no database at ${file}`)
}

async function ensureDatabase(file: string, mayCreate: boolean): Promise<void> {
  if (checkPlace(file) === 'database') return checkContent(file)
  if (!mayCreate) throw absentError(file)
  await createDatabase(file)
}

/**
 * Throws when another file, or none, lies where the opened one lay: what is written now would be
 * lost.
 */
function fileGuard(file: string): () => void {
  const opened = statSync(file)
  return () => {
    const present = statSync(file, { throwIfNoEntry: false })
    if (present?.ino === opened.ino && present.dev === opened.dev) return
    const advice = 'stop the server, put the file back, start again'
    throw new StorageError('disconnected', `the database file was moved or deleted: ${advice}`)
  }
}

interface OpenedPlace {
  readonly file: string
  readonly lock: ServerLock
  readonly readers: number
  readonly settings: typeof sqliteLimits
  readonly onError: (error: unknown) => void
}

function connectWriter(place: OpenedPlace): Promise<Connection> {
  return Connection.open({
    file: place.file,
    mode: 'write',
    busyTimeoutMs: place.settings.busyTimeoutMs,
    setup:
      `${commonSetup} pragma journal_mode = wal; pragma synchronous = full; ` +
      `pragma foreign_keys = on; pragma journal_size_limit = ${place.settings.walBytesMax}`,
  })
}

function connectReader(place: OpenedPlace): Promise<Connection> {
  return Connection.open({
    file: place.file,
    mode: 'read',
    busyTimeoutMs: place.settings.busyTimeoutMs,
    setup: readerSetup,
    valueBytesMax: limits.queryPageBytesMax,
  })
}

class SqliteStorage implements Storage {
  readonly dialect = sqliteDialect
  readonly #place: OpenedPlace
  readonly #readers: ReaderPool
  readonly #writes: WriteQueue
  readonly #checkpointer: Checkpointer
  readonly #locks = new NamedLocks()
  readonly #channels: LocalChannels
  #probing = false
  #closing: Promise<void> | undefined

  private constructor(place: OpenedPlace, writer: Connection, readers: ReaderPool) {
    const { settings, onError, file } = place
    this.#place = place
    this.#readers = readers
    this.#channels = new LocalChannels(onError)
    this.#writes = new WriteQueue(writer, {
      connect: () => connectWriter(place),
      checkFile: fileGuard(file),
      betweenBatches: (connection) => this.#checkpointer.afterBatch(connection),
      onError,
      unitMs: settings.writeUnitMs,
      unitsMax: settings.writeQueueUnitsMax,
      groupUnitsMax: settings.writeGroupUnitsMax,
    })
    this.#checkpointer = new Checkpointer({
      file,
      readers,
      busyTimeoutMs: settings.busyTimeoutMs,
      walBytesMax: settings.walBytesMax,
      idleMs: settings.walIdleMs,
      between: (action) => this.#writes.between(action),
      onError,
    })
  }

  static async open(place: OpenedPlace): Promise<SqliteStorage> {
    const writer = await connectWriter(place)
    try {
      const readers = await ReaderPool.open({
        connect: () => connectReader(place),
        quickReadsMax: place.readers,
        slowReadsMax: place.settings.slowReadsMax,
        slowAfterMs: place.settings.slowAfterMs,
        waitingReadsMax: place.settings.waitingReadsMax,
      })
      return new SqliteStorage(place, writer, readers)
    } catch (error) {
      await writer.close()
      throw error
    }
  }

  async read(query: Query, options: ReadOptions = {}): Promise<readonly Row[]> {
    const prepared = prepareQuery(query, sqliteDialect, options.holes)
    return this.#readers.read(prepared, options.deadlineMs ?? this.#place.settings.queryDeadlineMs)
  }

  write: Storage['write'] = (work) =>
    new Promise((resolve, reject) => this.#writes.push(unitOfWork(work, { resolve, reject })))

  writeGrouped: Storage['writeGrouped'] = (group, input) =>
    new Promise((resolve, reject) =>
      this.#writes.push(unitOfGroup(group, input, { resolve, reject })),
    )

  async runAlone(query: Query): Promise<void> {
    const { text, values } = prepareQuery(query, sqliteDialect)
    await this.#writes.between((connection) => connection.run(text, values))
  }

  async tables(): Promise<readonly TableShape[]> {
    const deadlineMs = this.#place.settings.queryDeadlineMs
    const [columns, indexes] = await Promise.all([
      this.#readers.read({ text: columnsQuery, values: [] }, deadlineMs),
      this.#readers.read({ text: indexesQuery, values: [] }, deadlineMs),
    ])
    return tableShapes(columns, indexes)
  }

  async tableNames(): Promise<ReadonlySet<string>> {
    const query = { text: namesQuery, values: [] }
    const rows = await this.#readers.read(query, this.#place.settings.queryDeadlineMs)
    return new Set(rows.map((row) => String(row['name'])))
  }

  /** The server's lock keeps other processes out, so a lock within this one is enough. */
  exclusive: Storage['exclusive'] = (name, work) => this.#locks.hold(name, work)

  async notify(channel: string, payload: string): Promise<void> {
    checkPayload(payload)
    // Never within the caller's own turn, as with messages from other nodes.
    setImmediate(() => this.#channels.deliver(channel, payload))
  }

  listen(channel: string, onMessage: (payload: string) => void): () => void {
    return this.#channels.listen(channel, onMessage)
  }

  health(): ReturnType<Storage['health']> {
    if (!this.#writes.writable) this.#probe()
    return { writable: this.#writes.writable, waitingWrites: this.#writes.waitingCount }
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll()
    return this.#closing
  }

  /**
   * After an outage one small write, the same version number again, finds out whether it is over.
   */
  #probe(): void {
    if (this.#probing) return
    this.#probing = true
    const done = (): void => {
      this.#probing = false
    }
    this.write((tx) => tx.run(sql`pragma user_version = 1`)).then(done, done)
  }

  async #closeAll(): Promise<void> {
    await this.#writes.stop()
    this.#checkpointer.stop()
    await this.#readers.close()
    // Last, so that closing it empties the write-ahead log.
    await this.#writes.close()
    await this.#place.lock.release()
  }
}
