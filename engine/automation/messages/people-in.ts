/** The active people behind ids of users, groups and queues: members of members, and whoever has a role or one below it. */
import type { Model, ObjectModel } from '../../model/model.ts'
import { groupObject, userObject } from '../../model/people-lookup.ts'
import { deletedColumn, idColumn, lookupColumn } from '../../query/compile-write.ts'
import { peopleOf } from '../../query/rows/caller-sets.ts'
import { fieldNamed } from '../../records/save-index.ts'
import { joinSql, sql, type Sql } from '../../sql/sql.ts'
import type { Transaction } from '../../storage/storage.ts'

const levelsMax = 6

/** Ids that are nobody's lead to nobody. */
export async function peopleIn(
  tx: Transaction,
  model: Model,
  ids: readonly string[],
): Promise<readonly string[]> {
  const user = model.object(userObject)
  if (user === undefined) return []
  const group = model.object(groupObject)
  const found = new Set(ids.filter((id) => id.startsWith(user.keyPrefix)))
  const known = new Set<string>()
  let open = group === undefined ? [] : ids.filter((id) => id.startsWith(group.keyPrefix))
  for (let level = 0; level < levelsMax && open.length > 0; level += 1) {
    for (const id of open) known.add(id)
    const members = await membersOf(tx, model, open)
    for (const id of members) if (id.startsWith(user.keyPrefix)) found.add(id)
    open = members.filter((id) => !id.startsWith(user.keyPrefix) && !known.has(id))
  }
  return activeUsers(tx, user, [...found])
}

function listOf(ids: readonly string[]): Sql {
  return joinSql(ids.map((id) => sql`${id}`))
}

async function activeUsers(
  tx: Transaction,
  user: ObjectModel,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const active = lookupColumn(fieldNamed(user, 'IsActive'))
  const rows = await tx.read(
    sql`select ${idColumn} as id from ${user.table} where ${idColumn} in (${listOf(ids)}) and ${active} order by ${idColumn}`,
  )
  return rows.map((row) => String(row['id']))
}

/** Users and groups that stand in the groups themselves, and the people of the roles that these stand for. */
async function membersOf(
  tx: Transaction,
  model: Model,
  groups: readonly string[],
): Promise<readonly string[]> {
  const people = peopleOf(model)
  const tables = people?.groups
  if (people === undefined || tables === undefined) return []
  const { member, table, type, related } = tables
  const ids = listOf(groups)
  const members = sql`select ${member.who} as id from ${member.table} where ${member.group} in (${ids}) and not ${deletedColumn}`
  const role = sql`select u.${idColumn} as id from ${people.user} as u join ${table} as g on u.${people.userRole} = g.${related} where g.${idColumn} in (${ids}) and g.${type} like 'Role%'`
  const below = sql`select u.${idColumn} as id from ${people.user} as u join ${people.roleTree} as t on t.below_id = u.${people.userRole} join ${table} as g on t.role_id = g.${related} where g.${idColumn} in (${ids}) and g.${type} like 'RoleAnd%'`
  const rows = await tx.read(sql`${members} union ${role} union ${below}`)
  return rows.map((row) => String(row['id']))
}
