/** Searches through the words of all objects, or of those that are named: object by object, each with its own query. */
import { limits } from '../../base/limits.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { located } from '../../query/located.ts'
import { resolveObject, type Gate } from '../../query/resolve.ts'
import { searchQuery, type Search } from '../../query/search/parse-sosl.ts'
import { searchColumns, searchOptions } from '../../query/search/plan-search.ts'
import { searchTerms } from '../../query/search/search-terms.ts'
import { searchFields } from '../../query/search/searchable-fields.ts'
import { parseQuery } from '../../query/soql/parse-query.ts'
import type { Query } from '../../query/soql/query.ts'
import type { QueryRecords } from '../query-records.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller, ParameterizedSearch, SearchedObject } from '../records.ts'
import { gateOf } from '../targets.ts'

export interface SearchRecords {
  search(caller: Caller, search: Search): Promise<string>
  searchBy(caller: Caller, search: ParameterizedSearch): Promise<string>
}

export function createSearchRecords(
  context: RecordContext,
  querying: Pick<QueryRecords, 'recordsWithin'>,
): SearchRecords {
  const search: SearchRecords['search'] = async (caller, asked) => {
    const gate = gateOf(context.models.current(), caller)
    const queries = asked.returning ?? everything(gate, ['Id'])
    return answer({ context, querying, caller, gate }, { ...asked, queries })
  }
  return {
    search,
    searchBy: async (caller, asked) => {
      const gate = gateOf(context.models.current(), caller)
      const { q, group, objects, rowsEach } = asked
      const queries =
        objects.length === 0
          ? everything(gate, undefined)
          : objects.map((object) => objectQuery(object))
      const cut = queries.map((query) => ({ ...query, limit: query.limit ?? rowsEach }))
      const wanted = { terms: searchTerms(q), group, limit: asked.rowsMax }
      return answer({ context, querying, caller, gate }, { ...wanted, queries: cut })
    },
  }
}

/** One query for each object that may be searched; without paths for Id and name. */
function everything(gate: Gate, paths: readonly string[] | undefined): readonly Query[] {
  return searchable(gate.model).flatMap((object) => {
    if (!gate.access.mayObject(object.name, 'read')) return []
    const place = { text: '', from: object.name, fromOffset: 0 }
    const { name } = object.nameField
    const query = searchQuery(place, paths ?? ['Id', name])
    return [paths === undefined ? { ...query, limit: undefined } : query]
  })
}

function searchable(model: Model): readonly ObjectModel[] {
  return model.objectNames.flatMap((name) => {
    const object = model.object(name)
    return object !== undefined && searchFields(object).length > 0 ? [object] : []
  })
}

/** The condition is read as that of a query is, so that it means the same. */
function objectQuery({ name, fields, where, limit }: SearchedObject): Query {
  const select = fields.length === 0 ? 'Id' : fields.join(', ')
  const condition = where === undefined ? '' : ` WHERE ${where}`
  const query = parseQuery(`SELECT ${select} FROM ${name}${condition}`)
  return { ...query, limit }
}

interface SearchPlace {
  readonly context: RecordContext
  readonly querying: Pick<QueryRecords, 'recordsWithin'>
  readonly caller: Caller
  readonly gate: Gate
}

interface AskedSearch extends Pick<Search, 'terms' | 'group' | 'limit'> {
  readonly queries: readonly Query[]
}

async function answer(place: SearchPlace, asked: AskedSearch): Promise<string> {
  const { context, gate } = place
  await context.searchIndexes?.demand()
  const bodies: string[] = []
  let left = Math.min(asked.limit, limits.searchRowsMax)
  for (const query of asked.queries) {
    const object = located(query, query.fromOffset, () => searchedObject(gate, query.from))
    if (left === 0) continue
    const limit = Math.min(query.limit ?? limits.searchRowsDefault, left)
    const found = await foundIn(place, asked, { query: { ...query, limit }, object })
    if (found === undefined) continue
    if (found.rows > 0) bodies.push(found.body)
    left -= found.rows
  }
  return `{"searchRecords":[${bodies.join()}]}`
}

const attemptsMax = 3

/** Undefined where nothing can be searched. An index that was made anew meanwhile is asked again. */
async function foundIn(
  { context, querying, caller, gate }: SearchPlace,
  asked: AskedSearch,
  {
    query,
    object,
  }: { readonly query: AskedSearch['queries'][number]; readonly object: ObjectModel },
): Promise<Awaited<ReturnType<SearchPlace['querying']['recordsWithin']>> | undefined> {
  for (let attempt = 1; ; attempt++) {
    const ready = context.searchIndexes?.columnsOf(object.table.name)
    const indexed = ready ?? new Set<string>()
    const columns = searchColumns(gate, object, { group: asked.group, indexed })
    if (columns.length === 0) return undefined
    const own = searchOptions(gate, object, { ...asked, columns })
    try {
      return await querying.recordsWithin(caller, query, own)
    } catch (error) {
      const isSame = context.searchIndexes?.columnsOf(object.table.name) === ready
      if (error instanceof Refusal || isSame || attempt >= attemptsMax) throw error
    }
  }
}

function searchedObject(gate: Gate, name: string): ObjectModel {
  const object = resolveObject(gate, name)
  if (searchFields(object).length > 0) return object
  const message = `${object.name} is not searched: its declaration says so (enableSearch).`
  throw refuse('INVALID_TYPE', message)
}
