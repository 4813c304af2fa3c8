/** The statement that reads some fields of many records by their ids: what formulas see of parents. */
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, sql, textLiteral, type Sql } from '../sql/sql.ts'
import { deletedColumn, idColumn, idList } from './compile-write.ts'
import { fieldText } from './field-text.ts'

/** `change` where the transaction may come to write the rows itself, so that two of them cannot block each other. */
export type RowLock = 'none' | 'share' | 'change'

export interface RowsOptions {
  readonly dialect: Dialect
  readonly lock: RowLock
}

/** One row per id of the hole `ids` (a JSON list of one-element lists): `id`, and `body`, a JSON list of the values. */
export function compileRows(
  object: ObjectModel,
  fields: readonly FieldModel[],
  { dialect, lock }: RowsOptions,
): Sql {
  const alias = identifier('t0')
  const locking =
    lock === 'none' ? sql`` : lock === 'share' ? dialect.lockRows : dialect.lockRowsToChange
  return sql`select ${alias}.${idColumn} as id, ${valueList(object, fields, { dialect, alias })} as body from ${object.table} as ${alias} where ${alias}.${idColumn} in ${idList('ids', dialect)} order by ${alias}.${idColumn}${locking}`
}

/** `id` of the one record of an object that holds but one. */
export function compileFirstId(object: ObjectModel): Sql {
  return sql`select ${idColumn} as id from ${object.table} where not ${deletedColumn} order by ${idColumn} limit 1`
}

/** The values of the fields as the text of a JSON list. */
export function valueList(
  object: ObjectModel,
  fields: readonly FieldModel[],
  { dialect, alias }: { readonly dialect: Dialect; readonly alias: ReturnType<typeof identifier> },
): Sql {
  const pieces = fields.flatMap((field, index) => [
    textLiteral(index === 0 ? '[' : ','),
    fieldText({ object, field, alias }, dialect),
  ])
  return dialect.concat([...pieces, textLiteral(fields.length === 0 ? '[]' : ']')])
}
