/** The people whom a sharing rule names, in SQL: whether the caller is one of them, and whether an owner is. */
import type { SharedTo } from '../../../metadata/types.ts'
import { joinSql, sql, textLiteral, type Sql } from '../../sql/sql.ts'
import { deletedColumn, idColumn } from '../compile-write.ts'
import {
  branchGroups,
  isInRoles,
  isPrincipal,
  peopleOf,
  roleGroups,
  type GroupTables,
  type People,
  type PeoplePlace,
} from './caller-sets.ts'

export interface SharingPlace extends PeoplePlace {
  readonly hierarchy: boolean
  readonly outside: boolean
}

const nobody = sql`1 = 0`

/** True where the caller is one of them. */
export function isAmong(place: SharingPlace, to: SharedTo): Sql {
  if (to.allInternalUsers === true && !place.outside) return sql`1 = 1`
  const people = peopleOf(place.model)
  if (people === undefined) return nobody
  const parts: Sql[] = []
  const roles = rolesOf(people, to)
  if (roles !== undefined) parts.push(isInRoles(place, people, roles))
  const { groups } = people
  if (groups !== undefined) {
    for (const named of groupsNamed(groups, to)) {
      parts.push(sql`exists (${named} and ${isPrincipal(place, sql`s_n.${idColumn}`)})`)
    }
  }
  return anyOf(parts)
}

/** True where the owner is one of them; queues own by themselves. */
export function isOwnerAmong(place: SharingPlace, of: SharedTo, owner: Sql): Sql {
  if (of.allInternalUsers === true) return sql`1 = 1`
  const people = peopleOf(place.model)
  if (people === undefined) return nobody
  const parts: Sql[] = []
  const roles = rolesOf(people, of)
  if (roles !== undefined) parts.push(hasRole(people, owner, roles))
  const { groups } = people
  if (groups !== undefined) {
    if ((of.group ?? []).length > 0)
      parts.push(isMember(people, groups, { names: of.group ?? [], owner }))
    const queues = queuesNamed(groups, of)
    if (queues !== undefined) parts.push(sql`${owner} in (select s_n.${idColumn} ${queues})`)
  }
  return anyOf(parts)
}

/** The ids of the users and queues that are meant; undefined where everybody is. */
export function ownersAmong(place: SharingPlace, of: SharedTo): Sql | undefined {
  if (of.allInternalUsers === true) return undefined
  const people = peopleOf(place.model)
  const none = sql`select null where 1 = 0`
  if (people === undefined) return none
  const { groups, user, userRole } = people
  const parts: Sql[] = []
  const ofRoles = (roles: Sql): Sql =>
    sql`select s_o.${idColumn} from ${user} as s_o where s_o.${userRole} in (${roles})`
  const roles = rolesOf(people, of)
  if (roles !== undefined) parts.push(ofRoles(roles))
  if (groups !== undefined) {
    if ((of.group ?? []).length > 0) {
      const within = membersOf(people, groups, of.group ?? [])
      parts.push(sql`select id from (${within.ids}) as s_mem`, ofRoles(within.roles))
    }
    const queues = queuesNamed(groups, of)
    if (queues !== undefined) parts.push(sql`select s_n.${idColumn} ${queues}`)
  }
  return parts.length === 0 ? none : joinSql(parts, sql` union all `)
}

function anyOf(parts: readonly Sql[]): Sql {
  return parts.length === 0 ? nobody : sql`(${joinSql(parts, sql` or `)})`
}

function hasRole({ user, userRole }: People, userId: Sql, roles: Sql): Sql {
  return sql`exists (select 1 from ${user} as s_o where s_o.${idColumn} = ${userId} and s_o.${userRole} in (${roles}))`
}

function textList(names: readonly string[]): Sql {
  return joinSql(names.map(textLiteral))
}

/** The ids of all roles that are named, with those below where that is said. */
function rolesOf({ role, roleTree }: People, to: SharedTo): Sql | undefined {
  if (role === undefined) return undefined
  const branches = [...(to.roleAndSubordinates ?? []), ...(to.roleAndSubordinatesInternal ?? [])]
  const named = [...(to.role ?? []), ...branches]
  if (named.length === 0) return undefined
  const own = sql`select s_r.${idColumn} from ${role.table} as s_r where s_r.${role.name} in (${textList(named)}) and not s_r.${deletedColumn}`
  if (branches.length === 0) return own
  return sql`${own} union all select s_b.below_id from ${roleTree} as s_b join ${role.table} as s_r on s_r.${idColumn} = s_b.role_id where s_r.${role.name} in (${textList(branches)}) and not s_r.${deletedColumn}`
}

/** Selects that find the groups and queues that are named, under the alias `s_n`. */
function groupsNamed(groups: GroupTables, to: SharedTo): readonly Sql[] {
  const found: Sql[] = []
  if ((to.group ?? []).length > 0) found.push(sql`select 1 ${publicGroups(groups, to.group ?? [])}`)
  const queues = queuesNamed(groups, to)
  if (queues !== undefined) found.push(sql`select 1 ${queues}`)
  return found
}

function publicGroups({ table, type, name }: GroupTables, names: readonly string[]): Sql {
  return sql`from ${table} as s_n where s_n.${type} in ('Regular', 'Participant') and s_n.${name} in (${textList(names)}) and not s_n.${deletedColumn}`
}

function queuesNamed({ table, type, name }: GroupTables, to: SharedTo): Sql | undefined {
  const names = to.queue ?? []
  if (names.length === 0) return undefined
  return sql`from ${table} as s_n where s_n.${type} = 'Queue' and s_n.${name} in (${textList(names)}) and not s_n.${deletedColumn}`
}

/** True for a user in one of the groups, also through groups within them and through roles. */
function isMember(
  people: People,
  groups: GroupTables,
  { names, owner }: { readonly names: readonly string[]; readonly owner: Sql },
): Sql {
  const { ids, roles } = membersOf(people, groups, names)
  return sql`(${owner} in (${ids}) or ${hasRole(people, owner, roles)})`
}

/** Selects of who is in the groups: users and groups by id, and the roles whose users are. */
function membersOf(
  { roleTree }: People,
  groups: GroupTables,
  names: readonly string[],
): { readonly ids: Sql; readonly roles: Sql } {
  const { member, table, type, related } = groups
  const within = sql`with recursive s_w(id) as (select s_n.${idColumn} ${publicGroups(groups, names)} union select s_m.${member.who} from s_w join ${member.table} as s_m on s_m.${member.group} = s_w.id where not s_m.${deletedColumn})`
  const roles = sql`${within} select s_g.${related} from s_w join ${table} as s_g on s_g.${idColumn} = s_w.id where s_g.${type} in (${roleGroups}) union all select s_b.below_id from s_w join ${table} as s_g on s_g.${idColumn} = s_w.id join ${roleTree} as s_b on s_b.role_id = s_g.${related} where s_g.${type} in (${branchGroups})`
  return { ids: sql`${within} select id from s_w`, roles }
}
