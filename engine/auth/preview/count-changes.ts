/** How many records of an object somebody would see or edit who does not now, and the other way, in one statement. */
import type { Access } from '../../access/access.ts'
import { objectSharing, type RowRight } from '../../access/object-sharing.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { deletedColumn, idColumn, lookupColumn } from '../../query/compile-write.ts'
import { principalSet } from '../../query/rows/caller-sets.ts'
import { rowPredicate } from '../../query/rows/row-predicate.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { identifier, integerLiteral, joinSql, sql, type Sql } from '../../sql/sql.ts'

export interface Side {
  readonly access: Access
  readonly object: ObjectModel
}

export interface CountInput {
  readonly before: Side
  readonly after: Side
  readonly dialect: Dialect
  /** What the statement begins with: the tables of people after the change. */
  readonly prefix: Sql
  /** Only the newest records are looked at; undefined: all. */
  readonly newest: number | undefined
}

export interface RecordChanges {
  readonly read: Counts
  readonly edit: Counts
}

export interface Counts {
  readonly gained: number
  readonly lost: number
}

const alias = identifier('t0')
const rights = ['read', 'edit'] as const

/** Undefined where nothing can differ: everything or nothing is open on both sides. */
export function countStatement(input: CountInput): Sql | undefined {
  const { before, after, dialect, prefix, newest } = input
  const sides = rights.map((right) => ({
    right,
    had: condition(before, right, dialect),
    has: condition(after, right, dialect),
  }))
  if (sides.every(({ had, has }) => had === has)) return undefined
  const columns = sides.flatMap(({ right, had, has }) => [
    sql`coalesce(sum(case when (${has}) and ((${had}) is not true) then 1 else 0 end), 0) as ${identifier(`${right}_gained`)}`,
    sql`coalesce(sum(case when (${had}) and ((${has}) is not true) then 1 else 0 end), 0) as ${identifier(`${right}_lost`)}`,
  ])
  const { table } = before.object
  const sample =
    newest === undefined
      ? sql``
      : sql` and ${alias}.${idColumn} in (select s_all.${idColumn} from ${table} as s_all where not s_all.${deletedColumn} order by s_all.${idColumn} desc limit ${integerLiteral(newest)})`
  return sql`${prefix}select ${joinSql(columns)} from ${table} as ${alias} where not ${alias}.${deletedColumn}${sample}`
}

const open = sql`1 = 1`
const closed = sql`1 = 0`

function condition(
  { access, object }: Side,
  right: RowRight & ('read' | 'edit'),
  dialect: Dialect,
): Sql {
  if (!access.mayObject(object.name, right)) return closed
  return rowPredicate({ access, object, alias, right, dialect }) ?? open
}

export interface MoveInput {
  readonly now: Model
  readonly wanted: Model
  readonly outside: boolean
  readonly dialect: Dialect
  readonly prefix: Sql
}

/** The ids of users and groups that the caller would count as, by himself or by those below him, and does not now; and the other way. */
export function movedStatement({ now, wanted, outside, dialect, prefix }: MoveInput): Sql {
  const place = { dialect, outside, hierarchy: true }
  const before = sql`select id from (${principalSet({ ...place, model: now })}) as s_before`
  const after = sql`select id from (${principalSet({ ...place, model: wanted })}) as s_after`
  return sql`${prefix}select id from (${before} except ${after}) as s_lost union select id from (${after} except ${before}) as s_gained`
}

/** One row with `touched`: whether one of these users and groups owns a record of the object, or is named by what opens one. */
export function touchedStatement(
  { model, object }: { readonly model: Model; readonly object: ObjectModel },
  ids: readonly string[],
  dialect: Dialect,
): Sql | undefined {
  const columns = [{ name: idName, kind: { kind: 'id' } }] as const
  const rows = dialect.rows(sql`${JSON.stringify(ids.map((id) => [id]))}`, columns)
  const among = sql`in (select r.id from ${rows} as r)`
  const { ownerField, table } = object
  const held = [
    ...(ownerField === undefined
      ? []
      : [sql`exists (select 1 from ${table} as o where o.${lookupColumn(ownerField)} ${among})`]),
    ...objectSharing(model, object).grants.map(
      ({ holder, principal }) =>
        sql`exists (select 1 from ${holder.table} as h where h.${lookupColumn(principal)} ${among})`,
    ),
  ]
  if (held.length === 0) return undefined
  return sql`select case when ${joinSql(held, sql` or `)} then 1 else 0 end as touched`
}

const idName = identifier('id')

export function readCounts(row: Readonly<Record<string, unknown>> | undefined): RecordChanges {
  const number = (name: string): number => Number(row?.[name] ?? 0)
  return {
    read: { gained: number('read_gained'), lost: number('read_lost') },
    edit: { gained: number('edit_gained'), lost: number('edit_lost') },
  }
}
