/** Jobs of one kind as their owner sees them; those of others are answered like jobs that do not exist. */
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { normaliseId } from '../base/record-id.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { Job, JobState, JobStore } from '../jobs/job-store.ts'
import type { Caller } from '../records/records.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { removeBlocks } from './bulk-tables.ts'

export interface OwnJobs {
  add(caller: Caller, job: NewJob): Promise<Job>
  find(caller: Caller, id: string): Promise<Job>
  /** By the id that the engine gave it; undefined where there is none. */
  known(caller: Caller, id: string): Promise<Job | undefined>
  list(caller: Caller): Promise<readonly Job[]>
  /** Refuses a job that is in none of the states. */
  move(job: Job, change: JobMove): Promise<Job>
  /** What is done only while the job is open, and in the unit that sees to it: nobody can abort it in between. */
  whileOpen(job: Job, work: (tx: Transaction) => Promise<void>): Promise<void>
  /** Takes the job and all its rows away, unless it is at work. */
  remove(job: Job): Promise<void>
}

export interface JobMove {
  readonly from: readonly JobState[]
  readonly state: JobState
  readonly status?: string
}

export interface NewJob {
  /** A new one, where it is not given. */
  readonly id?: string
  readonly state: JobState
  readonly spec: unknown
  readonly status: unknown
}

export interface OwnJobsParts {
  readonly storage: Storage
  readonly store: JobStore
  readonly now: () => number
  readonly newId: () => string
}

const listedMax = 1_000
const removable: readonly JobState[] = ['Open', 'JobComplete', 'Aborted', 'Failed']

export function createOwnJobs(kind: string, parts: OwnJobsParts): OwnJobs {
  const { storage, store, now, newId } = parts
  const known: OwnJobs['known'] = async (caller, id) => {
    const job = await store.find(id)
    return job?.kind === kind && isOwn(caller, job) ? job : undefined
  }
  const find: OwnJobs['find'] = async (caller, given) => {
    const id = normaliseId(given)
    const job = id === undefined ? undefined : await known(caller, id)
    if (job === undefined) throw noJob()
    return job
  }
  return {
    find,
    known,
    add: async (caller, { id = newId(), state, spec, status }) => {
      if ((await store.countUnfinished(caller.userId)) >= limits.jobsUnfinishedPerUserMax) {
        throw refuse(
          'LIMIT_EXCEEDED',
          `You have ${limits.jobsUnfinishedPerUserMax} unfinished jobs (jobsUnfinishedPerUserMax): abort or finish some first.`,
        )
      }
      const createdAt = now()
      const job = {
        id,
        kind,
        state,
        createdBy: caller.userId,
        createdAt,
        modifiedAt: createdAt,
        spec: JSON.stringify({ ...Object(spec), limitedTo: caller.limitedTo }),
        status: JSON.stringify(status),
      }
      await store.insert(job)
      return job
    },
    list: async (caller) =>
      (await store.list(caller.userId, [kind], listedMax)).filter((job) => isOwn(caller, job)),
    move: async (job, change) => {
      const moved = await storage.write((tx) => store.change(tx, { id: job.id, ...change }))
      if (!moved) throw wrongState(await store.find(job.id))
      return (await store.find(job.id)) ?? job
    },
    whileOpen: async (job, work) => {
      const isOpen = await storage.write(async (tx) => {
        const open = await store.change(tx, { id: job.id, from: ['Open'], state: 'Open' })
        if (open) await work(tx)
        return open
      })
      if (!isOpen) throw wrongState(await store.find(job.id))
    },
    remove: (job) =>
      storage.write(async (tx) => {
        // Whoever is about to begin the job finds it in another state.
        const isMine = await store.change(tx, { id: job.id, from: removable, state: 'Aborted' })
        if (!isMine) throw wrongState(job)
        await removeBlocks(tx, job.id)
        await store.remove(tx, job.id)
      }),
  }
}

/** A program within limits has its own jobs alone: those of its user may hold what it may not read. */
function isOwn({ userId, limitedTo }: Caller, job: Job): boolean {
  if (job.createdBy !== userId) return false
  return limitedTo === undefined || limitedTo === limitedToOf(job)
}

/** The program in whose limits a job was made; undefined for one that has all rights of its user. */
export function limitedToOf({ spec }: Job): string | undefined {
  const { limitedTo } = JSON.parse(spec) as { readonly limitedTo?: string }
  return limitedTo
}

function noJob(): Refusal {
  return refuse('NOT_FOUND', message('The requested resource does not exist'))
}

export function wrongState(job: Job | undefined): Refusal {
  return refuse(
    'INVALIDJOBSTATE',
    message('The job is {state}: this cannot be done with it now.', { state: job?.state ?? '' }),
  )
}
