/** What is to be done before and after deadlines, as rows: made with the deadline, taken away in the unit that does it. */
import type { TimeTrigger } from '../../model/approvals/entitlement-plan.ts'
import type { ColumnKind } from '../../sql/column-kind.ts'
import { integerLiteral, sql } from '../../sql/sql.ts'
import type { Row, Storage, Transaction } from '../../storage/storage.ts'

export interface NewTrigger {
  readonly id: string
  readonly milestoneId: string
  readonly recordId: string
  readonly process: string
  readonly milestone: string
  /** Its place among those of the milestone; earlier versions wrote the position in the list. */
  readonly index: number
  readonly runAt: number
  readonly createdBy: string
}

export interface Trigger extends NewTrigger {
  readonly attempts: number
}

const instant: ColumnKind = { kind: 'instant' }
const columns = sql`id, milestone_id, record_id, process, milestone, trigger_index, run_at, created_by, attempts, reason`

export async function addTriggers(tx: Transaction, all: readonly NewTrigger[]): Promise<void> {
  for (const one of all) {
    const at = tx.dialect.bound(instant, one.runAt)
    await tx.run(
      sql`insert into fs_milestone_trigger (${columns}) values (${one.id}, ${one.milestoneId}, ${one.recordId}, ${one.process}, ${one.milestone}, ${integerLiteral(one.index)}, ${at}, ${one.createdBy}, ${integerLiteral(0)}, '')`,
    )
  }
}

/** Those that were still waiting: what another node is at work on is not among them. */
export async function removeTriggers(
  tx: Transaction,
  milestoneId: string,
): Promise<readonly Trigger[]> {
  const rows = await tx.read(
    sql`delete from fs_milestone_trigger where milestone_id = ${milestoneId} returning ${columns}`,
  )
  return rows.map(triggerOf)
}

/** Which of the declared ones a row is of; undefined for one that is declared no more. */
export function triggerAt(
  triggers: readonly TimeTrigger[],
  index: number,
): TimeTrigger | undefined {
  return triggers.find(({ place }) => place === index) ?? triggers[index]
}

/** True where it was still there. */
export async function takeTrigger(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.run(sql`delete from fs_milestone_trigger where id = ${id}`)) === 1
}

export async function putOffTrigger(
  tx: Transaction,
  id: string,
  { runAt, reason }: { readonly runAt: number; readonly reason: string },
): Promise<void> {
  const at = tx.dialect.bound(instant, runAt)
  await tx.run(
    sql`update fs_milestone_trigger set run_at = ${at}, attempts = attempts + 1, reason = ${reason} where id = ${id}`,
  )
}

/** The one that has been due for longest. */
export async function dueTrigger(
  reader: Pick<Storage, 'read' | 'dialect'>,
  now: number,
): Promise<Trigger | undefined> {
  const at = reader.dialect.bound(instant, now)
  const [row] = await reader.read(
    sql`select ${columns} from fs_milestone_trigger where run_at <= ${at} order by run_at, id limit 1`,
  )
  return row && triggerOf(row)
}

function triggerOf(row: Row): Trigger {
  return {
    id: String(row['id']),
    milestoneId: String(row['milestone_id']),
    recordId: String(row['record_id']),
    process: String(row['process']),
    milestone: String(row['milestone']),
    index: Number(row['trigger_index']),
    runAt: Number(row['run_at']),
    createdBy: String(row['created_by']),
    attempts: Number(row['attempts']),
  }
}
