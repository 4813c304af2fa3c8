/** Carries out a planned deploy: instant changes, rows, journal and version in one transaction. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { Transaction } from '../storage/storage.ts'
import { addColumns } from './add-columns.ts'
import {
  advanceVersion,
  removeBinding,
  removeComponent,
  saveBases,
  saveBindings,
  saveComponents,
} from './component-store.ts'
import { createIndex, createTable, dropIndex, widenColumn, type TableChange } from './ddl.ts'
import type { DeployWork } from './deploy-work.ts'
import type { ColumnSpec } from './table-specs.ts'

/** Moves the version on, or refuses: somebody else was quicker. */
export async function takeVersion(tx: Transaction, work: DeployWork): Promise<void> {
  if (await advanceVersion(tx, work.base)) return
  throw refuse(
    'MODEL_CHANGED',
    message('the model has changed since this plan was made; plan again'),
  )
}

/** New tables and columns: nothing that rewrites or reads existing rows. */
export async function addTables(tx: Transaction, change: TableChange): Promise<void> {
  const { dialect } = tx
  for (const table of change.create) {
    await tx.run(createTable(table, dialect))
    for (const index of table.indexes)
      await tx.run(createIndex(table.name, index, { mode: 'plain', dialect: tx.dialect }))
  }
  const added = new Map<string, ColumnSpec[]>()
  for (const { table, column } of change.add) {
    const known = added.get(table)
    if (known === undefined) added.set(table, [column])
    else known.push(column)
  }
  for (const [table, columns] of added) await addColumns(tx, table, columns)
}

/** What may only happen together with the switch to the new model. */
export async function settleTables(tx: Transaction, change: TableChange): Promise<void> {
  for (const { table, column } of change.widen) {
    const statement = widenColumn(table, column, tx.dialect)
    if (statement !== undefined) await tx.run(statement)
  }
  for (const index of change.unindex) await tx.run(dropIndex(index))
  // A field is unique from the moment it is served; other indexes are built afterwards.
  for (const { table, index } of change.index) {
    if (index.unique)
      await tx.run(createIndex(table, index, { mode: 'plain', dialect: tx.dialect }))
  }
}

/** The applied model: component bodies, bindings, account of columns. */
export async function changeRows(tx: Transaction, work: DeployWork): Promise<void> {
  for (const component of work.removed) await removeComponent(tx, component)
  await saveComponents(tx, work.saved)
  for (const oldName of work.renames.objects.keys()) {
    if (!work.bindings.has(oldName)) await removeBinding(tx, oldName)
  }
  await saveBindings(tx, work.boundAnew)
  await saveBases(tx, work.bases)
}
