/** Which rows of a file gave which keys while it was rehearsed: rows further down may depend on them. */
import type { ColumnKind } from '../../sql/column-kind.ts'
import { joinSql, sql } from '../../sql/sql.ts'
import type { EngineTable } from '../../storage/engine-tables.ts'
import type { Transaction } from '../../storage/storage.ts'

const text: ColumnKind = { kind: 'text' }

export const importTables: readonly EngineTable[] = [
  {
    name: 'fs_import_key',
    columns: [
      { name: 'job_id', kind: { kind: 'id' } },
      { name: 'key', kind: text },
      { name: 'row_number', kind: { kind: 'integer' } },
    ],
    key: ['job_id', 'key', 'row_number'],
    indexes: [],
  },
]

export interface GivenKey {
  readonly key: string
  readonly row: number
}

/** Rows of one statement; each binds three values. */
const rowsAtOnce = 1_000

export async function addKeys(
  tx: Transaction,
  jobId: string,
  keys: readonly GivenKey[],
): Promise<void> {
  for (let from = 0; from < keys.length; from += rowsAtOnce) {
    const rows = keys.slice(from, from + rowsAtOnce)
    const values = joinSql(rows.map(({ key, row }) => sql`(${jobId}, ${key}, ${row})`))
    await tx.run(sql`insert into fs_import_key (job_id, key, row_number) values ${values}`)
  }
}

/** The rows that gave one of the keys, in the order of the file. */
export async function rowsWith(
  tx: Pick<Transaction, 'read'>,
  jobId: string,
  keys: readonly string[],
): Promise<readonly number[]> {
  const found = new Set<number>()
  for (let from = 0; from < keys.length; from += rowsAtOnce) {
    const some = joinSql(keys.slice(from, from + rowsAtOnce).map((key) => sql`${key}`))
    const rows = await tx.read(
      sql`select distinct row_number from fs_import_key where job_id = ${jobId} and key in (${some})`,
    )
    for (const row of rows) found.add(Number(row['row_number']))
  }
  return [...found].sort((left, right) => left - right)
}

export async function removeKeys(tx: Transaction, jobId: string): Promise<void> {
  await tx.run(sql`delete from fs_import_key where job_id = ${jobId}`)
}
