/** Jobs and batches in the words of the Bulk API before 2.0, as XML or as JSON. */
import { ingestStatus } from '../../bulk/ingest-job.ts'
import { batchOf, classicSpec, isQueryJob } from '../../bulk/classic/classic-jobs.ts'
import { queryStatus } from '../../bulk/query-job.ts'
import type { Refusal } from '../../base/refusal.ts'
import type { Job, JobState } from '../../jobs/job-store.ts'
import { jsonHeaders, xmlHeaders } from '../headers.ts'
import { writeElements, type SoapRecord } from '../soap/envelope.ts'
import { jobHead } from './bulk-view.ts'

export type ClassicForm = 'xml' | 'json'

const namespace = 'http://www.force.com/2009/06/asyncapi/dataload'

/** One record under the name of its element; JSON has no such name. */
export function classicAnswer(
  form: ClassicForm,
  name: string,
  { record, status = 200 }: { readonly record: SoapRecord; readonly status?: number },
): Response {
  if (form === 'json') {
    const [list] = Object.values(record)
    const isList = name === 'result-list'
    return new Response(JSON.stringify(isList ? list : record), { status, headers: jsonHeaders })
  }
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${writeElements(record)}</${name}>`
  return new Response(text, { status, headers: xmlHeaders })
}

/** Clients know these names, and take all else for a mistake of theirs. */
const exceptionCodes: ReadonlyMap<string, string> = new Map([
  ['INVALID_SESSION_ID', 'InvalidSessionId'],
  ['INVALIDJOBSTATE', 'InvalidJobState'],
  ['NOT_FOUND', 'InvalidJob'],
  ['INVALID_TYPE', 'InvalidEntity'],
  ['MALFORMED_QUERY', 'InvalidBatch'],
  ['INVALID_FIELD', 'InvalidBatch'],
  ['ENTITY_TOO_LARGE', 'ExceededQuota'],
  ['LIMIT_EXCEEDED', 'ExceededQuota'],
  ['REQUEST_LIMIT_EXCEEDED', 'ExceededQuota'],
  ['INSUFFICIENT_ACCESS', 'FeatureNotEnabled'],
  ['SERVER_UNAVAILABLE', 'ServerUnavailable'],
  ['UNKNOWN_EXCEPTION', 'Unknown'],
])

export function classicError(form: ClassicForm, refusal: Refusal): Response {
  const [problem] = refusal.problems
  const text = problem?.message ?? ''
  const isBatch = text.startsWith('InvalidBatch : ')
  const exceptionCode = isBatch
    ? 'InvalidBatch'
    : (exceptionCodes.get(refusal.code) ?? 'ClientInputError')
  const record = { exceptionCode, exceptionMessage: text }
  // A session that has ended is told of with 400 here, and nowhere else.
  const status = refusal.status === 401 || refusal.status < 400 ? 400 : refusal.status
  return classicAnswer(form, 'error', { record, status })
}

const jobStates: Partial<Record<JobState, string>> = { JobComplete: 'Closed' }

export function classicJobView(job: Job, batches: readonly Job[]): SoapRecord {
  const { content, externalIdFieldName, ...spec } = classicSpec(job)
  const figures = batches.map((batch) => figuresOf(batch, isQueryJob(spec)))
  const sum = (name: 'processed' | 'failed' | 'workMs'): number =>
    figures.reduce((total, one) => total + one[name], 0)
  const count = (...states: readonly JobState[]): number =>
    batches.filter(({ state }) => states.includes(state)).length
  return {
    ...jobHead(job, spec),
    state: jobStates[job.state] ?? job.state,
    externalIdFieldName,
    concurrencyMode: 'Parallel',
    contentType: content,
    numberBatchesQueued: count('Open', 'UploadComplete'),
    numberBatchesInProgress: count('InProgress'),
    numberBatchesCompleted: count('JobComplete'),
    numberBatchesFailed: count('Failed'),
    numberBatchesTotal: batches.length,
    numberRecordsProcessed: sum('processed'),
    numberRetries: 0,
    apiVersion: spec.apiVersion,
    numberRecordsFailed: sum('failed'),
    ...times(sum('workMs')),
  }
}

const batchStates: Readonly<Record<JobState, string>> = {
  Open: 'Queued',
  UploadComplete: 'Queued',
  InProgress: 'InProgress',
  JobComplete: 'Completed',
  Failed: 'Failed',
  Aborted: 'Not Processed',
}

export function classicBatchView(batch: Job, isQuery: boolean): SoapRecord {
  const { processed, failed, workMs, error } = figuresOf(batch, isQuery)
  return {
    id: batch.id,
    jobId: batchOf(batch),
    state: batchStates[batch.state],
    stateMessage: error === '' ? undefined : error,
    createdDate: instantText(batch.createdAt),
    systemModstamp: instantText(batch.modifiedAt),
    numberRecordsProcessed: processed,
    numberRecordsFailed: failed,
    ...times(workMs),
  }
}

interface Figures {
  readonly processed: number
  readonly failed: number
  readonly workMs: number
  readonly error: string
}

function figuresOf(batch: Job, isQuery: boolean): Figures {
  if (!isQuery) return ingestStatus(batch)
  const { rows, error, workMs } = queryStatus(batch)
  return { processed: rows, failed: 0, workMs, error }
}

function times(workMs: number): SoapRecord {
  return { totalProcessingTime: workMs, apiActiveProcessingTime: workMs, apexProcessingTime: 0 }
}

function instantText(time: number): string {
  return new Date(time).toISOString()
}
