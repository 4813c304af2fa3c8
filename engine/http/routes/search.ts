/** Searches: by SOSL, by parameters, and what the screens' search box asks for. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { ParameterizedSearch, SearchedObject } from '../../records/records.ts'
import type { AppParts } from '../app-parts.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { jsonText } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { data, own } from './addresses.ts'

type Parts = Pick<AppParts, 'records'>

export function searchRoutes(parts: Parts): readonly Route[] {
  const by = async (call: Call, search: ParameterizedSearch): Promise<Response> => {
    const { body } = await parts.records.searchBy(call.caller, search)
    return jsonText(`{"searchRecords":[${body}]}`, 200, call.limitInfo)
  }
  return [
    route('GET', `${data}/search`, async (call) => {
      const sosl = wordsOf(call)
      return jsonText(await parts.records.search(call.caller, sosl), 200, call.limitInfo)
    }),
    route('GET', `${data}/parameterizedSearch`, (call) => by(call, addressSearch(call))),
    route('POST', `${data}/parameterizedSearch`, async (call) =>
      by(call, bodySearch(await jsonObject(call.request))),
    ),
    route('GET', `${data}/search/suggestions`, async (call) => {
      const search = suggestionSearch(call)
      const { body, rows } = await parts.records.searchBy(call.caller, search)
      const more = rows >= search.rowsMax
      const text = `{"autoSuggestResults":[${body}],"hasMoreResults":${more}}`
      return jsonText(text, 200, call.limitInfo)
    }),
    route('GET', `${own}/ui/search`, async (call) => {
      const rowsEach = count(call.query('each'), rowsEachOfScreens)
      const marks = { kind: 'snippet', excerptChars: excerptCharsOfScreens } as const
      const search = { ...addressSearch(call), rowsEach, marks, named: true }
      const { body, corrected = null } = await parts.records.searchBy(call.caller, search)
      const text = `{"searchRecords":[${body}],"corrected":${JSON.stringify(corrected)}}`
      return jsonText(text, 200, call.limitInfo)
    }),
  ]
}

const rowsEachOfScreens = 5
const excerptCharsOfScreens = 120
const suggestionsDefault = 5

/** `?q=national u&sobject=Account`: names that have these words, the last of which may go on. */
function suggestionSearch(call: Call): ParameterizedSearch {
  const found = addressSearch(call)
  const q = found.q.trim()
  return {
    ...found,
    q: /[\p{L}\p{N}]{2}$/u.test(q) ? `${q}*` : q,
    group: 'NAME',
    named: true,
    corrects: false,
    rowsMax: count(call.query('limit'), suggestionsDefault),
  }
}

function wordsOf(call: Call): string {
  const words = call.query('q')
  if (words !== undefined) return words
  throw refuse('MALFORMED_SEARCH', 'A search must be specified in the parameter q.')
}

/** `?q=Acme&sobject=Account&Account.fields=Id,Name`, for few objects. */
function addressSearch(call: Call): ParameterizedSearch {
  const fields = listOf(call.query('fields') ?? '')
  return {
    q: wordsOf(call),
    group: groupOf(call.query('in') ?? ''),
    objects: listOf(call.query('sobject') ?? '').map((name) => ({
      name: nameOf(name),
      fields: listOf(call.query(`${name}.fields`) ?? '', fields).map(nameOf),
    })),
    rowsEach: count(call.query('defaultLimit'), limits.searchRowsDefault),
    rowsMax: count(call.query('overallLimit'), limits.searchRowsMax),
    corrects: call.query('spellCorrection') !== 'false',
    marks: undefined,
  }
}

function bodySearch(body: ReadonlyMap<string, unknown>): ParameterizedSearch {
  const fields = textsOf(body.get('fields'))
  const objects: unknown = body.get('sobjects') ?? []
  if (!Array.isArray(objects)) throw wrong('sobjects')
  return {
    q: textMember(body, 'q'),
    group: groupOf(textMember(body, 'in')),
    objects: objects.map((one: unknown) => searchedObject(one, fields)),
    rowsEach: count(body.get('defaultLimit'), limits.searchRowsDefault),
    rowsMax: count(body.get('overallLimit'), limits.searchRowsMax),
    corrects: String(body.get('spellCorrection') ?? true) !== 'false',
    marks: undefined,
  }
}

function searchedObject(given: unknown, fields: readonly string[]): SearchedObject {
  if (typeof given !== 'object' || given === null) throw wrong('sobjects')
  const members = new Map<string, unknown>(Object.entries(given))
  const own = textsOf(members.get('fields'))
  const where = textMember(members, 'where')
  const limit = members.get('limit')
  return {
    name: nameOf(textMember(members, 'name')),
    fields: own.length === 0 ? fields : own,
    ...(where !== '' && { where }),
    ...(limit !== undefined && { limit: count(limit, 0) }),
  }
}

function wrong(member: string): Error {
  return refuse('INVALID_ARGUMENT', `"${member}" has not the form that a search takes.`, {
    fields: [member],
  })
}

const path = /^\w+(?:\.\w+)*$/

/** Names stand in the text of a query: nothing else may. */
function nameOf(text: string): string {
  if (path.test(text)) return text
  throw wrong('fields')
}

function textsOf(given: unknown): readonly string[] {
  if (given === undefined) return []
  if (!Array.isArray(given)) throw wrong('fields')
  return given.map((one: unknown) => nameOf(String(one)))
}

function listOf(text: string, otherwise: readonly string[] = []): readonly string[] {
  const list = text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
  return list.length === 0 ? otherwise : list
}

function groupOf(text: string): ParameterizedSearch['group'] {
  const word = text.toUpperCase()
  if (word === '' || word === 'ALL' || word === 'SIDEBAR') return 'ALL'
  if (word === 'NAME' || word === 'EMAIL' || word === 'PHONE') return word
  throw wrong('in')
}

function count(given: unknown, otherwise: number): number {
  if (given === undefined) return otherwise
  if (!/^\d{1,6}$/.test(String(given))) throw wrong('limit')
  return Math.min(Number(given), limits.searchRowsMax)
}
