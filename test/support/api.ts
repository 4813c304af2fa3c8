/** The whole engine over a test database, asked through the application as clients ask it, without a port. */
import { createHash, randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { assemble, type Engine } from '../../engine/cli/assemble.ts'
import type { Deployer } from '../../engine/deploy/deployer.ts'
import { systemAuthor } from '../../engine/deploy/plan.ts'
import type { Settings } from '../../engine/settings.ts'
import type { OpenDatabase, TestDatabase } from './databases.ts'
import { madeOnce } from './made-once.ts'
import { watchUnits } from './unit-watch.ts'
import { demandTold } from './told-answers.ts'

const projectFolder = fileURLToPath(new URL('../../', import.meta.url))

export const adminName = 'admin@example.com'
export const repName = 'rep@example.com'
export const password = 'correct horse 7'

/** One question; `as` says who asks. */
export interface Ask {
  readonly as?: 'admin' | 'rep' | 'nobody'
  /** Sent as JSON, or as it is when it is a text or a stream. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The other end of the connection. */
  readonly address?: string
}

export interface Told {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; undefined when there is none. */
  readonly json: Json
  /** `errorCode` of the first entry of an error. */
  readonly code: string | undefined
}

// The tests look into answers of many shapes; what is not there reads as undefined.
export type Json = {
  readonly [member: string]: Json
} & readonly Json[]

export interface Api {
  readonly engine: Engine
  readonly database: OpenDatabase
  readonly folder: string
  /** What the log got, line by line. */
  readonly log: string[]
  /** The clock's hands; tests may move them. */
  readonly clock: { now: number }
  readonly tokens: Readonly<Record<'admin' | 'rep', string>>
  readonly repId: string
  ask(method: string, path: string, options?: Ask): Promise<Told>
  send(method: string, path: string, options?: Ask): Promise<Response>
  /** New tokens, after the clock ended the old ones. */
  renewTokens(who?: readonly ('admin' | 'rep')[]): Promise<void>
  close(): Promise<void>
}

const rightsOfRep = {
  fullName: 'Rep',
  label: 'Rep',
  objectPermissions: [
    { object: 'Account', allowRead: true, allowCreate: true, allowEdit: true, allowDelete: true },
  ],
  fieldPermissions: [{ field: 'Account.Phone', readable: true, editable: true }],
}

export interface ApiOptions {
  /** Changes the copy of the shipped metadata before the engine reads it for the first time. */
  prepare?(metadataDir: string): Promise<unknown>
  /** Internal hosts that webhooks may call all the same. */
  readonly webhookHosts?: readonly string[]
  /** Where e-mails go; without it they stay in the outbox. */
  readonly mail?: Settings['mail']
  /** What links begin with, whatever host a request names. */
  readonly publicUrl?: string
}

/** With the shipped model, on a copy of what the first such suite of the run has set up. */
export async function openApi(databaseKind: TestDatabase, options: ApiOptions = {}): Promise<Api> {
  const folder = mkdtempSync(join(tmpdir(), 'api-'))
  const ready = await madeOnce(`api-${databaseKind.name}`, (place) => keepApi(databaseKind, place))
  cpSync(join(ready, 'folder'), folder, { recursive: true })
  await options.prepare?.(join(folder, 'metadata'))
  const people = JSON.parse(readFileSync(join(ready, peopleFile), 'utf8')) as People
  const started = await start(folder, await databaseKind.open({ copyOf: ready }), options)
  if (options.prepare !== undefined) await consent(started.engine.deployer)
  return furnished(started, people)
}

/** Most of what was changed in the files is taken over by the start; what opens data waits for somebody's consent. */
async function consent(deployer: Deployer): Promise<void> {
  const { plan } = await deployer.pending()
  if (plan === null) return
  await deployer.apply(plan.id, { consent: true, by: systemAuthor, source: 'files' })
}

/**
 * Two organisations that are alike to the last byte: one is furnished, and both are copies of it, with one clock and one chance.
 * What differs afterwards is what the test makes differ.
 */
export async function openTwins(
  databaseKind: TestDatabase,
  furnish: (api: Api) => Promise<unknown>,
): Promise<readonly [Api, Api]> {
  const first = await openApi(databaseKind)
  await furnish(first)
  const place = mkdtempSync(join(tmpdir(), 'twins-'))
  cpSync(first.folder, join(place, 'folder'), { recursive: true })
  await first.engine.close()
  await first.database.keep(place)
  const now = Date.now()
  const open = async (): Promise<Api> => {
    const folder = mkdtempSync(join(tmpdir(), 'api-'))
    cpSync(join(place, 'folder'), folder, { recursive: true })
    const database = await databaseKind.open({ copyOf: place })
    const same = { now, randomBytes: repeatedBytes() }
    return furnished(await start(folder, database, {}, same), first)
  }
  const twins = [await open(), await open()] as const
  rmSync(place, { recursive: true, force: true })
  rmSync(first.folder, { recursive: true, force: true })
  return twins
}

/** The same bytes in the same order, each time that it is made. */
function repeatedBytes(): (count: number) => Uint8Array {
  let number = 0
  return (count) => {
    const parts: Buffer[] = []
    for (let length = 0; length < count; length += 32) {
      number += 1
      parts.push(createHash('sha256').update(String(number)).digest())
    }
    return new Uint8Array(Buffer.concat(parts).subarray(0, count))
  }
}

const peopleFile = 'people.json'

async function keepApi(databaseKind: TestDatabase, place: string): Promise<void> {
  const folder = mkdirSync(join(place, 'folder'), { recursive: true }) ?? ''
  copyMetadata(folder)
  const { engine, database, tokens, repId } = await setUp(
    await start(folder, await databaseKind.open()),
  )
  await engine.close()
  await database.keep(place)
  writeFileSync(join(place, peopleFile), JSON.stringify({ tokens, repId }))
}

async function start(
  folder: string,
  database: OpenDatabase,
  { webhookHosts = [], mail, publicUrl }: ApiOptions = {},
  given: { readonly now: number; randomBytes(count: number): Uint8Array } = {
    now: Date.now(),
    randomBytes: (count) => randomBytes(count),
  },
): Promise<Started> {
  const clock = { now: given.now }
  const log: string[] = []
  const engine = await assemble({
    settings: { ...testSettings(folder, join(folder, 'metadata')), webhookHosts, mail, publicUrl },
    storage: watchUnits(database.storage),
    home: folder,
    clock: { now: () => clock.now },
    randomBytes: given.randomBytes,
    log: pino({ level: 'warn' }, { write: (line: string) => void log.push(line) }),
  })
  return { engine, database, folder, clock, log }
}

function copyMetadata(folder: string): string {
  const metadataDir = join(folder, 'metadata')
  cpSync(join(projectFolder, 'metadata'), metadataDir, { recursive: true })
  mkdirSync(join(metadataDir, 'permissionsets'), { recursive: true })
  writeFileSync(join(metadataDir, 'permissionsets', 'Rep.json'), JSON.stringify(rightsOfRep))
  return metadataDir
}

function testSettings(folder: string, metadataDir: string): Settings {
  return {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: '',
    metadataDir,
    sampleData: undefined,
    administrator: { username: adminName, password },
    encryptionKeyFile: join(folder, 'encryption.key'),
    files: { folder: join(folder, 'files') },
    publicUrl: undefined,
    logLevel: 'warn',
  }
}

type Started = Pick<Api, 'engine' | 'database' | 'folder' | 'clock' | 'log'>
type People = Pick<Api, 'tokens' | 'repId'>

/** Two people sign in for the first time. */
async function setUp(started: Started): Promise<Api> {
  const api = furnished(started, { tokens: { admin: '', rep: '' }, repId: '' })
  await api.renewTokens(['admin'])
  const repId = await addRep(api.ask)
  await api.renewTokens(['rep'])
  return { ...api, repId }
}

const names = { admin: adminName, rep: repName }

function furnished(started: Started, people: People): Api {
  const tokens = { ...people.tokens }
  const send = async (method: string, path: string, options: Ask = {}): Promise<Response> => {
    const { incoming } = { incoming: { socket: { remoteAddress: options.address ?? '10.0.0.1' } } }
    const request = new Request(`http://localhost${path}`, requestInit(method, options, tokens))
    // The application reads the peer's address and nothing else of the socket.
    const answer = await started.engine.app.fetch(request, { incoming } as never)
    demandTold(method, path, answer.status)
    return answer
  }
  const ask = async (method: string, path: string, options: Ask = {}): Promise<Told> =>
    told(await send(method, path, options))
  const renewTokens: Api['renewTokens'] = async (who = ['admin', 'rep']) => {
    for (const person of who) tokens[person] = await signIn(ask, names[person])
  }
  const close = async (): Promise<void> => {
    await started.engine.close()
    await started.database.close()
    rmSync(started.folder, { recursive: true, force: true, maxRetries: 3 })
  }
  return { ...started, tokens, repId: people.repId, ask, send, renewTokens, close }
}

function requestInit(
  method: string,
  options: Ask,
  tokens: Readonly<Record<'admin' | 'rep', string>>,
): RequestInit {
  const headers = new Headers({ host: 'localhost' })
  const who = options.as ?? 'nobody'
  if (who !== 'nobody') headers.set('authorization', `Bearer ${tokens[who]}`)
  const { body } = options
  const isRaw = typeof body === 'string' || body instanceof ReadableStream
  if (body !== undefined) headers.set('content-type', 'application/json')
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value)
  const content = body === undefined ? null : isRaw ? body : JSON.stringify(body)
  // Node asks for `duplex` with streams; the type does not know it yet.
  return { method, headers, body: content, duplex: 'half' } as RequestInit
}

async function told(response: Response): Promise<Told> {
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json')
  const json = (isJson && text !== '' ? JSON.parse(text) : {}) as Json
  const first = Array.isArray(json) ? (json[0] as Json | undefined) : undefined
  const code = first?.['errorCode']
  return {
    status: response.status,
    headers: response.headers,
    text,
    json,
    code: code === undefined ? undefined : String(code),
  }
}

type AskFunction = Api['ask']

export function tokenForm(username: string, secret: string): Ask {
  const form = new URLSearchParams({
    grant_type: 'password',
    client_id: 'PlatformCLI',
    username,
    password: secret,
  })
  return {
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
}

async function signIn(ask: AskFunction, username: string): Promise<string> {
  const { json, text } = await ask('POST', '/services/oauth2/token', tokenForm(username, password))
  if (json['access_token'] === undefined) throw new Error(`cannot sign in: ${text}`)
  return String(json['access_token'])
}

/** The id of the only record with this name. */
async function idOf(ask: AskFunction, object: string, name: string): Promise<string> {
  const soql = encodeURIComponent(`SELECT Id FROM ${object} WHERE Name = '${name}'`)
  const { json, text } = await ask('GET', `/services/data/v67.0/query?q=${soql}`, { as: 'admin' })
  const id = json['records']?.[0]?.['Id']
  if (id === undefined) throw new Error(`no ${object} ${name}: ${text}`)
  return String(id)
}

async function addRep(ask: AskFunction): Promise<string> {
  const data = '/services/data/v67.0/sobjects'
  const user = await ask('POST', `${data}/User`, {
    as: 'admin',
    body: {
      Username: repName,
      Email: repName,
      Alias: 'rep',
      FirstName: 'Rita',
      LastName: 'Rep',
      IsActive: true,
      ProfileId: await idOf(ask, 'Profile', 'Standard User'),
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
    },
  })
  if (user.status !== 201) throw new Error(`cannot make the rep: ${user.text}`)
  const id = String(user.json['id'])
  const assignment = {
    AssigneeId: id,
    PermissionSetId: await idOf(ask, 'PermissionSet', 'Rep'),
  }
  await ask('POST', `${data}/PermissionSetAssignment`, { as: 'admin', body: assignment })
  await ask('POST', `${data}/User/${id}/password`, { as: 'admin', body: { NewPassword: password } })
  return id
}
