/** The rows of bulk jobs: what was uploaded with what became of it, and what queries found. */
import type { ColumnKind } from '../sql/column-kind.ts'
import { sql } from '../sql/sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'

const text: ColumnKind = { kind: 'text' }
const integer: ColumnKind = { kind: 'integer' }

export const bulkTables: readonly EngineTable[] = [
  {
    // `body`: JSON lists of cells. `outcome`: JSON, one entry for each row that is done.
    name: 'fs_bulk_block',
    columns: [
      { name: 'job_id', kind: { kind: 'id' } },
      { name: 'number', kind: integer },
      { name: 'first_row', kind: integer },
      { name: 'row_count', kind: integer },
      { name: 'body', kind: text },
      { name: 'outcome', kind: text },
    ],
    key: ['job_id', 'number'],
    indexes: [],
  },
]

export interface Block {
  readonly number: number
  readonly firstRow: number
  readonly rowCount: number
  readonly rows: readonly (readonly string[])[]
  readonly outcome: readonly RowOutcome[]
}

/** Id, whether it was created, and what was wrong; an empty text for nothing. */
export type RowOutcome = readonly [id: string, created: 0 | 1, error: string]

export async function addBlock(
  tx: Transaction,
  jobId: string,
  block: Pick<Block, 'number' | 'firstRow' | 'rows'>,
): Promise<void> {
  const { number, firstRow, rows } = block
  await tx.run(
    sql`insert into fs_bulk_block (job_id, number, first_row, row_count, body, outcome) values (${jobId}, ${number}, ${firstRow}, ${rows.length}, ${JSON.stringify(rows)}, '[]')`,
  )
}

export async function noteOutcome(
  tx: Transaction,
  jobId: string,
  { number, outcome }: { readonly number: number; readonly outcome: readonly RowOutcome[] },
): Promise<void> {
  await tx.run(
    sql`update fs_bulk_block set outcome = ${JSON.stringify(outcome)} where job_id = ${jobId} and number = ${number}`,
  )
}

export async function readBlock(
  storage: Pick<Storage, 'read'>,
  jobId: string,
  number: number,
): Promise<Block | undefined> {
  const [row] = await storage.read(
    sql`select number, first_row, row_count, body, outcome from fs_bulk_block where job_id = ${jobId} and number = ${number}`,
  )
  return row === undefined ? undefined : blockOf(row)
}

/** The block that holds a row of the job. */
export async function findBlock(
  storage: Pick<Storage, 'read'>,
  jobId: string,
  rowNumber: number,
): Promise<number> {
  const [row] = await storage.read(
    sql`select max(number) as number from fs_bulk_block where job_id = ${jobId} and first_row <= ${rowNumber}`,
  )
  return Number(row?.['number'] ?? 0)
}

export async function removeBlocks(tx: Transaction, jobId: string): Promise<void> {
  await tx.run(sql`delete from fs_bulk_block where job_id = ${jobId}`)
}

function blockOf(row: Row): Block {
  return {
    number: Number(row['number']),
    firstRow: Number(row['first_row']),
    rowCount: Number(row['row_count']),
    // Written by this file alone.
    rows: JSON.parse(String(row['body'])) as readonly (readonly string[])[],
    outcome: JSON.parse(String(row['outcome'])) as readonly RowOutcome[],
  }
}
