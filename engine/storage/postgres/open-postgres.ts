/** Storage on a PostgreSQL server: pools for reads and writes, several nodes on one database. */
import { limits } from '../../base/limits.ts'
import { postgresDialect } from '../../sql/postgres-dialect.ts'
import { sql } from '../../sql/sql.ts'
import { checkPayload } from '../message-size.ts'
import { NamedLocks } from '../named-locks.ts'
import { prepareQuery } from '../prepare-query.ts'
import { StorageError } from '../storage-error.ts'
import type { Query, ReadOptions, Row, Snapshot, Storage, TableShape } from '../storage.ts'
import { tableShapes } from '../table-shapes.ts'
import { unitOfGroup, unitOfWork } from '../write-unit.ts'
import { columnsQuery, indexesQuery, namesQuery } from './catalogue-queries.ts'
import { checkServer } from './check-server.ts'
import { MessageListener } from './message-listener.ts'
import { connectAlone, PostgresPool, type ServerOptions } from './postgres-driver.ts'
import { ReadLanes } from './read-lanes.ts'
import { WriteLane } from './write-lane.ts'

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string
  /** Quick reads at once; some for slow reads come on top. */
  readonly readers?: number
  readonly writers?: number
  /** Told of failures that no caller waits for. */
  readonly onError?: (error: unknown) => void
  /** Told of what is not wrong but unwise: rights that the server does not need. */
  readonly onWarning?: (message: string) => void
  readonly limits?: Partial<typeof postgresLimits>
}

/** What the tests set otherwise. */
const postgresLimits = {
  writeUnitMs: limits.writeUnitMs as number,
  writeQueueUnitsMax: limits.writeQueueUnitsMax as number,
  writeGroupUnitsMax: limits.writeGroupUnitsMax as number,
  queryDeadlineMs: limits.queryDeadlineMs as number,
  slowReadsMax: limits.slowReadsMax as number,
  slowAfterMs: 400,
  waitingReadsMax: 20_000,
  rowLockTimeoutMs: 10_000,
}

const readersDefault = 8
const writersDefault = 4

/** Connects, or says why not. */
export async function openPostgres(options: PostgresOptions): Promise<Storage> {
  const settings = { ...postgresLimits, ...options.limits }
  const server = {
    url: options.url,
    settings: {
      lock_timeout: String(settings.rowLockTimeoutMs),
      idle_in_transaction_session_timeout: String(settings.writeUnitMs * 2),
    },
  }
  for (const warning of await checkServer(server)) options.onWarning?.(warning)
  return new PostgresStorage({
    server,
    settings,
    readers: options.readers ?? readersDefault,
    writers: options.writers ?? writersDefault,
    onError: options.onError ?? ((error) => process.emitWarning(String(error))),
  })
}

/**
 * One state of the database, beside the servers that work on it. Whoever has the named lock (a deploy) is waited for and
 * waits: a change of tables would otherwise queue behind our reads, and all traffic behind it.
 */
export async function openPostgresSnapshot(url: string, lock: string): Promise<Snapshot> {
  const settings = { lock_timeout: '0', idle_in_transaction_session_timeout: '0' }
  const { connection, close } = await connectAlone({ url, settings })
  const read = (query: Query): Promise<readonly Row[]> => {
    const { text, values } = prepareQuery(query, postgresDialect)
    return connection.all(text, values)
  }
  try {
    await connection.all('select pg_advisory_lock_shared(hashtextextended($1, 0))', [lock])
    await connection.exec('begin isolation level repeatable read read only')
  } catch (error) {
    await close()
    throw error
  }
  return {
    dialect: postgresDialect,
    read,
    tables: async () =>
      tableShapes(await connection.all(columnsQuery), await connection.all(indexesQuery)),
    close,
  }
}

interface OpenedServer {
  readonly server: ServerOptions
  readonly settings: typeof postgresLimits
  readonly readers: number
  readonly writers: number
  readonly onError: (error: unknown) => void
}

class PostgresStorage implements Storage {
  readonly dialect = postgresDialect
  readonly #opened: OpenedServer
  readonly #pool: PostgresPool
  readonly #reads: ReadLanes
  readonly #writes: WriteLane
  readonly #locks = new NamedLocks()
  readonly #listener: MessageListener
  #probing = false
  #closing: Promise<void> | undefined

  constructor(opened: OpenedServer) {
    const { server, settings, readers, writers, onError } = opened
    this.#opened = opened
    this.#pool = new PostgresPool({
      ...server,
      connectionsMax: readers + settings.slowReadsMax + writers,
    })
    this.#reads = new ReadLanes({
      pool: this.#pool,
      quickReadsMax: readers,
      slowReadsMax: settings.slowReadsMax,
      slowAfterMs: settings.slowAfterMs,
      waitingReadsMax: settings.waitingReadsMax,
    })
    this.#writes = new WriteLane({
      pool: this.#pool,
      writersMax: writers,
      unitMs: settings.writeUnitMs,
      unitsMax: settings.writeQueueUnitsMax,
      groupUnitsMax: settings.writeGroupUnitsMax,
      onError,
    })
    this.#listener = new MessageListener(server, onError)
  }

  async read(query: Query, options: ReadOptions = {}): Promise<readonly Row[]> {
    const prepared = prepareQuery(query, postgresDialect, options.holes)
    return this.#reads.read(prepared, options.deadlineMs ?? this.#opened.settings.queryDeadlineMs)
  }

  write: Storage['write'] = (work) =>
    new Promise((resolve, reject) => this.#writes.push(unitOfWork(work, { resolve, reject })))

  writeGrouped: Storage['writeGrouped'] = (group, input) =>
    new Promise((resolve, reject) =>
      this.#writes.push(unitOfGroup(group, input, { resolve, reject })),
    )

  async runAlone(query: Query): Promise<void> {
    const { text, values } = prepareQuery(query, postgresDialect)
    // An online build waits for every read that has begun; nobody has to wait behind it.
    const settings = { ...this.#opened.server.settings, lock_timeout: '0' }
    const own = await connectAlone({ ...this.#opened.server, settings })
    try {
      await own.connection.run(text, values)
    } finally {
      await own.close()
    }
  }

  async tables(): Promise<readonly TableShape[]> {
    const deadlineMs = this.#opened.settings.queryDeadlineMs
    const [columns, indexes] = await Promise.all([
      this.#reads.read({ text: columnsQuery, values: [] }, deadlineMs),
      this.#reads.read({ text: indexesQuery, values: [] }, deadlineMs),
    ])
    return tableShapes(columns, indexes)
  }

  async tableNames(): Promise<ReadonlySet<string>> {
    const query = { text: namesQuery, values: [] }
    const rows = await this.#reads.read(query, this.#opened.settings.queryDeadlineMs)
    return new Set(rows.map((row) => String(row['name'])))
  }

  exclusive: Storage['exclusive'] = (name, work) =>
    this.#locks.hold(name, () => this.#holdOnServer(name, work))

  async notify(channel: string, payload: string): Promise<void> {
    checkPayload(payload)
    // What this node asked to hear before, it shall hear.
    await this.#listener.settled()
    await this.read(sql`select pg_notify(${channel}, ${payload})`)
  }

  listen(channel: string, onMessage: (payload: string) => void): () => void {
    return this.#listener.listen(channel, onMessage)
  }

  health(): ReturnType<Storage['health']> {
    if (!this.#writes.writable) this.#probe()
    return { writable: this.#writes.writable, waitingWrites: this.#writes.waitingCount }
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll()
    return this.#closing
  }

  async #closeAll(): Promise<void> {
    await this.#writes.close()
    await this.#listener.close()
    await this.#pool.close()
  }

  /** A session lock on a connection of its own: the server frees it when this process dies. */
  async #holdOnServer<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    let isLost = false
    const onLost = (): void => {
      isLost = true
    }
    // It may wait for as long as another node works.
    const settings = { ...this.#opened.server.settings, lock_timeout: '0' }
    const own = await connectAlone({ ...this.#opened.server, settings, onLost })
    try {
      await own.connection.all('select pg_advisory_lock(hashtextextended($1, 0))', [name])
      const result = await work()
      if (isLost) throw new StorageError('disconnected', `the lock ${name} was lost meanwhile`)
      return result
    } finally {
      await own.close()
    }
  }

  /** After an outage one small write finds out whether it is over. */
  #probe(): void {
    if (this.#probing) return
    this.#probing = true
    const done = (): void => {
      this.#probing = false
    }
    this.write((tx) => tx.read(sql`select pg_current_xact_id()::text as id`)).then(done, done)
  }
}
