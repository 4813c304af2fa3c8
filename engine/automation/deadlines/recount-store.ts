/** Business hours that have changed, as rows: each stays until all open deadlines that run in them are set anew. */
import type { ColumnKind } from '../../sql/column-kind.ts'
import { sql } from '../../sql/sql.ts'
import type { EngineTable } from '../../storage/engine-tables.ts'
import type { Storage, Transaction } from '../../storage/storage.ts'

const id: ColumnKind = { kind: 'id' }
const text: ColumnKind = { kind: 'text' }
const instant: ColumnKind = { kind: 'instant' }

export const recountTable: EngineTable = {
  name: 'fs_milestone_recount',
  columns: [
    { name: 'id', kind: id },
    { name: 'hours_id', kind: text },
    { name: 'holder', kind: text },
    { name: 'after_id', kind: text },
    { name: 'run_at', kind: instant },
  ],
  key: ['id'],
  indexes: [['run_at']],
}

export interface Recount {
  readonly id: string
  /** Empty: of all hours. */
  readonly hoursId: string
  /** How far it has come: the object whose deadlines are set anew, and the last of them that is. */
  readonly holder: string
  readonly afterId: string
  readonly runAt: number
}

const columns = sql`id, hours_id, holder, after_id, run_at`

export async function addRecount(
  tx: Transaction,
  recount: Pick<Recount, 'id' | 'hoursId' | 'runAt'> & Partial<Recount>,
): Promise<void> {
  const { hoursId, holder = '', afterId = '' } = recount
  const at = tx.dialect.bound(instant, recount.runAt)
  await tx.run(
    sql`insert into fs_milestone_recount (${columns}) values (${recount.id}, ${hoursId}, ${holder}, ${afterId}, ${at})`,
  )
}

/** The one row says by which processes the deadlines were set last. */
export const processesTable: EngineTable = {
  name: 'fs_milestone_processes',
  columns: [
    { name: 'id', kind: text },
    { name: 'fingerprint', kind: text },
  ],
  key: ['id'],
  indexes: [],
}

export async function knownProcesses(reader: Pick<Storage, 'read'>): Promise<string | undefined> {
  const [row] = await reader.read(sql`select fingerprint from fs_milestone_processes`)
  return row && String(row['fingerprint'])
}

/** False where another node was faster. */
export async function noteProcesses(
  tx: Transaction,
  { known, fingerprint }: { readonly known: string | undefined; readonly fingerprint: string },
): Promise<boolean> {
  const changed =
    known === undefined
      ? sql`insert into fs_milestone_processes (id, fingerprint) select 'processes', ${fingerprint} where not exists (select 1 from fs_milestone_processes)`
      : sql`update fs_milestone_processes set fingerprint = ${fingerprint} where fingerprint = ${known}`
  return (await tx.run(changed)) === 1
}

/** False where another node has it. */
export async function takeRecount(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.run(sql`delete from fs_milestone_recount where id = ${id}`)) === 1
}

export async function dueRecount(
  reader: Pick<Storage, 'read' | 'dialect'>,
  now: number,
): Promise<Recount | undefined> {
  const at = reader.dialect.bound(instant, now)
  const [row] = await reader.read(
    sql`select ${columns} from fs_milestone_recount where run_at <= ${at} order by run_at, id limit 1`,
  )
  if (row === undefined) return undefined
  return {
    id: String(row['id']),
    hoursId: String(row['hours_id']),
    holder: String(row['holder']),
    afterId: String(row['after_id']),
    runAt: Number(row['run_at']),
  }
}
