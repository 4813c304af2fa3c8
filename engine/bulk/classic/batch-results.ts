/** What became of a batch, row by row in the order of the upload, or what its query found; as CSV or as JSON. */
import type { Job } from '../../jobs/job-store.ts'
import { parseQuery } from '../../query/soql/parse-query.ts'
import type { Caller } from '../../records/records.ts'
import { readBlock, type RowOutcome } from '../bulk-tables.ts'
import { columnsOf, querySpec, type ResultColumn } from '../query-job.ts'
import { csvStream } from '../results.ts'
import type { BulkParts } from '../run-ingest.ts'
import type { ClassicContent } from './classic-jobs.ts'

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
  if (content === 'JSON') return jsonStream(outcomes, outcomeText)
  return csvStream(format, ['Id', 'Success', 'Created', 'Error'], async (number) =>
    (await outcomes(number))?.map(([id, created, error]) => [
      id,
      String(error === ''),
      String(created === 1),
      error,
    ]),
  )
}

const errorParts = /^([A-Z_]+):([^]*):([^:]*) --$/

function outcomeText([id, created, error]: RowOutcome): string {
  const [, statusCode = 'UNKNOWN_EXCEPTION', text = error, names = ''] =
    errorParts.exec(error) ?? []
  const fields = names === '' ? [] : names.split(' ')
  return JSON.stringify({
    success: error === '',
    created: created === 1,
    id: id === '' ? null : id,
    errors: error === '' ? [] : [{ statusCode, message: text, fields, extendedErrorDetails: null }],
  })
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
  return jsonStream(rows, (cells) => recordText(object, columns, cells))
}

/** Parents as objects of their own, as in the answer of a query. */
function recordText(
  type: string,
  columns: readonly ResultColumn[],
  cells: readonly string[],
): string {
  const record = new Map<string, unknown>([['attributes', { type }]])
  for (const [index, { path, isText }] of columns.entries()) {
    const cell = cells[index] ?? ''
    let holder = record
    for (const step of path.slice(0, -1)) {
      const known = holder.get(step)
      const inner = known instanceof Map ? known : new Map<string, unknown>()
      holder.set(step, inner)
      holder = inner
    }
    holder.set(path.at(-1) ?? '', valueOf(cell, isText))
  }
  return mapText(record)
}

function valueOf(cell: string, isText: boolean): unknown {
  if (cell === '') return null
  return isText ? cell : new Figure(cell)
}

/** Its digits are written as they are. */
class Figure {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
}

function mapText(map: ReadonlyMap<string, unknown>): string {
  const members = [...map].map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`)
  return `{${members.join()}}`
}

function textOf(value: unknown): string {
  if (value instanceof Figure) return value.digits
  return value instanceof Map ? mapText(value) : JSON.stringify(value)
}

/** A JSON list, block by block. */
function jsonStream<Row>(
  rowsAt: (number: number) => Promise<readonly Row[] | undefined>,
  write: (row: Row) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let number = 0
  let separator = ''
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode('[')),
    pull: async (controller) => {
      for (;;) {
        const rows = await rowsAt(number++)
        if (rows === undefined) {
          controller.enqueue(encoder.encode(']'))
          return controller.close()
        }
        if (rows.length === 0) continue
        const text = separator + rows.map(write).join()
        separator = ','
        return controller.enqueue(encoder.encode(text))
      }
    },
  })
}
