/** What runs by the clock: each time that is due becomes one job, whichever of the nodes sees it first. */
import type { Clock } from '../base/clock.ts'
import { Refusal, refuse } from '../base/refusal.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { sql } from '../sql/sql.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'
import type { JobHandler, RunningJob } from './job-runner.ts'
import type { Job, JobStore } from './job-store.ts'

export interface ScheduledJob {
  readonly name: string
  readonly label: string
  /** As people read it; another text is another schedule. */
  readonly schedule: string
  /** The first time after that moment; undefined where there is none any more. */
  nextAfter(time: number): number | undefined
  /** Notes its progress as part of its units; says at the end what it did. */
  run(running: RunningJob): Promise<string>
}

export interface ScheduledJobView {
  readonly name: string
  readonly label: string
  readonly schedule: string
  readonly nextAt: number | undefined
  readonly lastAt: number | undefined
  readonly lastState: string | undefined
  readonly lastOutcome: string | undefined
}

export interface ScheduledJobs {
  list(): Promise<readonly ScheduledJobView[]>
  /** Once more, beside its times. */
  runNow(name: string, by: string): Promise<void>
  /** Makes jobs of what is due. */
  makeDue(): Promise<void>
  readonly handler: JobHandler
}

export interface ScheduledJobParts {
  readonly storage: Storage
  readonly store: JobStore
  readonly clock: Clock
  readonly newId: () => string
  /** What there is now; it follows the model. */
  readonly jobs: () => readonly ScheduledJob[]
  /** Who is said to have begun them. */
  readonly owner: string
}

export const scheduledKind = 'scheduled'
const instant: ColumnKind = { kind: 'instant' }

export function createScheduledJobs(parts: ScheduledJobParts): ScheduledJobs {
  const find = (name: string) => parts.jobs().find((one) => one.name === name)
  return {
    list: () => list(parts),
    runNow: async (name, by) => {
      if (find(name) === undefined) throw refuse('NOT_FOUND', `There is no scheduled job ${name}.`)
      await parts.storage.write((tx) => parts.store.insertIn(tx, jobOf(parts, name, by)))
    },
    makeDue: () => makeDue(parts),
    handler: {
      run: (running) => run(parts, running, find(nameOf(running.job))),
      failed: (_job, reason) => JSON.stringify({ reason }),
      remove: async () => undefined,
    },
  }
}

function nameOf({ spec }: Job): string {
  const { name } = JSON.parse(spec) as { readonly name?: unknown }
  return String(name)
}

function jobOf({ clock, newId, owner }: ScheduledJobParts, name: string, by = owner): Job {
  const now = clock.now()
  return {
    id: newId(),
    kind: scheduledKind,
    state: 'UploadComplete',
    createdBy: by,
    createdAt: now,
    modifiedAt: now,
    spec: JSON.stringify({ name }),
    status: '{}',
  }
}

async function rowsOf({ storage }: ScheduledJobParts): Promise<ReadonlyMap<string, Row>> {
  const query = sql`select name, schedule, next_at, last_at, last_state, last_outcome from fs_scheduled_job`
  const rows = await storage.read(query)
  return new Map(rows.map((row) => [String(row['name']), row]))
}

async function list(parts: ScheduledJobParts): Promise<readonly ScheduledJobView[]> {
  const rows = await rowsOf(parts)
  return parts.jobs().map(({ name, label, schedule, nextAfter }) => {
    const row = rows.get(name)
    const known = row?.['schedule'] === schedule ? numberIn(row, 'next_at') : undefined
    return {
      name,
      label,
      schedule,
      nextAt: row === undefined ? nextAfter(parts.clock.now()) : known,
      lastAt: numberIn(row, 'last_at'),
      lastState: textIn(row, 'last_state'),
      lastOutcome: textIn(row, 'last_outcome'),
    }
  })
}

function numberIn(row: Row | undefined, name: string): number | undefined {
  const value = row?.[name] ?? null
  return value === null ? undefined : Number(value)
}

function textIn(row: Row | undefined, name: string): string | undefined {
  const value = row?.[name] ?? null
  return value === null ? undefined : String(value)
}

/** Times that passed while no server ran are made up for once. */
async function makeDue(parts: ScheduledJobParts): Promise<void> {
  const jobs = parts.jobs()
  if (jobs.length === 0) return
  const rows = await rowsOf(parts)
  const now = parts.clock.now()
  for (const job of jobs) {
    const row = rows.get(job.name)
    if (row?.['schedule'] !== job.schedule) await note(parts, job, row !== undefined)
    else {
      const dueAt = numberIn(row, 'next_at')
      if (dueAt !== undefined && dueAt <= now) await begin(parts, job, dueAt)
    }
  }
}

/** A job that is new here, or has another schedule than before. */
async function note(
  { storage, clock }: ScheduledJobParts,
  { name, schedule, nextAfter }: ScheduledJob,
  isKnown: boolean,
): Promise<void> {
  const next = nextAfter(clock.now())
  const nextAt = next === undefined ? sql`null` : storage.dialect.bound(instant, next)
  await storage.write(async (tx) => {
    await tx.run(
      isKnown
        ? sql`update fs_scheduled_job set schedule = ${schedule}, next_at = ${nextAt} where name = ${name}`
        : sql`insert into fs_scheduled_job (name, schedule, next_at) values (${name}, ${schedule}, ${nextAt}) on conflict do nothing`,
    )
  })
}

/** The job and the next time are one unit: what is due begins once, however many look. */
async function begin(parts: ScheduledJobParts, job: ScheduledJob, dueAt: number): Promise<void> {
  const { storage, store, clock } = parts
  const { bound } = storage.dialect
  const next = job.nextAfter(clock.now())
  const nextAt = next === undefined ? sql`null` : bound(instant, next)
  await storage.write(async (tx) => {
    const taken = await tx.run(
      sql`update fs_scheduled_job set next_at = ${nextAt} where name = ${job.name} and next_at = ${bound(instant, dueAt)}`,
    )
    if (taken === 1) await store.insertIn(tx, jobOf(parts, job.name))
  })
}

async function run(
  parts: ScheduledJobParts,
  running: RunningJob,
  job: ScheduledJob | undefined,
): Promise<void> {
  if (job === undefined) {
    const outcome = 'it is not there any more'
    return parts.storage.write((tx) => running.note(tx, JSON.stringify({ outcome }), 'Failed'))
  }
  try {
    const outcome = await job.run(running)
    // What is left goes on with the next start.
    if (running.isStopping()) return
    await end(parts, running, { job, state: 'JobComplete', outcome })
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) throw error
    await end(parts, running, { job, state: 'Failed', outcome: error.message })
  }
}

interface Ending {
  readonly job: ScheduledJob
  readonly state: 'JobComplete' | 'Failed'
  readonly outcome: string
}

async function end(
  { storage, clock }: ScheduledJobParts,
  running: RunningJob,
  { job, state, outcome }: Ending,
): Promise<void> {
  const now = storage.dialect.bound(instant, clock.now())
  await storage.write(async (tx: Transaction) => {
    await running.note(tx, JSON.stringify({ outcome }), state)
    await tx.run(
      sql`update fs_scheduled_job set last_at = ${now}, last_state = ${state}, last_outcome = ${outcome} where name = ${job.name}`,
    )
  })
}
