/** What became of runs of flows, as rows: one for each run that is worth looking at, and figures for each flow. */
import type { ColumnKind } from '../../sql/column-kind.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { integerLiteral, joinSql, sql, type Sql } from '../../sql/sql.ts'
import type { EngineTable } from '../../storage/engine-tables.ts'
import type { Row, Storage, Transaction } from '../../storage/storage.ts'

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const instant: ColumnKind = { kind: 'instant' }
const integer: ColumnKind = { kind: 'integer' }

export const flowLogTables: readonly EngineTable[] = [
  {
    // `steps` is JSON of ours, where somebody looked on.
    name: 'fs_flow_run',
    columns: [
      { name: 'id', kind: id },
      { name: 'flow', kind: text },
      { name: 'start', kind: text },
      { name: 'outcome', kind: text },
      { name: 'object', kind: text, nullable: true },
      { name: 'record_id', kind: id, nullable: true },
      { name: 'user_id', kind: id },
      { name: 'run_at', kind: instant },
      { name: 'element', kind: text, nullable: true },
      { name: 'error', kind: text, nullable: true },
      { name: 'steps', kind: text, nullable: true },
    ],
    key: ['id'],
    indexes: [['run_at'], ['flow', 'run_at'], ['record_id', 'run_at']],
  },
  {
    name: 'fs_flow_total',
    columns: [
      { name: 'flow', kind: text },
      { name: 'runs', kind: integer },
      { name: 'failures', kind: integer },
      { name: 'last_at', kind: instant, nullable: true },
      { name: 'failed_at', kind: instant, nullable: true },
      { name: 'traced_until', kind: instant, nullable: true },
    ],
    key: ['flow'],
    indexes: [],
  },
]

/** `Skipped`: the record did not meet the conditions of the start. `Refused`: by a custom error. */
export type RunOutcome = 'Finished' | 'Refused' | 'Failed' | 'Skipped'

export interface LoggedRun {
  readonly id: string
  readonly flow: string
  readonly start: string
  readonly outcome: RunOutcome
  readonly object: string | undefined
  readonly recordId: string | undefined
  readonly userId: string
  readonly at: number
  /** Where it was when it failed. */
  readonly element: string | undefined
  readonly error: string | undefined
  readonly steps: string | undefined
}

export interface FlowFigures {
  readonly runs: number
  readonly failures: number
  readonly lastAt: number | undefined
  readonly failedAt: number | undefined
  readonly tracedUntil: number | undefined
}

export interface RunFilter {
  readonly flow?: string | undefined
  readonly recordId?: string | undefined
  readonly outcome?: RunOutcome | undefined
  readonly before?: number | undefined
  readonly max: number
}

type Added = Omit<FlowFigures, 'tracedUntil'>

export async function addFigures(
  tx: Transaction,
  figures: ReadonlyMap<string, Added>,
): Promise<void> {
  // In one order everywhere, so that two nodes never wait for each other.
  for (const [flow, one] of [...figures].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const at = moments(tx.dialect)
    await tx.run(
      sql`insert into fs_flow_total (flow, runs, failures, last_at, failed_at) values (${flow}, ${integerLiteral(one.runs)}, ${integerLiteral(one.failures)}, ${at(one.lastAt)}, ${at(one.failedAt)}) on conflict (flow) do update set runs = fs_flow_total.runs + excluded.runs, failures = fs_flow_total.failures + excluded.failures, last_at = coalesce(excluded.last_at, fs_flow_total.last_at), failed_at = coalesce(excluded.failed_at, fs_flow_total.failed_at)`,
    )
  }
}

export async function setTraced(
  tx: Transaction,
  flow: string,
  until: number | undefined,
): Promise<void> {
  const at = moments(tx.dialect)(until)
  await tx.run(
    sql`insert into fs_flow_total (flow, runs, failures, traced_until) values (${flow}, 0, 0, ${at}) on conflict (flow) do update set traced_until = ${at}`,
  )
}

export async function readFigures(storage: Storage): Promise<ReadonlyMap<string, FlowFigures>> {
  const rows = await storage.read(
    sql`select flow, runs, failures, last_at, failed_at, traced_until from fs_flow_total`,
  )
  return new Map(
    rows.map((row) => [
      String(row['flow']),
      {
        runs: Number(row['runs']),
        failures: Number(row['failures']),
        lastAt: numberIn(row, 'last_at'),
        failedAt: numberIn(row, 'failed_at'),
        tracedUntil: numberIn(row, 'traced_until'),
      },
    ]),
  )
}

const columns = sql`id, flow, start, outcome, object, record_id, user_id, run_at, element, error, steps`

export async function addRuns(tx: Transaction, runs: readonly LoggedRun[]): Promise<void> {
  const at = moments(tx.dialect)
  for (const run of runs) {
    const { object, recordId, element, error, steps } = run
    await tx.run(
      sql`insert into fs_flow_run (${columns}) values (${run.id}, ${run.flow}, ${run.start}, ${run.outcome}, ${object ?? null}, ${recordId ?? null}, ${run.userId}, ${at(run.at)}, ${element ?? null}, ${error ?? null}, ${steps ?? null})`,
    )
  }
}

/** The newest first. */
export async function readRuns(
  storage: Storage,
  { flow, recordId, outcome, before, max }: RunFilter,
): Promise<readonly LoggedRun[]> {
  const at = moments(storage.dialect)
  const conditions: readonly Sql[] = [
    ...(flow === undefined ? [] : [sql`flow = ${flow}`]),
    ...(recordId === undefined ? [] : [sql`record_id = ${recordId}`]),
    ...(outcome === undefined ? [] : [sql`outcome = ${outcome}`]),
    ...(before === undefined ? [] : [sql`run_at < ${at(before)}`]),
  ]
  const where = conditions.length === 0 ? sql`` : sql` where ${joinSql(conditions, sql` and `)}`
  const rows = await storage.read(
    sql`select ${columns} from fs_flow_run${where} order by run_at desc, id desc limit ${integerLiteral(max)}`,
  )
  return rows.map(runOf)
}

/** Takes away what is too old, and the oldest of what is too much. */
export async function tidyRuns(
  tx: Transaction,
  { before, max }: { readonly before: number; readonly max: number },
): Promise<void> {
  const at = moments(tx.dialect)
  await tx.run(
    sql`delete from fs_flow_run where run_at < ${at(before)} or run_at < (select run_at from fs_flow_run order by run_at desc limit 1 offset ${integerLiteral(max)})`,
  )
}

function moments({ bound }: Dialect): (time: number | undefined) => Sql {
  return (time) => (time === undefined ? sql`null` : bound(instant, time))
}

function numberIn(row: Row, name: string): number | undefined {
  const value = row[name] ?? null
  return value === null ? undefined : Number(value)
}

function runOf(row: Row): LoggedRun {
  const word = (name: string): string | undefined => {
    const value = row[name] ?? null
    return value === null ? undefined : String(value)
  }
  return {
    id: String(row['id']),
    flow: String(row['flow']),
    start: String(row['start']),
    // Written by this file alone.
    outcome: String(row['outcome']) as RunOutcome,
    object: word('object'),
    recordId: word('record_id'),
    userId: String(row['user_id']),
    at: Number(row['run_at']),
    element: word('element'),
    error: word('error'),
    steps: word('steps'),
  }
}
