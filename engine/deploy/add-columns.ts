/** New columns of a table that is there, instantly: a constant default rewrites no row. */
import { identifier, joinSql, render, sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'
import { columnDefinition } from './ddl.ts'
import type { ColumnSpec } from './table-specs.ts'

/**
 * SQLite adds one column at a time and reads the whole schema again after each, which takes milliseconds where there are
 * hundreds of tables.
 */
const oneByOneMax = 4

export async function addColumns(
  tx: Transaction,
  table: string,
  columns: readonly ColumnSpec[],
): Promise<void> {
  const add = (several: readonly ColumnSpec[]): Promise<number> => {
    const clauses = several.map((one) => sql`add column ${columnDefinition(one, tx.dialect)}`)
    return tx.run(sql`alter table ${identifier(table)} ${joinSql(clauses)}`)
  }
  if (tx.dialect.name === 'postgres') {
    await add(columns)
    return
  }
  const first = columns.length > oneByOneMax ? columns.slice(0, -1) : []
  if (first.length > 0) await writeColumns(tx, table, first)
  // The others hear of the new schema by these statements.
  for (const column of columns.slice(first.length)) await add([column])
}

/** As SQLite does it: the definitions go into the text of the table, no row is touched. */
async function writeColumns(
  tx: Transaction,
  table: string,
  columns: readonly ColumnSpec[],
): Promise<void> {
  const added = joinSql(
    columns.map((column) => sql`, ${columnDefinition(column, tx.dialect)}`),
    sql``,
  )
  const { text } = render(added, tx.dialect)
  await tx.run(sql`pragma writable_schema = on`)
  try {
    const changed = await tx.run(
      sql`update sqlite_schema set sql = substr(sql, 1, length(sql) - 1) || ${text} || ')' where type = 'table' and name = ${table} and sql like '%)'`,
    )
    if (changed !== 1) throw new Error(`the table ${table} cannot take columns`)
  } finally {
    // Reads the schema again, too.
    await tx.run(sql`pragma writable_schema = reset`)
  }
}
