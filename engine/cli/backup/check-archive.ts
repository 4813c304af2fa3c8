/** Reads an archive from its beginning to its end before anything of it is believed. */
import { CliError } from '../cli-error.ts'
import { damaged, readArchive, RowHash, type ArchivedTable, type ArchiveHead } from './archive.ts'

export interface CheckedArchive {
  readonly head: ArchiveHead
  readonly tables: readonly CheckedTable[]
  readonly rows: number
}

export interface CheckedTable {
  readonly table: ArchivedTable
  readonly rows: number
  readonly sha256: string
}

export async function checkArchive(file: string): Promise<CheckedArchive> {
  let head: ArchiveHead | undefined
  let open: { readonly table: ArchivedTable; readonly hash: RowHash } | undefined
  const tables: CheckedTable[] = []
  let rows = 0
  for await (const line of readArchive(file)) {
    if ('head' in line) head = line.head
    else if ('table' in line) {
      if (open !== undefined) throw damaged(file, `the table ${open.table.name} has no end`)
      open = { table: line.table, hash: new RowHash() }
    } else if ('rows' in line) {
      if (open === undefined) throw damaged(file, 'it has rows of no table')
      open.hash.add(line.rows)
    } else if ('counted' in line) {
      const { rows: count, sha256 } = line.counted
      if (open === undefined || open.hash.rows !== count || open.hash.digest() !== sha256) {
        throw damaged(file, 'the rows of a table are not those that were counted')
      }
      tables.push({ table: open.table, rows: count, sha256 })
      rows += count
      open = undefined
    } else if (line.end.tables !== tables.length || line.end.rows !== rows) {
      throw damaged(file, 'its end counts other tables or rows')
    }
  }
  if (head === undefined || tables.length === 0)
    throw new CliError(`${file} holds no organisation.`)
  return { head, tables, rows }
}
