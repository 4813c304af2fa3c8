/** Bulk loads and queries as the edge calls them. */
import { createJobStore, type Job, type JobStore } from '../jobs/job-store.ts'
import { createJobOverview, type JobOverview } from '../jobs/job-overview.ts'
import { startJobRunner, type JobHandler } from '../jobs/job-runner.ts'
import type { Caller } from '../records/records.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import { createOwnJobs, wrongState, type OwnJobs } from './bulk-jobs.ts'
import { bulkTables, removeBlocks } from './bulk-tables.ts'
import {
  batchIngestKind,
  batchQueryKind,
  createClassicJobs,
  type ClassicJobs,
} from './classic/classic-jobs.ts'
import { importKind, undoKind } from './import/import-job.ts'
import { importTables } from './import/import-tables.ts'
import { createImports, type Imports } from './import/imports.ts'
import { createImportHandler, createUndoHandler } from './import/run-import.ts'
import { ingestKind, ingestStatus, newStatus, readIngestSpec } from './ingest-job.ts'
import { createQueryHandler, newQueryStatus, queryKind, readQuerySpec } from './query-job.ts'
import {
  ingestResults,
  queryResults,
  type QueryResults,
  type ResultKind,
  type ResultPage,
} from './results.ts'
import { createIngestHandler, type BulkParts } from './run-ingest.ts'
import { readableObject, requireHardDelete, takeUpload } from './take-upload.ts'
import type { UploadSource } from './upload.ts'

export interface Bulk {
  readonly ingest: IngestJobs
  readonly queries: QueryJobs
  readonly imports: Imports
  /** The Bulk API before 2.0: jobs of many batches. */
  readonly classic: ClassicJobs
  /** Those of everybody, and of all parts. */
  readonly all: JobOverview
  /** How many jobs were begun since then, by everybody. */
  begunSince(time: number): Promise<{ readonly ingest: number; readonly queries: number }>
  /** Ends after the units that have begun; what is left goes on with the next start. */
  close(): Promise<void>
}

type Asked = ReadonlyMap<string, unknown>

export interface AnyJobs extends Pick<OwnJobs, 'find' | 'list' | 'remove'> {
  create(caller: Caller, asked: Asked): Promise<Job>
  /** Stops what is not done yet; what is done stays. */
  abort(caller: Caller, id: string): Promise<Job>
}

export interface IngestJobs extends AnyJobs {
  upload(caller: Caller, id: string, source: UploadSource): Promise<void>
  /** All is uploaded: the job begins. */
  close(caller: Caller, id: string): Promise<Job>
  results(caller: Caller, id: string, kind: ResultKind): Promise<ReadableStream<Uint8Array>>
}

export interface QueryJobs extends AnyJobs {
  /** Refuses while the job is not complete. */
  results(caller: Caller, id: string, page: ResultPage): Promise<QueryResults>
}

export interface BulkOptions extends BulkParts {
  readonly ids: (keyPrefix: string) => string
  readonly reportError: (error: unknown) => void
  /** What other parts have done beside requests. */
  readonly otherJobs?: OtherJobs
}

/** Jobs of other parts: one runner has them all. */
export interface OtherJobs {
  /** Given the jobs of all, once they can be kept. */
  handlers(store: JobStore): ReadonlyMap<string, JobHandler>
  makeDue(): Promise<void>
  onWake(wake: () => void): void
}

const jobPrefix = '750'
const batchPrefix = '751'

export async function createBulk(options: BulkOptions): Promise<Bulk> {
  const { storage, clock, ids, reportError, otherJobs } = options
  await ensureTables(storage, [...bulkTables, ...importTables])
  const store = await createJobStore(storage, clock)
  const [ingest, query] = [createIngestHandler(options), createQueryHandler(options)]
  const handlers = new Map([
    [ingestKind, ingest],
    [queryKind, query],
    [batchIngestKind, ingest],
    [batchQueryKind, query],
    [importKind, createImportHandler(options)],
    [undoKind, createUndoHandler(options)],
    ...(otherJobs?.handlers(store) ?? []),
  ])
  const name = ids(jobPrefix)
  const due = otherJobs === undefined ? {} : { makeDue: () => otherJobs.makeDue() }
  const running = { storage, store, clock, name, handlers, reportError, ...due }
  const runner = await startJobRunner(running)
  otherJobs?.onWake(runner.wake)
  const own = (kind: string): OwnJobs =>
    createOwnJobs(kind, { storage, store, now: clock.now, newId: () => ids(jobPrefix) })
  const parts = { ...options, wake: runner.wake }
  return {
    ingest: ingestJobs(parts, own(ingestKind)),
    queries: queryJobs(parts, own(queryKind)),
    imports: createImports({ ...parts, jobs: own(importKind), undoJobs: own(undoKind) }),
    classic: createClassicJobs({ ...parts, own, newBatchId: () => ids(batchPrefix) }),
    all: createJobOverview({ storage, store, handlers }),
    begunSince: async (time) => ({
      ingest: await store.countSince([ingestKind, batchIngestKind], time),
      queries: await store.countSince([queryKind, batchQueryKind], time),
    }),
    close: runner.close,
  }
}

interface Parts extends BulkParts {
  readonly wake: () => void
}

const unfinished = ['Open', 'UploadComplete', 'InProgress'] as const

function ingestJobs(parts: Parts, jobs: OwnJobs): IngestJobs {
  const uploading = new Set<string>()
  return {
    ...jobs,
    create: async (caller, asked) => {
      const spec = readIngestSpec(caller, asked)
      const object = readableObject(parts.models.current(), caller, spec.object)
      if (spec.operation === 'hardDelete') requireHardDelete(caller, object)
      return jobs.add(caller, {
        state: 'Open',
        spec: { ...spec, object: object.name },
        status: newStatus,
      })
    },
    upload: async (caller, id, source) => {
      const job = await jobs.find(caller, id)
      if (job.state !== 'Open' || ingestStatus(job).columns !== undefined) throw wrongState(job)
      if (uploading.has(job.id)) throw wrongState(job)
      uploading.add(job.id)
      try {
        await takeUpload(parts, jobs, { caller, job, source })
      } catch (error) {
        // Nobody sees the rows of an upload that came to nothing.
        await parts.storage.write((tx) => removeBlocks(tx, job.id))
        throw error
      } finally {
        uploading.delete(job.id)
      }
    },
    close: async (caller, id) => {
      const job = await jobs.find(caller, id)
      if (uploading.has(job.id)) throw wrongState(job)
      const closed = await jobs.move(job, { from: ['Open'], state: 'UploadComplete' })
      parts.wake()
      return closed
    },
    abort: async (caller, id) =>
      jobs.move(await jobs.find(caller, id), { from: unfinished, state: 'Aborted' }),
    results: async (caller, id, kind) =>
      ingestResults(parts.storage, await jobs.find(caller, id), kind),
  }
}

function queryJobs(parts: Parts, jobs: OwnJobs): QueryJobs {
  return {
    ...jobs,
    create: async (caller, asked) => {
      const spec = await readQuerySpec(parts, caller, asked)
      const job = await jobs.add(caller, { state: 'UploadComplete', spec, status: newQueryStatus })
      parts.wake()
      return job
    },
    abort: async (caller, id) =>
      jobs.move(await jobs.find(caller, id), { from: unfinished, state: 'Aborted' }),
    results: async (caller, id, page) => {
      const job = await jobs.find(caller, id)
      if (job.state !== 'JobComplete') throw wrongState(job)
      return queryResults(parts.storage, job, page)
    },
  }
}
