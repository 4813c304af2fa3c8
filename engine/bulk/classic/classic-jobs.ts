/**
 * The Bulk API before 2.0: a job is a list of batches, each of them a load or a query of its own. A batch is run, kept
 * and cleared away like a job of 2.0; only the list around it is new.
 */
import { refuse } from '../../base/refusal.ts'
import type { Job } from '../../jobs/job-store.ts'
import type { Caller } from '../../records/records.ts'
import { wrongState, type OwnJobs } from '../bulk-jobs.ts'
import { removeBlocks } from '../bulk-tables.ts'
import { newStatus, readIngestSpec, textOf, type IngestSpec } from '../ingest-job.ts'
import { newQueryStatus, readQuerySpec, type QuerySpec } from '../query-job.ts'
import type { BulkParts } from '../run-ingest.ts'
import { readableObject, requireHardDelete, takeUpload } from '../take-upload.ts'
import type { UploadSource } from '../upload.ts'
import { batchResults, type BatchResults } from './batch-results.ts'

export const classicKind = 'classic'
export const batchIngestKind = 'classic-ingest'
export const batchQueryKind = 'classic-query'

/** In which form rows come and go. */
export type ClassicContent = 'CSV' | 'JSON' | 'XML'

export interface ClassicSpec {
  readonly object: string
  readonly operation: string
  readonly externalIdFieldName: string | undefined
  readonly content: ClassicContent
  readonly apiVersion: string
}

/** Written by this file alone. */
export function classicSpec(job: Job): ClassicSpec {
  return JSON.parse(job.spec) as ClassicSpec
}

type BatchSpec = (IngestSpec | QuerySpec) & { readonly batchOf: string }

export function batchOf(batch: Job): string {
  return (JSON.parse(batch.spec) as BatchSpec).batchOf
}

/** Rows as CSV, or the text of a query. */
export type BatchContent = UploadSource | { readonly soql: string }

export interface ClassicJobs {
  create(caller: Caller, asked: ReadonlyMap<string, unknown>): Promise<Job>
  find(caller: Caller, id: string): Promise<Job>
  close(caller: Caller, id: string): Promise<Job>
  /** Batches that have not begun do not begin any more. */
  abort(caller: Caller, id: string): Promise<Job>
  addBatch(caller: Caller, job: Job, content: BatchContent): Promise<Job>
  /** In the order in which they were made. */
  batches(caller: Caller, job: Job): Promise<readonly Job[]>
  batch(caller: Caller, job: Job, id: string): Promise<Job>
  /** Refuses while the batch is not done. */
  results(caller: Caller, job: Job, batch: Job): Promise<BatchResults>
}

export interface ClassicParts extends BulkParts {
  own(kind: string): OwnJobs
  readonly newBatchId: () => string
  readonly wake: () => void
}

const contents: readonly ClassicContent[] = ['CSV', 'JSON', 'XML']

const queries: ReadonlySet<string> = new Set(['query', 'queryAll'])

export function isQueryJob({ operation }: Pick<ClassicSpec, 'operation'>): boolean {
  return queries.has(operation)
}

export function createClassicJobs(parts: ClassicParts): ClassicJobs {
  const jobs = parts.own(classicKind)
  const batchesOf = (job: Job): OwnJobs =>
    parts.own(isQueryJob(classicSpec(job)) ? batchQueryKind : batchIngestKind)
  const batches: ClassicJobs['batches'] = async (caller, job) => {
    const all = await batchesOf(job).list(caller)
    return all.filter((batch) => batchOf(batch) === job.id).toReversed()
  }
  return {
    find: jobs.find,
    batches,
    create: async (caller, asked) =>
      jobs.add(caller, { state: 'Open', spec: readSpec(parts, caller, asked), status: {} }),
    close: async (caller, id) =>
      jobs.move(await jobs.find(caller, id), { from: ['Open'], state: 'JobComplete' }),
    abort: async (caller, id) => {
      const job = await jobs.move(await jobs.find(caller, id), {
        from: ['Open', 'JobComplete'],
        state: 'Aborted',
      })
      for (const batch of await batches(caller, job)) {
        if (!waiting.has(batch.state)) continue
        await batchesOf(job).move(batch, { from: [...waiting], state: 'Aborted' })
      }
      return job
    },
    addBatch: async (caller, job, content) => {
      if (job.state !== 'Open') throw wrongState(job)
      const added = await addBatch(parts, batchesOf(job), { caller, job, content })
      parts.wake()
      return added
    },
    batch: async (caller, job, id) => {
      const batch = await batchesOf(job).find(caller, id)
      if (batchOf(batch) === job.id) return batch
      throw refuse('NOT_FOUND', 'There is no such batch in this job.')
    },
    results: async (caller, job, batch) => {
      if (batch.state !== 'JobComplete' && batch.state !== 'Failed') throw wrongState(batch)
      const { content } = classicSpec(job)
      return batchResults(parts, { caller, batch, content, isQuery: isQueryJob(classicSpec(job)) })
    },
  }
}

const waiting: ReadonlySet<Job['state']> = new Set(['Open', 'UploadComplete', 'InProgress'])

function readSpec(
  { models }: ClassicParts,
  caller: Caller,
  given: ReadonlyMap<string, unknown>,
): ClassicSpec {
  const asContent = textOf(given, 'contentType', 'XML')
  const content = contents.find((one) => one === asContent)
  if (content === undefined) {
    const text = `"contentType" must be one of ${contents.join(', ')}.`
    throw refuse('INVALID_ARGUMENT', text, { fields: ['contentType'] })
  }
  const operation = textOf(given, 'operation')
  const object = readableObject(models.current(), caller, textOf(given, 'object'))
  const common = { object: object.name, content, apiVersion: caller.apiVersion } as const
  if (queries.has(operation)) return { ...common, operation, externalIdFieldName: undefined }
  const asked = new Map(given).set('contentType', 'CSV').set('lineEnding', 'LF')
  const { externalIdFieldName } = readIngestSpec(caller, asked)
  if (operation === 'hardDelete') requireHardDelete(caller, object)
  return { ...common, operation, externalIdFieldName }
}

interface NewBatch {
  readonly caller: Caller
  readonly job: Job
  readonly content: BatchContent
}

async function addBatch(
  parts: ClassicParts,
  batches: OwnJobs,
  { caller, job, content }: NewBatch,
): Promise<Job> {
  const { operation, object, externalIdFieldName } = classicSpec(job)
  const id = parts.newBatchId()
  const asked = new Map(
    Object.entries({ operation, object, ...(externalIdFieldName && { externalIdFieldName }) }),
  )
  if ('soql' in content) {
    const spec = await readQuerySpec(parts, caller, asked.set('query', content.soql))
    if (spec.object !== object) {
      throw refuse('INVALID_ARGUMENT', `The job queries ${object}, the batch ${spec.object}.`)
    }
    const kept = { ...spec, batchOf: job.id }
    return batches.add(caller, { id, state: 'UploadComplete', spec: kept, status: newQueryStatus })
  }
  const spec = { ...readIngestSpec(caller, asked), object, batchOf: job.id }
  const batch = await batches.add(caller, { id, state: 'Open', spec, status: newStatus })
  try {
    await takeUpload(parts, batches, { caller, job: batch, source: content })
  } catch (error) {
    // A batch that came to nothing is none.
    await parts.storage.write((tx) => removeBlocks(tx, id))
    await batches.remove(batch)
    throw error
  }
  return batches.move(await batches.find(caller, id), { from: ['Open'], state: 'UploadComplete' })
}
