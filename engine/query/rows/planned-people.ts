/**
 * Who would stand where after a change that nobody has made yet: roles that move, members who join or leave, users who get
 * another role. The tables of people are read with the change in them, beside the tables as they are.
 */
import type { Model } from '../../model/model.ts'
import type { Dialect, RowColumn } from '../../sql/dialect.ts'
import { identifier, joinSql, sql, type Identifier, type Sql } from '../../sql/sql.ts'
import { deletedColumn, idColumn } from '../compile-write.ts'
import { peopleOf, withPeople } from './caller-sets.ts'

export interface PeopleChange {
  /** Every role with each role below it, by id; undefined where no role moves. */
  readonly rolePairs?: readonly (readonly [above: string, below: string])[] | undefined
  readonly members?: {
    readonly add: readonly (readonly [group: string, who: string])[]
    /** Ids of memberships that end. */
    readonly remove: readonly string[]
  }
  /** Users with the role that they get. */
  readonly roles?: readonly (readonly [user: string, role: string | null])[]
}

export interface PlannedPeople {
  readonly model: Model
  /** What a statement over the model begins with: `with … `; empty where nothing moves. */
  readonly prefix: Sql
}

const idKind = { kind: 'id' } as const

/** The model with the people of the change. */
export function plannedPeople(model: Model, dialect: Dialect, change: PeopleChange): PlannedPeople {
  const people = peopleOf(model)
  if (people === undefined) return { model, prefix: sql`` }
  const parts: Sql[] = []
  let { roleTree, user, groups } = people
  if (change.rolePairs !== undefined) {
    roleTree = identifier('p_role_tree')
    const rows = rowsOf(dialect, ['role_id', 'below_id'], change.rolePairs)
    parts.push(
      sql`${roleTree}(role_id, below_id) as (select r.role_id, r.below_id from ${rows} as r)`,
    )
  }
  if (change.roles !== undefined && change.roles.length > 0) {
    user = identifier('p_user')
    const rows = rowsOf(dialect, ['user_id', 'role_id'], change.roles)
    parts.push(
      sql`${user} as (select u.${idColumn}, case when r.user_id is null then u.${people.userRole} else r.role_id end as ${people.userRole} from ${people.user} as u left join ${rows} as r on r.user_id = u.${idColumn})`,
    )
  }
  if (groups !== undefined && change.members !== undefined) {
    const { table, group, who } = groups.member
    const member = identifier('p_member')
    const { add, remove } = change.members
    const gone = rowsOf(
      dialect,
      ['id'],
      remove.map((id) => [id]),
    )
    const come = rowsOf(dialect, ['group_id', 'who_id'], add)
    parts.push(
      sql`${member}(${group}, ${who}, ${deletedColumn}) as (select m.${group}, m.${who}, m.${deletedColumn} from ${table} as m where m.${idColumn} not in (select g.id from ${gone} as g) union all select c.group_id, c.who_id, ${falseIn(dialect)} from ${come} as c)`,
    )
    groups = { ...groups, member: { table: member, group, who } }
  }
  if (parts.length === 0) return { model, prefix: sql`` }
  return {
    model: withPeople(model, { ...people, roleTree, user, groups }),
    prefix: sql`with ${joinSql(parts)} `,
  }
}

function falseIn(dialect: Dialect): Sql {
  return dialect.bound({ kind: 'boolean' }, false)
}

function rowsOf(
  dialect: Dialect,
  names: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): Sql {
  const columns = names.map((name): RowColumn => ({ name: column(name), kind: idKind }))
  return dialect.rows(sql`${JSON.stringify(rows)}`, columns)
}

function column(name: string): Identifier {
  return identifier(name)
}
