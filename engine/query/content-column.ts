/** Where the references to contents of files stand in the tables. */
import type { ContentField } from '../model/content-fields.ts'
import type { Identifier } from '../sql/sql.ts'
import { idColumn, lookupColumn } from './compile-write.ts'

export interface ReferenceColumn {
  readonly table: Identifier
  readonly id: Identifier
  readonly column: Identifier
}

export function referenceColumn({ object, field }: ContentField): ReferenceColumn {
  return { table: object.table, id: idColumn, column: lookupColumn(field) }
}
