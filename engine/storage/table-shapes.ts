/** Tables from the rows of a catalogue query. */
import type { Row, TableShape } from './storage.ts'

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
