/** A block that is rehearsed needs the rows before it that it depends on: they are saved first, and undone with it. */
import type { Storage, Transaction } from '../../storage/storage.ts'
import { findBlock, readBlock, type Block } from '../bulk-tables.ts'
import type { KeyColumn } from './import-columns.ts'
import { rowsWith } from './import-tables.ts'
import { keysOf, type ImportRow } from './save-import.ts'

export interface EarlierRows {
  readonly rows: readonly ImportRow[]
  /** There are more than are taken along. */
  readonly isCut: boolean
}

export interface Dependants {
  readonly jobId: string
  readonly keys: readonly KeyColumn[]
  readonly rows: readonly ImportRow[]
}

const rowsMax = 500
const blocksMax = 20

/** Also what those rows depend on, as far back as it goes. */
export async function earlierRows(
  storage: Pick<Storage, 'read'>,
  tx: Pick<Transaction, 'read'>,
  { jobId, keys, rows }: Dependants,
): Promise<EarlierRows> {
  const [first] = rows
  if (keys.length === 0 || first === undefined) return { rows: [], isCut: false }
  const found = new Map<number, ImportRow>()
  const blocks = new Map<number, Block>()
  const asked = new Set<string>()
  let waiting: readonly ImportRow[] = rows
  while (waiting.length > 0) {
    const wanted = [...new Set(waiting.flatMap((row) => keysOf(keys, row)))]
    const fresh = wanted.filter((key) => !asked.has(key))
    for (const key of fresh) asked.add(key)
    const numbers = (await rowsWith(tx, jobId, fresh)).filter(
      (number) => number < first.number && !found.has(number),
    )
    const next: ImportRow[] = []
    for (const number of numbers) {
      const row = await rowAt(storage, jobId, { number, blocks })
      if (row === undefined || found.size >= rowsMax) return { rows: ordered(found), isCut: true }
      found.set(number, row)
      next.push(row)
    }
    waiting = next
  }
  return { rows: ordered(found), isCut: false }
}

function ordered(found: ReadonlyMap<number, ImportRow>): readonly ImportRow[] {
  return [...found.values()].sort((left, right) => left.number - right.number)
}

/** Undefined when it lies in more blocks than are read for one. */
async function rowAt(
  storage: Pick<Storage, 'read'>,
  jobId: string,
  { number, blocks }: { readonly number: number; readonly blocks: Map<number, Block> },
): Promise<ImportRow | undefined> {
  let block = [...blocks.values()].find((one) => isIn(one, number))
  if (block === undefined && blocks.size < blocksMax) {
    block = await readBlock(storage, jobId, await findBlock(storage, jobId, number))
    if (block !== undefined) blocks.set(block.number, block)
  }
  const cells = block?.rows[number - block.firstRow]
  return cells === undefined ? undefined : { number, cells }
}

function isIn({ firstRow, rowCount }: Block, number: number): boolean {
  return number >= firstRow && number < firstRow + rowCount
}
