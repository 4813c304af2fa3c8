/**
 * Both databases, for suites that run on each: `describe.each(databases)('…', ({ open }) => …)`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgres, type PostgresOptions } from '../../engine/storage/postgres/open-postgres.ts'
import { openSqlite, type SqliteOptions } from '../../engine/storage/sqlite/open-sqlite.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import { freshDatabase } from './postgres.ts'

export interface OpenDatabase {
  /** On an empty database; after `reopen` the one it gave. */
  readonly storage: Storage
  /** What `openStorage` takes. */
  readonly url: string
  /** Closes the storage and opens the same database again. */
  reopen(): Promise<Storage>
  /** Closes the storage and deletes the database. */
  close(): Promise<void>
}

/** Limits that both adapters know. */
export type DatabaseLimits = NonNullable<SqliteOptions['limits']> &
  NonNullable<PostgresOptions['limits']>

export interface DatabaseOptions {
  readonly limits?: DatabaseLimits
}

export interface TestDatabase {
  readonly name: 'sqlite' | 'postgres'
  open(options?: DatabaseOptions): Promise<OpenDatabase>
}

export const databases: readonly [TestDatabase, TestDatabase] = [
  { name: 'sqlite', open: openSqliteDatabase },
  { name: 'postgres', open: openPostgresDatabase },
]

interface Place {
  readonly url: string
  connect(): Promise<Storage>
  remove(): Promise<void>
}

async function openAt(place: Place): Promise<OpenDatabase> {
  let storage = await place.connect()
  return {
    get storage() {
      return storage
    },
    url: place.url,
    reopen: async () => {
      await storage.close()
      storage = await place.connect()
      return storage
    },
    close: async () => {
      await storage.close()
      await place.remove()
    },
  }
}

function openSqliteDatabase(options: DatabaseOptions = {}): Promise<OpenDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
  const file = join(folder, 'test.db')
  return openAt({
    url: `sqlite:${file}`,
    // Two readers are enough for a test and keep its start quick.
    connect: () => openSqlite({ file, create: true, readers: 2, ...options }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  })
}

async function openPostgresDatabase(options: DatabaseOptions = {}): Promise<OpenDatabase> {
  const database = await freshDatabase()
  return openAt({
    url: database.url,
    connect: () => openPostgres({ url: database.url, readers: 3, writers: 3, ...options }),
    remove: () => database.drop(),
  })
}
