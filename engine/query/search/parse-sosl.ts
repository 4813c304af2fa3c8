/** SOSL text → what is searched, and a query for each object whose records are wanted. */
import { limits } from '../../base/limits.ts'
import { newBudget, readCondition } from '../soql/parse-condition.ts'
import { readOperand } from '../soql/parse-operand.ts'
import { readOrder } from '../soql/parse-query.ts'
import type { Query, SelectItem } from '../soql/query.ts'
import { TokenReader } from '../soql/token-reader.ts'
import { malformed } from '../soql/tokenise.ts'
import { searchTerms, type SearchTerms } from './search-terms.ts'
import type { SearchGroup } from './searchable-fields.ts'

export interface Search {
  readonly terms: SearchTerms
  readonly group: SearchGroup
  /** One per object; undefined for all that may be searched. */
  readonly returning: readonly Query[] | undefined
  readonly limit: number
  /** Words that nothing is found by may be corrected. */
  readonly corrects: boolean
  readonly marks: SearchMarks | undefined
}

/** Found words are marked in the fields of the answer, or in an excerpt beside them too. */
export interface SearchMarks {
  readonly kind: 'highlight' | 'snippet'
  readonly excerptChars: number
}

const findPattern = /^(\s*find\s*)(?:\{((?:\\.|[^\\}])*)\}|'((?:\\.|[^\\'])*)')/i

export function parseSosl(text: string): Search {
  const found = findPattern.exec(text)
  if (found === null) throw malformed(text, 0, 'expected FIND {words}')
  const written = (found[2] ?? found[3] ?? '').replace(/\\[*?]/g, ' ')
  const words = written.replace(/\\(.)/g, '$1')
  // The rest keeps its places, so that refusals say where.
  const rest = found[0].replace(/[^\n]/g, ' ') + text.slice(found[0].length)
  const reader = new TokenReader(rest)
  const group = readGroup(reader)
  const returning = reader.takeWord('returning') ? readReturning(reader, text) : undefined
  const { corrects, marks } = readWith(reader)
  const limit = reader.takeWord('limit') ? reader.expectCount() : limits.searchRowsMax
  reader.expectEnd()
  return { terms: searchTerms(words), group, returning, limit, corrects, marks }
}

const excerptCharsDefault = 300
const excerptChars = { least: 50, most: 1_000 } as const

function readWith(reader: TokenReader): Pick<Search, 'corrects' | 'marks'> {
  let [corrects, marks]: [boolean, SearchMarks | undefined] = [true, undefined]
  while (reader.takeWord('with')) {
    if (reader.takeWord('highlight')) {
      marks ??= { kind: 'highlight', excerptChars: excerptCharsDefault }
    } else if (reader.takeWord('snippet')) {
      marks = { kind: 'snippet', excerptChars: readExcerptChars(reader) }
    } else if (reader.takeWord('spell_correction')) {
      reader.expectSymbol('=')
      corrects = reader.takeWord('true')
      if (!corrects && !reader.takeWord('false')) throw reader.refusal('expected true or false')
    } else {
      throw reader.refusal('expected SNIPPET, HIGHLIGHT or SPELL_CORRECTION')
    }
  }
  return { corrects, marks }
}

function readExcerptChars(reader: TokenReader): number {
  if (!reader.takeSymbol('(')) return excerptCharsDefault
  reader.expectWord('target_length')
  reader.expectSymbol('=')
  const wanted = reader.expectCount()
  reader.expectSymbol(')')
  return Math.min(Math.max(wanted, excerptChars.least), excerptChars.most)
}

const groups: readonly SearchGroup[] = ['ALL', 'NAME', 'EMAIL', 'PHONE']

function readGroup(reader: TokenReader): SearchGroup {
  if (!reader.takeWord('in')) return 'ALL'
  const isSidebar = reader.takeWord('sidebar')
  const group = isSidebar ? 'ALL' : groups.find((one) => reader.takeWord(one.toLowerCase()))
  if (group === undefined) throw reader.refusal('expected ALL, NAME, EMAIL, PHONE or SIDEBAR')
  reader.expectWord('fields')
  return group
}

function readReturning(reader: TokenReader, text: string): readonly Query[] {
  const queries: Query[] = []
  do queries.push(readObject(reader, text))
  while (reader.takeSymbol(','))
  return queries
}

function readObject(reader: TokenReader, text: string): Query {
  const fromOffset = reader.offset()
  const from = reader.expectName('the name of an object')
  if (!reader.takeSymbol('(')) return searchQuery({ text, from, fromOffset })
  const select: SelectItem[] = []
  do {
    const operand = readOperand(reader, 'a field')
    const { offset } = operand
    if (operand.kind === 'path') select.push({ ...operand, alias: undefined })
    else select.push({ kind: 'call', call: operand, alias: undefined, offset })
  } while (reader.takeSymbol(','))
  const conditions = { reader, budget: newBudget(), readQuery: noQuery(reader) }
  const where = reader.takeWord('where') ? readCondition(conditions) : undefined
  const orderBy = reader.takeWord('order') ? readOrder(reader) : []
  const limit = reader.takeWord('limit') ? reader.expectCount() : undefined
  const skip = reader.takeWord('offset') ? reader.expectCount() : 0
  reader.expectSymbol(')')
  const found = searchQuery({ text, from, fromOffset })
  return { ...found, select, where, orderBy, limit: limit ?? found.limit, skip }
}

function noQuery(reader: TokenReader): () => never {
  return () => {
    throw reader.refusal('a search holds no query')
  }
}

/** The ids of an object's records, unless more is asked for. */
export function searchQuery(
  place: Pick<Query, 'text' | 'from' | 'fromOffset'>,
  paths: readonly string[] = ['Id'],
): Query {
  return {
    ...place,
    select: paths.map((path) => ({ kind: 'path', path, alias: undefined, offset: 0 })),
    count: false,
    scope: undefined,
    where: undefined,
    groupBy: undefined,
    having: undefined,
    orderBy: [],
    limit: limits.searchRowsDefault,
    skip: 0,
    allRows: false,
  }
}
