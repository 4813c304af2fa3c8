/** What a query finds as a CSV file for people: page by page, with their rights, safe to open in a spreadsheet. */
import { inLanguage } from '../language/in-language.ts'
import type { Model } from '../model/model.ts'
import { parseQuery } from '../query/soql/parse-query.ts'
import type { Caller, Records } from '../records/records.ts'
import { defused } from './formula-cells.ts'
import { answerOf, cellOf, columnsOf, type ResultColumn } from './query-job.ts'
import { csvStream } from './results.ts'

export interface ExportWish {
  readonly soql: string
  readonly headings: 'labels' | 'names'
  /** Cells go out as they are, for programs. */
  readonly isRaw: boolean
}

export interface ExportParts {
  readonly records: Records
  readonly models: { current(): Model }
}

const format = { columnDelimiter: 'COMMA', lineEnding: 'CRLF' }
/** By which spreadsheets know UTF-8. */
const marked = { ...format, start: '\uFEFF' }

/** Refuses before anything is sent; what changes later breaks the stream off. */
export async function exportRows(
  { records, models }: ExportParts,
  caller: Caller,
  { soql, headings, isRaw }: ExportWish,
): Promise<ReadableStream<Uint8Array>> {
  const model = inLanguage(models.current(), caller.language)
  const { columns } = columnsOf(model, caller, parseQuery(soql))
  const first = answerOf((await records.query(caller, soql)).text)
  let next = first.next
  const rowsOf = (found: readonly unknown[]): readonly (readonly string[])[] =>
    found.map((record) =>
      columns.map((column) => {
        const cell = cellOf(record, column)
        return isRaw || !column.isText ? cell : defused(cell)
      }),
    )
  return csvStream(
    isRaw ? format : marked,
    headerOf(columns, { headings, isRaw }),
    async (index) => {
      if (index === 0) return rowsOf(first.records)
      if (next === undefined) return undefined
      const page = answerOf((await records.queryMore(caller, next)).text)
      next = page.next
      return rowsOf(page.records)
    },
  )
}

/** Labels, with the API name where two fields have the same one. */
function headerOf(
  columns: readonly ResultColumn[],
  { headings, isRaw }: Pick<ExportWish, 'headings' | 'isRaw'>,
): readonly string[] {
  const counts = new Map<string, number>()
  for (const { label } of columns) counts.set(label, (counts.get(label) ?? 0) + 1)
  return columns.map(({ label, name }) => {
    const isAlone = counts.get(label) === 1
    const heading = headings === 'names' ? name : isAlone ? label : `${label} (${name})`
    return isRaw ? heading : defused(heading)
  })
}
