/** What became of a batch, row by row in the order of the upload, or what its query found; as CSV, JSON or XML. */
import type { Job } from '../../jobs/job-store.ts'
import { parseQuery } from '../../query/soql/parse-query.ts'
import type { Caller } from '../../records/records.ts'
import { readBlock, type RowOutcome } from '../bulk-tables.ts'
import { columnsOf, querySpec } from '../query-job.ts'
import { csvStream } from '../results.ts'
import type { BulkParts } from '../run-ingest.ts'
import type { ClassicContent } from './classic-jobs.ts'
import { rowForms, type Frame } from './row-forms.ts'

export interface BatchResults {
  readonly body: ReadableStream<Uint8Array>
  readonly content: ClassicContent
}

export interface AskedResults {
  readonly caller: Caller
  readonly batch: Job
  readonly content: ClassicContent
  readonly isQuery: boolean
}

const format = { columnDelimiter: 'COMMA', lineEnding: 'LF' }

export function batchResults(parts: BulkParts, asked: AskedResults): BatchResults {
  const { content } = asked
  return { content, body: asked.isQuery ? foundRows(parts, asked) : savedRows(parts, asked) }
}

function savedRows(
  { storage }: BulkParts,
  { batch, content }: AskedResults,
): ReadableStream<Uint8Array> {
  const outcomes = async (number: number): Promise<readonly RowOutcome[] | undefined> =>
    (await readBlock(storage, batch.id, number))?.outcome
  if (content !== 'CSV') {
    const { outcomes: frame, outcome } = rowForms[content]
    return framed(frame, outcomes, outcome)
  }
  return csvStream(format, ['Id', 'Success', 'Created', 'Error'], async (number) =>
    (await outcomes(number))?.map(([id, created, error]) => [
      id,
      String(error === ''),
      String(created === 1),
      error,
    ]),
  )
}

function foundRows(
  { storage, models }: BulkParts,
  { caller, batch, content }: AskedResults,
): ReadableStream<Uint8Array> {
  const { columns, object } = columnsOf(
    models.current(),
    caller,
    parseQuery(querySpec(batch).query),
  )
  const rows = async (number: number) => (await readBlock(storage, batch.id, number))?.rows
  if (content === 'CSV')
    return csvStream(
      format,
      columns.map(({ name }) => name),
      rows,
    )
  const { records: frame, record } = rowForms[content]
  return framed(frame, rows, (cells) => record(object, columns, cells))
}

/** Block by block. */
function framed<Row>(
  { open, between, close }: Frame,
  rowsAt: (number: number) => Promise<readonly Row[] | undefined>,
  write: (row: Row) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let number = 0
  let separator = ''
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(open)),
    pull: async (controller) => {
      for (;;) {
        const rows = await rowsAt(number++)
        if (rows === undefined) {
          controller.enqueue(encoder.encode(close))
          return controller.close()
        }
        if (rows.length === 0) continue
        const text = separator + rows.map(write).join(between)
        separator = between
        return controller.enqueue(encoder.encode(text))
      }
    },
  })
}
