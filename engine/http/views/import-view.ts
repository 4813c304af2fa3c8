/** Imports as the screens and the command line read them. */
import { importSpec, importStatus, stateOf, undoStatus } from '../../bulk/import/import-job.ts'
import { keptUntil, type ImportJob } from '../../bulk/import/imports.ts'
import type { Job } from '../../jobs/job-store.ts'

export function importView({ job, undo }: ImportJob): object {
  const { object, fileName } = importSpec(job)
  const status = importStatus(job)
  const { processed, failed, created } = status
  return {
    id: job.id,
    object,
    fileName,
    state: stateOf(job),
    createdDate: instantText(job.createdAt),
    encoding: status.encoding,
    delimiter: status.delimiter,
    columns: status.columns ?? [],
    settings: status.settings ?? null,
    rows: status.rows,
    processed,
    created,
    changed: processed - failed - created,
    refused: failed,
    error: status.error,
    undoable: status.phase === 'run' && status.undoBlocks > 0,
    keptUntil: instantText(keptUntil(job)),
    undo: undo === undefined ? null : undoView(undo),
  }
}

function undoView(undo: Job): object {
  const { rows, processed, failed, error } = undoStatus(undo)
  const states: Partial<Record<Job['state'], string>> = {
    JobComplete: 'done',
    Aborted: 'stopped',
    Failed: 'failed',
  }
  return { state: states[undo.state] ?? 'running', rows, processed, refused: failed, error }
}

function instantText(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000')
}
