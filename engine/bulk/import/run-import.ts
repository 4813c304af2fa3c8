/** Imports on their way: rehearsed or saved, block by block, and taken back. */
import { Refusal } from '../../base/refusal.ts'
import type { JobHandler, RunningJob } from '../../jobs/job-runner.ts'
import type { Job, JobState } from '../../jobs/job-store.ts'
import type { Transaction } from '../../storage/storage.ts'
import { addBlock, removeBlocks, type Block, type RowOutcome } from '../bulk-tables.ts'
import { runBlocks, timed, type BlockStatus, type BlockWork, type Saved } from '../run-blocks.ts'
import { callerOfJob, objectOfJob, type BulkParts } from '../run-ingest.ts'
import { earlierRows } from './earlier-rows.ts'
import { importColumns } from './import-columns.ts'
import {
  importSpec,
  importStatus,
  undoIdOf,
  undoSpec,
  undoStatus,
  type ImportStatus,
  type UndoStatus,
} from './import-job.ts'
import { addKeys, removeKeys } from './import-tables.ts'
import { problemTeller, withDoubt } from './row-problems.ts'
import { keysOf, saveImport, type ImportLoad, type ImportRow } from './save-import.ts'
import { undoEntries, type JournalEntry } from './undo-journal.ts'

export function createImportHandler(parts: BulkParts): JobHandler {
  return {
    run: (running) =>
      carryOut(parts, running, {
        work: () => importWork(parts, running),
        end: importStatus(running.job).phase === 'rehearse' ? 'Open' : 'JobComplete',
        failed: (error) => ({ ...importStatus(running.job), error }),
      }),
    failed: (job, error) => JSON.stringify({ ...importStatus(job), error }),
    view: (job) => {
      const { object, fileName } = importSpec(job)
      const { processed: done, failed, error: detail } = importStatus(job)
      return { about: `${object} ${fileName}`, detail, done, failed }
    },
    remove: async (tx, id) => {
      await removeBlocks(tx, id)
      await removeBlocks(tx, undoIdOf(id))
      await removeKeys(tx, id)
    },
  }
}

export function createUndoHandler(parts: BulkParts): JobHandler {
  return {
    run: (running) =>
      carryOut(parts, running, {
        work: () => undoWork(parts, running),
        end: 'JobComplete',
        failed: (error) => ({ ...undoStatus(running.job), error }),
      }),
    failed: (job, error) => JSON.stringify({ ...undoStatus(job), error }),
    remove: removeBlocks,
  }
}

interface Carried<Status extends BlockStatus> {
  work(): Promise<BlockWork<Status>>
  readonly end: JobState
  failed(error: string): Status
}

async function carryOut<Status extends BlockStatus>(
  { storage }: BulkParts,
  running: RunningJob,
  { work: begin, end, failed }: Carried<Status>,
): Promise<void> {
  let work: BlockWork<Status>
  try {
    work = await begin()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const status = JSON.stringify(failed(error.message))
    await storage.write((tx) => running.note(tx, status, 'Failed'))
    return
  }
  if (!(await runBlocks(work))) return
  await storage.write((tx) => running.note(tx, JSON.stringify(timed(work)), end))
}

async function importWork(parts: BulkParts, running: RunningJob): Promise<BlockWork<ImportStatus>> {
  const { job } = running
  const status = importStatus(job)
  const { settings } = status
  if (settings === undefined) throw new Error('an import runs with settings')
  const load = await loadOf(parts, job, settings)
  const rehearses = status.phase === 'rehearse'
  // What an earlier rehearsal noted counts for nothing.
  if (rehearses && status.processed === 0) await parts.storage.write((tx) => removeKeys(tx, job.id))
  const work: BlockWork<ImportStatus> = {
    parts,
    running,
    rowsOf: job.id,
    status,
    startedAt: parts.clock.now(),
    rehearses,
    nextBlock: ({ blocksDone }) => blocksDone,
    outcomeOf: doneRows,
    save: async ({ records, tx }, block, { from, to }) => {
      const rows = rowsOf(block, from, to)
      if (rehearses) return rehearse({ parts, load, work }, { records, tx }, rows)
      const { results, journal } = await saveImport(load, records, { rows, journals: true })
      return { results, note: (open) => noteJournal(work, open, { results, journal }) }
    },
    refused: (refusal, block, row) =>
      load.tell(refusal, load.columns.bodyOf(block.rows[row] ?? [])),
  }
  return work
}

async function loadOf(
  parts: BulkParts,
  job: Job,
  settings: ImportLoad['settings'],
): Promise<ImportLoad> {
  const spec = importSpec(job)
  const caller = { ...(await callerOfJob(parts, job, spec)), source: 'import' }
  const { gate, object } = objectOfJob(parts, caller, spec.object)
  const columns = importColumns({ gate, object, caller, settings })
  return { caller, object, settings, columns, tell: problemTeller(gate.model, caller.language) }
}

/** What the block holds from an earlier run of the job counts for nothing. */
export function doneRows(
  { firstRow, outcome }: Pick<Block, 'firstRow' | 'outcome'>,
  { processed }: Pick<BlockStatus, 'processed'>,
): readonly RowOutcome[] {
  return outcome.slice(0, Math.max(0, processed - firstRow))
}

function rowsOf(block: Block, from: number, to: number): readonly ImportRow[] {
  return block.rows
    .slice(from, to)
    .map((cells, index) => ({ number: block.firstRow + from + index, cells }))
}

interface Rehearsal {
  readonly parts: BulkParts
  readonly load: ImportLoad
  readonly work: BlockWork<ImportStatus>
}

async function rehearse(
  { parts, load, work }: Rehearsal,
  { records, tx }: Parameters<BlockWork<ImportStatus>['save']>[0],
  rows: readonly ImportRow[],
): Promise<Saved> {
  const { id: jobId } = work.running.job
  const { keys } = load.columns
  const earlier = await earlierRows({ read: (query) => tx.read(query) }, tx, { jobId, keys, rows })
  const all = [...earlier.rows, ...rows]
  const saved = await saveImport(load, records, { rows: all, journals: false })
  const results = saved.results.slice(earlier.rows.length).map((result) => {
    const [id, created, error] = result
    // A record that will be made has no id yet.
    if (created === 1) return ['', 1, ''] as const
    const { language } = load.caller
    const told = earlier.isCut ? withDoubt(parts.models.current(), language, error) : error
    return [id, created, told] as const
  })
  const given = rows.flatMap((row, index) =>
    results[index]?.[2] === ''
      ? [...new Set(keysOf(keys, row, 'gives'))].map((key) => ({ key, row: row.number }))
      : [],
  )
  return {
    results,
    note: async (open) => {
      await addKeys(open, jobId, given)
      return counted(work.status, results)
    },
  }
}

function counted(status: ImportStatus, results: readonly RowOutcome[]): Partial<ImportStatus> {
  return { created: status.created + results.filter(([, created]) => created === 1).length }
}

interface Journaled {
  readonly results: readonly RowOutcome[]
  readonly journal: readonly JournalEntry[]
}

/** In the unit that saves the rows; what was done last is taken back first. */
async function noteJournal(
  { status, running }: BlockWork<ImportStatus>,
  tx: Transaction,
  { results, journal }: Journaled,
): Promise<Partial<ImportStatus>> {
  const created = counted(status, results)
  if (journal.length === 0) return created
  const number = status.undoBlocks
  const rows = journal.toReversed()
  await addBlock(tx, undoIdOf(running.job.id), { number, firstRow: 0, rows })
  return { ...created, undoBlocks: number + 1 }
}

async function undoWork(parts: BulkParts, running: RunningJob): Promise<BlockWork<UndoStatus>> {
  const { job } = running
  const spec = undoSpec(job)
  const caller = { ...(await callerOfJob(parts, job, spec)), source: 'import' }
  const { gate, object } = objectOfJob(parts, caller, spec.object)
  const tell = problemTeller(gate.model, caller.language)
  return {
    parts,
    running,
    rowsOf: job.id,
    status: undoStatus(job),
    startedAt: parts.clock.now(),
    nextBlock: ({ blocks, blocksDone }) =>
      blocksDone < blocks ? blocks - 1 - blocksDone : undefined,
    outcomeOf: ({ outcome }) => outcome,
    save: async ({ records }, block, { from, to }) => ({
      results: await undoEntries({ records, caller, object, tell }, block.rows.slice(from, to)),
    }),
    refused: (refusal, block, row) => tell(refusal, new Map([['Id', block.rows[row]?.[1] ?? '']])),
  }
}
