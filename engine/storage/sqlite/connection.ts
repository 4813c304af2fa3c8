/**
 * One connection to a SQLite file, with promises and kept statements; the only import of the
 * driver.
 */
import { LRUCache } from 'lru-cache'
import sqlite3 from 'sqlite3'
import type { DriverValue } from '../prepare-query.ts'
import type { Row } from '../storage.ts'
import { sqliteError } from './sqlite-error.ts'

export interface ConnectionOptions {
  readonly file: string
  readonly mode: 'read' | 'write' | 'create'
  /** How long SQLite waits for a lock that another process holds. */
  readonly busyTimeoutMs: number
  /** Run once, before anything else. */
  readonly setup: string
  /** Of one value that is read, as it is stored or computed; the driver's own bound where absent. */
  readonly valueBytesMax?: number
}

/** A statement that stays prepared, and how its outcome is read. */
interface KeptStatement {
  readonly handle: sqlite3.Statement
  readonly givesRows: boolean
  readonly changesRows: boolean
}

const openFlags = {
  read: sqlite3.OPEN_READONLY,
  write: sqlite3.OPEN_READWRITE,
  create: sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE,
} as const

const keptStatementsMax = 400
const explains = /^explain /
const givesRows = /^\s*(?:select|values|pragma|explain)\b|\breturning\b/i
const changesRows = /^\s*(?:insert|update|delete|replace|with)\b/i

/** The driver rounds integers beyond 2^53; such a column must be read as text. */
function checkExact(rows: readonly Row[]): readonly Row[] {
  for (const row of rows) {
    for (const name in row) {
      const value = row[name]
      if (typeof value === 'number' && Math.abs(value) >= 2 ** 53 && Number.isInteger(value)) {
        throw new Error(`column ${name} holds a number beyond 2^53: read it as text`)
      }
    }
  }
  return rows
}

export class Connection {
  readonly #database: sqlite3.Database
  readonly #statements: LRUCache<string, KeptStatement>

  private constructor(database: sqlite3.Database) {
    this.#database = database
    this.#statements = new LRUCache<string, KeptStatement>({
      max: keptStatementsMax,
      dispose: (statement) => statement.handle.finalize(),
    })
  }

  static async open(options: ConnectionOptions): Promise<Connection> {
    const database = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened = new sqlite3.Database(options.file, openFlags[options.mode], (error) => {
        if (error === null) resolve(opened)
        else reject(sqliteError(error))
      })
    })
    database.configure('busyTimeout', options.busyTimeoutMs)
    if (options.valueBytesMax !== undefined) {
      database.configure('limit', sqlite3.LIMIT_LENGTH, options.valueBytesMax)
    }
    const connection = new Connection(database)
    try {
      await connection.exec(options.setup)
    } catch (error) {
      await connection.close()
      throw error
    }
    return connection
  }

  /** All rows. Never the driver's `get`: it leaves its read transaction open. */
  async all(text: string, values: readonly DriverValue[] = []): Promise<readonly Row[]> {
    if (explains.test(text)) return this.#once(text, values)
    const statement = this.#statements.get(text) ?? (await this.#prepare(text))
    return checkExact(await rowsOf(statement.handle, values))
  }

  /** An explanation does not end with its last row: kept, it would hold the connection in the past. */
  #once(text: string, values: readonly DriverValue[]): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      this.#database.all<Row>(text, values, (error, rows) => {
        if (error === null) resolve(rows)
        else reject(sqliteError(error))
      })
    })
  }

  /** Runs a statement and gives the number of rows that it changed or returned. */
  async run(text: string, values: readonly DriverValue[] = []): Promise<number> {
    const statement = this.#statements.get(text) ?? (await this.#prepare(text))
    // A statement that still has rows to give would keep the transaction from committing.
    if (statement.givesRows) return (await rowsOf(statement.handle, values)).length
    const changes = await changesOf(statement.handle, values)
    return statement.changesRows ? changes : 0
  }

  /** Runs a script of statements without values. */
  exec(script: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#database.exec(script, (error) => {
        if (error === null) resolve()
        else reject(sqliteError(error))
      })
    })
  }

  /** Ends the statement that runs now; without one it does nothing. */
  interrupt(): void {
    this.#database.interrupt()
  }

  close(): Promise<void> {
    this.#statements.clear()
    return new Promise((resolve, reject) => {
      this.#database.close((error) => {
        if (error === null) resolve()
        else reject(sqliteError(error))
      })
    })
  }

  #prepare(text: string): Promise<KeptStatement> {
    return new Promise((resolve, reject) => {
      const handle = this.#database.prepare(text, (error: Error | null) => {
        if (error !== null) return reject(sqliteError(error))
        const statement = {
          handle,
          givesRows: givesRows.test(text),
          changesRows: changesRows.test(text),
        }
        this.#statements.set(text, statement)
        resolve(statement)
      })
    })
  }
}

function rowsOf(handle: sqlite3.Statement, values: readonly DriverValue[]): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    handle.all<Row>(values, (error, rows) => {
      if (error === null) resolve(rows)
      else reject(sqliteError(error))
    })
  })
}

function changesOf(handle: sqlite3.Statement, values: readonly DriverValue[]): Promise<number> {
  return new Promise((resolve, reject) => {
    handle.run(values, function (this: sqlite3.RunResult, error: Error | null) {
      if (error === null) resolve(this.changes)
      else reject(sqliteError(error))
    })
  })
}
