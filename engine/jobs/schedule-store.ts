/** Scheduled jobs and their runs as rows: when next, how the last one ended, and one row for each run. */
import type { Clock } from '../base/clock.ts'
import { asyncJobTable, cronJobDetailTable, cronTriggerTable } from '../model/job-objects.ts'
import { versionColumn } from '../model/system-fields.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, type Identifier, type Sql } from '../sql/sql.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'
import type { CronTimes } from './cron-times.ts'

/** As the public platform calls them. */
export type TriggerState = 'WAITING' | 'PAUSED' | 'COMPLETE' | 'DELETED'
export type RunStatus = 'Queued' | 'Processing' | 'Completed' | 'Failed' | 'Aborted'

export interface TriggerRow {
  readonly id: string
  readonly name: string
  readonly schedule: string
  /** What an administrator put in the place of the job's own schedule. */
  readonly chosen: string | undefined
  readonly zone: string
  readonly state: TriggerState
  readonly nextAt: number | undefined
  readonly lastAt: number | undefined
  readonly lastState: RunStatus | undefined
  readonly lastOutcome: string | undefined
}

export interface NewTrigger {
  readonly name: string
  /** Of the platform: 6 is a scheduled flow, 7 everything else. */
  readonly jobType: string
  readonly schedule: string
  readonly times: Pick<CronTimes, 'zone'> & { readonly expression: string }
  readonly nextAt: number | undefined
}

export interface TriggerChange {
  readonly schedule?: string
  readonly expression?: string
  readonly chosen?: string | null
  readonly zone?: string
  readonly state?: TriggerState
  readonly nextAt?: number | undefined
  readonly lastAt?: number
  readonly lastState?: RunStatus
  readonly lastOutcome?: string
}

export interface RunChange {
  readonly status: RunStatus
  readonly detail: string | undefined
  readonly processed?: number | undefined
}

export interface ScheduleStore {
  list(): Promise<ReadonlyMap<string, TriggerRow>>
  add(trigger: NewTrigger): Promise<void>
  change(tx: Transaction, name: string, change: TriggerChange): Promise<void>
  /** True for the one who was the first to see that it is due. */
  take(tx: Transaction, due: DueTrigger): Promise<boolean>
  /** Nobody else begins a run of it until the unit ends; undefined where it has one that is not over. */
  lock(tx: Transaction, name: string): Promise<TriggerRow | undefined>
  addRun(tx: Transaction, run: NewRun): Promise<void>
  changeRun(tx: Transaction, id: string, change: RunChange): Promise<void>
  removeRun(tx: Transaction, id: string): Promise<void>
}

export interface DueTrigger {
  readonly name: string
  readonly dueAt: number
  readonly nextAt: number | undefined
}

export interface NewRun {
  readonly id: string
  readonly trigger: Pick<TriggerRow, 'id' | 'name'>
  readonly jobType: string
  readonly by: string
}

const instant: ColumnKind = { kind: 'instant' }
const triggers = identifier(cronTriggerTable.name)
const details = identifier(cronJobDetailTable.name)
const detailPrefix = cronJobDetailTable.keyPrefix
const runs = identifier(asyncJobTable.name)

interface Parts {
  readonly storage: Storage
  readonly clock: Clock
}

interface Bindings {
  at(time: number | undefined): Sql
  now(): Sql
  truth(value: boolean): Sql
}

export function createScheduleStore(
  parts: Parts,
  newId: (keyPrefix: string) => string,
): ScheduleStore {
  const { storage, clock } = parts
  const { bound } = storage.dialect
  const at = (time: number | undefined): Sql =>
    time === undefined ? sql`null` : bound(instant, time)
  const bind: Bindings = {
    at,
    now: () => at(clock.now()),
    truth: (value) => bound({ kind: 'boolean' }, value),
  }
  return { ...triggerRows(storage, bind, newId), ...runRows(bind) }
}

type TriggerRows = Pick<ScheduleStore, 'list' | 'add' | 'change' | 'take' | 'lock'>

function triggerRows(
  storage: Storage,
  { at, now, truth }: Bindings,
  newId: (keyPrefix: string) => string,
): TriggerRows {
  return {
    list: async () => {
      const rows = await storage.read(sql`select ${columns} from ${triggers}`)
      return new Map(rows.map((row) => [String(row['name']), triggerOf(row)]))
    },
    add: ({ name, jobType, schedule, times, nextAt }) =>
      storage.write(async (tx) => {
        const [id, detailId] = [newId(cronTriggerTable.keyPrefix), newId(detailPrefix)]
        const values = {
          ...beginning({ id, now: now(), no: truth(false) }),
          CreatedById: sql`null`,
          name: sql`${name}`,
          detail_id: sql`${detailId}`,
          schedule: sql`${schedule}`,
          expression: sql`${times.expression}`,
          zone: sql`${times.zone}`,
          state: sql`${stateFor(nextAt)}`,
          next_at: at(nextAt),
          times: sql`0`,
        }
        const added = await tx.run(sql`${insertInto(triggers, values)} on conflict do nothing`)
        if (added === 0) return
        const named = { name: sql`${name}`, job_type: sql`${jobType}` }
        const detail = beginning({ id: detailId, now: now(), no: truth(false) })
        await tx.run(insertInto(details, { ...detail, ...named }))
      }),
    change: async (tx, name, change) => {
      const set = changed(change, at)
      const deleted = change.state === undefined ? [] : [isDeleted(change.state, truth)]
      const all = [...set, ...deleted, sql`${identifier('LastModifiedDate')} = ${now()}`]
      await tx.run(sql`update ${triggers} set ${joinSql(all)} where name = ${name}`)
    },
    take: async (tx, { name, dueAt, nextAt }) => {
      const taken = await tx.run(
        sql`update ${triggers} set next_at = ${at(nextAt)}, state = ${stateFor(nextAt)} where name = ${name} and next_at = ${at(dueAt)} and state = 'WAITING'`,
      )
      return taken === 1
    },
    lock: async (tx, name) => {
      await tx.run(sql`update ${triggers} set state = state where name = ${name}`)
      const [row] = await tx.read(
        sql`select ${columns} from ${triggers} where name = ${name} and not exists (select 1 from ${runs} join fs_job on fs_job.id = ${runs}.${identifier('Id')} where trigger_id = ${triggers}.${identifier('Id')} and fs_job.state in ('UploadComplete', 'InProgress'))`,
      )
      return row && triggerOf(row)
    },
  }
}

function runRows({ now, truth }: Bindings): Omit<ScheduleStore, keyof TriggerRows> {
  return {
    addRun: async (tx, { id, trigger, jobType, by }) => {
      const values = {
        ...beginning({ id, now: now(), no: truth(false) }),
        CreatedById: sql`${by}`,
        trigger_id: sql`${trigger.id}`,
        name: sql`${trigger.name}`,
        job_type: sql`${jobType === flowType ? 'ScheduledFlow' : 'ScheduledApex'}`,
        status: sql`${'Queued'}`,
        processed: sql`0`,
        errors: sql`0`,
      }
      await tx.run(insertInto(runs, values))
      await tx.run(
        sql`update ${triggers} set times = times + 1, last_at = ${now()} where ${identifier('Id')} = ${trigger.id}`,
      )
    },
    changeRun: async (tx, id, { status, detail, processed }) => {
      const isOver = status !== 'Queued' && status !== 'Processing'
      const over = isOver ? sql`, completed_at = ${now()}` : sql``
      const failed = status === 'Failed' ? sql`, errors = 1` : sql``
      const done = processed === undefined ? sql`` : sql`, processed = ${integer(processed, tx)}`
      await tx.run(
        sql`update ${runs} set status = ${status}, extended_status = ${detail ?? null}, ${identifier('LastModifiedDate')} = ${now()}${over}${failed}${done} where ${identifier('Id')} = ${id}`,
      )
    },
    removeRun: async (tx, id) => {
      await tx.run(sql`delete from ${runs} where ${identifier('Id')} = ${id}`)
    },
  }
}

export const flowType = '6'

function integer(value: number, { dialect }: { readonly dialect: Dialect }): Sql {
  return dialect.bound({ kind: 'decimal', precision: 9, scale: 0 }, String(value))
}

export function stateFor(nextAt: number | undefined): TriggerState {
  return nextAt === undefined ? 'COMPLETE' : 'WAITING'
}

function isDeleted(state: TriggerState, truth: (value: boolean) => Sql): Sql {
  return sql`${identifier('IsDeleted')} = ${truth(state === 'DELETED')}`
}

interface Beginning {
  readonly id: string
  readonly now: Sql
  readonly no: Sql
}

function beginning({ id, now, no }: Beginning): Readonly<Record<string, Sql>> {
  return {
    Id: sql`${id}`,
    IsDeleted: no,
    CreatedDate: now,
    LastModifiedDate: now,
    [versionColumn]: sql`1`,
  }
}

function insertInto(table: Identifier, values: Readonly<Record<string, Sql>>): Sql {
  const names = joinSql(Object.keys(values).map((name) => sql`${identifier(name)}`))
  return sql`insert into ${table} (${names}) values (${joinSql(Object.values(values))})`
}

const columns = joinSql(
  [
    'Id',
    'name',
    'schedule',
    'chosen',
    'zone',
    'state',
    'next_at',
    'last_at',
    'last_state',
    'last_outcome',
  ].map((name) => sql`${identifier(name)}`),
)

const columnOf: Readonly<Record<keyof TriggerChange, string>> = {
  schedule: 'schedule',
  expression: 'expression',
  chosen: 'chosen',
  zone: 'zone',
  state: 'state',
  nextAt: 'next_at',
  lastAt: 'last_at',
  lastState: 'last_state',
  lastOutcome: 'last_outcome',
}

function changed(change: TriggerChange, at: (time: number | undefined) => Sql): readonly Sql[] {
  const times: Partial<TriggerChange> = { ...change }
  return Object.entries(times).map(([name, value]) => {
    // Its own members are all there are.
    const column = columnOf[name as keyof TriggerChange]
    const isTime = name === 'nextAt' || name === 'lastAt'
    const bound = isTime ? at(typeof value === 'number' ? value : undefined) : sql`${value ?? null}`
    return sql`${identifier(column)} = ${bound}`
  })
}

function triggerOf(row: Row): TriggerRow {
  const word = (name: string): string | undefined => {
    const value = row[name] ?? null
    return value === null ? undefined : String(value)
  }
  const time = (name: string): number | undefined => {
    const value = row[name] ?? null
    return value === null ? undefined : Number(value)
  }
  return {
    id: String(row['Id']),
    name: String(row['name']),
    schedule: String(row['schedule']),
    chosen: word('chosen'),
    zone: String(row['zone']),
    // Both were written by this file alone.
    state: String(row['state']) as TriggerState,
    lastState: word('last_state') as RunStatus | undefined,
    nextAt: time('next_at'),
    lastAt: time('last_at'),
    lastOutcome: word('last_outcome'),
  }
}
