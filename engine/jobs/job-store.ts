/** Jobs as rows: made, found by their owner, claimed by one runner at a time. */
import type { Clock } from '../base/clock.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { integerLiteral, joinSql, sql, type Sql } from '../sql/sql.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'
import { jobTables } from './job-tables.ts'

/** `UploadComplete` waits for a runner. */
export type JobState =
  'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted'

export interface Job {
  readonly id: string
  readonly kind: string
  readonly state: JobState
  readonly createdBy: string
  readonly createdAt: number
  readonly modifiedAt: number
  /** JSON of the kind. */
  readonly spec: string
  readonly status: string
}

export interface JobChange {
  readonly id: string
  readonly from: readonly JobState[]
  readonly state: JobState
  readonly status?: string
}

export interface JobStore {
  insert(job: Job): Promise<void>
  /** As part of a unit of work. */
  insertIn(tx: Transaction, job: Job): Promise<void>
  find(id: string): Promise<Job | undefined>
  /** The newest jobs of everybody. */
  newest(max: number): Promise<readonly Job[]>
  /** The newest jobs of one owner. */
  list(owner: string, kinds: readonly string[], max: number): Promise<readonly Job[]>
  countUnfinished(owner: string): Promise<number>
  /** Of everybody, those that are kept. */
  countSince(kinds: readonly string[], time: number): Promise<number>
  /** True when the job was in one of the states; gives up its claim. */
  change(tx: Transaction, change: JobChange): Promise<boolean>
  /**
   * The oldest job that waits, or whose runner is gone, of those who have the fewest at work: nobody waits for all
   * the jobs of one. No other runner gets it meanwhile.
   */
  claim(claim: Claim): Promise<Job | undefined>
  /** Notes progress in the unit that made it; false when the job is no longer this runner's. */
  note(tx: Transaction, note: Claim & JobNote): Promise<boolean>
  /** Gives it back; nobody claims it before `until`. False when the job is no longer this runner's. */
  putOff(tx: Transaction, note: Claim & JobNote): Promise<boolean>
  /** Gives back what runners of an earlier life of this server held. */
  releaseAll(): Promise<void>
  remove(tx: Transaction, id: string): Promise<void>
  finishedBefore(time: number, max: number): Promise<readonly string[]>
}

export interface Claim {
  readonly runner: string
  readonly until: number
}

export interface JobNote {
  readonly id: string
  readonly status: string
  /** Ends the job. */
  readonly state?: JobState
}

const columns = sql`id, kind, state, created_by, created_at, modified_at, spec, status`
const instant: ColumnKind = { kind: 'instant' }

export async function createJobStore(storage: Storage, clock: Clock): Promise<JobStore> {
  await ensureTables(storage, jobTables)
  const times = {
    now: () => clock.now(),
    at: (time: number) => storage.dialect.bound(instant, time),
  }
  return { ...finding(storage, times), ...changing(storage, times), ...claiming(storage, times) }
}

interface Times {
  readonly now: () => number
  /** A moment as the columns hold it. */
  readonly at: (time: number) => Sql
}

type Finding = Pick<
  JobStore,
  'find' | 'newest' | 'list' | 'countUnfinished' | 'countSince' | 'finishedBefore'
>

function finding(storage: Storage, { at }: Times): Finding {
  const rows = async (condition: Sql): Promise<readonly Job[]> =>
    (await storage.read(sql`select ${columns} from fs_job where ${condition}`)).map(jobOf)
  return {
    find: async (id) => (await rows(sql`id = ${id}`))[0],
    newest: async (max) => {
      const query = sql`select ${columns} from fs_job order by created_at desc, id desc limit ${integerLiteral(max)}`
      return (await storage.read(query)).map(jobOf)
    },
    list: (owner, kinds, max) =>
      rows(
        sql`created_by = ${owner} and kind in (${texts(kinds)}) order by created_at desc, id desc limit ${integerLiteral(max)}`,
      ),
    countUnfinished: async (owner) => {
      const query = sql`select count(*) as n from fs_job where created_by = ${owner} and state in ('Open', 'UploadComplete', 'InProgress')`
      return Number((await storage.read(query))[0]?.['n'] ?? 0)
    },
    countSince: async (kinds, time) => {
      const query = sql`select count(*) as n from fs_job where kind in (${texts(kinds)}) and created_at >= ${at(time)}`
      return Number((await storage.read(query))[0]?.['n'] ?? 0)
    },
    finishedBefore: async (time, max) => {
      const query = sql`select id from fs_job where modified_at < ${at(time)} and state not in ('UploadComplete', 'InProgress') order by modified_at limit ${integerLiteral(max)}`
      return (await storage.read(query)).map((row) => String(row['id']))
    },
  }
}

type Changing = Pick<JobStore, 'insert' | 'insertIn' | 'change' | 'remove'>

function changing(storage: Storage, { now, at }: Times): Changing {
  const insertIn: JobStore['insertIn'] = async (tx, job) => {
    await tx.run(
      sql`insert into fs_job (${columns}) values (${job.id}, ${job.kind}, ${job.state}, ${job.createdBy}, ${at(job.createdAt)}, ${at(job.modifiedAt)}, ${job.spec}, ${job.status})`,
    )
  }
  return {
    insert: (job) => storage.write((tx) => insertIn(tx, job)),
    insertIn,
    change: async (tx, { id, from, state, status }) => {
      const noted = status === undefined ? sql`` : sql`, status = ${status}`
      const changed = await tx.run(
        sql`update fs_job set state = ${state}, modified_at = ${at(now())}, claimed_by = null, claimed_until = null${noted} where id = ${id} and state in (${texts(from)})`,
      )
      return changed === 1
    },
    remove: async (tx, id) => {
      await tx.run(sql`delete from fs_job where id = ${id}`)
    },
  }
}

type Claiming = Pick<JobStore, 'claim' | 'note' | 'putOff' | 'releaseAll'>

function claiming(storage: Storage, { now, at }: Times): Claiming {
  const claimable = (): Sql =>
    sql`(state in ('UploadComplete', 'InProgress') and (claimed_until < ${at(now())} or (state = 'UploadComplete' and claimed_until is null)))`
  const atWork = (): Sql =>
    sql`select count(*) from fs_job other where other.created_by = fs_job.created_by and other.state = 'InProgress' and other.claimed_until >= ${at(now())}`
  return {
    claim: ({ runner, until }) =>
      storage.write(async (tx) => {
        const next = claimable()
        const [row] = await tx.read(
          sql`select ${columns} from fs_job where ${next} order by (${atWork()}), created_at, id limit 1`,
        )
        if (row === undefined) return undefined
        const job = jobOf(row)
        const taken = await tx.run(
          sql`update fs_job set state = 'InProgress', claimed_by = ${runner}, claimed_until = ${at(until)}, modified_at = ${at(now())} where id = ${job.id} and ${next}`,
        )
        // Another node was faster; it is asked again soon.
        return taken === 1 ? { ...job, state: 'InProgress' as const } : undefined
      }),
    note: async (tx, { id, runner, until, status, state = 'InProgress' }) => {
      const noted = await tx.run(
        sql`update fs_job set status = ${status}, state = ${state}, claimed_until = ${at(until)}, modified_at = ${at(now())} where id = ${id} and state = 'InProgress' and claimed_by = ${runner}`,
      )
      return noted === 1
    },
    putOff: async (tx, { id, runner, until, status }) => {
      const noted = await tx.run(
        sql`update fs_job set status = ${status}, state = 'UploadComplete', claimed_by = null, claimed_until = ${at(until)}, modified_at = ${at(now())} where id = ${id} and state = 'InProgress' and claimed_by = ${runner}`,
      )
      return noted === 1
    },
    releaseAll: () =>
      storage.write(async (tx) => {
        await tx.run(sql`update fs_job set claimed_until = ${at(0)} where state = 'InProgress'`)
      }),
  }
}

function texts(values: readonly string[]): Sql {
  return joinSql(values.map((value) => sql`${value}`))
}

function jobOf(row: Row): Job {
  return {
    id: String(row['id']),
    kind: String(row['kind']),
    // Written by this file alone.
    state: String(row['state']) as JobState,
    createdBy: String(row['created_by']),
    createdAt: Number(row['created_at']),
    modifiedAt: Number(row['modified_at']),
    spec: String(row['spec']),
    status: String(row['status']),
  }
}
