/** The statement that finds records by the value of an external id. */
import type { Access } from '../access/access.ts'
import { rowPredicate } from '../access/row-predicate.ts'
import type { Column, ObjectModel } from '../model/model.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, sql, type Sql } from '../sql/sql.ts'
import { deletedColumn, idColumn } from './compile-write.ts'

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
  const alias = identifier('t0')
  const predicate = rowPredicate({ access, object, alias, right: 'read' })
  const rows = predicate === undefined ? sql`` : sql` and (${predicate})`
  return sql`select ${alias}.${idColumn} as id from ${object.table} as ${alias} where ${alias}.${column.name} = ${dialect.bound(column.kind, value)} and not ${alias}.${deletedColumn}${rows} order by ${alias}.${idColumn} limit 2`
}
