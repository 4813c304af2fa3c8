/** Searches through the words of all objects, or of those that are named: object by object, each with its own query. */
import { foldText } from '../../base/fold-text.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { located } from '../../query/located.ts'
import { maySee, resolveObject, type Gate } from '../../query/resolve.ts'
import { withFitting, withSimilar } from './expand-terms.ts'
import { searchQuery, type Search } from '../../query/search/parse-sosl.ts'
import { searchOptions, type ObjectSearch } from '../../query/search/plan-search.ts'
import { searchTerms, type SearchNode } from '../../query/search/search-terms.ts'
import { editsAllowed, editsBetween } from '../../query/search/similar-words.ts'
import { searchFields } from '../../query/search/searchable-fields.ts'
import { parseQuery } from '../../query/soql/parse-query.ts'
import type { Query } from '../../query/soql/query.ts'
import { identifier, joinSql, sql } from '../../sql/sql.ts'
import type { QueryRecords } from '../query-records.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller, ParameterizedSearch, SearchAnswer, SearchedObject } from '../records.ts'
import { gateOf } from '../targets.ts'
import { foundWords, markedRecords, type FoundIn } from './marked-records.ts'
import { whileIndexed } from './search-object.ts'

export interface SearchRecords {
  search(caller: Caller, search: Search): Promise<string>
  searchBy(caller: Caller, search: ParameterizedSearch): Promise<SearchAnswer>
}

export function createSearchRecords(
  context: RecordContext,
  querying: Pick<QueryRecords, 'recordsWithin'>,
): SearchRecords {
  const search: SearchRecords['search'] = async (caller, asked) => {
    const gate = gateOf(context.models.current(), caller)
    const queries = asked.returning ?? everything(gate, ['Id'])
    const { body } = await answer({ context, querying, caller, gate }, { ...asked, queries })
    return `{"searchRecords":[${body}]}`
  }
  return {
    search,
    searchBy: async (caller, asked) => {
      const gate = gateOf(context.models.current(), caller)
      const { q, group, objects, rowsEach, corrects, marks } = asked
      const queries =
        objects.length === 0
          ? everything(gate, undefined)
          : objects.map((object) => objectQuery(gate, object, asked.named === true))
      const cut = queries.map((query) => ({ ...query, limit: query.limit ?? rowsEach }))
      const wanted = { terms: searchTerms(q), group, corrects, marks, limit: asked.rowsMax }
      const place = { context, querying, caller, gate }
      const { instead, ...found } = await answer(place, { ...wanted, queries: cut })
      return { ...found, corrected: instead && corrections(q, instead) }
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
function objectQuery(gate: Gate, asked: SearchedObject, named: boolean): Query {
  const { name, fields, where, limit } = asked
  const nameField = named ? resolveObject(gate, name).nameField : undefined
  const isKnown = nameField !== undefined && maySee(gate, nameField)
  const preset = isKnown ? `Id, ${nameField.name}` : 'Id'
  const select = fields.length === 0 ? preset : fields.join(', ')
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

interface AskedSearch extends Pick<Search, 'terms' | 'group' | 'limit' | 'corrects' | 'marks'> {
  readonly queries: readonly Query[]
}

interface Answer extends Pick<SearchAnswer, 'body' | 'rows'> {
  /** Words of what was found that stand for others that were asked for. */
  readonly instead?: ReadonlySet<string>
}

/** The words as they are; where they find nothing at all, words like them. */
async function answer(place: SearchPlace, asked: AskedSearch): Promise<Answer> {
  const indexes = place.context.searchIndexes
  const objects = asked.queries.map((query) =>
    located(query, query.fromOffset, () => searchedObject(place.gate, query.from)),
  )
  const wanted = await withRecords(
    place.context,
    asked.queries.flatMap((query, index) => {
      const object = objects[index]
      return object === undefined ? [] : [{ query, object }]
    }),
  )
  if (indexes === undefined) return nothingFound
  await indexes.demand(place.context.storage)
  const node = await withFitting(asked.terms.node, (word) => indexes.wordsFitting(word))
  if (node === undefined && asked.terms.id === undefined) return nothingFound
  const own = node ?? nothing
  const found = await findAll(place, asked, { wanted, node: own, asked: own })
  if (found.length > 0 || !asked.corrects || node === undefined) {
    return bodyOf(place, asked, { found, node: own })
  }
  let corrected = 0
  const similar = await withSimilar(node, async (word) =>
    corrected++ < limits.searchWordsCorrectedMax ? indexes.wordsLike(word) : [],
  )
  if (similar === node) return nothingFound
  const instead = await findAll(place, asked, { wanted, node: similar, asked: node })
  const [first] = instead
  if (first === undefined) return nothingFound
  return {
    ...(await bodyOf(place, asked, { found: instead, node: similar })),
    instead: await foundWords(place, first, similar),
  }
}

const nothingFound: Answer = { body: '', rows: 0 }

const askedAtOnce = 100

/** Most objects of a large model have no records at all: one statement tells, instead of one for each. */
async function withRecords(
  { storage }: Pick<RecordContext, 'storage'>,
  wanted: Wanted['wanted'],
): Promise<Wanted['wanted']> {
  const found: Wanted['wanted'][number][] = []
  for (let first = 0; first < wanted.length; first += askedAtOnce) {
    const some = wanted.slice(first, first + askedAtOnce)
    const columns = some.map(
      ({ object }, index) =>
        sql`case when exists (select 1 from ${object.table}) then 1 else 0 end as ${identifier(`c${index}`)}`,
    )
    const [row = {}] = await storage.read(sql`select ${joinSql(columns)}`)
    found.push(...some.filter((_, index) => Number(row[`c${index}`]) === 1))
  }
  return found
}

/** A word that no text has: no token is as long. */
const nothing: SearchNode = {
  kind: 'term',
  any: [{ words: ['x'.repeat(limits.searchWordCharsMax + 1)], prefix: false }],
}

async function bodyOf(
  place: SearchPlace,
  { marks }: Pick<Search, 'marks'>,
  { found, node }: { readonly found: readonly FoundIn[]; readonly node: SearchNode },
): Promise<Answer> {
  const bodies: string[] = []
  let rows = 0
  for (const one of found) {
    rows += one.rows
    const isMarked = marks !== undefined && one.rows <= limits.searchMarkedRowsMax
    bodies.push(isMarked ? await markedRecords(place, one, { node, marks }) : one.body)
  }
  return { body: bodies.join(), rows }
}

interface Wanted {
  readonly wanted: readonly { readonly query: Query; readonly object: ObjectModel }[]
  readonly node: SearchNode
  readonly asked: SearchNode
}

/** Object by object, until there are enough. */
async function findAll(
  place: SearchPlace,
  search: AskedSearch,
  { wanted, node, asked }: Wanted,
): Promise<readonly FoundIn[]> {
  const all: FoundIn[] = []
  let left = Math.min(search.limit, limits.searchRowsMax)
  for (const { query, object } of wanted) {
    if (left === 0) break
    const limit = Math.min(query.limit ?? limits.searchRowsDefault, left)
    const own = { query: { ...query, limit }, object, group: search.group }
    const found = await findIn(place, own, { terms: { ...search.terms, node }, asked })
    if (found === undefined || found.rows === 0) continue
    all.push(found)
    left -= found.rows
  }
  return all
}

/** Undefined where nothing can be searched. */
async function findIn(
  { context, querying, caller, gate }: SearchPlace,
  { query, object, group }: Pick<FoundIn, 'query' | 'object'> & Pick<Search, 'group'>,
  search: Omit<ObjectSearch, 'fields'>,
): Promise<FoundIn | undefined> {
  return whileIndexed(context, { gate, object, group }, async (fields) => {
    const own = searchOptions(gate, object, { ...search, fields })
    const { rows, body } = await querying.recordsWithin(caller, query, own)
    return { object, fields, query, rows, body }
  })
}

/** What was asked for, with each word that found nothing as it is spelled in what was found. */
function corrections(q: string, instead: ReadonlySet<string>): string | undefined {
  let isOther = false
  const corrected = q.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => {
    const folded = foldText(word)
    const most = editsAllowed(folded)
    if (most === 0 || instead.has(folded)) return word
    const near = [...instead].flatMap((other) => {
      const edits = editsBetween(folded, other, most)
      return edits === undefined ? [] : [{ other, edits }]
    })
    const [best] = near.toSorted((one, other) => one.edits - other.edits)
    isOther ||= best !== undefined
    return best?.other ?? word
  })
  return isOther ? corrected : undefined
}

function searchedObject(gate: Gate, name: string): ObjectModel {
  const object = resolveObject(gate, name)
  if (searchFields(object).length > 0) return object
  const message = `${object.name} is not searched: its declaration says so (enableSearch).`
  throw refuse('INVALID_TYPE', message)
}
