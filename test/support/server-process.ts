/** The built server as a process of its own, on loopback, in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { madeOnce } from './made-once.ts'
import { pause } from './random.ts'

export interface ServerOptions {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** The folder of an earlier server, to start again on its data. */
  readonly folder?: string
  /** Where its folder is made; the system's place for temporary files by default. */
  readonly place?: string
}

export interface ServerProcess {
  readonly url: string
  readonly folder: string
  readonly metadataDir: string
  readonly process: ChildProcess
  /** All that the server wrote, for messages of failed tests. */
  output(): string
  /** Ends the process: SIGTERM in order, SIGKILL at once. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Another one on what this one left, after it was stopped. */
  startAgain(): Promise<ServerProcess>
  /** Stops it and deletes its folder. */
  remove(): Promise<void>
}

export const administrator = { username: 'admin@example.com', password: 'correct horse battery' }

/** The built program; another build of it can be tested without touching that one. */
const program = process.env['FIELDSTONE_PROGRAM'] ?? 'dist/engine/main.js'
const startTimeoutMs = 300_000

function newFolder(place: string): string {
  return fill(mkdtempSync(join(place, 'server-')))
}

function fill(folder: string): string {
  cpSync('metadata', join(folder, 'metadata'), { recursive: true })
  return folder
}

/** On a copy of what the first such suite of the run has set up: the shipped model, with or without sample records. */
export async function startReadyServer(
  sample: 'financial-services' | 'none' = 'financial-services',
  /** Of this server alone. */
  more: ServerOptions['env'] = {},
): Promise<ServerProcess> {
  const env = { SAMPLE_DATA: sample }
  const ready = await madeOnce(`server-${sample}`, async (place) => {
    const first = await startServerProcess({ env, folder: fill(place) })
    await first.stop()
  })
  const folder = mkdtempSync(join(tmpdir(), 'server-'))
  cpSync(ready, folder, { recursive: true })
  return startServerProcess({ env: { ...env, ...more }, folder })
}

export async function startServerProcess(options: ServerOptions = {}): Promise<ServerProcess> {
  const folder = options.folder ?? newFolder(options.place ?? tmpdir())
  const metadataDir = join(folder, 'metadata')
  const env = {
    ...process.env,
    // A free one; the server says which.
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: `sqlite:${join(folder, 'fieldstone.db')}`,
    METADATA_DIR: metadataDir,
    ADMIN_USERNAME: administrator.username,
    ADMIN_PASSWORD: administrator.password,
    UV_THREADPOOL_SIZE: '16',
    ...options.env,
  }
  const child = spawn(process.execPath, [program], { env, stdio: 'pipe' })
  let output = ''
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> => {
    child.kill(signal)
    await ended
  }
  const url = await waitUntilServing(child, () => output)
  return {
    url,
    folder,
    metadataDir,
    process: child,
    output: () => output,
    stop,
    startAgain: () => startServerProcess({ ...options, folder }),
    remove: async () => {
      await stop('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Starts the program where it must refuse, and gives what it said when it ended by itself. */
export function runServerToEnd(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, PORT: '0', ...env },
      stdio: 'pipe',
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('exit', (code) => resolve({ code: code ?? -1, output }))
  })
}

/** Its address. */
async function waitUntilServing(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + startTimeoutMs
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${output()}`)
    const url = /ready at (http:\S+)/.exec(output())?.[1]
    if (url !== undefined) return url
    await pause(25)
  }
  child.kill('SIGKILL')
  throw new Error(`the server did not answer:\n${output()}`)
}

/** A bearer token by the password grant, as programs get it. */
export async function tokenOf(url: string, user = administrator): Promise<string> {
  const answer = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'password', client_id: 'PlatformCLI', ...user }),
  })
  const body = (await answer.json()) as { access_token?: string }
  if (body.access_token === undefined) throw new Error(`no token: ${JSON.stringify(body)}`)
  return body.access_token
}

/** JSON over HTTP with a token. */
export async function call<Result>(
  url: string,
  token: string,
  request: {
    readonly method?: string
    readonly path: string
    readonly body?: unknown
    readonly headers?: Readonly<Record<string, string>>
  },
): Promise<{ readonly status: number; readonly body: Result }> {
  const answer = await fetch(`${url}${request.path}`, {
    method: request.method ?? 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as Result }
}
