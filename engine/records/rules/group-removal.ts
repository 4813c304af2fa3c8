/** Groups that go: not those of the metadata and of roles, and no queue that still owns records. */
import type { Model, ObjectModel } from '../../model/model.ts'
import { groupObject } from '../../model/people-lookup.ts'
import { idColumn, lookupColumn } from '../../query/compile-write.ts'
import { sql } from '../../sql/sql.ts'
import type { Transaction } from '../../storage/storage.ts'
import { fieldNamed } from '../save-index.ts'
import { keptGroup } from './group-rows.ts'

export async function demandRemovable(
  tx: Transaction,
  {
    model,
    object,
    id,
  }: { readonly model: Model; readonly object: ObjectModel; readonly id: string },
): Promise<void> {
  if (object.name !== groupObject) return
  const name = lookupColumn(object.nameField)
  const type = lookupColumn(fieldNamed(object, 'Type'))
  const [row] = await tx.read(
    sql`select ${name} as name, ${type} as type from ${object.table} where ${idColumn} = ${id}`,
  )
  const kept = row && keptGroup(model, { type: row['type'], name: row['name'] })
  if (kept !== undefined) throw kept
}
