/** Reading: one record, a query, the next page. The database's text passes through untouched. */
import { LRUCache } from 'lru-cache'
import { limits } from '../base/limits.ts'
import { normaliseId } from '../base/record-id.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { compileCount, compileRead, compileRetrieve } from '../query/compile-read.ts'
import { planRead } from '../query/plan-read.ts'
import type { ReadPlan } from '../query/read-plan.ts'
import { resolveField, type Gate } from '../query/resolve.ts'
import { parseQuery } from '../query/soql/parse-query.ts'
import type { Query } from '../query/soql/query.ts'
import { render, type Statement } from '../sql/sql.ts'
import { finishRecords } from './finish-records.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller, QueryPage, Retrieved } from './records.ts'

interface CompiledQuery {
  readonly plan: ReadPlan
  readonly page: Statement
  readonly count: Statement
  readonly pageRows: number
}

interface CompiledRetrieve {
  readonly plan: ReadPlan
  readonly statement: Statement
}

interface Cursor {
  readonly soql: string
  readonly userId: string
  readonly deletedToo: boolean
  readonly pageRows: number
  readonly total: number
}

export interface ReadRecords {
  retrieve(caller: Caller, object: ObjectModel, input: RetrieveInput): Promise<Retrieved>
  query(caller: Caller, soql: string, options: QueryOptions): Promise<QueryPage>
  queryMore(caller: Caller, locator: string): Promise<QueryPage>
}

export interface RetrieveInput {
  readonly id: string
  readonly fields: readonly string[] | undefined
}

export interface QueryOptions {
  readonly deletedToo?: boolean
  readonly pageRows?: number
}

const statementsMax = 2_000
const cursorsMax = 5_000

export function gateOf(model: Model, caller: Caller): Gate {
  return { model, access: caller.access }
}

export function createReadRecords(context: RecordContext): ReadRecords {
  const queries = new LRUCache<string, CompiledQuery>({ max: statementsMax })
  const retrieves = new LRUCache<string, CompiledRetrieve>({ max: statementsMax })
  const cursors = new LRUCache<string, Cursor>({ max: cursorsMax })

  const compiledQuery = (
    caller: Caller,
    soql: string,
    options: Required<QueryOptions>,
  ): CompiledQuery => {
    const key = `${caller.apiVersion} ${caller.access.signature} ${options.deletedToo} ${options.pageRows} ${soql}`
    const known = queries.get(key)
    if (known !== undefined) return known
    const made = compileQuery(context, caller, { query: parseQuery(soql), ...options })
    if (!made.plan.momentary) queries.set(key, made)
    return made
  }

  const compiledRetrieve = (
    caller: Caller,
    object: ObjectModel,
    fields: readonly string[] | undefined,
  ): CompiledRetrieve => {
    const key = `${caller.apiVersion} ${caller.access.signature} ${object.name} ${fields?.join(',') ?? '*'}`
    const known = retrieves.get(key)
    if (known !== undefined) return known
    const made = compileOne(context, caller, { object, fields })
    retrieves.set(key, made)
    return made
  }

  const firstPage = async (
    caller: Caller,
    soql: string,
    given: QueryOptions,
  ): Promise<QueryPage> => {
    const options = {
      deletedToo: given.deletedToo ?? false,
      pageRows: given.pageRows ?? limits.queryPageRows,
    }
    const compiled = compiledQuery(caller, soql, options)
    if (compiled.plan.count) {
      return { text: `{"totalSize":${await total(context, compiled)},"done":true,"records":[]}` }
    }
    const page = await readPage(context, caller, compiled)
    const isWhole = page.rows < compiled.pageRows || compiled.plan.limit === page.rows
    const size = isWhole ? page.rows : await total(context, compiled)
    if (size <= page.rows) return answer({ total: page.rows, body: page.body })
    const id = context.ids('01g')
    cursors.set(id, { soql, userId: caller.userId, ...options, total: size })
    return answer({ total: size, body: page.body, next: nextUrl(caller, id, page.rows) })
  }

  const nextPage = async (caller: Caller, locator: string): Promise<QueryPage> => {
    const [id = '', offsetText = ''] = locator.split('-')
    const cursor = cursors.get(id)
    const offset = Number(offsetText)
    if (cursor === undefined || cursor.userId !== caller.userId || !/^\d{1,9}$/.test(offsetText)) {
      throw refuse(
        'INVALID_QUERY_LOCATOR',
        'The query locator is unknown or too old: run the query again.',
      )
    }
    const query = parseQuery(cursor.soql)
    const moved = { ...query, skip: 0 }
    const compiled = compileQuery(context, caller, {
      ...cursor,
      query: moved,
      start: query.skip + offset,
    })
    const page = await readPage(context, caller, compiled)
    const end = offset + page.rows
    const isLast = end >= cursor.total || page.rows === 0
    return answer({
      total: cursor.total,
      body: page.body,
      ...(isLast ? {} : { next: nextUrl(caller, id, end) }),
    })
  }

  return {
    query: firstPage,
    queryMore: nextPage,
    retrieve: async (caller, object, input) => {
      const id = normaliseId(input.id)
      if (id === undefined || !id.startsWith(object.keyPrefix)) throw notFound(input.id)
      const { plan, statement } = compiledRetrieve(caller, object, input.fields)
      const [row] = await context.storage.read(statement, { holes: { id } })
      if (row === undefined) throw notFound(id)
      if (row['deleted'] === true || row['deleted'] === 1)
        throw refuse('ENTITY_IS_DELETED', 'The record is in the recycle bin.')
      const text = finishRecords(context, caller, { plan, text: String(row['body']) })
      return { text, version: Number(row['version']), lastModified: Number(row['modified']) }
    },
  }
}

export function notFound(id: string): Refusal {
  return refuse(
    'NOT_FOUND',
    `Provided external ID field does not exist or is not accessible: ${id.slice(0, 40)}`,
  )
}

interface QueryToCompile extends Required<QueryOptions> {
  readonly query: Query
  /** Rows that earlier pages gave. */
  readonly start?: number
}

function compileQuery(
  context: RecordContext,
  caller: Caller,
  input: QueryToCompile,
): CompiledQuery {
  const model = context.models.current()
  const moment = { now: context.clock.now(), timeZone: caller.timeZone }
  const first = planRead(gateOf(model, caller), input.query, {
    moment,
    deletedToo: input.deletedToo,
  })
  const start = input.start ?? first.skip
  const rest = first.limit === undefined ? undefined : Math.max(0, first.limit - (input.start ?? 0))
  const plan = { ...first, skip: start, limit: rest }
  const { dialect } = context.storage
  const options = {
    dialect,
    access: caller.access,
    apiVersion: caller.apiVersion,
    pageRows: input.pageRows,
  }
  return {
    plan,
    page: render(compileRead(plan, options), dialect),
    count: render(compileCount(plan, options), dialect),
    pageRows: input.pageRows,
  }
}

function compileOne(
  context: RecordContext,
  caller: Caller,
  input: { readonly object: ObjectModel; readonly fields: readonly string[] | undefined },
): CompiledRetrieve {
  const model = context.models.current()
  const { fields, object } = input
  const select: Query['select'] =
    fields === undefined
      ? [{ kind: 'fields', which: 'ALL', offset: 0 }]
      : fields.map((path) => ({ kind: 'path', path, offset: 0 }))
  const query: Query = {
    text: '',
    select,
    count: false,
    from: object.name,
    fromOffset: 0,
    where: undefined,
    orderBy: [],
    limit: undefined,
    skip: 0,
    allRows: true,
  }
  const moment = { now: context.clock.now(), timeZone: caller.timeZone }
  const plan = planRead(gateOf(model, caller), query, { moment, deletedToo: true })
  const { dialect } = context.storage
  const options = { dialect, access: caller.access, apiVersion: caller.apiVersion, pageRows: 1 }
  return { plan, statement: render(compileRetrieve(plan, options), dialect) }
}

interface Page {
  readonly rows: number
  readonly body: string
}

async function readPage(
  context: RecordContext,
  caller: Caller,
  compiled: CompiledQuery,
): Promise<Page> {
  const [row] = await context.storage.read(compiled.page, { deadlineMs: limits.queryDeadlineMs })
  const text = typeof row?.['body'] === 'string' ? row['body'] : ''
  return {
    rows: Number(row?.['n'] ?? 0),
    body: finishRecords(context, caller, { plan: compiled.plan, text }),
  }
}

async function total(context: RecordContext, compiled: CompiledQuery): Promise<number> {
  const [row] = await context.storage.read(compiled.count, { deadlineMs: limits.queryDeadlineMs })
  return Number(row?.['n'] ?? 0)
}

function nextUrl(caller: Caller, id: string, offset: number): string {
  return `/services/data/v${caller.apiVersion}/query/${id}-${offset}`
}

function answer(input: {
  readonly total: number
  readonly body: string
  readonly next?: string
}): QueryPage {
  const next = input.next === undefined ? '' : `"nextRecordsUrl":${JSON.stringify(input.next)},`
  return {
    text: `{"totalSize":${input.total},"done":${input.next === undefined},${next}"records":[${input.body}]}`,
  }
}

/** The one field by which upsert and retrieve may find a record. */
export function keyField(gate: Gate, object: ObjectModel, name: string): FieldModel {
  const field = resolveField(gate, object, name)
  if (field.externalId || field.name === 'Id') return field
  throw refuse('INVALID_FIELD', `${field.name} is no external id: records cannot be found by it.`, {
    fields: [field.name],
  })
}
