/** Paths of flows that are to run later, as rows: made in the unit of the save, taken away in the unit that runs them. */
import type { ColumnKind } from '../../sql/column-kind.ts'
import { integerLiteral, joinSql, sql } from '../../sql/sql.ts'
import type { EngineTable } from '../../storage/engine-tables.ts'
import type { Row, Storage, Transaction } from '../../storage/storage.ts'

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const instant: ColumnKind = { kind: 'instant' }

export const flowTables: readonly EngineTable[] = [
  {
    name: 'fs_flow_path',
    columns: [
      { name: 'id', kind: id },
      { name: 'flow', kind: text },
      { name: 'path', kind: text },
      { name: 'object', kind: text },
      { name: 'record_id', kind: id },
      { name: 'run_at', kind: instant },
      { name: 'created_by', kind: id },
      { name: 'attempts', kind: text },
      { name: 'reason', kind: text, nullable: true },
    ],
    key: ['id'],
    indexes: [['run_at'], ['record_id', 'flow']],
  },
]

export interface WaitingPath {
  readonly id: string
  readonly flow: string
  readonly path: string
  readonly object: string
  readonly recordId: string
  readonly runAt: number
  readonly createdBy: string
  readonly attempts: number
  readonly reason: string | undefined
}

const columns = sql`id, flow, path, object, record_id, run_at, created_by, attempts, reason`

function pathOf(row: Row): WaitingPath {
  return {
    id: String(row['id']),
    flow: String(row['flow']),
    path: String(row['path']),
    object: String(row['object']),
    recordId: String(row['record_id']),
    runAt: Number(row['run_at']),
    createdBy: String(row['created_by']),
    attempts: Number(row['attempts']),
    reason: row['reason'] === null ? undefined : String(row['reason']),
  }
}

function list(values: readonly string[]) {
  return joinSql(values.map((value) => sql`${value}`))
}

export async function addPaths(tx: Transaction, paths: readonly WaitingPath[]): Promise<void> {
  for (const one of paths) {
    const at = tx.dialect.bound(instant, one.runAt)
    await tx.run(
      sql`insert into fs_flow_path (${columns}) values (${one.id}, ${one.flow}, ${one.path}, ${one.object}, ${one.recordId}, ${at}, ${one.createdBy}, ${String(one.attempts)}, null)`,
    )
  }
}

/** What waits for these records. */
export async function pathsOfRecords(
  tx: Transaction,
  flows: readonly string[],
  recordIds: readonly string[],
): Promise<readonly WaitingPath[]> {
  if (flows.length === 0 || recordIds.length === 0) return []
  const rows = await tx.read(
    sql`select ${columns} from fs_flow_path where record_id in (${list(recordIds)}) and flow in (${list(flows)})`,
  )
  return rows.map(pathOf)
}

/** How many of them were still there. */
export function removePaths(tx: Transaction, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return Promise.resolve(0)
  return tx.run(sql`delete from fs_flow_path where id in (${list(ids)})`)
}

export async function movePath(
  tx: Transaction,
  pathId: string,
  to: { readonly runAt: number; readonly attempts?: number; readonly reason?: string },
): Promise<void> {
  const at = tx.dialect.bound(instant, to.runAt)
  const tried =
    to.attempts === undefined
      ? sql``
      : sql`, attempts = ${String(to.attempts)}, reason = ${to.reason ?? ''}`
  await tx.run(sql`update fs_flow_path set run_at = ${at}${tried} where id = ${pathId}`)
}

/** The oldest of those that are due. */
export async function duePaths(
  reader: Pick<Storage, 'read' | 'dialect'>,
  { now, max }: { readonly now: number; readonly max: number },
): Promise<readonly WaitingPath[]> {
  const at = reader.dialect.bound(instant, now)
  const rows = await reader.read(
    sql`select ${columns} from fs_flow_path where run_at <= ${at} order by run_at, id limit ${integerLiteral(max)}`,
  )
  return rows.map(pathOf)
}
