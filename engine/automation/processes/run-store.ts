/** Runs of guided processes as rows: each belongs to one user, is kept over restarts, and is submitted once. */
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import type { ColumnKind } from '../../sql/column-kind.ts'
import { integerLiteral, sql, type Sql } from '../../sql/sql.ts'
import { ensureTables, type EngineTable } from '../../storage/engine-tables.ts'
import type { Row, Storage, Transaction } from '../../storage/storage.ts'

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const instant: ColumnKind = { kind: 'instant' }

/** `Saved`: kept for later by its user. */
export type RunState = 'Open' | 'Saved' | 'Submitted'

export const processRunTable: EngineTable = {
  // `answers` and `result` are JSON of ours; a run that was submitted keeps its result alone.
  name: 'fs_process_run',
  columns: [
    { name: 'id', kind: id },
    { name: 'process', kind: text },
    { name: 'user_id', kind: id },
    { name: 'state', kind: text },
    { name: 'record_id', kind: id, nullable: true },
    { name: 'screen', kind: text, nullable: true },
    { name: 'answers', kind: text },
    { name: 'result', kind: text, nullable: true },
    { name: 'created_at', kind: instant },
    { name: 'modified_at', kind: instant },
  ],
  key: ['id'],
  indexes: [['user_id', 'modified_at'], ['modified_at']],
}

export interface ProcessRun {
  readonly id: string
  readonly process: string
  readonly userId: string
  readonly state: RunState
  /** From which it was started. */
  readonly recordId: string | undefined
  /** Where its user is; undefined for the review at the end. */
  readonly screen: string | undefined
  readonly answers: string
  readonly result: string | undefined
  readonly createdAt: number
  readonly modifiedAt: number
}

export interface RunChange extends Pick<ProcessRun, 'id' | 'userId' | 'screen' | 'answers'> {
  readonly state: 'Open' | 'Saved'
}

export interface RunStore {
  insert(run: ProcessRun): Promise<void>
  /** Undefined for somebody else's, as for one that is not there. */
  find(id: string, userId: string): Promise<ProcessRun | undefined>
  /** Those that can be gone on with, the newest first. */
  open(userId: string): Promise<readonly ProcessRun[]>
  /** False where it was submitted or given up meanwhile. */
  change(change: RunChange): Promise<boolean>
  remove(id: string, userId: string): Promise<boolean>
  /** Within the unit that makes the records: nobody else can submit it until that ends. False where somebody did. */
  claim(tx: Transaction, run: Pick<ProcessRun, 'id' | 'userId'>): Promise<boolean>
  finish(tx: Transaction, id: string, result: string): Promise<void>
}

const columns = sql`id, process, user_id, state, record_id, screen, answers, result, created_at, modified_at`
const unfinished = sql`state in ('Open', 'Saved')`

export async function createRunStore(storage: Storage, clock: Clock): Promise<RunStore> {
  await ensureTables(storage, [processRunTable])
  const at = (time: number): Sql => storage.dialect.bound(instant, time)
  const own = (run: string, userId: string): Sql => sql`id = ${run} and user_id = ${userId}`
  const rows = async (condition: Sql): Promise<readonly ProcessRun[]> =>
    (await storage.read(sql`select ${columns} from fs_process_run where ${condition}`)).map(runOf)
  const most = integerLiteral(limits.processRunsPerUserMax)
  return {
    insert: (run) =>
      storage.write(async (tx) => {
        await tx.run(
          sql`delete from fs_process_run where modified_at < ${at(clock.now() - limits.processRunKeptMs)}`,
        )
        await tx.run(
          sql`insert into fs_process_run (${columns}) values (${run.id}, ${run.process}, ${run.userId}, ${run.state}, ${run.recordId ?? null}, ${run.screen ?? null}, ${run.answers}, ${null}, ${at(run.createdAt)}, ${at(run.modifiedAt)})`,
        )
        // Those that nobody meant to keep go first.
        await tx.run(
          sql`delete from fs_process_run where user_id = ${run.userId} and id not in (select id from fs_process_run where user_id = ${run.userId} order by case state when 'Saved' then 0 else 1 end, modified_at desc, id desc limit ${most})`,
        )
      }),
    find: async (run, userId) => (await rows(own(run, userId)))[0],
    open: (userId) =>
      rows(
        sql`user_id = ${userId} and state = 'Saved' order by modified_at desc, id desc limit ${most}`,
      ),
    change: ({ id: run, userId, state, screen, answers }) =>
      storage.write(async (tx) => {
        const changed = await tx.run(
          sql`update fs_process_run set state = ${state}, screen = ${screen ?? null}, answers = ${answers}, modified_at = ${at(clock.now())} where ${own(run, userId)} and ${unfinished}`,
        )
        return changed === 1
      }),
    remove: (run, userId) =>
      storage.write(async (tx) => {
        const gone = await tx.run(
          sql`delete from fs_process_run where ${own(run, userId)} and ${unfinished}`,
        )
        return gone === 1
      }),
    claim: async (tx, { id: run, userId }) => {
      const claimed = await tx.run(
        sql`update fs_process_run set modified_at = ${at(clock.now())} where ${own(run, userId)} and ${unfinished}`,
      )
      return claimed === 1
    },
    finish: async (tx, run, result) => {
      await tx.run(
        sql`update fs_process_run set state = 'Submitted', answers = '{}', result = ${result} where id = ${run}`,
      )
    },
  }
}

function runOf(row: Row): ProcessRun {
  const optional = (name: string): string | undefined =>
    row[name] === null || row[name] === undefined ? undefined : String(row[name])
  return {
    id: String(row['id']),
    process: String(row['process']),
    userId: String(row['user_id']),
    // Written by this file alone.
    state: String(row['state']) as RunState,
    recordId: optional('record_id'),
    screen: optional('screen'),
    answers: String(row['answers']),
    result: optional('result'),
    createdAt: Number(row['created_at']),
    modifiedAt: Number(row['modified_at']),
  }
}
