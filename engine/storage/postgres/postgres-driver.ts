/**
 * Connections to PostgreSQL with checked values and exact numbers; the only import of the driver.
 */
import { LRUCache } from 'lru-cache'
import pg from 'pg'
import type { DriverValue } from '../prepare-query.ts'
import { StorageError } from '../storage-error.ts'
import type { Row } from '../storage.ts'
import { connectionError, PassingError, serverError } from './postgres-error.ts'

const oids = { bool: 16, int8: 20, int2: 21, int4: 23, oid: 26, float4: 700, float8: 701 } as const

function wholeNumber(text: string): number | string {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : text
}

/**
 * As SQLite gives them: numbers where they are exact, 1 and 0 for booleans, everything else as
 * text.
 */
const parsers: ReadonlyMap<number, (text: string) => string | number> = new Map([
  [oids.bool, (text: string) => (text === 't' ? 1 : 0)],
  [oids.int8, wholeNumber],
  [oids.int2, wholeNumber],
  [oids.int4, wholeNumber],
  [oids.oid, wholeNumber],
  [oids.float4, Number],
  [oids.float8, Number],
])

const types = {
  getTypeParser: (oid: number) => parsers.get(oid) ?? ((text: string) => text),
}

export interface ServerOptions {
  readonly url: string
  /** Server settings of the session, such as a lock timeout. */
  readonly settings: Readonly<Record<string, string>>
}

const connectMs = 3_000
const lifetimeSeconds = 3_600
const namedStatementsMax = 2_000

function clientConfig(options: ServerOptions): pg.ClientConfig {
  const settings = { timezone: 'UTC', datestyle: 'ISO', jit: 'off', ...options.settings }
  return {
    connectionString: options.url,
    application_name: 'fieldstone',
    keepAlive: true,
    connectionTimeoutMillis: connectMs,
    types,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  }
}

/** Failures of the driver as ours; what is no failure of the database stays as it is. */
function failureOf(error: unknown): unknown {
  if (error instanceof StorageError || !(error instanceof Error)) return error
  if (error instanceof pg.DatabaseError) {
    const { code = '', message, table, column, constraint } = error
    return serverError({ code, message, table, column, constraint }, error)
  }
  const isBug = error instanceof TypeError || error instanceof RangeError
  return isBug ? error : connectionError(error)
}

/** Names of prepared statements, by text; the same on all connections of the process. */
class StatementNames {
  readonly #names = new LRUCache<string, string>({ max: namedStatementsMax })
  #count = 0

  nameOf(text: string): string {
    const known = this.#names.get(text)
    if (known !== undefined) return known
    const name = `s${++this.#count}`
    this.#names.set(text, name)
    return name
  }

  /** After a change of tables the same texts are prepared under new names. */
  renew(): void {
    this.#names.clear()
  }
}

export class PostgresConnection {
  readonly #client: pg.Client
  readonly #names: StatementNames
  #timeoutMs: number | undefined
  #broken = false

  constructor(client: pg.Client, names: StatementNames) {
    this.#client = client
    this.#names = names
  }

  /** True when the connection is of no further use. */
  get broken(): boolean {
    return this.#broken
  }

  async all(text: string, values: readonly DriverValue[] = []): Promise<readonly Row[]> {
    return (await this.#query(text, values)).rows
  }

  async run(text: string, values: readonly DriverValue[] = []): Promise<number> {
    return (await this.#query(text, values)).rowCount ?? 0
  }

  /** Runs a statement that is not worth preparing. */
  async exec(text: string): Promise<void> {
    try {
      await this.#client.query(text)
    } catch (error) {
      throw this.#noticed(error)
    }
  }

  /** The longest time that the statements from now on may take; 0: for ever. */
  async limitTime(timeoutMs: number): Promise<void> {
    if (this.#timeoutMs === timeoutMs) return
    await this.exec(`set statement_timeout = ${Math.max(0, Math.ceil(timeoutMs))}`)
    this.#timeoutMs = timeoutMs
  }

  /** Cuts the connection; what runs on it fails and is rolled back by the server. */
  cut(): void {
    this.#broken = true
    // Its outcome does not matter: the socket is closed either way.
    this.#client.end().catch(() => undefined)
    this.#client.connection.stream.destroy()
  }

  async #query(text: string, values: readonly DriverValue[]): Promise<pg.QueryResult<Row>> {
    try {
      const name = this.#names.nameOf(text)
      return await this.#client.query<Row>({ name, text, values: [...values] })
    } catch (error) {
      throw this.#noticed(error)
    }
  }

  #noticed(error: unknown): unknown {
    const failure = failureOf(error)
    if (failure instanceof StorageError && failure.kind === 'disconnected') this.#broken = true
    if (failure instanceof PassingError && failure.reason === 'stale-plan') this.#names.renew()
    return failure
  }
}

export interface PoolOptions extends ServerOptions {
  readonly connectionsMax: number
}

/** Callers take no more than `connectionsMax` at once; it is for them to wait. */
export class PostgresPool {
  readonly #pool: pg.Pool
  readonly #names = new StatementNames()
  readonly #connections = new WeakMap<pg.PoolClient, PostgresConnection>()

  constructor(options: PoolOptions) {
    this.#pool = new pg.Pool({
      ...clientConfig(options),
      max: options.connectionsMax,
      maxLifetimeSeconds: lifetimeSeconds,
      idleTimeoutMillis: 60_000,
    })
    // An idle connection that the server cut is taken out of the pool; the next caller gets a new
    // one.
    this.#pool.on('error', () => undefined)
    // One in use tells its user by the statement that fails; unheard, the same error would end the
    // process.
    this.#pool.on('connect', (client) => client.on('error', () => undefined))
  }

  async use<Result>(work: (connection: PostgresConnection) => Promise<Result>): Promise<Result> {
    const client = await this.#connect()
    const connection =
      this.#connections.get(client) ??
      new PostgresConnection(client as unknown as pg.Client, this.#names)
    this.#connections.set(client, connection)
    try {
      return await work(connection)
    } finally {
      client.release(connection.broken)
    }
  }

  close(): Promise<void> {
    return this.#pool.end()
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw failureOf(error)
    }
  }
}

/** A connection that is not shared: for session locks and for listening. */
export interface OwnConnection {
  readonly connection: PostgresConnection
  close(): Promise<void>
}

export interface OwnConnectionOptions extends ServerOptions {
  readonly onLost?: () => void
  readonly onMessage?: (channel: string, payload: string) => void
}

export async function connectAlone(options: OwnConnectionOptions): Promise<OwnConnection> {
  const client = new pg.Client(clientConfig(options))
  let closing = false
  client.on('error', () => undefined)
  client.on('end', () => {
    if (!closing) options.onLost?.()
  })
  client.on('notification', (message) => {
    options.onMessage?.(message.channel, message.payload ?? '')
  })
  try {
    await client.connect()
  } catch (error) {
    throw failureOf(error)
  }
  return {
    connection: new PostgresConnection(client, new StatementNames()),
    close: async () => {
      closing = true
      await client.end()
    },
  }
}

/** A name in a statement of ours that takes no parameters, such as `listen`. */
export function quotedName(name: string): string {
  return pg.escapeIdentifier(name)
}
