/**
 * Both databases, for suites that run on each: `describe.each(databases)('…', ({ open }) => …)`.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  /** Closes the storage; what the database holds can be copied from this folder until the run ends. */
  keep(folder: string): Promise<void>
}

/** Limits that both adapters know. */
export type DatabaseLimits = NonNullable<SqliteOptions['limits']> &
  NonNullable<PostgresOptions['limits']>

export interface DatabaseOptions {
  readonly limits?: DatabaseLimits
  /** What `keep` of the same kind wrote into this folder is there from the start. */
  readonly copyOf?: string
}

export interface TestDatabase {
  readonly name: 'sqlite' | 'postgres'
  open(options?: DatabaseOptions): Promise<OpenDatabase>
}

export const databases: readonly [TestDatabase, TestDatabase] = [
  { name: 'sqlite', open: openSqliteDatabase },
  { name: 'postgres', open: openPostgresDatabase },
]

const keptFile = 'kept.db'
const keptName = 'kept.name'

interface Place {
  readonly url: string
  connect(): Promise<Storage>
  remove(): Promise<void>
  keep(folder: string): Promise<void>
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
    keep: async (folder) => {
      await storage.close()
      await place.keep(folder)
    },
  }
}

function openSqliteDatabase(options: DatabaseOptions = {}): Promise<OpenDatabase> {
  const { copyOf, ...limits } = options
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
  const file = join(folder, 'test.db')
  if (copyOf !== undefined) copyFileSync(join(copyOf, keptFile), file)
  return openAt({
    url: `sqlite:${file}`,
    // Two readers are enough for a test and keep its start quick.
    connect: () => openSqlite({ file, create: true, readers: 2, ...limits }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
    keep: async (into) => {
      copyFileSync(file, join(into, keptFile))
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

async function openPostgresDatabase(options: DatabaseOptions = {}): Promise<OpenDatabase> {
  const { copyOf, ...limits } = options
  const template = copyOf === undefined ? undefined : readFileSync(join(copyOf, keptName), 'utf8')
  const database = await freshDatabase(template)
  return openAt({
    url: database.url,
    connect: () => openPostgres({ url: database.url, readers: 3, writers: 3, ...limits }),
    remove: () => database.drop(),
    keep: async (into) => writeFileSync(join(into, keptName), database.name),
  })
}
