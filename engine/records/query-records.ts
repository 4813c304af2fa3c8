/** Queries, page by page. The database's text passes through untouched. */
import { inLanguage } from '../language/in-language.ts'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import type { PlanReadOptions } from '../query/plan-read.ts'
import { restOfChildren } from '../query/rest-of-children.ts'
import { evaluateVirtual } from '../query/virtual/evaluate-query.ts'
import { mayBeVirtual } from '../query/virtual/virtual-objects.ts'
import { parseQuery } from '../query/soql/parse-query.ts'
import type { Query } from '../query/soql/query.ts'
import { noVariables } from '../query/soql/variables.ts'
import { compile, type CompiledQuery } from './compile-query.ts'
import { createFirstCompiled } from './first-compiled.ts'
import {
  orderForm,
  unknownLocator,
  type Cursor,
  type CursorPlace,
  type QueryCursors,
} from './query-cursors.ts'
import type { RecordContext } from './record-parts.ts'
import type { RowHints } from './row-hints.ts'
import { queryPage, withViewed } from './query-page.ts'
import { inPages, PageTooLong, readPage, tooLong, type Page } from './read-page.ts'
import type { Caller, QueryOptions, QueryPage } from './records.ts'
import { gateOf, momentOf } from './targets.ts'

export type OwnDemands = Pick<PlanReadOptions, 'within' | 'ranked'>

export interface FoundRecords {
  readonly rows: number
  /** JSON texts, joined by commas. */
  readonly body: string
}

export interface QueryRecords {
  query(caller: Caller, soql: string, options: QueryOptions): Promise<QueryPage>
  /** One page of records that meet a condition of the engine's own beside the query, in its order. */
  queryWithin(caller: Caller, query: Query, own: OwnDemands): Promise<QueryPage>
  /** The same as bare records, in an order of the engine's own. */
  recordsWithin(caller: Caller, query: Query, own: OwnDemands): Promise<FoundRecords>
  queryMore(caller: Caller, locator: string): Promise<QueryPage>
}

export function createQueryRecords(
  context: RecordContext,
  { cursors, hints }: { readonly cursors: QueryCursors; readonly hints: RowHints },
): QueryRecords {
  const parts = { context, cursors, hints }
  const firstCompiled = createFirstCompiled(context)

  const query: QueryRecords['query'] = async (caller, soql, given) => {
    const virtual = mayBeVirtual(soql)
      ? virtualPage(context, caller, { soql, ...given })
      : undefined
    if (virtual !== undefined) return virtual
    const asked = {
      soql,
      userId: caller.userId,
      deletedToo: given.deletedToo ?? false,
      pageRows: given.pageRows ?? limits.queryPageRows,
      variables: given.variables ?? noVariables,
      moment: momentOf(caller, context.clock.now()),
    }
    return inPages(asked.pageRows, async (pageRows) => {
      const compiled = await narrowed(hints, caller, (narrow) =>
        firstCompiled(caller, { ...asked, pageRows, narrow }),
      )
      const page = await firstPage(parts, caller, {
        compiled,
        asked: { ...asked, pageRows },
        given: 0,
      })
      return compiled.viewed && !compiled.grouped ? withViewed(page) : page
    })
  }

  const pageWithin = async (caller: Caller, query: Query, own: OwnDemands): Promise<Page> => {
    const moment = momentOf(caller, context.clock.now())
    const pageRows = limits.queryPageRows
    const toCompile = { query, moment, deletedToo: false, pageRows, ...own }
    const compiled = await narrowed(hints, caller, (narrow) =>
      compile(context, caller, { ...toCompile, narrow }),
    )
    const asked = { context, caller, now: moment.now }
    // What is found stands on one page, or the caller would take a part for the whole.
    return readPage(asked, { ...compiled, children: undefined }).catch((error: unknown) => {
      throw error instanceof PageTooLong ? tooLong() : error
    })
  }

  const queryWithin: QueryRecords['queryWithin'] = async (caller, query, own) => {
    const { total, body } = await pageWithin(caller, query, own)
    return answer({ total, body })
  }

  const recordsWithin: QueryRecords['recordsWithin'] = async (caller, query, own) => {
    const { rows, body } = await pageWithin(caller, query, own)
    return { rows, body: typeof body === 'string' ? body : Buffer.from(body).toString() }
  }

  const queryMore: QueryRecords['queryMore'] = (caller, locator) => goOn(parts, caller, locator)

  return { query, queryWithin, recordsWithin, queryMore }
}

/** Rows that are made of the model; undefined when the query is about records after all. */
function virtualPage(
  context: RecordContext,
  caller: Caller,
  { soql, variables }: Pick<QueryOptions, 'variables'> & { readonly soql: string },
): QueryPage | undefined {
  const model = inLanguage(context.models.current(), caller.language)
  const query = parseQuery(soql, variables)
  const found = evaluateVirtual(gateOf(model, caller), query, caller.apiVersion)
  return found && answer({ total: found.total, body: found.text })
}

/** Made anew where the caller turns out to see few of the rows that it is about. */
function narrowed(
  hints: RowHints,
  caller: Caller,
  make: (narrow: boolean) => CompiledQuery,
): CompiledQuery | Promise<CompiledQuery> {
  const wide = make(false)
  const few = hints.seesFew(caller, wide.plan.object)
  if (typeof few === 'boolean') return few ? make(true) : wide
  return few.then((isFew) => (isFew ? make(true) : wide))
}

interface QueryParts {
  readonly context: RecordContext
  readonly cursors: QueryCursors
  readonly hints: RowHints
}

interface AskedPage {
  readonly compiled: CompiledQuery
  readonly asked: Omit<Cursor, 'total' | 'form'>
  /** Rows that stood in another answer already. */
  readonly given: number
}

async function firstPage(
  { context, cursors }: QueryParts,
  caller: Caller,
  { compiled, asked, given }: AskedPage,
): Promise<QueryPage> {
  const children = compiled.plan.openLists === 0 ? undefined : cursors.name()
  const { now } = asked.moment
  const page = await readPage({ context, caller, now }, { ...compiled, children })
  if (compiled.plan.count) return answer({ total: page.rows, body: '' })
  if (compiled.grouped) return groupsAnswer(page)
  const total = given + page.total
  const cursor = { ...asked, total, form: orderForm(compiled.plan.orderBy) }
  if (mentions(page.body, children)) cursors.open(cursor, children)
  if (page.end === undefined) return answer({ total, body: page.body })
  const id = cursors.open(cursor)
  const next = nextUrl(caller, cursors.goOn(id, page.rows, page.end))
  return answer({ total, body: page.body, next })
}

/** Groups have no order that a next page could begin in. */
function groupsAnswer({ rows, body }: Page): QueryPage {
  if (rows <= limits.queryGroupsMax) return answer({ total: rows, body })
  throw refuse(
    'LIMIT_EXCEEDED',
    `A query gives at most ${limits.queryGroupsMax} groups (queryGroupsMax): ask for fewer by WHERE, HAVING or LIMIT.`,
  )
}

/** The page behind a locator: the query's next one, or the rest of one of its child lists. */
async function goOn(parts: QueryParts, caller: Caller, locator: string): Promise<QueryPage> {
  const { context, cursors } = parts
  const found = cursors.findChildren(locator, caller.userId)
  if (found === undefined) {
    const place = cursors.find(locator, caller.userId)
    return inPages(place.cursor.pageRows, (pageRows) =>
      nextPage(parts, caller, { ...place, cursor: { ...place.cursor, pageRows } }),
    )
  }
  const { total: _total, form: _form, ...parent } = found.cursor
  return inPages(parent.pageRows, (pageRows) => {
    const asked = { ...parent, pageRows, children: found.list }
    const compiled = compile(context, caller, { ...asked, query: queryOf(context, asked) })
    return firstPage(parts, caller, { compiled, asked, given: limits.queryChildRowsMax })
  })
}

async function nextPage(
  { context, cursors, hints }: QueryParts,
  caller: Caller,
  { id, cursor, after, given }: CursorPlace,
): Promise<QueryPage> {
  const query = queryOf(context, cursor)
  const toCompile = { ...cursor, query, behind: { after, given } }
  const compiled = await narrowed(hints, caller, (narrow) =>
    compile(context, caller, { ...toCompile, narrow }),
  )
  // The model moved on: what the cursor remembers cannot be compared any more.
  if (orderForm(compiled.plan.orderBy) !== cursor.form) throw unknownLocator()
  const children = compiled.plan.openLists === 0 ? undefined : cursors.name()
  const { now } = cursor.moment
  const page = await readPage({ context, caller, now }, { ...compiled, children })
  if (mentions(page.body, children)) cursors.open(cursor, children)
  const { total } = cursor
  if (page.end === undefined) return answer({ total, body: page.body })
  const next = nextUrl(caller, cursors.goOn(id, given + page.rows, page.end))
  return answer({ total, body: page.body, next })
}

/** The query that a cursor keeps: as it was asked, or the rest of one of its child lists. */
function queryOf(
  context: RecordContext,
  { soql, variables, children }: Pick<Cursor, 'soql' | 'variables' | 'children'>,
): Query {
  const query = parseQuery(soql, variables)
  if (children === undefined) return query
  const rest = restOfChildren(context.models.current(), query, children)
  if (rest === undefined) throw unknownLocator()
  return rest
}

function nextUrl(caller: Caller, locator: string): string {
  return `/services/data/v${caller.apiVersion}/query/${locator}`
}

/** Texts of long child lists say under which name the rest is to be had. */
function mentions(body: string | Uint8Array, children: string | undefined): children is string {
  if (children === undefined) return false
  if (typeof body === 'string') return body.includes(children)
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes(children)
}

function answer(input: {
  readonly total: number
  readonly body: string | Uint8Array
  readonly next?: string
}): QueryPage {
  const next = input.next === undefined ? '' : `"nextRecordsUrl":${JSON.stringify(input.next)},`
  const head = `{"totalSize":${input.total},"done":${input.next === undefined},${next}"records":[`
  return queryPage(head, input.body, ']}')
}
