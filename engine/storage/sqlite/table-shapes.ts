/** The tables as SQLite's catalogue tells them. */
import type { Row, TableShape } from '../storage.ts'

export const columnsQuery =
  'select t.name as tableName, c.name as name, c.type as type, c.`notnull` as isNotNull ' +
  "from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table' " +
  "and t.name not like 'sqlite\\_%' escape '\\' order by t.name, c.cid"

/** Those made by `create index`; the ones that SQLite makes by itself have no name worth telling. */
export const indexesQuery =
  'select t.name as tableName, i.name as name, i.`unique` as isUnique ' +
  "from sqlite_schema t join pragma_index_list(t.name) i where t.type = 'table' " +
  "and i.origin = 'c' order by t.name, i.name"

/** Puts rows of columns and indexes together by table; the same for both databases. */
export function tableShapes(columns: readonly Row[], indexes: readonly Row[]): TableShape[] {
  interface Draft {
    readonly name: string
    readonly columns: TableShape['columns'][number][]
    readonly indexes: TableShape['indexes'][number][]
  }
  const tables = new Map<string, Draft>()
  for (const row of columns) {
    const name = String(row['tableName'])
    const table = tables.get(name) ?? { name, columns: [], indexes: [] }
    tables.set(name, table)
    table.columns.push({
      name: String(row['name']),
      type: String(row['type']),
      notNull: row['isNotNull'] === 1,
    })
  }
  for (const row of indexes) {
    const table = tables.get(String(row['tableName']))
    table?.indexes.push({ name: String(row['name']), unique: row['isUnique'] === 1 })
  }
  return [...tables.values()]
}
