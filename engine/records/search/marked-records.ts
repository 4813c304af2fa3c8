/** Adds to found records what they were found by: their fields with marks, an excerpt, the spelling that was meant. */
import type { ObjectModel } from '../../model/model.ts'
import { wordMarker, type WordMarker } from '../../query/search/mark-words.ts'
import type { SearchMarks } from '../../query/search/parse-sosl.ts'
import type { SearchNode } from '../../query/search/search-terms.ts'
import type { SearchField } from '../../query/search/searchable-fields.ts'
import { parseQuery } from '../../query/soql/parse-query.ts'
import type { Query } from '../../query/soql/query.ts'
import type { QueryRecords } from '../query-records.ts'
import type { Caller } from '../records.ts'

export interface FoundIn {
  readonly object: ObjectModel
  /** The readable fields that were searched. */
  readonly fields: readonly SearchField[]
  readonly query: Query
  /** JSON texts, joined by commas. */
  readonly body: string
  readonly rows: number
}

export interface MarkParts {
  readonly querying: Pick<QueryRecords, 'recordsWithin'>
  readonly caller: Caller
}

/** The found records with their marks, as JSON texts joined by commas. */
export async function markedRecords(
  parts: MarkParts,
  found: FoundIn,
  { node, marks }: { readonly node: SearchNode; readonly marks: SearchMarks },
): Promise<string> {
  const marker = wordMarker(node)
  const records = splitRecords(found.body)
  const texts = await searchedTexts(parts, found, records)
  const selected = new Set(
    found.query.select.flatMap((item) => (item.kind === 'path' ? [item.path.toLowerCase()] : [])),
  )
  const added = records.map((record) => {
    const own = texts.get(idOf(record)) ?? new Map<string, string>()
    return withMembers(record, marksOf(own, marker, { marks, selected }))
  })
  return added.join()
}

/** For each word that was asked for, what it is spelled like in the records that were found instead. */
export async function foundWords(
  parts: MarkParts,
  found: FoundIn,
  node: SearchNode,
): Promise<ReadonlySet<string>> {
  const marker = wordMarker(node)
  const [first = ''] = splitRecords(found.body)
  const texts = await searchedTexts(parts, found, [first])
  return new Set([...texts.values()].flatMap((own) => [...own.values()].flatMap(marker.found)))
}

interface MarkWish {
  readonly marks: SearchMarks
  /** Names of the fields of the answer, small. */
  readonly selected: ReadonlySet<string>
}

function marksOf(
  own: ReadonlyMap<string, string>,
  marker: WordMarker,
  { marks, selected }: MarkWish,
): readonly string[] {
  const highlights = [...own].flatMap(([name, text]) => {
    const marked = selected.has(name.toLowerCase()) ? marker.mark(text) : undefined
    return marked === undefined ? [] : [[name, marked] as const]
  })
  if (marks.kind === 'highlight') {
    return highlights.length === 0
      ? []
      : [`"highlight":${JSON.stringify(Object.fromEntries(highlights))}`]
  }
  const members = highlights.map(
    ([name, text]) => `${JSON.stringify(`highlight.${name}`)}:${JSON.stringify(text)}`,
  )
  // What stands in the answer already says less about the find than a field beside it.
  const beside = [...own].filter(([name]) => !selected.has(name.toLowerCase()))
  const all = [...beside, ...own]
  const excerpt = all.map(([, text]) => marker.excerpt(text, marks.excerptChars)).find(Boolean)
  return excerpt === undefined ? members : [`"snippet.text":${JSON.stringify(excerpt)}`, ...members]
}

/** Through the gate like every other read: the texts of the searched fields by the id of their record. */
async function searchedTexts(
  { querying, caller }: MarkParts,
  { object, fields }: FoundIn,
  records: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const ids = records.map(idOf).filter((id) => id !== '')
  if (ids.length === 0) return new Map()
  const names = fields.map(({ field }) => field.name)
  const list = ids.map((id) => `'${id}'`).join()
  const soql = `SELECT Id, ${names.join(', ')} FROM ${object.name} WHERE Id IN (${list}) LIMIT ${ids.length}`
  const { body } = await querying.recordsWithin(caller, parseQuery(soql), {})
  // The engine's own text: an array of records with these fields.
  const rows = JSON.parse(`[${body}]`) as readonly Readonly<Record<string, unknown>>[]
  return new Map(
    rows.map((row) => {
      const texts = names.flatMap((name) => {
        const value = row[name]
        return typeof value === 'string' && value !== '' ? [[name, value] as const] : []
      })
      return [String(row['Id']), new Map(texts)]
    }),
  )
}

const idInAddress = /"url":"[^"]*\/([0-9A-Za-z]{18})"/

/** By the address that each record of an answer has. */
function idOf(record: string): string {
  return idInAddress.exec(record)?.[1] ?? ''
}

function withMembers(record: string, members: readonly string[]): string {
  return members.length === 0 ? record : `${record.slice(0, -1)},${members.join()}}`
}

/** Objects of a JSON text that stand beside each other, each as it is. */
function splitRecords(body: string): readonly string[] {
  const found: string[] = []
  let [depth, start, isText] = [0, 0, false]
  for (let at = 0; at < body.length; at++) {
    const sign = body[at]
    if (isText) {
      if (sign === '\\') at++
      else if (sign === '"') isText = false
    } else if (sign === '"') isText = true
    else if (sign === '{' || sign === '[') {
      if (depth++ === 0) start = at
    } else if ((sign === '}' || sign === ']') && --depth === 0)
      found.push(body.slice(start, at + 1))
  }
  return found
}
