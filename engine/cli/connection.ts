/** How commands reach the engine: over HTTP to a server that runs, or on the database itself as a server of their own. */
import { pino } from 'pino'
import { queryRows, soqlText, textAt } from '../records/answer-rows.ts'
import { systemCaller } from '../auth/system-caller.ts'
import type { RandomBytes } from '../base/clock.ts'
import type { Settings } from '../settings.ts'
import { openStorage } from '../storage/open-storage.ts'
import { assemble } from './assemble.ts'
import { CliError } from './cli-error.ts'

export interface Connection {
  /** The parsed answer; throws a `CliError` with the server's words where it refuses. */
  ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer>
  /** The answer as it comes. */
  text(path: string): Promise<string>
  /** The same piece by piece, for answers of any length. */
  download(path: string): Promise<ReadableStream<Uint8Array>>
  /** Sends a CSV file as it is read. */
  upload<Answer>(path: string, file: ReadableStream<Uint8Array>): Promise<Answer>
  close(): Promise<void>
}

type Send = (path: string, init: RequestInit) => Promise<Response>

type Headers = Readonly<Record<string, string>>

type Asking = Pick<Connection, 'ask' | 'text' | 'download' | 'upload'>

/** The answers are those of our own server: their shapes are its documented ones. */
function asking(send: Send, headers: Headers): Asking {
  const sent = async (path: string, init: RequestInit, type?: string): Promise<Response> => {
    const content: Headers = type === undefined ? {} : { 'Content-Type': type }
    const response = await send(path, { ...init, headers: { ...headers, ...content } })
    if (!response.ok) throw new CliError(refusalText(response.status, await response.text()))
    return response
  }
  const get = (path: string): Promise<Response> => sent(path, { method: 'GET' })
  // An answer without content is none that anybody asks for.
  const parsed = async <Answer>(response: Response): Promise<Answer> => {
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }
  return {
    text: async (path) => (await get(path)).text(),
    download: async (path) => (await get(path)).body ?? new ReadableStream(),
    upload: async (path, file) => {
      // A body that is a stream is sent while it is read; its declaration does not know of this yet.
      const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body: file, duplex: 'half' }
      return parsed(await sent(path, init, 'text/csv'))
    },
    ask: async (method, path, body) => {
      if (body === undefined) return parsed(await sent(path, { method }))
      return parsed(await sent(path, { method, body: JSON.stringify(body) }, 'application/json'))
    },
  }
}

interface ToldProblem {
  readonly errorCode?: unknown
  readonly statusCode?: unknown
  readonly message?: unknown
}

/** Of a tree the server names each record that it refused. */
interface ToldRecords {
  readonly results: readonly {
    readonly referenceId: string
    readonly errors: readonly ToldProblem[]
  }[]
}

function linesOf(told: readonly ToldProblem[] | ToldRecords): readonly string[] {
  const line = ({ errorCode, statusCode, message }: ToldProblem): string =>
    `${String(errorCode ?? statusCode)}: ${String(message)}`
  if (!('results' in told)) return told.map(line)
  return told.results.flatMap(({ referenceId, errors }) =>
    errors.map((one) => `${referenceId}: ${line(one)}`),
  )
}

function refusalText(status: number, text: string): string {
  try {
    return linesOf(JSON.parse(text) as readonly ToldProblem[] | ToldRecords).join('\n')
  } catch {
    // No answer of ours: a proxy on the way, or another program at that address.
    return `the address answers ${status}, and not as Fieldstone does`
  }
}

export function connectToServer(url: string, token: string | undefined): Connection {
  if (!URL.canParse(url)) throw new CliError(`--url must be an address such as http://host:4000.`)
  if (token === undefined || token === '') {
    throw new CliError('A token is needed to talk to a server: --token, or FIELDSTONE_TOKEN.')
  }
  const headers = { Authorization: `Bearer ${token}` }
  const send: Send = async (path, init) => {
    try {
      return await fetch(new URL(path, url), init)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      throw new CliError(`Nobody answers at ${new URL(url).origin}: is the server running?`)
    }
  }
  return { ...asking(send, headers), close: () => Promise.resolve() }
}

export interface OpenOptions {
  readonly settings: Settings
  /** The folder that holds `dist/ui` and `templates`. */
  readonly home: string
  readonly now: () => number
  readonly randomBytes: RandomBytes
}

/** As the administrator of the settings: whoever may open the database may do everything. */
export async function openDatabase(options: OpenOptions): Promise<Connection> {
  const { settings, home, now, randomBytes } = options
  const storage = await openStorage(settings.databaseUrl, { create: false })
  const log = pino({ level: 'silent' })
  const clock = { now }
  const parts = { settings, storage, home, clock, randomBytes, log }
  const { app, auth, records, deployer, close } = await assemble(parts).catch(
    async (error: unknown) => {
      // Nobody else knows of it yet: left open, its lock would outlive the refusal.
      await storage.close()
      throw error
    },
  )
  try {
    const system = systemCaller(deployer.store.current())
    const { username } = settings.administrator
    const soql = `SELECT Id FROM User WHERE Username = ${soqlText(username)}`
    const [user] = await queryRows(records, system, soql)
    const id = user && textAt(user, 'Id')
    if (id === undefined) {
      throw new CliError(`There is no user ${username}: name the administrator in ADMIN_USERNAME.`)
    }
    const secret = await auth.openSession(id)
    const headers = { Cookie: `sid=${secret}`, 'X-Fieldstone-Request': '1' }
    const incoming = { socket: { remoteAddress: '127.0.0.1' } }
    const send: Send = async (path, init) =>
      app.fetch(new Request(`http://localhost${path}`, init), { incoming } as never)
    return {
      ...asking(send, headers),
      close: async () => {
        await auth.revoke(secret)
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
