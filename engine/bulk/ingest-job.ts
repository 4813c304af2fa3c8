/** What an ingest job is asked to do, and how far it is. */
import { refuse } from '../base/refusal.ts'
import type { Job } from '../jobs/job-store.ts'
import type { Caller } from '../records/records.ts'
import { delimiters, lineEndings, type CsvFormat } from './csv-format.ts'
import type { IngestOperation } from './ingest-columns.ts'

export const ingestKind = 'ingest'

export interface IngestSpec extends CsvFormat {
  readonly object: string
  readonly operation: IngestOperation
  readonly externalIdFieldName: string | undefined
  readonly apiVersion: string
  /** Of the answers to whoever made the job. */
  readonly language: string
}

export interface IngestStatus {
  /** The header; undefined while nothing is uploaded. */
  readonly columns: readonly string[] | undefined
  readonly rows: number
  readonly processed: number
  readonly failed: number
  readonly blocksDone: number
  readonly error: string
  readonly workMs: number
}

export const newStatus: IngestStatus = {
  columns: undefined,
  rows: 0,
  processed: 0,
  failed: 0,
  blocksDone: 0,
  error: '',
  workMs: 0,
}

/** Written by this folder alone. */
export function ingestSpec(job: Job): IngestSpec {
  return JSON.parse(job.spec) as IngestSpec
}

export function ingestStatus(job: Job): IngestStatus {
  return JSON.parse(job.status) as IngestStatus
}

const operations: ReadonlySet<string> = new Set([
  'insert',
  'update',
  'upsert',
  'delete',
  'hardDelete',
])

/** The request of a new job, checked as far as no object is needed for it. */
export function readIngestSpec(caller: Caller, asked: ReadonlyMap<string, unknown>): IngestSpec {
  const operation = textOf(asked, 'operation')
  if (!isOperation(operation)) {
    throw invalid('operation', 'insert, update, upsert, delete or hardDelete')
  }
  const type = textOf(asked, 'contentType', 'CSV')
  if (type !== 'CSV') throw invalid('contentType', 'CSV')
  const externalIdFieldName = textOf(asked, 'externalIdFieldName')
  if ((operation === 'upsert') !== (externalIdFieldName !== '')) {
    throw refuse(
      'INVALID_ARGUMENT',
      'An upsert needs "externalIdFieldName", and nothing else does.',
      {
        fields: ['externalIdFieldName'],
      },
    )
  }
  return {
    ...readFormat(asked),
    object: textOf(asked, 'object'),
    operation,
    externalIdFieldName: externalIdFieldName === '' ? undefined : externalIdFieldName,
    apiVersion: caller.apiVersion,
    language: caller.language,
  }
}

export function readFormat(asked: ReadonlyMap<string, unknown>): CsvFormat {
  const columnDelimiter = textOf(asked, 'columnDelimiter', 'COMMA')
  const lineEnding = textOf(asked, 'lineEnding', 'LF')
  if (!delimiters.has(columnDelimiter)) {
    throw invalid('columnDelimiter', [...delimiters.keys()].join(', '))
  }
  if (!lineEndings.has(lineEnding)) throw invalid('lineEnding', 'LF or CRLF')
  return { columnDelimiter, lineEnding }
}

function isOperation(text: string): text is IngestOperation {
  return operations.has(text)
}

export function textOf(asked: ReadonlyMap<string, unknown>, name: string, fallback = ''): string {
  const value = asked.get(name) ?? fallback
  if (typeof value === 'string') return value
  throw refuse('INVALID_ARGUMENT', `"${name}" must be a text.`, { fields: [name] })
}

function invalid(name: string, allowed: string) {
  return refuse('INVALID_ARGUMENT', `"${name}" must be one of: ${allowed}.`, { fields: [name] })
}
