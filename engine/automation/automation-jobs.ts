/** What automation does by the clock, as jobs of the one runner: scheduled work, and whatever has rows that are due. */
import type { OtherJobs } from '../bulk/bulk.ts'
import { limits } from '../base/limits.ts'
import type { JobStore } from '../jobs/job-store.ts'
import type { ScheduledJob } from '../jobs/scheduled-job.ts'
import { createScheduledJobs, scheduledKind, type ScheduledJobs } from '../jobs/scheduled-jobs.ts'
import type { Clock } from '../base/clock.ts'
import type { Storage } from '../storage/storage.ts'
import { dueHandler, makeWorkDue, type DueWork } from './due-work.ts'

export interface AutomationJobParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly jobs: () => readonly ScheduledJob[]
  readonly work: readonly DueWork[]
  /** Takes over what other nodes decided; called now and then. */
  readonly lookAround: () => Promise<void>
  readonly onWake: (wake: () => void) => void
  readonly reportError: (error: unknown) => void
}

export interface AutomationJobs extends OtherJobs {
  readonly scheduled: () => ScheduledJobs
}

const jobPrefix = '750'
/** Nobody's id: jobs of the clock have no owner among the users. */
const clockOwner = '08e000000000000AAA'

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
        ...parts.work.map((one) => [one.kind, dueHandler(parts.storage, one)] as const),
      ])
    },
    makeDue: async () => {
      await made.scheduled?.makeDue()
      await lookAround()
      const { store } = made
      if (store === undefined) return
      for (const one of parts.work) await makeWorkDue({ clock: parts.clock, store, newId }, one)
    },
    onWake: parts.onWake,
    scheduled: () => {
      if (made.scheduled === undefined) throw new Error('the runner of jobs has not begun')
      return made.scheduled
    },
  }
}
