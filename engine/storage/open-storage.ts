/**
 * The database that a setting names: `sqlite:./data/org.db` or
 * `postgres://user:password@host/database`.
 */
import { openSqlite, openSqliteSnapshot } from './sqlite/open-sqlite.ts'
import type { Snapshot, Storage } from './storage.ts'

export interface OpenStorageOptions {
  /** Make an empty SQLite database when there is none; a PostgreSQL database must exist. */
  readonly create?: boolean
  /** Told of failures that no caller waits for. */
  readonly onError?: (error: unknown) => void
  /** Told of what is not wrong but unwise. */
  readonly onWarning?: (message: string) => void
}

const sqlitePrefix = 'sqlite:'
const postgresPattern = /^postgres(?:ql)?:\/\//

export async function openStorage(url: string, options: OpenStorageOptions = {}): Promise<Storage> {
  const onError = options.onError === undefined ? {} : { onError: options.onError }
  const onWarning = options.onWarning === undefined ? {} : { onWarning: options.onWarning }
  const file = sqliteFile(url)
  if (file !== undefined) return openSqlite({ file, create: options.create ?? false, ...onError })
  // Its driver takes a while to load, which a start on SQLite need not wait for.
  const { openPostgres } = await import('./postgres/open-postgres.ts')
  return openPostgres({ url, ...onError, ...onWarning })
}

/** The database as it is now, read only, beside the servers that have it open; waits for the lock that is named. */
export async function openSnapshot(url: string, lock: string): Promise<Snapshot> {
  const file = sqliteFile(url)
  if (file !== undefined) return openSqliteSnapshot(file)
  const { openPostgresSnapshot } = await import('./postgres/open-postgres.ts')
  return openPostgresSnapshot(url, lock)
}

/** Undefined for a PostgreSQL database; refuses what is neither. */
function sqliteFile(url: string): string | undefined {
  if (postgresPattern.test(url)) return undefined
  const file = url.startsWith(sqlitePrefix) ? url.slice(sqlitePrefix.length) : ''
  if (file === '' || file.startsWith(':')) throw unknownDatabase(url)
  return file
}

/** What stands behind the colon may hold a password and is not repeated. */
function unknownDatabase(url: string): Error {
  const scheme = url.split(':', 1)[0] ?? ''
  return new Error(
    `unknown database "${scheme}:…": write sqlite:<file> or postgres://<user>:<password>@<host>/<name>`,
  )
}
