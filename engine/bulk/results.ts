/** What became of the rows of a job, as a stream of CSV; never more than one block is in memory. */
import type { Job } from '../jobs/job-store.ts'
import type { Storage } from '../storage/storage.ts'
import { findBlock, readBlock, type Block } from './bulk-tables.ts'
import { csvText, type CsvFormat } from './csv-format.ts'
import { ingestSpec, ingestStatus } from './ingest-job.ts'
import { querySpec, queryStatus } from './query-job.ts'

export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords'

type Rows = readonly (readonly string[])[]

interface ResultForm {
  readonly header: readonly string[]
  rowsOf(block: Block): Rows
}

const forms: Readonly<Record<ResultKind, ResultForm>> = {
  successfulResults: {
    header: ['sf__Id', 'sf__Created'],
    rowsOf: ({ rows, outcome }) =>
      outcome.flatMap(([id, created, error], index) =>
        error === '' ? [[id, created === 1 ? 'true' : 'false', ...(rows[index] ?? [])]] : [],
      ),
  },
  failedResults: {
    header: ['sf__Id', 'sf__Error'],
    rowsOf: ({ rows, outcome }) =>
      outcome.flatMap(([id, , error], index) =>
        error === '' ? [] : [[id, error, ...(rows[index] ?? [])]],
      ),
  },
  unprocessedrecords: {
    header: [],
    rowsOf: ({ rows, outcome }) => rows.slice(outcome.length),
  },
}

export function ingestResults(
  storage: Storage,
  job: Job,
  kind: ResultKind,
): ReadableStream<Uint8Array> {
  const { header, rowsOf } = forms[kind]
  const columns = [...header, ...(ingestStatus(job).columns ?? [])]
  return csvStream(ingestSpec(job), columns, async (number) => {
    const block = await readBlock(storage, job.id, number)
    return block && rowsOf(block)
  })
}

export interface QueryResults {
  readonly body: ReadableStream<Uint8Array>
  readonly rows: number
  /** Where the next page begins; undefined after the last row. */
  readonly next: number | undefined
}

/** Rows of a query's result, counted from 0. */
export interface ResultPage {
  readonly from: number
  readonly max: number
}

export async function queryResults(
  storage: Storage,
  job: Job,
  { from, max }: ResultPage,
): Promise<QueryResults> {
  const { columns, rows: total } = queryStatus(job)
  const end = Math.min(total, from + max)
  const first = await findBlock(storage, job.id, from)
  const body = csvStream(querySpec(job), columns, async (index) => {
    const block = await readBlock(storage, job.id, first + index)
    if (block === undefined || block.firstRow >= end) return undefined
    return block.rows.slice(Math.max(0, from - block.firstRow), end - block.firstRow)
  })
  return { body, rows: Math.max(0, end - from), next: end < total ? end : undefined }
}

/** The header and then block by block, as fast as it is taken. */
export function csvStream(
  format: CsvFormat,
  header: readonly string[],
  blockAt: (index: number) => Promise<Rows | undefined>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let index = 0
  return new ReadableStream({
    start: (controller) =>
      controller.enqueue(encoder.encode((format.start ?? '') + csvText(format, [header]))),
    pull: async (controller) => {
      // A block without rows of this kind is no reason to be asked again.
      for (;;) {
        const rows = await blockAt(index)
        index += 1
        if (rows === undefined) return controller.close()
        if (rows.length > 0) return controller.enqueue(encoder.encode(csvText(format, rows)))
      }
    },
  })
}
