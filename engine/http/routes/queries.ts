/** Queries, page by page; the text of the answer comes from the database as it is. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { QueryOptions, QueryPage } from '../../records/records.ts'
import type { AppParts } from '../app-parts.ts'
import { watchedQuery } from '../named-ids.ts'
import { noResource } from '../readable-object.ts'
import { jsonText } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { booleanMember, booleanQuery, jsonObject, textMember } from '../json-request.ts'
import { data, own } from './addresses.ts'
import { queryOfListView } from './list-views.ts'

type Parts = Pick<AppParts, 'deployer' | 'guesses' | 'recent' | 'records'>

export function queryRoutes(parts: Parts): readonly Route[] {
  return [
    route('GET', `${data}/query`, (call) => query(parts, call, false)),
    route('GET', `${data}/queryAll`, (call) => query(parts, call, true)),
    route('GET', `${data}/tooling/query`, (call) => query(parts, call, false)),
    route('GET', `${data}/tooling/query/:locator`, (call) => more(parts, call)),
    route('GET', `${data}/query/:locator`, (call) => more(parts, call)),
    route('GET', `${data}/queryAll/:locator`, (call) => more(parts, call)),
    route('POST', `${own}/query`, (call) => queryWithVariables(parts, call)),
  ]
}

const listViewId = /^00B[A-Za-z0-9]{15}$/

async function query(parts: Parts, call: Call, deletedToo: boolean): Promise<Response> {
  const explained = call.query('explain')
  if (explained !== undefined) {
    const soql = listViewId.test(explained) ? queryOfListView(parts, call, explained) : explained
    if (soql === undefined) throw noResource()
    const text = await parts.records.explain(call.caller, soql)
    return jsonText(text, 200, call.limitInfo)
  }
  const soql = call.query('q')
  if (soql === undefined) {
    throw refuse('MALFORMED_QUERY', 'A query must be specified in the parameter q.')
  }
  if (booleanQuery(call.query('columns'))) {
    const text = parts.records.describeColumns(call.caller, soql)
    return jsonText(text, 200, call.limitInfo)
  }
  const pageRows = askedPageRows(call.request)
  const options = pageRows === undefined ? { deletedToo } : { deletedToo, pageRows }
  return firstPage(parts, call, { soql, ...options })
}

/** Values stand beside the query instead of in it, so that no text has to be escaped. */
async function queryWithVariables(parts: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const given = body.get('variables') ?? {}
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refuse('INVALID_ARGUMENT', '"variables" must be an object.', { fields: ['variables'] })
  }
  const pageRows = askedPageRows(call.request)
  return firstPage(parts, call, {
    soql: textMember(body, 'query'),
    variables: new Map(Object.entries(given)),
    deletedToo: booleanMember(body, 'all'),
    ...(pageRows !== undefined && { pageRows }),
  })
}

/** What was read FOR VIEW stands among the recent items from now on. */
async function firstPage(
  parts: Parts,
  call: Call,
  { soql, ...options }: QueryOptions & { readonly soql: string },
): Promise<Response> {
  const run = (): Promise<QueryPage> => parts.records.query(call.caller, soql, options)
  const { body, viewed = [] } = await watchedQuery(parts, call, { soql, ...options, run })
  if (viewed.length > 0) parts.recent.note(call.user.id, viewed)
  return jsonText(body, 200, call.limitInfo)
}

async function more(parts: Parts, call: Call): Promise<Response> {
  const { body } = await parts.records.queryMore(call.caller, call.param('locator'))
  return jsonText(body, 200, call.limitInfo)
}

const batchSize = /(?:^|,)\s*batchSize\s*=\s*(\d{1,9})\s*(?:,|$)/i

/** `Sforce-Query-Options: batchSize=200`, held within what a page may have. */
function askedPageRows(request: Request): number | undefined {
  const header = request.headers.get('sforce-query-options')
  const rows = header === null ? undefined : batchSize.exec(header)?.[1]
  if (rows === undefined) return undefined
  return Math.min(Math.max(Number(rows), 1), limits.queryPageRows)
}
