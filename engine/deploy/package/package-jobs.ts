/** Deploys and retrieves as rows, so that everybody's question finds them on every node and after a restart. */
import { sql } from '../../sql/sql.ts'
import type { ColumnKind } from '../../sql/column-kind.ts'
import type { EngineTable } from '../../storage/engine-tables.ts'
import type { Row, Storage } from '../../storage/storage.ts'
import type { Author } from '../plan.ts'
import type { PackageOptions } from './deploy-package.ts'
import type { ComponentResult } from './package-results.ts'

export type JobState =
  'Pending' | 'InProgress' | 'Succeeded' | 'SucceededPartial' | 'Failed' | 'Canceled'

export interface JobResult {
  readonly results: readonly ComponentResult[]
  readonly total: number
  /** Why nothing of it could be looked at. */
  readonly error?: { readonly code: string; readonly message: string }
}

export interface PackageJob {
  readonly id: string
  readonly state: JobState
  readonly by: Author
  readonly createdAt: number
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  readonly options: PackageOptions
  readonly result: JobResult | undefined
}

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const instant: ColumnKind = { kind: 'instant' }

export const packageTables: readonly EngineTable[] = [
  {
    name: 'fs_package_job',
    columns: [
      { name: 'id', kind: id },
      { name: 'state', kind: text },
      { name: 'by_id', kind: id },
      { name: 'by_name', kind: text },
      { name: 'created_at', kind: instant },
      { name: 'started_at', kind: instant, nullable: true },
      { name: 'ended_at', kind: instant, nullable: true },
      { name: 'options', kind: text },
      // Base64; kept for as long as it may be needed again.
      { name: 'zip', kind: text, nullable: true },
      { name: 'result', kind: text, nullable: true },
    ],
    key: ['id'],
    indexes: [['state'], ['created_at']],
  },
  {
    name: 'fs_retrieved',
    columns: [
      { name: 'id', kind: id },
      { name: 'by_id', kind: id },
      { name: 'created_at', kind: instant },
      { name: 'result', kind: text },
    ],
    key: ['id'],
    indexes: [['created_at']],
  },
]

export interface PackageJobs {
  add(job: {
    readonly id: string
    readonly by: Author
    readonly at: number
    readonly options: PackageOptions
    readonly zip: string
  }): Promise<void>
  find(jobId: string): Promise<PackageJob | undefined>
  zipOf(jobId: string): Promise<string | undefined>
  /** Ids of what was begun or waits, the oldest first. */
  open(): Promise<readonly string[]>
  /** Moves a job on; false when it is in none of the states it may come from. */
  move(jobId: string, from: readonly JobState[], to: Moved): Promise<boolean>
  forgetBefore(at: number): Promise<void>
  addRetrieved(row: {
    readonly id: string
    readonly by: Author
    readonly at: number
    readonly result: string
  }): Promise<void>
  retrieved(retrieveId: string): Promise<string | undefined>
}

interface Moved {
  readonly state: JobState
  readonly at: number
  readonly result?: JobResult
  readonly keepZip?: boolean
}

/** The work goes on within the limits of the program that asked for it. */
interface StoredOptions extends PackageOptions {
  readonly limitedTo?: string | undefined
}

export function createPackageJobs(storage: Storage): PackageJobs {
  const { dialect } = storage
  const bound = (kind: ColumnKind, value: string | number | null) => dialect.bound(kind, value)
  const columns = sql`id, state, by_id, by_name, created_at, started_at, ended_at, options, result`
  return {
    add: async ({ id: jobId, by, at, options, zip }) => {
      const stored: StoredOptions = { ...options, limitedTo: by.limitedTo }
      await storage.write((tx) =>
        tx.run(sql`
          insert into fs_package_job (id, state, by_id, by_name, created_at, options, zip)
          values (${bound(id, jobId)}, 'Pending', ${bound(id, by.id)}, ${bound(text, by.name)},
            ${bound(instant, at)}, ${bound(text, JSON.stringify(stored))}, ${bound(text, zip)})`),
      )
    },
    find: async (jobId) => {
      const [row] = await storage.read(
        sql`select ${columns} from fs_package_job where id = ${bound(id, jobId)}`,
      )
      return row === undefined ? undefined : jobOf(row)
    },
    zipOf: async (jobId) => {
      const [row] = await storage.read(
        sql`select zip from fs_package_job where id = ${bound(id, jobId)}`,
      )
      const zip = row?.['zip'] ?? null
      return zip === null ? undefined : String(zip)
    },
    open: async () => {
      const rows = await storage.read(
        sql`select id from fs_package_job where state in ('Pending', 'InProgress') order by created_at, id`,
      )
      return rows.map((row) => String(row['id']))
    },
    move: (jobId, from, to) => moveJob(storage, { jobId, from, to }),
    forgetBefore: async (at) => {
      await storage.write(async (tx) => {
        await tx.run(sql`delete from fs_package_job
          where created_at < ${bound(instant, at)} and state not in ('Pending', 'InProgress')`)
        await tx.run(sql`delete from fs_retrieved where created_at < ${bound(instant, at)}`)
      })
    },
    addRetrieved: async ({ id: retrieveId, by, at, result }) => {
      await storage.write((tx) =>
        tx.run(sql`insert into fs_retrieved (id, by_id, created_at, result)
          values (${bound(id, retrieveId)}, ${bound(id, by.id)}, ${bound(instant, at)}, ${bound(text, result)})`),
      )
    },
    retrieved: async (retrieveId) => {
      const [row] = await storage.read(
        sql`select result from fs_retrieved where id = ${bound(id, retrieveId)}`,
      )
      return row === undefined ? undefined : String(row['result'])
    },
  }
}

function moveJob(
  storage: Storage,
  {
    jobId,
    from,
    to,
  }: { readonly jobId: string; readonly from: readonly JobState[]; readonly to: Moved },
): Promise<boolean> {
  const { dialect } = storage
  const at = dialect.bound(instant, to.at)
  const began = to.state === 'InProgress'
  const stamp = began ? sql`started_at = ${at}` : sql`ended_at = ${at}`
  const zip = began || to.keepZip === true ? sql`` : sql`, zip = null`
  const result = to.result === undefined ? null : JSON.stringify(to.result)
  return storage.write(async (tx) => {
    const [row] = await tx.read(
      sql`select state from fs_package_job where id = ${dialect.bound(id, jobId)}`,
    )
    if (!from.some((state) => state === row?.['state'])) return false
    const changed = await tx.run(sql`
      update fs_package_job set state = ${dialect.bound(text, to.state)},
        result = ${dialect.bound(text, result)}, ${stamp}${zip}
      where id = ${dialect.bound(id, jobId)} and state = ${dialect.bound(text, String(row?.['state']))}`)
    return changed === 1
  })
}

function jobOf(row: Row): PackageJob {
  const time = (value: unknown): number | undefined =>
    value === null || value === undefined ? undefined : Number(value)
  const stored = row['result'] ?? null
  const { limitedTo, ...options }: StoredOptions = JSON.parse(String(row['options']))
  const result: JobResult | undefined = stored === null ? undefined : JSON.parse(String(stored))
  return {
    id: String(row['id']),
    // The table's only writers are `add` and `move`.
    state: String(row['state']) as JobState,
    by: { id: String(row['by_id']), name: String(row['by_name']), limitedTo },
    createdAt: Number(row['created_at']),
    startedAt: time(row['started_at']),
    endedAt: time(row['ended_at']),
    options,
    result,
  }
}
