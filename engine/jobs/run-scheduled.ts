/** One run of a scheduled job: to its end, or tried again later and later from where it stood, and then given up. */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { Refusal } from '../base/refusal.ts'
import type { Storage } from '../storage/storage.ts'
import { JobLost, type RunningJob } from './job-runner.ts'
import type { Job, JobStore } from './job-store.ts'
import type { RunStatus, ScheduleStore } from './schedule-store.ts'
import type { ScheduledJob } from './scheduled-job.ts'

export interface RunScheduledParts {
  readonly storage: Storage
  readonly store: JobStore
  readonly schedules: ScheduleStore
  readonly clock: Clock
  readonly reportError: (error: unknown) => void
}

/** What is kept with the job: how far it is by its own account, how often it was tried, and what came of it. */
interface ScheduledStatus {
  readonly progress: string
  readonly attempts: number
  readonly outcome: string | undefined
  /** Of what it noted of its progress. */
  readonly done: number | undefined
}

export function scheduledStatus({ status }: Pick<Job, 'status'>): ScheduledStatus {
  const { progress = '{}', attempts = 0, outcome } = JSON.parse(status) as Partial<ScheduledStatus>
  const { done } = JSON.parse(progress) as { readonly done?: unknown }
  return { progress, attempts, outcome, done: typeof done === 'number' ? done : undefined }
}

export async function runScheduled(
  parts: RunScheduledParts,
  running: RunningJob,
  job: ScheduledJob | undefined,
): Promise<void> {
  const { attempts, progress } = scheduledStatus(running.job)
  if (job === undefined) {
    return end(parts, running, { status: 'Failed', outcome: 'it is not there any more' })
  }
  const inner: RunningJob = {
    ...running,
    job: { ...running.job, status: progress },
    note: (tx, status) => running.note(tx, JSON.stringify({ attempts, progress: status })),
  }
  try {
    await parts.storage.write(async (tx) => {
      await running.note(tx, running.job.status)
      await parts.schedules.changeRun(tx, running.job.id, { status: 'Processing', detail: '' })
    })
    const outcome = await job.run(inner)
    // What is left goes on with the next start.
    if (running.isStopping()) return
    await end(parts, running, { status: 'Completed', outcome })
  } catch (error) {
    if (error instanceof JobLost || running.isStopping()) throw error
    const isOurs = !(error instanceof Refusal) || error.status >= 500
    if (isOurs) parts.reportError(error)
    const outcome = isOurs ? 'Something went wrong on the server.' : error.message
    await tryAgain(parts, running, { attempts: attempts + 1, outcome })
  }
}

interface FailedAttempt {
  readonly attempts: number
  readonly outcome: string
}

/** What it did so far stays; the next attempt goes on behind it. */
async function tryAgain(
  parts: RunScheduledParts,
  running: RunningJob,
  { attempts, outcome }: FailedAttempt,
): Promise<void> {
  const { storage, store, schedules, clock } = parts
  if (attempts >= limits.scheduledAttemptsMax) {
    return end(parts, running, { status: 'Failed', outcome })
  }
  const job = await store.find(running.job.id)
  if (job === undefined) return
  const { progress } = scheduledStatus(job)
  const until = clock.now() + limits.scheduledRetryMs * 2 ** (attempts - 1)
  await storage.write(async (tx) => {
    await running.putOff(tx, JSON.stringify({ progress, attempts, outcome }), until)
    await schedules.changeRun(tx, job.id, { status: 'Queued', detail: outcome })
  })
}

interface Ending {
  readonly status: Extract<RunStatus, 'Completed' | 'Failed'>
  readonly outcome: string
}

async function end(
  { storage, store, schedules }: RunScheduledParts,
  running: RunningJob,
  { status, outcome: whole }: Ending,
): Promise<void> {
  const outcome = whole.slice(0, outcomeCharsMax)
  const job = (await store.find(running.job.id)) ?? running.job
  const { progress, attempts, done: processed } = scheduledStatus(job)
  const { name } = JSON.parse(job.spec) as { readonly name: string }
  await storage.write(async (tx) => {
    const state = status === 'Completed' ? 'JobComplete' : 'Failed'
    await running.note(tx, JSON.stringify({ progress, attempts, outcome }), state)
    await schedules.changeRun(tx, job.id, { status, detail: outcome, processed })
    await schedules.change(tx, name, { lastState: status, lastOutcome: outcome })
  })
}

const outcomeCharsMax = 2_000
