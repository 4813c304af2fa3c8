/** Approvals as rows, read and written in the unit of work that decides something. */
import { foldText } from '../../base/fold-text.ts'
import {
  approvalPartyTable,
  processDefinitionTable,
  processInstanceTable,
  processStepTable,
  processWorkitemTable,
} from '../../model/approval-objects.ts'
import type { LedgerTable } from '../../model/ledger-shape.ts'
import { versionColumn } from '../../model/system-fields.ts'
import type { ColumnKind } from '../../sql/column-kind.ts'
import { identifier, integerLiteral, joinSql, sql, type Sql } from '../../sql/sql.ts'
import type { Row, Storage, Transaction } from '../../storage/storage.ts'

export type InstanceStatus = 'Pending' | 'Approved' | 'Rejected' | 'Removed'
export type StepStatus =
  'Started' | 'Approved' | 'Rejected' | 'Removed' | 'Reassigned' | 'NoResponse'

export interface Instance {
  readonly id: string
  /** Full name of the process. */
  readonly process: string
  readonly targetId: string
  readonly status: InstanceStatus
  readonly step: number
  readonly submittedBy: string
  readonly createdAt: number
}

export interface Workitem {
  readonly id: string
  readonly instanceId: string
  readonly stepName: string
  readonly originalActor: string
  readonly actor: string
  readonly createdAt: number
}

export interface StepRow {
  readonly status: StepStatus
  readonly stepName: string
  readonly originalActor: string
  readonly actor: string
  readonly comments: string
  readonly createdAt: number
}

/** By whom, when, under which new ids rows are written. */
export interface Writing {
  readonly tx: Transaction
  readonly now: number
  readonly by: string
  readonly ids: (keyPrefix: string) => string
}

type Reader = Pick<Storage, 'read'> | Transaction

const instant: ColumnKind = { kind: 'instant' }

function at(tx: Pick<Transaction, 'dialect'>, time: number): Sql {
  return tx.dialect.bound(instant, time)
}

/** A row with what every row has. */
async function insert(
  { tx, now, by, ids }: Writing,
  { name, keyPrefix }: LedgerTable,
  values: Readonly<Record<string, Sql>>,
): Promise<string> {
  const id = ids(keyPrefix)
  const no = tx.dialect.bound({ kind: 'boolean' }, false)
  const all = {
    Id: sql`${id}`,
    IsDeleted: no,
    CreatedDate: at(tx, now),
    CreatedById: sql`${by}`,
    LastModifiedDate: at(tx, now),
    [versionColumn]: integerLiteral(1),
    ...values,
  }
  const columns = joinSql(Object.keys(all).map((column) => sql`${identifier(column)}`))
  await tx.run(
    sql`insert into ${identifier(name)} (${columns}) values (${joinSql(Object.values(all))})`,
  )
  return id
}

export interface NewInstance {
  readonly process: string
  readonly label: string
  readonly object: string
  readonly targetId: string
}

export async function addInstance(writing: Writing, given: NewInstance): Promise<string> {
  const { tx } = writing
  const table = identifier(processDefinitionTable.name)
  const [known] = await tx.read(sql`select "Id" as id from ${table} where name = ${given.process}`)
  const definition =
    known === undefined
      ? await insert(writing, processDefinitionTable, {
          label: sql`${given.label}`,
          name: sql`${given.process}`,
          object: sql`${given.object}`,
          state: sql`'Active'`,
        })
      : String(known['id'])
  return insert(writing, processInstanceTable, {
    definition_id: sql`${definition}`,
    target_id: sql`${given.targetId}`,
    status: sql`'Pending'`,
    process: sql`${given.process}`,
    step: integerLiteral(0),
    submitted_by: sql`${writing.by}`,
  })
}

const instances = identifier(processInstanceTable.name)
const workitems = identifier(processWorkitemTable.name)
const steps = identifier(processStepTable.name)
const locks = identifier('fs_record_lock')
const parties = identifier(approvalPartyTable)
const instanceColumns = sql`"Id" as id, process, target_id, status, step, submitted_by, "CreatedDate" as created_at`
const workitemColumns = sql`"Id" as id, instance_id, step_name, original_actor, actor, "CreatedDate" as created_at`

export async function changeInstance(
  { tx, now, by }: Writing,
  id: string,
  change: { readonly step: number } | { readonly status: InstanceStatus },
): Promise<void> {
  const set =
    'step' in change
      ? sql`step = ${integerLiteral(change.step)}`
      : sql`status = ${change.status}, completed_at = ${at(tx, now)}`
  await tx.run(
    sql`update ${instances} set ${set}, last_actor = ${by}, "LastModifiedDate" = ${at(tx, now)} where "Id" = ${id}`,
  )
}

/** Locked until the end of the unit: two who decide at once decide one after the other. */
export async function lockInstance(tx: Transaction, id: string): Promise<Instance | undefined> {
  const [row] = await tx.read(
    sql`select ${instanceColumns} from ${instances} where "Id" = ${id}${tx.dialect.lockRows}`,
  )
  return row && instanceOf(row)
}

export async function findInstance(reader: Reader, id: string): Promise<Instance | undefined> {
  return (await instancesById(reader, [id])).get(id)
}

/** The newest first. */
export async function instancesOf(reader: Reader, targetId: string): Promise<readonly Instance[]> {
  const rows = await reader.read(
    sql`select ${instanceColumns} from ${instances} where target_id = ${targetId} order by "CreatedDate" desc, "Id" desc`,
  )
  return rows.map(instanceOf)
}

export async function instancesById(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Instance>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.read(
    sql`select ${instanceColumns} from ${instances} where "Id" in (${listOf(ids)})`,
  )
  return new Map(rows.map((row) => [String(row['id']), instanceOf(row)]))
}

export async function addStep(
  writing: Writing,
  instanceId: string,
  { status, stepName, originalActor, actor, comments }: Omit<StepRow, 'createdAt'>,
): Promise<void> {
  await insert(writing, processStepTable, {
    instance_id: sql`${instanceId}`,
    status: sql`${status}`,
    step_name: sql`${stepName}`,
    original_actor: sql`${originalActor}`,
    actor: sql`${actor}`,
    ...(comments === ''
      ? {}
      : { comments: sql`${comments}`, comments__folded: sql`${foldText(comments)}` }),
  })
  await addParties(writing.tx, instanceId, [actor, originalActor])
}

export async function stepsOf(
  reader: Reader,
  instanceIds: readonly string[],
): Promise<readonly (StepRow & { readonly instanceId: string })[]> {
  if (instanceIds.length === 0) return []
  const rows = await reader.read(
    sql`select instance_id, status, step_name, original_actor, actor, comments, "CreatedDate" as created_at from ${steps} where instance_id in (${listOf(instanceIds)}) order by "CreatedDate", "Id"`,
  )
  return rows.map((row) => ({
    instanceId: String(row['instance_id']),
    // Written by this file alone.
    status: String(row['status']) as StepStatus,
    stepName: String(row['step_name']),
    originalActor: String(row['original_actor']),
    actor: String(row['actor']),
    comments: String(row['comments'] ?? ''),
    createdAt: Number(row['created_at']),
  }))
}

export async function addWorkitem(
  writing: Writing,
  instanceId: string,
  { stepName, actor }: { readonly stepName: string; readonly actor: string },
): Promise<string> {
  await addParties(writing.tx, instanceId, [actor])
  return insert(writing, processWorkitemTable, {
    instance_id: sql`${instanceId}`,
    step_name: sql`${stepName}`,
    original_actor: sql`${actor}`,
    actor: sql`${actor}`,
  })
}

export async function findWorkitem(reader: Reader, id: string): Promise<Workitem | undefined> {
  const rows = await reader.read(
    sql`select ${workitemColumns} from ${workitems} where "Id" = ${id}`,
  )
  return rows[0] && workitemOf(rows[0])
}

export async function workitemsOf(
  reader: Reader,
  instanceId: string,
): Promise<readonly Workitem[]> {
  const rows = await reader.read(
    sql`select ${workitemColumns} from ${workitems} where instance_id = ${instanceId} order by "CreatedDate", "Id"`,
  )
  return rows.map(workitemOf)
}

/** Those that wait for any of these people and queues, the oldest first. */
export async function workitemsFor(
  reader: Reader,
  actors: Sql,
  max: number,
): Promise<readonly Workitem[]> {
  const rows = await reader.read(
    sql`select ${workitemColumns} from ${workitems} where actor in (${actors}) order by "CreatedDate", "Id" limit ${integerLiteral(max)}`,
  )
  return rows.map(workitemOf)
}

/** How many of them were still there. */
export function removeWorkitems(tx: Transaction, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return Promise.resolve(0)
  return tx.run(sql`delete from ${workitems} where "Id" in (${listOf(ids)})`)
}

export async function giveWorkitem(
  { tx, now }: Writing,
  { id, instanceId }: Workitem,
  actor: string,
): Promise<void> {
  await tx.run(
    sql`update ${workitems} set actor = ${actor}, "LastModifiedDate" = ${at(tx, now)} where "Id" = ${id}`,
  )
  await addParties(tx, instanceId, [actor])
}

async function addParties(
  tx: Transaction,
  instanceId: string,
  people: readonly string[],
): Promise<void> {
  for (const who of new Set(people)) {
    await tx.run(
      sql`insert into ${parties} (instance_id, who_id) values (${instanceId}, ${who}) on conflict do nothing`,
    )
  }
}

export async function lockRecord(
  { tx, now }: Writing,
  recordId: string,
  instanceId: string,
): Promise<void> {
  await tx.run(sql`delete from ${locks} where record_id = ${recordId}`)
  await tx.run(
    sql`insert into ${locks} (record_id, instance_id, locked_at) values (${recordId}, ${instanceId}, ${at(tx, now)})`,
  )
}

export async function unlockRecord(tx: Transaction, recordId: string): Promise<void> {
  await tx.run(sql`delete from ${locks} where record_id = ${recordId}`)
}

/** Record → the approval that locked it. */
export async function locksOf(
  reader: Reader,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (recordIds.length === 0) return new Map()
  const rows = await reader.read(
    sql`select record_id, instance_id from ${locks} where record_id in (${listOf(recordIds)})`,
  )
  return new Map(rows.map((row) => [String(row['record_id']), String(row['instance_id'])]))
}

function listOf(ids: readonly string[]): Sql {
  return joinSql(ids.map((id) => sql`${id}`))
}

function instanceOf(row: Row): Instance {
  return {
    id: String(row['id']),
    process: String(row['process']),
    targetId: String(row['target_id']),
    // Written by this file alone.
    status: String(row['status']) as InstanceStatus,
    step: Number(row['step']),
    submittedBy: String(row['submitted_by']),
    createdAt: Number(row['created_at']),
  }
}

function workitemOf(row: Row): Workitem {
  return {
    id: String(row['id']),
    instanceId: String(row['instance_id']),
    stepName: String(row['step_name']),
    originalActor: String(row['original_actor']),
    actor: String(row['actor']),
    createdAt: Number(row['created_at']),
  }
}
