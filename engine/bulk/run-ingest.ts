/** Saves the rows of an upload, block by block: rows, results and progress in one unit of work each. */
import type { Clock } from '../base/clock.ts'
import { Refusal, refuse } from '../base/refusal.ts'
import { JobLost, type JobHandler, type RunningJob } from '../jobs/job-runner.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import type { Caller, Records } from '../records/records.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { noteOutcome, readBlock, removeBlocks, type Block, type RowOutcome } from './bulk-tables.ts'
import { bodyOf, resolveColumns, type TakeCell } from './ingest-columns.ts'
import { ingestSpec, ingestStatus, type IngestSpec, type IngestStatus } from './ingest-job.ts'
import { failure } from './row-failure.ts'
import { saveRows } from './save-rows.ts'

export interface BulkParts {
  readonly storage: Storage
  readonly records: Records
  readonly models: { current(): Model }
  readonly clock: Clock
  /** With the rights that the user has now; undefined for one who may not sign in any more. */
  readonly callerOf: (userId: string) => Promise<Caller | undefined>
}

export function createIngestHandler(parts: BulkParts): JobHandler {
  return {
    run: (running) => runIngest(parts, running),
    failed: (job, error) => JSON.stringify({ ...ingestStatus(job), error }),
    remove: removeBlocks,
  }
}

/** A job on its way; `status` moves with each unit that was committed. */
interface Work {
  readonly parts: BulkParts
  readonly running: RunningJob
  readonly spec: IngestSpec
  readonly caller: Caller
  readonly object: ObjectModel
  readonly columns: readonly TakeCell[]
  status: IngestStatus
  startedAt: number
}

async function runIngest(parts: BulkParts, running: RunningJob): Promise<void> {
  const work = await begin(parts, running)
  if (work === undefined) return
  while (!running.isStopping()) {
    const block = await readBlock(parts.storage, running.job.id, work.status.blocksDone)
    if (block === undefined) return end(work)
    await runBlock(work, block)
  }
}

/** Undefined when the job fails as a whole. */
async function begin(parts: BulkParts, running: RunningJob): Promise<Work | undefined> {
  const { job } = running
  const spec = ingestSpec(job)
  const status = ingestStatus(job)
  try {
    const user = await parts.callerOf(job.createdBy)
    if (user === undefined)
      throw refuse('INVALID_SESSION_ID', 'The user of the job may not sign in any more.')
    const caller = { ...user, apiVersion: spec.apiVersion, language: spec.language, source: 'bulk' }
    const model = parts.models.current()
    const object = model.object(spec.object)
    if (object === undefined || !caller.access.mayObject(object.name, 'read')) {
      throw refuse('INVALID_ARGUMENT', `InvalidBatch : ${spec.object} is not there any more`)
    }
    const header = status.columns ?? []
    const gate = { model, access: caller.access }
    const columns = resolveColumns(gate, object, { header, operation: spec.operation })
    const startedAt = parts.clock.now()
    return { parts, running, spec, caller, object, columns, status, startedAt }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const failed = JSON.stringify({ ...status, error: error.message })
    await parts.storage.write((tx) => running.note(tx, failed, 'Failed'))
    return undefined
  }
}

async function end(work: Work): Promise<void> {
  const status = JSON.stringify(timed(work, work.status))
  await work.parts.storage.write((tx) => work.running.note(tx, status, 'JobComplete'))
}

function timed({ parts, startedAt }: Work, status: IngestStatus): IngestStatus {
  return { ...status, workMs: status.workMs + Math.max(0, parts.clock.now() - startedAt) }
}

/** A run of rows of one block that are tried together. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/** What fails together is tried in halves, until the rows at fault stand alone. */
async function runBlock(work: Work, block: Block): Promise<void> {
  let outcome = block.outcome
  const waiting: Stretch[] = [{ from: outcome.length, to: block.rowCount }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.from === next.to && next.to < block.rowCount) continue
    const { from, to } = next
    const done = await tryStretch(work, { ...block, outcome }, next)
    if (done !== undefined) {
      outcome = done
      continue
    }
    const middle = from + Math.ceil((to - from) / 2)
    waiting.push({ from: middle, to }, { from, to: middle })
  }
}

/** The outcome with these rows, or undefined when they cannot be saved together. */
async function tryStretch(
  work: Work,
  block: Block,
  { from, to }: Stretch,
): Promise<readonly RowOutcome[] | undefined> {
  const rows = block.rows.slice(from, to)
  const bodies = rows.map((row) => bodyOf(work.columns, row))
  try {
    return await work.parts.records.together(async (records, tx) => {
      const results = await saveRows(records, work.caller, { spec: work.spec, bodies })
      return noteStretch(work, tx, { block, results })
    })
  } catch (error) {
    if (error instanceof JobLost || !(error instanceof Refusal)) throw error
    if (rows.length > 1) return undefined
    // The database cannot save anything at present: that says nothing about the row.
    if (error.status >= 500) throw error
    const alone = [failure(error, bodies[0])]
    return work.parts.storage.write((tx) => noteStretch(work, tx, { block, results: alone }))
  }
}

interface Noted {
  readonly block: Block
  readonly results: readonly RowOutcome[]
}

async function noteStretch(
  work: Work,
  tx: Transaction,
  { block, results }: Noted,
): Promise<readonly RowOutcome[]> {
  const outcome = [...block.outcome, ...results]
  const failed = results.filter(([, , error]) => error !== '').length
  const isDone = outcome.length === block.rowCount
  const status = timed(work, {
    ...work.status,
    processed: work.status.processed + results.length,
    failed: work.status.failed + failed,
    blocksDone: isDone ? block.number + 1 : block.number,
  })
  await noteOutcome(tx, work.running.job.id, { number: block.number, outcome })
  await work.running.note(tx, JSON.stringify(status))
  tx.afterCommit(() => {
    work.status = status
    work.startedAt = work.parts.clock.now()
  })
  return outcome
}
