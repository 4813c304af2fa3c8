/** The statements that find records by values of an external id. */
import type { Access } from '../access/access.ts'
import type { Column, ObjectModel } from '../model/model.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { hole, identifier, sql, type Sql } from '../sql/sql.ts'
import { deletedColumn, idColumn } from './compile-write.ts'
import { rowPredicate } from './rows/row-predicate.ts'

const alias = identifier('t0')
const given = identifier('g')
const place = identifier('n')
const key = identifier('k')

export interface KeyFilter {
  readonly column: Column
  readonly value: ColumnValue
}

/** At most two rows with `id`. */
export function compileFindByKey(
  object: ObjectModel,
  { column, value }: KeyFilter,
  { dialect, access }: { readonly dialect: Dialect; readonly access: Access },
): Sql {
  const predicate = rowPredicate({ access, object, alias, dialect, right: 'read' })
  const rows = predicate === undefined ? sql`` : sql` and (${predicate})`
  return sql`select ${alias}.${idColumn} as id from ${object.table} as ${alias} where ${alias}.${column.name} = ${dialect.bound(column.kind, value)} and not ${alias}.${deletedColumn}${rows} order by ${alias}.${idColumn} limit 2`
}

/** `n` and `id` of the records that have one of the values, which come in the hole `rows` as pairs of `n` and value. */
export function compileFindByKeys(
  object: ObjectModel,
  column: Column,
  { dialect, access }: { readonly dialect: Dialect; readonly access: Access },
): Sql {
  const predicate = rowPredicate({ access, object, alias, dialect, right: 'read' })
  const allowed = predicate === undefined ? sql`` : sql` and (${predicate})`
  const rows = dialect.rows(sql`${hole('rows')}`, [
    { name: place, kind: { kind: 'integer' } },
    { name: key, kind: column.kind },
  ])
  return sql`select ${given}.${place} as n, ${alias}.${idColumn} as id from ${rows} as ${given} join ${object.table} as ${alias} on ${alias}.${column.name} = ${given}.${key} where not ${alias}.${deletedColumn}${allowed}`
}
