/** query, queryAll, queryMore and search. */
import { answered, headerText, listOf, membersOf, requiredText } from './partner-asked.ts'
import type { PartnerAsked, PartnerOperation } from './partner-asked.ts'
import { createSobjectWriter } from './write-sobjects.ts'

export const query: PartnerOperation = (asked) => page(asked, queryPath(asked, 'query'))

export const queryAll: PartnerOperation = (asked) => page(asked, queryPath(asked, 'queryAll'))

export const queryMore: PartnerOperation = (asked) =>
  page(asked, `/query/${encodeURIComponent(requiredText(asked, 'queryLocator'))}`)

export const search: PartnerOperation = async (asked) => {
  const text = encodeURIComponent(requiredText(asked, 'searchString'))
  const found = membersOf(await answered(asked, { path: `/search?q=${text}` }))
  const writer = createSobjectWriter(asked)
  const records: string[] = []
  for (const one of listOf(found.get('searchRecords'))) {
    const { markup } = await writer.record('record', one)
    records.push(`<searchRecords>${markup}</searchRecords>`)
  }
  return [{ markup: `<result>${records.join('')}</result>` }]
}

function queryPath(asked: PartnerAsked, resource: string): string {
  return `/${resource}?q=${encodeURIComponent(requiredText(asked, 'queryString'))}`
}

async function page(asked: PartnerAsked, path: string) {
  const size = headerText(asked, 'QueryOptions', 'batchSize')
  const headers = size === undefined ? {} : { 'Sforce-Query-Options': `batchSize=${size}` }
  const json = await answered(asked, { path, headers })
  const members = await createSobjectWriter(asked).result(json)
  return [{ markup: `<result xsi:type="QueryResult">${members}</result>` }]
}
