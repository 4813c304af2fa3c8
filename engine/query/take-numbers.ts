/** The statement that takes the next numbers of an auto-number field. */
import type { Column, ObjectModel } from '../model/model.ts'
import { identifier, sql, type Sql } from '../sql/sql.ts'

const table = identifier('fs_sequence')
const tableName = identifier('table_name')
const columnName = identifier('column_name')
const next = identifier('next')

export interface NumberRange {
  /** The first number there ever was. */
  readonly start: number
  readonly count: number
}

/** One row with `first`, the first of the numbers taken. */
export function takeNumbers(object: ObjectModel, column: Column, range: NumberRange): Sql {
  return sql`insert into ${table} (${tableName}, ${columnName}, ${next}) values (${object.table.name}, ${column.name.name}, ${range.start + range.count}) on conflict (${tableName}, ${columnName}) do update set ${next} = ${table}.${next} + ${range.count} returning ${next} - ${range.count} as first`
}
