/** The statement by which a save reads the stored state of records. */
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, sql, type Sql } from '../sql/sql.ts'
import { valueList } from './compile-rows.ts'
import { deletedColumn, idColumn, idList, rowKey, rowVersion } from './compile-write.ts'

/** The rows of the hole `keys`, by `row_key`: `body` is a JSON list of the fields' values, then `version`, `deleted`, `changed_by`, `changed_at`. */
export function compileCurrentRow(
  object: ObjectModel,
  fields: readonly FieldModel[],
  { dialect, lock }: { readonly dialect: Dialect; readonly lock: boolean },
): Sql {
  const alias = identifier('t0')
  const body = valueList(object, fields, { dialect, alias })
  return sql`select ${alias}.${idColumn} as ${rowKey}, ${body} as body, ${rowVersion} as version, ${deletedColumn} as deleted, ${identifier('LastModifiedById')} as changed_by, ${identifier('LastModifiedDate')} as changed_at from ${object.table} as ${alias} where ${alias}.${idColumn} in ${idList('keys', dialect)}${lock ? dialect.lockRowsToChange : sql``}`
}
