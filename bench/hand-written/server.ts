/**
 * What a good developer would write by hand for these endpoints: hono, sqlite3, prepared statements, ajv. It serves no
 * other object and no other query; it is the measure for the engine, which serves any.
 *
 * Settings: PORT, DATABASE (a file), DURABLE (yes or no), TOKEN.
 */
import { serve } from '@hono/node-server'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { Hono, type Context } from 'hono'
import {
  accountList,
  childList,
  contactList,
  dataPath,
  filteredList,
  industryTotals,
  type Body,
} from '../shapes.ts'
import { openStore, type Store } from './store.ts'
import { isTableName, requiredOn, writable, type TableName } from './tables.ts'

const userId = '005000000000001AAA'

interface Checks {
  readonly create: ValidateFunction<Body>
  readonly change: ValidateFunction<Body>
}

function checksOf(): Checking {
  const ajv = new Ajv({ allErrors: true })
  addFormats.default(ajv)
  const checks = (table: TableName): Checks => {
    const schema = { type: 'object', properties: writable[table], additionalProperties: false }
    return {
      create: ajv.compile<Body>({ ...schema, required: requiredOn[table] }),
      change: ajv.compile<Body>(schema),
    }
  }
  return { Account: checks('Account'), Contact: checks('Contact') }
}

function problem(context: Context, status: 400 | 401 | 404 | 412, code: string, message: string) {
  return context.json([{ message, errorCode: code, fields: [] }], status)
}

function invalid(context: Context, check: ValidateFunction): Response {
  const text = (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
  return problem(context, 400, 'INVALID_FIELD', text.join('; '))
}

const fromName = / WHERE Name >= '([^']*)' ORDER BY Name LIMIT 50$/

async function list(store: Store, soql: string): Promise<readonly object[] | undefined> {
  if (soql === accountList) return store.accounts()
  if (soql === contactList) return store.contacts()
  if (soql === filteredList) return store.filteredAccounts()
  if (soql === childList) return store.accountsWithContacts()
  if (soql === industryTotals) return store.industryTotals()
  const name = fromName.exec(soql)?.[1]
  return name === undefined ? undefined : store.accountsFrom(name)
}

interface LoadedRecord {
  readonly attributes: { readonly type: string }
  readonly [field: string]: unknown
}

type Checking = Readonly<Record<TableName, Checks>>

function createApp(store: Store, tokens: ReadonlyMap<string, string>): Hono {
  const app = new Hono()
  app.get('/healthz', (context) => context.json({ status: 'ok' }))
  app.use(`${dataPath}/*`, async (context, next) => {
    const token = context.req.header('authorization')?.slice('Bearer '.length) ?? ''
    if (!tokens.has(token)) return problem(context, 401, 'INVALID_SESSION_ID', 'Session expired')
    return next()
  })
  const checks = checksOf()
  addReads(app, store)
  addWrites(app, store, checks)
  addBulk(app, store, checks)
  return app
}

function addReads(app: Hono, store: Store): void {
  app.get(`${dataPath}/sobjects/:table/:id`, async (context) => {
    const { table, id } = context.req.param()
    const found = isTableName(table) ? await store.read(table, id) : undefined
    if (found === undefined) return problem(context, 404, 'NOT_FOUND', 'There is no such record')
    return context.json(found.answer, 200, { ETag: `"${found.version}"` })
  })
  app.get(`${dataPath}/query`, async (context) => {
    const records = await list(store, context.req.query('q') ?? '')
    if (records === undefined) return problem(context, 400, 'MALFORMED_QUERY', 'Unknown query')
    return context.json({ totalSize: records.length, done: true, records })
  })
}

function addWrites(app: Hono, store: Store, checks: Checking): void {
  app.post(`${dataPath}/sobjects/:table`, async (context) => {
    const { table } = context.req.param()
    if (!isTableName(table)) return problem(context, 404, 'NOT_FOUND', 'There is no such object')
    const body: unknown = await context.req.json()
    const check = checks[table].create
    if (!check(body)) return invalid(context, check)
    const id = await store.create(table, body)
    return context.json({ id, success: true, errors: [] }, 201)
  })
  app.patch(`${dataPath}/sobjects/:table/:id`, async (context) => {
    const { table, id } = context.req.param()
    if (!isTableName(table)) return problem(context, 404, 'NOT_FOUND', 'There is no such object')
    const body: unknown = await context.req.json()
    const check = checks[table].change
    if (!check(body)) return invalid(context, check)
    const asked = context.req.header('if-match')
    const ifVersion = asked === undefined ? null : Number(asked.replaceAll('"', ''))
    const version = await store.update({ table, id, body, ifVersion })
    if (version !== undefined) return context.body(null, 204, { ETag: `"${version}"` })
    return ifVersion === null
      ? problem(context, 404, 'NOT_FOUND', 'There is no such record')
      : problem(context, 412, 'ENTITY_FAILED_IFMATCH', 'The record was changed by somebody else')
  })
}

function addBulk(app: Hono, store: Store, checks: Checking): void {
  app.post(`${dataPath}/composite/sobjects`, async (context) => {
    const { records } = await context.req.json<{ records: readonly LoadedRecord[] }>()
    const rows: { table: TableName; body: Body }[] = []
    for (const { attributes, ...body } of records) {
      const table = attributes.type
      if (!isTableName(table)) return problem(context, 400, 'INVALID_TYPE', 'Unknown object')
      const check = checks[table].create
      if (!check(body)) return invalid(context, check)
      rows.push({ table, body })
    }
    const ids = await store.createMany(rows)
    return context.json(ids.map((id) => ({ id, success: true, errors: [] })))
  })
}

async function main(): Promise<void> {
  const { DATABASE = '', DURABLE, PORT, TOKEN = '' } = process.env
  const store = await openStore(DATABASE, userId, DURABLE === 'yes')
  const app = createApp(store, new Map([[TOKEN, userId]]))
  serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(PORT) })
}

await main()
