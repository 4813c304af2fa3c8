/** An organisation of the engine in a folder of its own: metadata copied, database beside it. */
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bench } from './bench.ts'
import { createClient, signIn, type Client } from './client.ts'
import { freePort, startServer, type ServerProcess } from './server-process.ts'

export interface Organization {
  readonly folder: string
  readonly databaseFile: string
  readonly metadataFolder: string
  start(): Promise<RunningOrganization>
}

export interface RunningOrganization {
  readonly server: ServerProcess
  readonly client: Client
  stop(): Promise<void>
}

const username = 'admin@example.com'
const password = 'a password for the bench'
const shippedMetadata = fileURLToPath(new URL('../../metadata', import.meta.url))

export function createOrganization(
  bench: Bench,
  name: string,
  sampleData: 'financial-services' | 'none',
): Organization {
  const folder = join(bench.folder, name)
  mkdirSync(folder, { recursive: true })
  const metadataFolder = join(folder, 'metadata')
  cpSync(shippedMetadata, metadataFolder, { recursive: true })
  const databaseFile = join(folder, 'fieldstone.db')
  const settings = {
    HOST: '127.0.0.1',
    DATABASE_URL: `sqlite:${databaseFile}`,
    METADATA_DIR: metadataFolder,
    ENCRYPTION_KEY_FILE: join(folder, 'encryption.key'),
    SAMPLE_DATA: sampleData,
    ADMIN_USERNAME: username,
    ADMIN_PASSWORD: password,
  }
  return {
    folder,
    databaseFile,
    metadataFolder,
    start: async () => {
      const port = await freePort()
      const server = await startServer({
        args: bench.engine,
        settings: { ...settings, PORT: String(port) },
        log: join(folder, 'server.log'),
        port,
      })
      return runningOrganization(server)
    },
  }
}

async function runningOrganization(server: ServerProcess): Promise<RunningOrganization> {
  const client = createClient(server.url, await signIn(server.url, username, password))
  return {
    server,
    client,
    stop: async () => {
      client.close()
      await server.stop()
    },
  }
}
