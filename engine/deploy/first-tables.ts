/** Many new tables are made in portions before the switch, so that no single transaction holds up the writers. */
import { sql } from '../sql/sql.ts'
import type { Storage } from '../storage/storage.ts'
import type { DeployContext } from './context.ts'
import { createIndex, createTable, dropTable } from './ddl.ts'
import type { DeployWork } from './deploy-work.ts'
import type { TableSpec } from './table-specs.ts'

const tablesPerWrite = 50
const state = 'creating tables'

/** The work that is left when its new tables are there; they hold nothing until the switch. */
export async function createTablesFirst(
  { storage }: Pick<DeployContext, 'storage'>,
  work: DeployWork,
  planId: string,
): Promise<DeployWork> {
  const { create } = work.tables
  if (create.length <= tablesPerWrite) return work
  const names = JSON.stringify(create.map((table) => table.name))
  await storage.write((tx) =>
    tx.run(
      sql`insert into fs_phase (id, state, work) values (${noteOf(planId)}, ${state}, ${names})`,
    ),
  )
  for (let start = 0; start < create.length; start += tablesPerWrite) {
    await createPortion(storage, create.slice(start, start + tablesPerWrite))
  }
  return { ...work, tables: { ...work.tables, create: [] } }
}

/** The id of the note that the switch deletes. */
export function noteOf(planId: string): string {
  return `${planId} tables`
}

async function createPortion(storage: Storage, tables: readonly TableSpec[]): Promise<void> {
  await storage.write(async (tx) => {
    for (const table of tables) {
      await tx.run(createTable(table, tx.dialect))
      for (const index of table.indexes)
        await tx.run(createIndex(table.name, index, { mode: 'plain', dialect: tx.dialect }))
    }
  })
}

/** After a deploy that did not come to its end: the tables that nobody uses yet go again. */
export async function dropFirstTables({ storage }: Pick<DeployContext, 'storage'>): Promise<void> {
  const rows = await storage.read(sql`select id, work from fs_phase where state = ${state}`)
  if (rows.length === 0) return
  const present = await storage.tableNames()
  for (const row of rows) {
    // Only `createTablesFirst` writes rows of this state.
    const names = (JSON.parse(String(row['work'])) as string[]).filter((name) => present.has(name))
    for (let start = 0; start < names.length; start += tablesPerWrite) {
      const portion = names.slice(start, start + tablesPerWrite)
      await storage.write(async (tx) => {
        for (const name of portion) await tx.run(dropTable(name))
      })
    }
    await storage.write((tx) => tx.run(sql`delete from fs_phase where id = ${String(row['id'])}`))
  }
}
