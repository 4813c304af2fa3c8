/** Carries a job through its blocks: rows, results and progress are one unit of work each. */
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/refusal.ts'
import { JobLost, type RunningJob } from '../jobs/job-runner.ts'
import { hookFailure } from '../records/hooks/save-partly.ts'
import type { Records } from '../records/records.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { noteOutcome, readBlock, type Block, type RowOutcome } from './bulk-tables.ts'

/** What every job of rows keeps count of. */
export interface BlockStatus {
  readonly processed: number
  readonly failed: number
  readonly blocksDone: number
  readonly workMs: number
}

/** A run of rows of one block that are tried together. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** A unit of work as the rows are saved in it. */
export interface BlockUnit {
  readonly records: Records
  readonly tx: Transaction
}

export interface Saved {
  readonly results: readonly RowOutcome[]
  /** More rows of the database that this unit writes; gives what changes in the status. */
  readonly note?: (tx: Transaction) => Promise<object>
}

/** A job on its way; `status` moves with each unit that was committed. */
export interface BlockWork<Status extends BlockStatus> {
  readonly parts: {
    readonly storage: Storage
    readonly records: Records
    readonly clock: Clock
  }
  readonly running: RunningJob
  /** Whose rows they are. */
  readonly rowsOf: string
  status: Status
  startedAt: number
  /** The number of the next block; undefined after the last one. */
  nextBlock(status: Status): number | undefined
  /** What of the block was done by this run of the job. */
  outcomeOf(block: Block, status: Status): readonly RowOutcome[]
  save(unit: BlockUnit, block: Block, stretch: Stretch): Promise<Saved>
  /** What stands in the results for a row that could not be saved. */
  refused(refusal: Refusal, block: Block, row: number): RowOutcome
  /** Nothing stays but the results. */
  readonly rehearses?: boolean
}

/** True when all blocks are done; false when the server stops in between. */
export async function runBlocks<Status extends BlockStatus>(
  work: BlockWork<Status>,
): Promise<boolean> {
  while (!work.running.isStopping()) {
    const number = work.nextBlock(work.status)
    const block =
      number === undefined ? undefined : await readBlock(work.parts.storage, work.rowsOf, number)
    if (block === undefined) return true
    await runBlock(work, block)
  }
  return false
}

export function timed<Status extends BlockStatus>(work: BlockWork<Status>): Status {
  const { parts, startedAt, status } = work
  return { ...status, workMs: status.workMs + Math.max(0, parts.clock.now() - startedAt) }
}

/** What fails together is tried in halves, until the rows at fault stand alone. */
async function runBlock<Status extends BlockStatus>(
  work: BlockWork<Status>,
  block: Block,
): Promise<void> {
  let outcome = work.outcomeOf(block, work.status)
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

/** Takes what a rehearsal found out of the unit that it undoes. */
class Rehearsed extends Error {
  readonly saved: Saved
  constructor(saved: Saved) {
    super('a rehearsal leaves nothing behind')
    this.saved = saved
  }
}

/** The outcome with these rows, or undefined when they cannot be saved together. */
async function tryStretch<Status extends BlockStatus>(
  work: BlockWork<Status>,
  block: Block,
  stretch: Stretch,
): Promise<readonly RowOutcome[] | undefined> {
  const { storage, records } = work.parts
  const note = (saved: Saved): Promise<readonly RowOutcome[]> =>
    storage.write((tx) => noteStretch(work, tx, { block, saved }))
  try {
    return await records.together(async (within, tx) => {
      const saved = await work.save({ records: within, tx }, block, stretch)
      if (work.rehearses === true) throw new Rehearsed(saved)
      return noteStretch(work, tx, { block, saved })
    })
  } catch (error) {
    if (error instanceof Rehearsed) return note(error.saved)
    if (error instanceof JobLost || !(error instanceof Refusal)) throw error
    const count = stretch.to - stretch.from
    // Hooks that failed would fail again with every half.
    if (count > 1 && error.code !== hookFailure) return undefined
    // The database cannot save anything at present: that says nothing about the row.
    if (error.status >= 500) throw error
    const rows = Array.from({ length: count }, (_none, index) => stretch.from + index)
    return note({ results: rows.map((row) => work.refused(error, block, row)) })
  }
}

interface Noted {
  readonly block: Block
  readonly saved: Saved
}

async function noteStretch<Status extends BlockStatus>(
  work: BlockWork<Status>,
  tx: Transaction,
  { block, saved: { results, note } }: Noted,
): Promise<readonly RowOutcome[]> {
  const outcome = [...block.outcome, ...results]
  const failed = results.filter(([, , error]) => error !== '').length
  const isDone = outcome.length === block.rowCount
  const changes = (await note?.(tx)) ?? {}
  const before = timed(work)
  const status: Status = {
    ...before,
    processed: before.processed + results.length,
    failed: before.failed + failed,
    blocksDone: before.blocksDone + (isDone ? 1 : 0),
    ...changes,
  }
  await noteOutcome(tx, work.rowsOf, { number: block.number, outcome })
  await work.running.note(tx, JSON.stringify(status))
  tx.afterCommit(() => {
    work.status = status
    work.startedAt = work.parts.clock.now()
  })
  return outcome
}
