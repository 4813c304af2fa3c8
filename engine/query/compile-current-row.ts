/** The statement by which a save reads the stored state of records. */
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, sql, textLiteral, type Sql } from '../sql/sql.ts'
import { fieldText } from './compile-read.ts'
import { deletedColumn, idColumn, idList, rowKey, rowVersion } from './compile-write.ts'

/** The rows of the hole `keys`, by `row_key`: `body` is a JSON list of the fields' values, then `version`, `deleted`, `changed_by`, `changed_at`. */
export function compileCurrentRow(
  object: ObjectModel,
  fields: readonly FieldModel[],
  { dialect, lock }: { readonly dialect: Dialect; readonly lock: boolean },
): Sql {
  const alias = identifier('t0')
  const pieces = fields.flatMap((field, index) => [
    textLiteral(index === 0 ? '[' : ','),
    fieldText({ object, field, alias }, { dialect }),
  ])
  const body = dialect.concat([...pieces, textLiteral(fields.length === 0 ? '[]' : ']')])
  return sql`select ${alias}.${idColumn} as ${rowKey}, ${body} as body, ${rowVersion} as version, ${deletedColumn} as deleted, ${identifier('LastModifiedById')} as changed_by, ${identifier('LastModifiedDate')} as changed_at from ${object.table} as ${alias} where ${alias}.${idColumn} in ${idList('keys', dialect)}${lock ? dialect.lockRowsToChange : sql``}`
}
