/** Starts the server, and stops it in order. */
import { randomBytes } from 'node:crypto'
import { pino, type Logger } from 'pino'
import { assemble, type Engine } from './cli/assemble.ts'
import { StartError } from './cli/encryption-key-file.ts'
import { findHome } from './cli/find-home.ts'
import { startServer, type RunningServer } from './http/server.ts'
import { readSettings, SettingsError, type Settings } from './settings.ts'
import { openStorage } from './storage/open-storage.ts'
import { StorageError } from './storage/storage-error.ts'

const home = findHome(import.meta.url)

async function run(): Promise<void> {
  const settings = readSettings(process.env, home)
  const log = pino({ level: settings.logLevel }, pino.destination({ dest: 2, sync: true }))
  surviveAccidents(log)
  const storage = await openStorage(settings.databaseUrl, {
    create: true,
    onError: (error) => log.error({ err: error }, 'storage'),
    onWarning: (message) => log.warn(message),
  })
  const engine = await assemble({
    settings,
    storage,
    home,
    clock: { now: () => Date.now() },
    randomBytes: (count) => randomBytes(count),
    log,
  })
  const { host, port } = settings
  const server = await startServer(engine.app, { host, port, log })
  stopOnSignals(engine, server, log)
  greet(settings, engine, server)
  await engine.deployer.prepare()
}

/** A mistake beside a request is logged; the requests of others go on. */
function surviveAccidents(log: Logger): void {
  process.on('uncaughtException', (error) => log.fatal({ err: error }, 'uncaught exception'))
  process.on('unhandledRejection', (error) => log.fatal({ err: error }, 'unhandled rejection'))
}

function stopOnSignals(engine: Engine, server: RunningServer, log: Logger): void {
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    engine.drain()
    await server.stop()
    await engine.close()
    process.exit(0)
  }
  const onSignal = (): void => {
    stop().catch((error: unknown) => {
      log.fatal({ err: error }, 'the server did not stop in order')
      process.exit(1)
    })
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal)
}

function greet(settings: Settings, engine: Engine, server: RunningServer): void {
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? 'localhost' : settings.host
  const shown = host.includes(':') ? `[${host}]` : host
  const lines = [`Fieldstone is ready at ${settings.publicUrl ?? `http://${shown}:${server.port}`}`]
  const first = engine.firstAdministrator
  if (first?.madePassword !== undefined) {
    lines.push(`Sign in as ${first.username} with the password ${first.madePassword}`)
    lines.push(
      'The password is shown this once. Set ADMIN_PASSWORD before the first start to choose your own.',
    )
  } else lines.push(`Sign in as ${first?.username ?? settings.administrator.username}`)
  if (first !== undefined && settings.sampleData !== undefined) {
    lines.push(
      'The people of the sample organisation have no passwords: set one in Setup, Users, to sign in as one of them.',
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Problems that people can solve get their message; everything else its trace. */
function explain(error: unknown): string {
  const solvable =
    error instanceof SettingsError || error instanceof StartError || error instanceof StorageError
  if (solvable) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The port is in use by another program. Stop it, or choose another port with PORT.'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

try {
  await run()
} catch (error) {
  process.stderr.write(`Fieldstone cannot start. ${explain(error)}\n`)
  process.exit(1)
}
