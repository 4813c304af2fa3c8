/** The server as the screens see it: this file, `access-api.ts` and `collections-api.ts` alone know its addresses. */
import { ApiError, parseProblems } from './base/api-error.ts'
import { t } from './base/text.ts'
import type {
  AppScreen,
  FormFacts,
  ObjectInfo,
  ObjectScreen,
  QueryAnswer,
  RecordScreen,
  SaveAnswer,
  SearchAnswer,
  FactorPicture,
  SessionUser,
  SignInInput,
  Value,
  WireRecord,
} from './base/wire.ts'
import type {
  FilterFault,
  FilterQuestion,
  FormulaCheck,
  FormulaLanguage,
  FormulaQuestion,
} from './base/wire-formulas.ts'
import type {
  ComponentBody,
  ComponentSummary,
  FileProblem,
  WebhookDelivery,
  WebhookSummary,
  JournalDetail,
  JournalEntry,
  MetadataChange,
  ObjectUsage,
  Plan,
} from './base/wire-metadata.ts'

import type {
  ImportInfo,
  ImportRows,
  ImportSample,
  ImportSettings,
  RowWish,
} from './base/wire-imports.ts'

export const data = '/services/data/v67.0'
export const own = '/services/fieldstone/v1'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface SendOptions {
  readonly body?: unknown
  /** Sent as it is, in place of a body. */
  readonly file?: Blob
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

export interface Answer<Body> {
  readonly body: Body
  readonly etag: string | null
}

/** Told when the server no longer knows the session; the shell shows the sign-in page over the same path. */
export const sessionEnded = new EventTarget()

export async function send<Body>(
  method: Method,
  path: string,
  options: SendOptions = {},
): Promise<Answer<Body>> {
  const headers = new Headers({ Accept: 'application/json', ...options.headers })
  if (method !== 'GET') headers.set('X-Fieldstone-Request', '1')
  if (options.body !== undefined) headers.set('Content-Type', 'application/json')
  if (options.file !== undefined) headers.set('Content-Type', 'text/csv')
  const response = await reach(path, {
    method,
    headers,
    credentials: 'same-origin',
    body: options.file ?? (options.body === undefined ? null : JSON.stringify(options.body)),
    signal: options.signal ?? null,
  })
  if (!response.ok) throw await refusal(response, path)
  const text = response.status === 204 ? '' : await response.text()
  // The shapes are fixed by docs/extension-api.md and held by the API suites.
  const body = (text === '' ? undefined : JSON.parse(text)) as Body
  return { body, etag: response.headers.get('ETag') }
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    const message = t('The server could not be reached. Your input is kept; try again.')
    throw new ApiError(0, [{ message, errorCode: 'NETWORK' }])
  }
}

async function refusal(response: Response, path: string): Promise<ApiError> {
  const problems = parseProblems(await response.text())
  if (response.status === 401 && !path.startsWith(`${own}/session`)) {
    sessionEnded.dispatchEvent(new Event('ended'))
  }
  if (problems.length > 0) return new ApiError(response.status, problems)
  const message = t('The server answered with status {status}.', { status: response.status })
  return new ApiError(response.status, [{ message, errorCode: 'UNKNOWN_EXCEPTION' }])
}

export async function get<Body>(path: string, signal?: AbortSignal): Promise<Body> {
  return (await send<Body>('GET', path, { signal })).body
}

export const segment = encodeURIComponent

export const session = {
  current: () => get<SessionUser>(`${own}/session`),
  async signIn(given: SignInInput): Promise<SessionUser> {
    return (await send<SessionUser>('POST', `${own}/session`, { body: given })).body
  },
  async changePassword(body: { password: string; newPassword: string; code?: string }) {
    await send('POST', `${own}/session/password`, { body })
  },
  async beginSecondFactor(password: string): Promise<FactorPicture> {
    const body = { password }
    return (await send<FactorPicture>('POST', `${own}/session/second-factor`, { body })).body
  },
  async confirmSecondFactor(code: string): Promise<{ readonly recoveryCodes: readonly string[] }> {
    type Confirmed = { readonly recoveryCodes: readonly string[] }
    return (await send<Confirmed>('PUT', `${own}/session/second-factor`, { body: { code } })).body
  },
  /** The user's own language from now on. */
  async speak(language: string): Promise<void> {
    await send('PATCH', `${own}/session`, { body: { language } })
  },
  async signOut(): Promise<void> {
    await send('DELETE', `${own}/session`)
  },
}

/** A session of the screens, or a token of a program, as lists show it. */
export interface OpenSession {
  readonly id: string
  readonly kind: 'session' | 'token'
  readonly client: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly current: boolean
}

export const users = {
  sessions: (user: string) => get<readonly OpenSession[]>(`${own}/users/${segment(user)}/sessions`),
  /** One of them, or all. */
  async endSession(user: string, id?: string): Promise<void> {
    const one = id === undefined ? '' : `/${segment(id)}`
    await send('DELETE', `${own}/users/${segment(user)}/sessions${one}`)
  },
  /** Ends all sessions of the user, too. */
  async setPassword(user: string, password: string): Promise<void> {
    const body = { NewPassword: password }
    await send('POST', `${data}/sobjects/User/${segment(user)}/password`, { body })
  },
}

export const screens = {
  app: () => get<AppScreen>(`${own}/ui/app`),
  object: (object: string) => get<ObjectScreen>(`${own}/ui/objects/${segment(object)}`),
  form: (object: string) => get<FormFacts>(`${own}/ui/objects/${segment(object)}/form`),
  record: (id: string) => get<RecordScreen>(`${own}/ui/records/${segment(id)}`),
}

/** A body of `create` or `update`: field values, and the values the form started from. */
export interface RecordBody {
  readonly attributes?: BodyAttributes
  readonly [field: string]: Value | BodyAttributes | undefined
}

export interface BodyAttributes {
  readonly base?: Readonly<Record<string, Value>>
  readonly isClone?: boolean
}

/** The lookup for which records are asked, and the form that it stands in. */
export interface LookupPlace {
  readonly object: string
  readonly field: string
  readonly id?: string | undefined
  readonly values: Readonly<Record<string, Value>>
  readonly all?: boolean
  /** As behind FIND: the records have these words, the best first. */
  readonly words?: string
}

export const records = {
  describe: (object: string) => get<ObjectInfo>(`${data}/sobjects/${segment(object)}/describe`),
  query(soql: string, signal?: AbortSignal): Promise<QueryAnswer> {
    return get<QueryAnswer>(`${data}/query?q=${segment(soql)}`, signal)
  },
  /** Records of all objects, or of one, by words in them, with their names; the best of each object. */
  search({ words, each, object = '', signal }: AskedSearch): Promise<SearchAnswer> {
    const of = object === '' ? '' : `&sobject=${segment(object)}`
    return get<SearchAnswer>(`${own}/ui/search?q=${segment(words)}&each=${each}${of}`, signal)
  },
  /** What the user looked at last. */
  recent: (count: number) => get<readonly WireRecord[]>(`${data}/recent?limit=${count}`),
  /** As `query`, only what the filter of the lookup allows. */
  async lookUp({ object, field, ...place }: LookupPlace, soql: string): Promise<QueryAnswer> {
    const path = `${own}/ui/lookups/${segment(object)}/${segment(field)}`
    return (await send<QueryAnswer>('POST', path, { body: { q: soql, ...place } })).body
  },
  /** As `query`, deleted records too. */
  queryAll: (soql: string) => get<QueryAnswer>(`${data}/queryAll?q=${segment(soql)}`),
  async create(object: string, body: RecordBody): Promise<SaveAnswer> {
    return (await send<SaveAnswer>('POST', `${data}/sobjects/${segment(object)}`, { body })).body
  },
  /** With `attributes.base` the server merges edits that do not overlap and refuses those that do. */
  async update(object: string, id: string, body: RecordBody): Promise<void> {
    await send('PATCH', `${data}/sobjects/${segment(object)}/${segment(id)}`, { body })
  },
  async remove(object: string, id: string): Promise<void> {
    await send('DELETE', `${data}/sobjects/${segment(object)}/${segment(id)}`)
  },
  async restore(id: string): Promise<void> {
    await send('POST', `${own}/recycle-bin/${segment(id)}/undelete`)
  },
}

export interface AskedSearch {
  readonly words: string
  readonly each: number
  readonly object?: string
  readonly signal?: AbortSignal
}

function componentPath(type: string, fullName: string): string {
  return `${own}/metadata/${segment(type)}/${segment(fullName)}`
}

export const metadata = {
  list(type?: string): Promise<readonly ComponentSummary[]> {
    const filter = type === undefined ? '' : `?type=${segment(type)}`
    return get<readonly ComponentSummary[]>(`${own}/metadata${filter}`)
  },
  get: (type: string, fullName: string) =>
    send<ComponentBody>('GET', componentPath(type, fullName)),
  async plan(changes: readonly MetadataChange[]): Promise<Plan> {
    return (await send<Plan>('POST', `${own}/plans`, { body: { changes } })).body
  },
  async apply(planId: string, consent: boolean): Promise<JournalEntry> {
    const path = `${own}/plans/${segment(planId)}/apply`
    return (await send<JournalEntry>('POST', path, { body: { consent } })).body
  },
  pending: () => get<unknown>(`${own}/plans/pending`),
  journal(before?: number): Promise<readonly JournalEntry[]> {
    const page = before === undefined ? '' : `?before=${before}`
    return get<readonly JournalEntry[]>(`${own}/journal${page}`)
  },
  /** With its files before and after. */
  journalEntry: (entry: number) => get<JournalDetail>(`${own}/journal/${entry}`),
  async planRevert(entry: number): Promise<Plan> {
    const body = { consent: false, dryRun: true }
    return (await send<Plan>('POST', `${own}/journal/${entry}/revert`, { body })).body
  },
  async revert(entry: number, consent: boolean): Promise<JournalEntry> {
    const body = { consent, dryRun: false }
    return (await send<JournalEntry>('POST', `${own}/journal/${entry}/revert`, { body })).body
  },
  problems: () => get<readonly FileProblem[]>(`${own}/problems`),
  webhooks: () => get<readonly WebhookSummary[]>(`${own}/webhooks`),
  deliveries: () => get<readonly WebhookDelivery[]>(`${own}/webhook-deliveries`),
  async resend(id: string): Promise<void> {
    await send('POST', `${own}/webhook-deliveries/${segment(id)}/resend`)
  },
  usage: (object: string) => get<ObjectUsage>(`${own}/usage/${segment(object)}`),
}

export const formulas = {
  language: () => get<FormulaLanguage>(`${own}/formulas/language`),
  /** What is wrong with a formula, or what it gives. */
  async check(question: FormulaQuestion, signal?: AbortSignal): Promise<FormulaCheck> {
    const options = { body: question, signal }
    return (await send<FormulaCheck>('POST', `${own}/formulas/check`, options)).body
  },
  /** What is wrong with the filter of a lookup. */
  async checkFilter(
    question: FilterQuestion,
    signal?: AbortSignal,
  ): Promise<readonly FilterFault[]> {
    const options = { body: question, signal }
    const path = `${own}/lookup-filters/check`
    return (await send<{ problems: readonly FilterFault[] }>('POST', path, options)).body.problems
  },
}

const importPath = (id: string): string => `${own}/imports/${segment(id)}`

export const imports = {
  async list(): Promise<readonly ImportInfo[]> {
    return (await get<{ imports: readonly ImportInfo[] }>(`${own}/imports`)).imports
  },
  async create(object: string, fileName: string): Promise<ImportInfo> {
    return (await send<ImportInfo>('POST', `${own}/imports`, { body: { object, fileName } })).body
  },
  get: (id: string) => get<ImportInfo>(importPath(id)),
  sample: (id: string) => get<ImportSample>(`${importPath(id)}/sample`),
  /** `encoding`: '' lets the server look. */
  async upload(id: string, file: Blob, encoding: string): Promise<ImportInfo> {
    const path = `${importPath(id)}/file?encoding=${segment(encoding)}`
    return (await send<ImportInfo>('PUT', path, { file })).body
  },
  async act(
    id: string,
    action: 'rehearse' | 'run' | 'stop' | 'undo',
    settings?: ImportSettings,
  ): Promise<ImportInfo> {
    const path = `${importPath(id)}/${action}`
    return (await send<ImportInfo>('POST', path, { body: settings ?? {} })).body
  },
  rows: (id: string, { verdict, from, of }: RowWish) =>
    get<ImportRows>(`${importPath(id)}/rows?verdict=${verdict}&from=${from}&of=${of}`),
  /** Where the browser gets a file of rows. */
  file: (id: string, kind: 'refused' | 'done') => `${importPath(id)}/files/${kind}`,
}

/** Where the browser gets all records of a query as a CSV file. */
export function exportAddress(soql: string, name: string): string {
  return `${own}/export?q=${segment(soql)}&name=${segment(name)}`
}

/** The stream of live events; the browser connects again by itself. */
export function openEvents(): EventSource {
  return new EventSource(`${own}/events`)
}
