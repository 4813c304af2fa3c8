/** Saves the rows of an upload, block by block. */
import type { Clock } from '../base/clock.ts'
import { Refusal, refuse } from '../base/refusal.ts'
import type { JobHandler, RunningJob } from '../jobs/job-runner.ts'
import type { Job } from '../jobs/job-store.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import type { Gate } from '../query/resolve.ts'
import type { Caller, Records } from '../records/records.ts'
import type { Storage } from '../storage/storage.ts'
import { limitedToOf } from './bulk-jobs.ts'
import { removeBlocks } from './bulk-tables.ts'
import { bodyOf, resolveColumns, type TakeCell } from './ingest-columns.ts'
import { ingestSpec, ingestStatus, type IngestSpec, type IngestStatus } from './ingest-job.ts'
import { failure } from './row-failure.ts'
import { runBlocks, timed, type BlockWork } from './run-blocks.ts'
import { saveRows } from './save-rows.ts'

export interface BulkParts {
  readonly storage: Storage
  readonly records: Records
  readonly models: { current(): Model }
  readonly clock: Clock
  /** With the rights that the user has now; undefined for one who may not sign in any more. */
  readonly callerOf: (userId: string, limitedTo?: string) => Promise<Caller | undefined>
  /** How many rows of an object are one unit of work, where it is not as many as of others. */
  readonly blockRowsOf?: (object: string) => number | undefined
}

export function createIngestHandler(parts: BulkParts): JobHandler {
  return {
    run: (running) => runIngest(parts, running),
    failed: (job, error) => JSON.stringify({ ...ingestStatus(job), error }),
    view: (job) => {
      const { object, operation } = ingestSpec(job)
      const { processed: done, failed, error: detail } = ingestStatus(job)
      return { about: `${object} ${operation}`, detail, done, failed }
    },
    remove: removeBlocks,
  }
}

async function runIngest(parts: BulkParts, running: RunningJob): Promise<void> {
  const work = await begin(parts, running)
  if (work === undefined || !(await runBlocks(work))) return
  await parts.storage.write((tx) => running.note(tx, JSON.stringify(timed(work)), 'JobComplete'))
}

/** Undefined when the job fails as a whole. */
async function begin(
  parts: BulkParts,
  running: RunningJob,
): Promise<BlockWork<IngestStatus> | undefined> {
  const { job } = running
  const spec = ingestSpec(job)
  const status = ingestStatus(job)
  try {
    const caller = await callerOfJob(parts, job, spec)
    const header = status.columns ?? []
    const { operation } = spec
    const { gate, object } = objectOfJob(parts, caller, spec.object)
    return workOf({
      parts,
      running,
      spec,
      caller,
      columns: resolveColumns(gate, object, { header, operation }),
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const failed = JSON.stringify({ ...status, error: error.message })
    await parts.storage.write((tx) => running.note(tx, failed, 'Failed'))
    return undefined
  }
}

/** Who made the job, with the rights of today and the ways of the day when it was made. */
export async function callerOfJob(
  { callerOf }: Pick<BulkParts, 'callerOf'>,
  job: Job,
  spec: Pick<IngestSpec, 'apiVersion' | 'language'>,
): Promise<Caller> {
  const user = await callerOf(job.createdBy, limitedToOf(job))
  if (user === undefined)
    throw refuse('INVALID_SESSION_ID', 'The user of the job may not sign in any more.')
  return { ...user, apiVersion: spec.apiVersion, language: spec.language, source: 'bulk' }
}

export function objectOfJob(
  { models }: Pick<BulkParts, 'models'>,
  { access }: Caller,
  name: string,
): { readonly gate: Gate; readonly object: ObjectModel } {
  const model = models.current()
  const object = model.object(name)
  if (object === undefined || !access.mayObject(object.name, 'read')) {
    throw refuse('INVALID_ARGUMENT', `InvalidBatch : ${name} is not there any more`)
  }
  return { gate: { model, access }, object }
}

interface Ingest {
  readonly parts: BulkParts
  readonly running: RunningJob
  readonly spec: IngestSpec
  readonly caller: Caller
  readonly columns: readonly TakeCell[]
}

function workOf({ parts, running, spec, caller, columns }: Ingest): BlockWork<IngestStatus> {
  return {
    parts,
    running,
    rowsOf: running.job.id,
    status: ingestStatus(running.job),
    startedAt: parts.clock.now(),
    nextBlock: ({ blocksDone }) => blocksDone,
    outcomeOf: ({ outcome }) => outcome,
    save: async ({ records }, block, { from, to }) => {
      const bodies = block.rows.slice(from, to).map((row) => bodyOf(columns, row))
      return { results: await saveRows(records, caller, { spec, bodies }) }
    },
    refused: (refusal, block, row) => failure(refusal, bodyOf(columns, block.rows[row] ?? [])),
  }
}
