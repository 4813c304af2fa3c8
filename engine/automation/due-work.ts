/** Work whose rows say when it is due: one job does all that is, and it is not the job but each row that is done once. */
import type { Clock } from '../base/clock.ts'
import type { JobHandler, RunningJob } from '../jobs/job-runner.ts'
import type { JobStore } from '../jobs/job-store.ts'
import type { Storage } from '../storage/storage.ts'

export interface DueWork {
  /** Of its jobs. */
  readonly kind: string
  /** As people who look after jobs read it. */
  readonly about: string
  /** Who is said to have begun them: an id of nobody. */
  readonly owner: string
  isDue(): Promise<boolean>
  /** False where there was nothing left to do. */
  runSome(): Promise<boolean>
}

export interface DueJobParts {
  readonly clock: Clock
  readonly store: JobStore
  readonly newId: () => string
}

export async function makeWorkDue(
  { clock, store, newId }: DueJobParts,
  { kind, owner, isDue }: DueWork,
): Promise<void> {
  if (!(await isDue()) || (await store.countUnfinished(owner)) > 0) return
  const now = clock.now()
  await store.insert({
    id: newId(),
    kind,
    state: 'UploadComplete',
    createdBy: owner,
    createdAt: now,
    modifiedAt: now,
    spec: '{}',
    status: '{}',
  })
}

export function dueHandler(storage: Storage, work: DueWork): JobHandler {
  const note = (running: RunningJob, state?: 'JobComplete') =>
    storage.write((tx) => running.note(tx, '{}', state))
  return {
    run: async (running) => {
      while (!running.isStopping() && (await work.runSome())) await note(running)
      if (!running.isStopping()) await note(running, 'JobComplete')
    },
    failed: (_job, reason) => JSON.stringify({ reason }),
    remove: async () => undefined,
    view: () => ({ about: work.about }),
  }
}
