/** Bulk loads and queries as the edge calls them. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { createJobStore, type Job } from '../jobs/job-store.ts'
import { startJobRunner } from '../jobs/job-runner.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import type { Caller } from '../records/records.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import { createOwnJobs, wrongState, type OwnJobs } from './bulk-jobs.ts'
import { addBlock, bulkTables, removeBlocks } from './bulk-tables.ts'
import { resolveColumns } from './ingest-columns.ts'
import { importKind, undoKind } from './import/import-job.ts'
import { importTables } from './import/import-tables.ts'
import { createImports, type Imports } from './import/imports.ts'
import { createImportHandler, createUndoHandler } from './import/run-import.ts'
import { ingestKind, ingestSpec, ingestStatus, newStatus, readIngestSpec } from './ingest-job.ts'
import { createQueryHandler, newQueryStatus, queryKind, readQuerySpec } from './query-job.ts'
import {
  ingestResults,
  queryResults,
  type QueryResults,
  type ResultKind,
  type ResultPage,
} from './results.ts'
import { createIngestHandler, type BulkParts } from './run-ingest.ts'
import { readUpload, type UploadSource } from './upload.ts'

export interface Bulk {
  readonly ingest: IngestJobs
  readonly queries: QueryJobs
  readonly imports: Imports
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
  /** How many rows of an object are one unit of work, where it is not as many as of others. */
  readonly blockRowsOf?: (object: string) => number | undefined
}

const jobPrefix = '750'

export async function createBulk(options: BulkOptions): Promise<Bulk> {
  const { storage, clock, ids, reportError } = options
  await ensureTables(storage, [...bulkTables, ...importTables])
  const store = await createJobStore(storage, clock)
  const handlers = new Map([
    [ingestKind, createIngestHandler(options)],
    [queryKind, createQueryHandler(options)],
    [importKind, createImportHandler(options)],
    [undoKind, createUndoHandler(options)],
  ])
  const name = ids(jobPrefix)
  const runner = await startJobRunner({ storage, store, clock, name, handlers, reportError })
  const own = (kind: string): OwnJobs =>
    createOwnJobs(kind, { storage, store, now: clock.now, newId: () => ids(jobPrefix) })
  const parts = { ...options, wake: runner.wake }
  return {
    ingest: ingestJobs(parts, own(ingestKind)),
    queries: queryJobs(parts, own(queryKind)),
    imports: createImports({ ...parts, jobs: own(importKind), undoJobs: own(undoKind) }),
    close: runner.close,
  }
}

interface Parts extends BulkParts, Pick<BulkOptions, 'blockRowsOf'> {
  readonly wake: () => void
}

const unfinished = ['Open', 'UploadComplete', 'InProgress'] as const

function ingestJobs(parts: Parts, jobs: OwnJobs): IngestJobs {
  const uploading = new Set<string>()
  return {
    ...jobs,
    create: async (caller, asked) => {
      const spec = readIngestSpec(caller, asked)
      const object = readable(parts.models.current(), caller, spec.object)
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
        await upload(parts, jobs, { caller, job, source })
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

interface Upload {
  readonly caller: Caller
  readonly job: Job
  readonly source: UploadSource
}

/** Rows of an upload that a crash broke off are taken away by the next one. */
async function upload(
  { models, blockRowsOf }: Parts,
  jobs: OwnJobs,
  { caller, job, source: given }: Upload,
): Promise<void> {
  const spec = ingestSpec(job)
  const source = { ...given, blockRows: blockRowsOf?.(spec.object) }
  await jobs.whileOpen(job, (tx) => removeBlocks(tx, job.id))
  const { columns, rows } = await readUpload(source, spec, (block) =>
    jobs.whileOpen(job, (tx) => addBlock(tx, job.id, block)),
  )
  const model = models.current()
  const object = readable(model, caller, spec.object)
  const { operation } = spec
  resolveColumns({ model, access: caller.access }, object, { header: columns, operation })
  const status = JSON.stringify({ ...ingestStatus(job), columns, rows })
  await jobs.move(job, { from: ['Open'], state: 'Open', status })
}

function readable(model: Model, caller: Caller, name: string): ObjectModel {
  const object = model.object(name)
  if (object !== undefined && caller.access.mayObject(object.name, 'read')) return object
  throw refuse('INVALID_TYPE', message('There is no object {name}.', { name: name.slice(0, 80) }), {
    fields: ['object'],
  })
}

function requireHardDelete({ access }: Caller, { name }: ObjectModel): void {
  if (access.has('BulkApiHardDelete') || access.mayObject(name, 'modifyAll')) return
  throw refuse(
    'INSUFFICIENT_ACCESS',
    message('This needs the permission {permission}.', { permission: 'BulkApiHardDelete' }),
  )
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
