/** The statement that finds records by the value of an external id. */
import type { Access } from '../access/access.ts'
import { rowPredicate } from '../access/row-predicate.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, sql, type Sql } from '../sql/sql.ts'
import { deletedColumn, idColumn } from './compile-write.ts'

/** At most two rows with `id`. */
export function compileFindByKey(
  object: ObjectModel,
  field: FieldModel,
  options: { readonly value: ColumnValue; readonly dialect: Dialect; readonly access: Access },
): Sql {
  const part = field.type.comparison?.(field.options).column ?? ''
  const column = field.columns.get(part)
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no column '${part}'`)
  const alias = identifier('t0')
  const predicate = rowPredicate({ access: options.access, object, alias, right: 'read' })
  const rows = predicate === undefined ? sql`` : sql` and (${predicate})`
  const value = options.dialect.bound(column.kind, options.value)
  return sql`select ${alias}.${idColumn} as id from ${object.table} as ${alias} where ${alias}.${column.name} = ${value} and not ${alias}.${deletedColumn}${rows} limit 2`
}
