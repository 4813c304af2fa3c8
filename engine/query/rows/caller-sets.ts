/** Who the caller counts as, in SQL: himself, his role, those below it, the groups that hold him. Read in the statement itself, so always current. */
import { variantOf } from '../../model/compile-model.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import type { Dialect } from '../../sql/dialect.ts'
import {
  hole,
  identifier,
  joinSql,
  sql,
  textLiteral,
  type Identifier,
  type Sql,
} from '../../sql/sql.ts'
import { deletedColumn, idColumn, lookupColumn } from '../compile-write.ts'

/** The hole for the caller's id; statements are shared by callers with equal rights. */
export const callerHole = 'caller'

/** Every role with all roles below it; kept by deploys. */
const roleTree = identifier('fs_role_tree')

export interface PeoplePlace {
  readonly dialect: Dialect
  readonly model: Model
  /** Where whom the caller counts as is asked very often in one statement. */
  readonly sets?: CallerSets | undefined
}

/** Tables of ids within the statement: whom the caller counts as, and the same with all below him. */
export interface CallerSets {
  readonly own: Identifier
  readonly all: Identifier
}

/** The tables that say who stands where; what a model lacks, nobody can be shared with by it. */
export interface People {
  readonly user: Identifier
  readonly userRole: Identifier
  readonly role: { readonly table: Identifier; readonly name: Identifier } | undefined
  readonly roleTree: Identifier
  readonly groups: GroupTables | undefined
}

export interface GroupTables {
  readonly table: Identifier
  readonly name: Identifier
  readonly type: Identifier
  readonly related: Identifier
  readonly bosses: Identifier
  readonly member: {
    readonly table: Identifier
    readonly group: Identifier
    readonly who: Identifier
  }
}

const known = new WeakMap<Model, { readonly people: People | undefined }>()

export function peopleOf(model: Model): People | undefined {
  const kept = known.get(model)
  if (kept !== undefined) return kept.people
  const people = findPeople(model)
  known.set(model, { people })
  return people
}

/** The same model with other tables of who stands where: what would be if somebody stood elsewhere. */
export function withPeople(model: Model, people: People): Model {
  const variant = variantOf(model, {})
  known.set(variant, { people })
  return variant
}

function findPeople(model: Model): People | undefined {
  const user = model.object('User')
  const userRole = column(user, 'UserRoleId')
  if (user === undefined || userRole === undefined) return undefined
  const role = model.object('UserRole')
  const name = column(role, role?.nameField.name ?? '')
  return {
    user: user.table,
    userRole,
    role: role && name && { table: role.table, name },
    roleTree,
    groups: findGroups(model),
  }
}

function findGroups(model: Model): GroupTables | undefined {
  const group = model.object('Group')
  const member = model.object('GroupMember')
  const name = column(group, group?.nameField.name ?? '')
  const type = column(group, 'Type')
  const related = column(group, 'RelatedId')
  const bosses = column(group, 'DoesIncludeBosses')
  const groupId = column(member, 'GroupId')
  const who = column(member, 'UserOrGroupId')
  if (group === undefined || member === undefined || !name || !type || !related || !bosses)
    return undefined
  if (groupId === undefined || who === undefined) return undefined
  return {
    table: group.table,
    name,
    type,
    related,
    bosses,
    member: { table: member.table, group: groupId, who },
  }
}

function column(object: ObjectModel | undefined, name: string): Identifier | undefined {
  const field = object?.fieldsByName.get(name.toLowerCase())
  return field?.columns.has('') === true ? lookupColumn(field) : undefined
}

export function callerId({ dialect }: Pick<PeoplePlace, 'dialect'>): Sql {
  return sql`(${dialect.cast({ kind: 'id' }, sql`${hole(callerHole)}`)})`
}

function callerRole(place: PeoplePlace, { user, userRole }: People): Sql {
  return sql`(select s_c.${userRole} from ${user} as s_c where s_c.${idColumn} = ${callerId(place)})`
}

/** True for the id of a role below the caller's own. */
function isBelow(place: PeoplePlace, people: People, role: Sql): Sql {
  return sql`exists (select 1 from ${people.roleTree} as s_t where s_t.role_id = ${callerRole(place, people)} and s_t.below_id = ${role})`
}

/** True for the id of a user whose role is below the caller's own; beside that at most of somebody whom he counts as. */
export function isUserBelow(place: PeoplePlace, people: People, userId: Sql): Sql {
  if (place.sets !== undefined) return sql`${userId} in (select id from ${place.sets.all})`
  const { user, userRole } = people
  return sql`exists (select 1 from ${user} as s_u where s_u.${idColumn} = ${userId} and ${isBelow(place, people, sql`s_u.${userRole}`)})`
}

/** True where the caller's role is one of the set or, with the hierarchy, above one of it. */
export function isInRoles(
  place: PeoplePlace & { readonly hierarchy: boolean },
  people: People,
  roles: Sql,
): Sql {
  const own = sql`${callerRole(place, people)} in (${roles})`
  if (!place.hierarchy) return own
  return sql`(${own} or exists (select 1 from ${people.roleTree} as s_t where s_t.role_id = ${callerRole(place, people)} and s_t.below_id in (${roles})))`
}

export const roleGroups = sql`'Role', 'RoleAndSubordinates', 'RoleAndSubordinatesInternal'`
export const branchGroups = sql`'RoleAndSubordinates', 'RoleAndSubordinatesInternal'`

/** True for the id of a user or group that the caller counts as. */
export function isPrincipal(
  place: PeoplePlace & { readonly hierarchy: boolean; readonly outside: boolean },
  id: Sql,
): Sql {
  const people = peopleOf(place.model)
  if (people === undefined) return sql`${id} = ${callerId(place)}`
  if (place.sets !== undefined) {
    return sql`${id} in (select id from ${place.hierarchy ? place.sets.all : place.sets.own})`
  }
  const { groups } = people
  const own =
    groups === undefined
      ? sql`${id} = ${callerId(place)}`
      : sql`${id} in (${ownPrincipals(place, people, groups)})`
  return place.hierarchy ? sql`(${own} or ${isPrincipalBelow(place, people, id)})` : own
}

/** True for the id of a user or group that somebody below the caller counts as; from shared sets, those that he counts as himself too. */
export function isPrincipalBelow(place: PeoplePlace, people: People, id: Sql): Sql {
  const { groups } = people
  if (place.sets !== undefined) return sql`${id} in (select id from ${place.sets.all})`
  const below = isUserBelow(place, people, id)
  if (groups === undefined) return below
  return sql`(${below} or ${id} in (${groupsBelow(place, people, groups)}))`
}

/** The ids of all users and groups that the caller counts as; with the hierarchy, of those below him too. */
export function principalSet(
  place: PeoplePlace & { readonly hierarchy: boolean; readonly outside: boolean },
): Sql {
  const people = peopleOf(place.model)
  if (people === undefined) return sql`select ${callerId(place)}`
  const { groups, user, userRole, roleTree } = people
  const own =
    groups === undefined
      ? sql`select ${callerId(place)} as id`
      : sql`select id from (${ownPrincipals(place, people, groups)}) as s_own`
  if (!place.hierarchy) return own
  const below = sql`select s_u.${idColumn} from ${roleTree} as s_t join ${user} as s_u on s_u.${userRole} = s_t.below_id where s_t.role_id = ${callerRole(place, people)}`
  const grouped =
    groups === undefined
      ? []
      : [sql`select id from (${groupsBelow(place, people, groups)}) as s_bel`]
  return joinSql([own, below, ...grouped], sql` union all `)
}

const sharedSets: CallerSets = { own: identifier('s_me'), all: identifier('s_all') }

/** A beginning of a select in which predicates may ask these tables, and the place that says so. */
export function withCallerSets<Place extends Parameters<typeof principalSet>[0]>(
  place: Place,
): { readonly start: Sql; readonly sets: CallerSets } {
  const { own, all } = sharedSets
  const plain = principalSet({ ...place, hierarchy: false, sets: undefined })
  const whole = principalSet({ ...place, hierarchy: true, sets: undefined })
  return { start: sql`with ${own}(id) as (${plain}), ${all}(id) as (${whole}) `, sets: sharedSets }
}

/** The caller and all groups that hold him, by himself, by his role, or through other groups. */
export function ownPrincipals(
  place: PeoplePlace & { readonly outside: boolean },
  people: People,
  { table, type, related, member }: GroupTables,
): Sql {
  const role = callerRole(place, people)
  const first = [
    sql`select ${callerId(place)} as id`,
    sql`select s_g.${idColumn} from ${table} as s_g where s_g.${related} = ${role} and s_g.${type} in (${roleGroups}) and not s_g.${deletedColumn}`,
    sql`select s_g.${idColumn} from ${people.roleTree} as s_t join ${table} as s_g on s_g.${related} = s_t.role_id where s_t.below_id = ${role} and s_g.${type} in (${branchGroups}) and not s_g.${deletedColumn}`,
    ...(place.outside
      ? []
      : [
          sql`select s_g.${idColumn} from ${table} as s_g where s_g.${type} = ${textLiteral('Organization')} and not s_g.${deletedColumn}`,
        ]),
  ]
  const start = sql`select id from (${joinSql(first, sql` union all `)}) as s_f`
  const next = sql`select s_m.${member.group} from s_p join ${member.table} as s_m on s_m.${member.who} = s_p.id where not s_m.${deletedColumn}`
  return sql`with recursive s_p(id) as (${start} union ${next}) select id from s_p`
}

/** Groups whose members' access is their superiors' too, with somebody below the caller in them. */
function groupsBelow(
  place: PeoplePlace,
  people: People,
  { table, type, related, bosses, member }: GroupTables,
): Sql {
  const { user, userRole, roleTree } = people
  const role = callerRole(place, people)
  const first = [
    sql`select s_m.${member.group} as id from ${roleTree} as s_t join ${user} as s_u on s_u.${userRole} = s_t.below_id join ${member.table} as s_m on s_m.${member.who} = s_u.${idColumn} where s_t.role_id = ${role} and not s_m.${deletedColumn}`,
    sql`select s_g.${idColumn} from ${roleTree} as s_t join ${table} as s_g on s_g.${related} = s_t.below_id where s_t.role_id = ${role} and s_g.${type} in (${roleGroups}) and not s_g.${deletedColumn}`,
  ]
  const start = sql`select id from (${joinSql(first, sql` union all `)}) as s_f`
  const next = sql`select s_m.${member.group} from s_p join ${member.table} as s_m on s_m.${member.who} = s_p.id where not s_m.${deletedColumn}`
  return sql`with recursive s_p(id) as (${start} union ${next}) select s_p.id from s_p join ${table} as s_g on s_g.${idColumn} = s_p.id where s_g.${type} not in ('Regular', 'Participant') or s_g.${bosses}`
}
