/** The engine's own tables, declared as data and made where they are missing. */
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import type { Storage } from './storage.ts'

export interface EngineTable {
  readonly name: string
  readonly columns: readonly EngineColumn[]
  /** Names of the columns of the primary key. */
  readonly key: readonly string[]
  /** Each entry is one index over the named columns. */
  readonly indexes: readonly (readonly string[])[]
  /** Rows lie in the order of the key alone, where the database knows such tables. */
  readonly isClustered?: boolean
}

export interface EngineColumn {
  readonly name: string
  readonly kind: ColumnKind
  readonly nullable?: boolean
}

/** Makes the tables that are not there; what is there is left as it is. */
export async function ensureTables(
  storage: Storage,
  tables: readonly EngineTable[],
): Promise<void> {
  const present = await storage.tableNames()
  const missing = tables.filter((table) => !present.has(table.name))
  if (missing.length === 0) return
  await storage.write(async (tx) => {
    for (const table of missing) {
      for (const statement of tableDdl(table, tx.dialect)) await tx.run(statement)
    }
  })
}

function names(columns: readonly string[]): Sql {
  return joinSql(columns.map((column) => sql`${identifier(column)}`))
}

function tableDdl(table: EngineTable, dialect: Dialect): readonly Sql[] {
  const columns = table.columns.map((column) => {
    const nullable = column.nullable === true ? sql`` : sql` not null`
    return sql`${identifier(column.name)} ${dialect.columnType(column.kind)}${nullable}`
  })
  const key = sql`primary key (${names(table.key)})`
  const clustered = table.isClustered === true ? sql` strict, without rowid` : sql` strict`
  const strict = dialect.name === 'sqlite' ? clustered : sql``
  const name = identifier(table.name)
  const create = sql`create table if not exists ${name} (${joinSql([...columns, key])})${strict}`
  const indexes = table.indexes.map(
    (index) =>
      sql`create index if not exists ${identifier(`${table.name}_${index.join('_')}`)} on ${name} (${names(index)})`,
  )
  return [create, ...indexes]
}
