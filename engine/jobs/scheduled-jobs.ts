/** What runs by the clock: each time that is due becomes one job, whichever of the nodes sees it first. */
import type { Clock } from '../base/clock.ts'
import { message, type Message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { Storage } from '../storage/storage.ts'
import { cronTimes } from './cron-times.ts'
import type { JobHandler } from './job-runner.ts'
import type { Job, JobStore } from './job-store.ts'
import { runScheduled, scheduledStatus } from './run-scheduled.ts'
import type { ScheduledJob } from './scheduled-job.ts'
import {
  createScheduleStore,
  flowType,
  stateFor,
  type RunStatus,
  type ScheduleStore,
  type TriggerRow,
  type TriggerState,
} from './schedule-store.ts'

export interface ScheduledJobView {
  readonly name: string
  readonly label: string | Message
  readonly schedule: string
  readonly zone: string
  /** An administrator chose the schedule. */
  readonly isChosen: boolean
  readonly of: ScheduledJob['of']
  readonly state: TriggerState
  readonly nextAt: number | undefined
  readonly lastAt: number | undefined
  readonly lastState: RunStatus | undefined
  readonly lastOutcome: string | undefined
}

export interface ScheduledJobs {
  list(): Promise<readonly ScheduledJobView[]>
  /** Once more, beside its times. */
  runNow(name: string, by: string): Promise<void>
  /** It waits for no time until it is resumed. */
  pause(name: string): Promise<void>
  resume(name: string): Promise<void>
  /** Another schedule than its own; without an expression its own again. */
  reschedule(name: string, chosen: ChosenSchedule | undefined): Promise<void>
  /** Makes jobs of what is due. */
  makeDue(): Promise<void>
  /** How many did not end well the last time, as of the last look; one more where nobody has looked for long. */
  stopped(): number
  readonly handler: JobHandler
}

export interface ChosenSchedule {
  readonly expression: string
  readonly zone: string
}

export interface ScheduledJobParts {
  readonly storage: Storage
  readonly store: JobStore
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  /** What there is now; it follows the model. */
  readonly jobs: () => readonly ScheduledJob[]
  /** Who is said to have begun them. */
  readonly owner: string
  readonly reportError: (error: unknown) => void
}

export const scheduledKind = 'scheduled'
const jobPrefix = '707'
/** So long nobody may look what is due before that is told. */
const overdueMs = 10 * 60_000

interface Parts extends ScheduledJobParts {
  readonly schedules: ScheduleStore
}

export function createScheduledJobs(given: ScheduledJobParts): ScheduledJobs {
  const schedules = createScheduleStore(given, given.ids)
  const parts = { ...given, schedules }
  let count = 0
  let lookedAt = parts.clock.now()
  const change = (name: string, to: Parameters<ScheduleStore['change']>[2]) =>
    parts.storage.write((tx) => schedules.change(tx, name, to))
  return {
    list: () => list(parts),
    runNow: async (name, by) => runNow(parts, await knownJob(parts, name), by),
    pause: async (name) => {
      await knownJob(parts, name)
      await change(name, { state: 'PAUSED', nextAt: undefined })
    },
    resume: async (name) => {
      const { job, row } = await knownJob(parts, name)
      const nextAt = timesOf(job, row).nextAfter(parts.clock.now())
      await change(name, { state: stateFor(nextAt), nextAt })
    },
    reschedule: async (name, chosen) => reschedule(parts, await knownJob(parts, name), chosen),
    makeDue: async () => {
      count = await makeDue(parts)
      lookedAt = parts.clock.now()
    },
    stopped: () => count + (parts.clock.now() - lookedAt > overdueMs ? 1 : 0),
    handler: handlerOf(parts),
  }
}

function handlerOf(parts: Parts): JobHandler {
  const { schedules, jobs } = parts
  return {
    run: (running) => {
      const name = nameOf(running.job)
      return runScheduled(
        parts,
        running,
        jobs().find((one) => one.name === name),
      )
    },
    failed: (_job, reason) => JSON.stringify({ outcome: reason }),
    aborted: async (tx, job) => {
      const detail = scheduledStatus(job).outcome
      await schedules.changeRun(tx, job.id, { status: 'Aborted', detail })
      await schedules.change(tx, nameOf(job), { lastState: 'Aborted', lastOutcome: '' })
    },
    remove: (tx, id) => schedules.removeRun(tx, id),
    view: (job) => {
      const { outcome, done } = scheduledStatus(job)
      return { about: nameOf(job), detail: outcome, done }
    },
  }
}

async function knownJob(parts: Parts, name: string): Promise<Known> {
  const job = parts.jobs().find((one) => one.name === name)
  if (job === undefined) {
    throw refuse('NOT_FOUND', message('There is no scheduled job {name}.', { name }))
  }
  const row = (await parts.schedules.list()).get(name)
  if (row !== undefined && row.state !== 'DELETED') return { job, row }
  // It came with the model this very moment.
  await makeDue(parts)
  const made = (await parts.schedules.list()).get(name)
  if (made === undefined) throw new Error(`scheduled job ${name} was not noted`)
  return { job, row: made }
}

interface Known {
  readonly job: ScheduledJob
  readonly row: TriggerRow
}

export function nameOf({ spec }: Job): string {
  const { name } = JSON.parse(spec) as { readonly name?: unknown }
  return String(name)
}

function timesOf({ schedule, zone = 'UTC', nextAfter }: ScheduledJob, row: TriggerRow | undefined) {
  if (row?.chosen !== undefined) return cronTimes(row.chosen, row.zone)
  return { schedule, zone, nextAfter }
}

function typeOf({ of }: ScheduledJob): string {
  return of?.type === 'Flow' ? flowType : '7'
}

async function list(parts: Parts): Promise<readonly ScheduledJobView[]> {
  const rows = await parts.schedules.list()
  return parts.jobs().map((job) => {
    const found = rows.get(job.name)
    const row = found?.state === 'DELETED' ? undefined : found
    const { schedule, zone, nextAfter } = timesOf(job, row)
    const nextAt = row === undefined ? nextAfter(parts.clock.now()) : row.nextAt
    return {
      name: job.name,
      label: job.label,
      of: job.of,
      schedule,
      zone,
      isChosen: row?.chosen !== undefined,
      state: row?.state ?? stateFor(nextAt),
      nextAt,
      lastAt: row?.lastAt,
      lastState: row?.lastState,
      lastOutcome: row?.lastOutcome,
    }
  })
}

async function runNow(parts: Parts, { job, row }: Known, by: string): Promise<void> {
  const isBegun = await parts.storage.write(async (tx) => {
    if ((await parts.schedules.lock(tx, row.name)) === undefined) return false
    const id = parts.ids(jobPrefix)
    await parts.store.insertIn(tx, jobOf(parts, { id, name: row.name, by }))
    await parts.schedules.addRun(tx, { id, trigger: row, jobType: typeOf(job), by })
    return true
  })
  if (!isBegun) {
    throw refuse('DUPLICATE_VALUE', message('The job is at work; wait until it has ended.'))
  }
}

async function reschedule(
  { storage, schedules, clock }: Parts,
  { job, row }: Known,
  chosen: ChosenSchedule | undefined,
): Promise<void> {
  const { schedule, zone, nextAfter } =
    chosen === undefined ? timesOf(job, undefined) : cronTimes(chosen.expression, chosen.zone)
  const nextAt = nextAfter(clock.now())
  if (chosen !== undefined && nextAt === undefined) {
    const told = message('The schedule "{schedule}" has no time to come.', { schedule })
    throw refuse('INVALID_ARGUMENT', told, { fields: ['cronExpression'] })
  }
  const isPaused = row.state === 'PAUSED'
  const when = isPaused ? { nextAt: undefined } : { nextAt, state: stateFor(nextAt) }
  const to = { chosen: chosen === undefined ? null : schedule, expression: schedule, zone, ...when }
  await storage.write((tx) => schedules.change(tx, job.name, to))
}

interface NewJob {
  readonly id: string
  readonly name: string
  readonly by: string
}

function jobOf({ clock }: Parts, { id, name, by }: NewJob): Job {
  const now = clock.now()
  return {
    id,
    kind: scheduledKind,
    state: 'UploadComplete',
    createdBy: by,
    createdAt: now,
    modifiedAt: now,
    spec: JSON.stringify({ name }),
    status: '{}',
  }
}

/** Times that passed while no server ran are made up for once. Says how many of the jobs failed the last time. */
async function makeDue(parts: Parts): Promise<number> {
  const jobs = parts.jobs()
  const rows = await parts.schedules.list()
  const names = new Set(jobs.map(({ name }) => name))
  const gone = [...rows.values()].filter(
    ({ name, state }) => state !== 'DELETED' && !names.has(name),
  )
  for (const { name } of gone) {
    const to = { state: 'DELETED', nextAt: undefined } as const
    await parts.storage.write((tx) => parts.schedules.change(tx, name, to))
  }
  const now = parts.clock.now()
  for (const job of jobs) {
    const row = rows.get(job.name)
    if (row === undefined || row.state === 'DELETED' || row.schedule !== keyOf(job)) {
      await note(parts, job, row)
    } else if (row.nextAt !== undefined && row.nextAt <= now && row.state === 'WAITING') {
      await begin(parts, { job, row }, row.nextAt)
    }
  }
  return jobs.filter(({ name }) => rows.get(name)?.lastState === 'Failed').length
}

/** What is remembered of a job: another text is another schedule. */
function keyOf({ schedule, content }: ScheduledJob): string {
  return content === undefined ? schedule : `${schedule} ${content}`
}

/** A job that is new here, or has another schedule than before; what an administrator chose stays. */
async function note(
  { storage, schedules, clock }: Parts,
  job: ScheduledJob,
  row: TriggerRow | undefined,
): Promise<void> {
  const { schedule, zone, nextAfter } = timesOf(job, row)
  const now = clock.now()
  const nextAt = job.content === undefined ? nextAfter(now) : now
  if (row === undefined) {
    const times = { expression: schedule, zone }
    const { name } = job
    const trigger = { name, jobType: typeOf(job), schedule: keyOf(job), times, nextAt }
    return schedules.add(trigger)
  }
  const when = row.state === 'PAUSED' ? {} : { nextAt, state: stateFor(nextAt) }
  const to = { schedule: keyOf(job), expression: schedule, zone, ...when }
  await storage.write((tx) => schedules.change(tx, job.name, to))
}

/** The job and the next time are one unit: what is due begins once, however many look. */
async function begin(parts: Parts, { job, row }: Known, dueAt: number): Promise<void> {
  const { storage, store, schedules, clock, owner } = parts
  const { name } = row
  const nextAt = timesOf(job, row).nextAfter(clock.now())
  await storage.write(async (tx) => {
    if (!(await schedules.take(tx, { name, dueAt, nextAt }))) return
    // A run that is not over yet stands for this one too.
    if ((await schedules.lock(tx, name)) === undefined) return
    const id = parts.ids(jobPrefix)
    await store.insertIn(tx, jobOf(parts, { id, name, by: owner }))
    await schedules.addRun(tx, { id, trigger: row, jobType: typeOf(job), by: owner })
  })
}
