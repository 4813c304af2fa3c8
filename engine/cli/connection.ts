/** How commands reach the engine: over HTTP to a server that runs, or on the database itself as a server of their own. */
import { pino } from 'pino'
import { queryRows, soqlText, textAt } from '../auth/rows.ts'
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
  close(): Promise<void>
}

type Send = (path: string, init: RequestInit) => Promise<Response>

type Headers = Readonly<Record<string, string>>

/** The answers are those of our own server: their shapes are its documented ones. */
function asking(send: Send, headers: Headers): Pick<Connection, 'ask' | 'text'> {
  const textOf = async (method: string, path: string, body?: unknown): Promise<string> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    const type: Headers = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const response = await send(path, { method, headers: { ...headers, ...type }, ...content })
    const text = await response.text()
    if (!response.ok) throw new CliError(refusalText(response.status, text))
    return text
  }
  return {
    text: (path) => textOf('GET', path),
    ask: async <Answer>(method: string, path: string, body?: unknown) => {
      const text = await textOf(method, path, body)
      // An answer without content is none that anybody asks for.
      return (text === '' ? undefined : JSON.parse(text)) as Answer
    },
  }
}

function refusalText(status: number, text: string): string {
  try {
    const problems = JSON.parse(text) as readonly { errorCode?: unknown; message?: unknown }[]
    return problems.map((one) => `${String(one.errorCode)}: ${String(one.message)}`).join('\n')
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
