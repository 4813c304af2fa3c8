/** The server process on either database: `describe.each(serverKinds)('… on $name', ({ start }) => …)`. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgres } from '../../engine/storage/postgres/open-postgres.ts'
import { sql } from '../../engine/sql/sql.ts'
import { madeOnce } from './made-once.ts'
import { freshDatabase, type FreshDatabase } from './postgres.ts'
import { startReadyServer, startServerProcess, type ServerProcess } from './server-process.ts'

export interface ServerKind {
  readonly name: 'sqlite' | 'postgres'
  /** With the shipped model and no records; its database is deleted by `remove`. */
  start(): Promise<ServerProcess>
}

const keyFile = 'encryption.key'
const databaseName = 'database.name'

function environment(database: FreshDatabase, keys: string): Readonly<Record<string, string>> {
  return {
    SAMPLE_DATA: 'none',
    DATABASE_URL: database.url,
    ENCRYPTION_KEY_FILE: join(keys, keyFile),
  }
}

/** On a copy of what the first such suite of the run has set up. */
async function startOnPostgres(): Promise<ServerProcess> {
  const ready = await madeOnce('server-postgres', async (place) => {
    const database = await freshDatabase()
    const first = await startServerProcess({ env: environment(database, place) })
    await first.stop()
    await first.remove()
    writeFileSync(join(place, databaseName), database.name)
  })
  const database = await freshDatabase(readFileSync(join(ready, databaseName), 'utf8'))
  const keys = mkdtempSync(join(tmpdir(), 'keys-'))
  cpSync(join(ready, keyFile), join(keys, keyFile))
  return onDatabase(await startServerProcess({ env: environment(database, keys) }), {
    database,
    keys,
  })
}

interface Place {
  readonly database: FreshDatabase
  readonly keys: string
}

function onDatabase(server: ServerProcess, place: Place): ServerProcess {
  return {
    ...server,
    startAgain: async () => {
      await passTime(place.database)
      return onDatabase(await server.startAgain(), place)
    },
    remove: async () => {
      await server.remove()
      await place.database.drop()
      rmSync(place.keys, { recursive: true })
    },
  }
}

/** Where others may be at work, nobody takes a job before the claim of its runner has run out: it does now. */
async function passTime({ url }: FreshDatabase): Promise<void> {
  const storage = await openPostgres({ url, readers: 1, writers: 1 })
  const past = storage.dialect.bound({ kind: 'instant' }, 0)
  await storage.write((tx) => tx.run(sql`update fs_job set claimed_until = ${past}`))
  await storage.close()
}

export const serverKinds: readonly [ServerKind, ServerKind] = [
  { name: 'sqlite', start: () => startReadyServer('none') },
  { name: 'postgres', start: startOnPostgres },
]
