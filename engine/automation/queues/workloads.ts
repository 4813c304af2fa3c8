/** Who works from a queue, and how much each of them has in hand: read where the record is about to be given away. */
import { momentHoles } from '../../formula/sql/zone-sql.ts'
import { utc } from '../../formula/zone.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import type { ReadyFormula } from '../../model/ready-formula.ts'
import { computedSql } from '../../query/compile-computed.ts'
import { deletedColumn, idColumn, lookupColumn } from '../../query/compile-write.ts'
import { planReady } from '../../query/plan-formula.ts'
import { branchGroups, peopleOf, roleGroups, type People } from '../../query/rows/caller-sets.ts'
import { TableSet } from '../../query/table-set.ts'
import type { RowReader } from '../../records/formulas/load-rows.ts'
import { fieldNamed } from '../../records/save-index.ts'
import { identifier, joinSql, sql, type Sql } from '../../sql/sql.ts'

export interface Workload {
  readonly user: string
  open: number
  /** When the newest of his records was made; 0 where he has none. */
  last: number
}

export interface WorkloadQuestion {
  readonly model: Model
  readonly object: ObjectModel
  readonly queue: string
  /** Which records count as open; all where it is absent. */
  readonly workload: ReadyFormula | undefined
  readonly now: number
}

/** Of the active people who work from the queue, in the order of their ids. */
export async function workloadsOf(
  reader: RowReader,
  question: WorkloadQuestion,
): Promise<Workload[]> {
  const { model, object } = question
  const people = peopleOf(model)
  const users = model.object('User')
  if (people?.groups === undefined || users === undefined || object.ownerField === undefined) {
    return []
  }
  const { groups } = people
  // Whoever gives records of the queue away at the same time waits here.
  const queue = sql`select ${idColumn} from ${groups.table} where ${idColumn} = ${question.queue}`
  if (reader.locks) await reader.read(sql`${queue}${reader.dialect.lockRowsToChange}`, {})
  const members = membersSql(people, queue)
  const active = lookupColumn(fieldNamed(users, 'IsActive'))
  const found = await reader.read(
    sql`select u.${idColumn} as id from ${users.table} as u where u.${active} and not u.${deletedColumn} and (${members}) order by u.${idColumn}`,
    {},
  )
  const loads = found.map((row): Workload => ({ user: String(row['id']), open: 0, last: 0 }))
  await addRecords(reader, question, loads)
  return loads
}

/** True for users who are members by themselves, by a group, by their role or by one above it. */
function membersSql({ groups, userRole: role, roleTree }: People, queue: Sql): Sql {
  if (groups === undefined) return sql`1 = 0`
  const { member } = groups
  const within = sql`with recursive q(id) as (${queue} union select m.${member.who} from ${member.table} as m join q on m.${member.group} = q.id where not m.${deletedColumn}) select id from q`
  const related = (types: Sql): Sql =>
    sql`select g.${groups.related} from ${groups.table} as g where g.${groups.type} in (${types}) and not g.${deletedColumn} and g.${idColumn} in (${within})`
  const below = sql`select t.below_id from ${roleTree} as t where t.role_id in (${related(branchGroups)})`
  return sql`u.${idColumn} in (${within}) or u.${role} in (${related(roleGroups)}) or u.${role} in (${below})`
}

async function addRecords(
  reader: RowReader,
  { model, object, workload, now }: WorkloadQuestion,
  loads: readonly Workload[],
): Promise<void> {
  const owner = object.ownerField
  if (owner === undefined || loads.length === 0) return
  const { dialect } = reader
  const tables = new TableSet(model, object)
  const { alias } = tables.root
  const open = workload && computedSql(planReady(tables, workload), dialect)
  // A condition that looks further than the record itself counts everything.
  const counted = open === undefined || tables.joins.length > 0 ? sql`true` : open
  const column = sql`${alias}.${lookupColumn(owner)}`
  const created = sql`${alias}.${lookupColumn(fieldNamed(object, 'CreatedDate'))}`
  const list = joinSql(loads.map(({ user }) => sql`${user}`))
  const rows = await reader.read(
    sql`select ${column} as owner, sum(case when ${counted} then 1 else 0 end) as open, max(${created}) as last from ${object.table} as ${alias} where ${column} in (${list}) and not ${alias}.${deletedColumn} group by ${column}`,
    { ...momentHoles({ now, zone: utc }, dialect) },
  )
  const byOwner = new Map(rows.map((row) => [String(row['owner']), row]))
  for (const load of loads) {
    const row = byOwner.get(load.user)
    load.open = Number(row?.['open'] ?? 0)
    load.last = Number(row?.['last'] ?? 0)
  }
}

const [developerName, groupType] = ['DeveloperName', 'Type']

/** The id of the queue, or of the active person, of this name. */
export async function ownerNamed(
  reader: RowReader,
  model: Model,
  { type, name }: { readonly type: 'User' | 'Queue'; readonly name: string },
): Promise<string | undefined> {
  const object = model.object(type === 'Queue' ? 'Group' : 'User')
  if (object === undefined) return undefined
  const column = (field: string) => lookupColumn(fieldNamed(object, field))
  const isMeant =
    type === 'Queue'
      ? sql`(${column(developerName)} = ${name} or ${column(object.nameField.name)} = ${name}) and ${column(groupType)} = 'Queue'`
      : sql`lower(${column('Username')}) = ${name.toLowerCase()} and ${column('IsActive')}`
  const [row] = await reader.read(
    sql`select ${identifier('Id')} as id from ${object.table} where ${isMeant} and not ${deletedColumn} order by ${idColumn} limit 1`,
    {},
  )
  return row === undefined ? undefined : String(row['id'])
}
