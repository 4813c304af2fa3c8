/** What automation does by the clock, as jobs of the one runner: scheduled flows, and paths that are due. */
import type { OtherJobs } from '../bulk/bulk.ts'
import { limits } from '../base/limits.ts'
import type { JobHandler, RunningJob } from '../jobs/job-runner.ts'
import type { JobStore } from '../jobs/job-store.ts'
import type { ScheduledJob } from '../jobs/scheduled-job.ts'
import { createScheduledJobs, scheduledKind, type ScheduledJobs } from '../jobs/scheduled-jobs.ts'
import type { Clock } from '../base/clock.ts'
import type { Storage } from '../storage/storage.ts'
import { duePaths } from './flows/path-store.ts'
import { runDuePaths, type RunPathParts } from './flows/scheduled-paths.ts'

export interface AutomationJobParts extends RunPathParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly jobs: () => readonly ScheduledJob[]
  /** Takes over what other nodes decided; called now and then. */
  readonly lookAround: () => Promise<void>
  readonly onWake: (wake: () => void) => void
  readonly reportError: (error: unknown) => void
}

export interface AutomationJobs extends OtherJobs {
  readonly scheduled: () => ScheduledJobs
}

const pathsKind = 'flowPaths'
const jobPrefix = '750'
/** Nobody's ids: jobs of the clock have no owner among the users. */
const [clockOwner, pathsOwner] = ['08e000000000000AAA', '0Fo000000000000AAA']

export function createAutomationJobs(parts: AutomationJobParts): AutomationJobs {
  const made: { store?: JobStore; scheduled?: ScheduledJobs } = {}
  const newId = (): string => parts.ids(jobPrefix)
  let lookedAt = 0
  const lookAround = async (): Promise<void> => {
    const now = parts.clock.now()
    if (now - lookedAt < limits.jobPollMs) return
    lookedAt = now
    await parts.lookAround()
  }
  return {
    handlers: (store) => {
      const scheduled = createScheduledJobs({ ...parts, store, owner: clockOwner })
      Object.assign(made, { store, scheduled })
      return new Map([
        [scheduledKind, scheduled.handler],
        [pathsKind, pathsHandler(parts)],
      ])
    },
    makeDue: async () => {
      await made.scheduled?.makeDue()
      await lookAround()
      if (made.store !== undefined) await makePathsDue(parts, made.store, newId)
    },
    onWake: parts.onWake,
    scheduled: () => {
      if (made.scheduled === undefined) throw new Error('the runner of jobs has not begun')
      return made.scheduled
    },
  }
}

/** One job runs all that are due; it is not the jobs but the rows of paths that are done once. */
async function makePathsDue(
  { storage, clock }: AutomationJobParts,
  store: JobStore,
  newId: () => string,
): Promise<void> {
  const now = clock.now()
  const due = await duePaths(storage, { now, max: 1 })
  if (due.length === 0 || (await store.countUnfinished(pathsOwner)) > 0) return
  await store.insert({
    id: newId(),
    kind: pathsKind,
    state: 'UploadComplete',
    createdBy: pathsOwner,
    createdAt: now,
    modifiedAt: now,
    spec: '{}',
    status: '{}',
  })
}

function pathsHandler(parts: AutomationJobParts): JobHandler {
  const note = (running: RunningJob, state?: 'JobComplete') =>
    parts.storage.write((tx) => running.note(tx, '{}', state))
  return {
    run: async (running) => {
      while (!running.isStopping() && (await runDuePaths(parts))) await note(running)
      if (!running.isStopping()) await note(running, 'JobComplete')
    },
    failed: (_job, reason) => JSON.stringify({ reason }),
    remove: async () => undefined,
    view: () => ({ about: 'Scheduled paths' }),
  }
}
