/** The server process on either database: `describe.each(serverKinds)('… on $name', ({ start }) => …)`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase } from './postgres.ts'
import { startReadyServer, startServerProcess, type ServerProcess } from './server-process.ts'

export interface ServerKind {
  readonly name: 'sqlite' | 'postgres'
  /** On an empty database that is deleted by `remove`. */
  start(): Promise<ServerProcess>
}

const env = { SAMPLE_DATA: 'none' }

async function startOnPostgres(): Promise<ServerProcess> {
  const database = await freshDatabase()
  const keys = mkdtempSync(join(tmpdir(), 'keys-'))
  const server = await startServerProcess({
    env: {
      ...env,
      DATABASE_URL: database.url,
      ENCRYPTION_KEY_FILE: join(keys, 'encryption.key'),
    },
  })
  return {
    ...server,
    remove: async () => {
      await server.remove()
      await database.drop()
      rmSync(keys, { recursive: true })
    },
  }
}

export const serverKinds: readonly ServerKind[] = [
  { name: 'sqlite', start: () => startReadyServer('none') },
  { name: 'postgres', start: startOnPostgres },
]
