/** What a lookup offers: matches by name with a second line that tells twins apart; before typing, recent ones. */
import { records, type LookupPlace } from '../api.ts'
import type { FormatContext } from '../base/formats.ts'
import { objectScreen } from '../base/object-store.ts'
import { nameFieldInfo, recordName } from '../base/record-names.ts'
import { wordsOf } from '../base/search-words.ts'
import { secondLine, secondText } from '../base/second-line.ts'
import { columnPaths, likeLiteral, listQuery, type ListQuery } from '../base/soql.ts'

export interface Choice {
  readonly id: string
  readonly name: string
  readonly second: string
}

export interface Search {
  readonly object: string
  readonly text: string
  readonly offset: number
  readonly limit: number
  readonly format: FormatContext
  /** Where the lookup stands, if it offers some records only. */
  readonly within?: LookupPlace | undefined
  /** Where it stands in any case. */
  readonly place?: LookupPlace | undefined
}

export async function findRecords(search: Search): Promise<readonly Choice[]> {
  const screen = await objectScreen(search.object)
  const name = nameFieldInfo(screen.describe)?.name ?? 'Name'
  const second = secondLine(screen)
  const text = search.text.trim()
  const recentFirst = screen.describe.fields.some((field) => field.name === 'LastModifiedDate')
  const { within, place } = search
  const words = place === undefined ? undefined : wordsOf(text)
  const soql = listQuery({
    object: search.object,
    fields: [name, ...second.flatMap(columnPaths)],
    where:
      text === '' || words !== undefined ? [] : [`${name} LIKE ${likeLiteral(text, 'anywhere')}`],
    orderBy: words === undefined ? firstOrder(name, text === '' && recentFirst) : [],
    limit: search.limit,
    offset: search.offset,
  })
  const asked = words === undefined ? within : place && { ...place, words }
  const answer = await (asked ? records.lookUp(asked, soql) : records.query(soql))
  return answer.records.map((record) => ({
    id: record.Id ?? '',
    name: recordName(screen.describe, record),
    second: secondText(second, record, search.format),
  }))
}

function firstOrder(name: string, recentFirst: boolean): ListQuery['orderBy'] {
  return recentFirst
    ? [{ field: 'LastModifiedDate', direction: 'desc' }]
    : [{ field: name, direction: 'asc' }]
}
