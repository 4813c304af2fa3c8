/** What became of the rows of an import, for screens and as a file. */
import { message } from '../../base/message.ts'
import { spellIn } from '../../language/say.ts'
import type { Model } from '../../model/model.ts'
import type { Job } from '../../jobs/job-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { findBlock, readBlock, type Block, type RowOutcome } from '../bulk-tables.ts'
import { defused, rearmed } from '../formula-cells.ts'
import { csvStream } from '../results.ts'
import { importStatus, undoStatus } from './import-job.ts'
import { problemsIn, type RowProblem } from './row-problems.ts'
import { doneRows } from './run-import.ts'

export type RowVerdict = 'created' | 'changed' | 'refused'

export interface ImportRowView {
  /** In the file, the first one below the header is 1. */
  readonly row: number
  readonly verdict: RowVerdict
  /** Of the record; '' for one that is not there yet. */
  readonly id: string
  readonly problems: readonly RowProblem[]
  readonly cells: readonly string[]
}

export interface RowPage {
  readonly rows: readonly ImportRowView[]
  /** Where the next page begins; null after the last one. */
  readonly next: number | null
}

export interface RowWish {
  readonly verdict: RowVerdict | undefined
  /** Rows of the file before this one are left out. */
  readonly from: number
  readonly max: number
}

/** Blocks that are looked through for one page. */
const blocksMax = 40

export async function importRows(
  storage: Pick<Storage, 'read'>,
  job: Job,
  wish: RowWish,
): Promise<RowPage> {
  const status = importStatus(job)
  const found: ImportRowView[] = []
  let number = await findBlock(storage, job.id, wish.from)
  let next = wish.from
  for (let looked = 0; looked < blocksMax && found.length <= wish.max; looked++) {
    const block = await readBlock(storage, job.id, number)
    if (block === undefined) return { rows: found.slice(0, wish.max), next: nextOf(found, wish) }
    found.push(...viewsOf(block, doneRows(block, status), wish))
    next = block.firstRow + block.rowCount
    number += 1
  }
  return { rows: found.slice(0, wish.max), next: nextOf(found, wish) ?? next }
}

function nextOf(found: readonly ImportRowView[], { max }: RowWish): number | null {
  const first = found[max]
  return first === undefined ? null : first.row - 1
}

function viewsOf(
  { firstRow, rows }: Block,
  outcome: readonly RowOutcome[],
  { from, verdict }: RowWish,
): readonly ImportRowView[] {
  return outcome.flatMap((one, index): readonly ImportRowView[] => {
    const is = verdictOf(one)
    if (firstRow + index < from || (verdict !== undefined && is !== verdict)) return []
    const [id, , error] = one
    const cells = rows[index] ?? []
    return [{ row: firstRow + index + 1, verdict: is, id, problems: problemsIn(error), cells }]
  })
}

function verdictOf([, created, error]: RowOutcome): RowVerdict {
  if (error !== '') return 'refused'
  return created === 1 ? 'created' : 'changed'
}

/** What taking it back came to, one page of it. */
export async function undoRows(
  storage: Pick<Storage, 'read'>,
  job: Job,
  wish: RowWish,
): Promise<RowPage> {
  const { blocks } = undoStatus(job)
  const found: ImportRowView[] = []
  for (let at = wish.from; at < blocks; at++) {
    const block = await readBlock(storage, job.id, blocks - 1 - at)
    const outcome = block?.outcome ?? []
    if (block === undefined || outcome.length === 0) break
    for (const [index, one] of outcome.entries()) {
      if (wish.verdict !== undefined && verdictOf(one) !== wish.verdict) continue
      const [kind = '', , row = '0'] = block.rows[index] ?? []
      const [id, , error] = one
      const problems = problemsIn(error)
      found.push({ row: Number(row) + 1, verdict: verdictOf(one), id, problems, cells: [kind] })
    }
    if (found.length >= wish.max) return { rows: found, next: at + 1 < blocks ? at + 1 : null }
  }
  return { rows: found, next: null }
}

export type ImportFile = 'refused' | 'done'

/** The rows as they came, to be put right and imported again, or with the ids of their records. */
export function importFile(
  { storage, model }: { readonly storage: Storage; readonly model: Model },
  job: Job,
  kind: ImportFile,
): ReadableStream<Uint8Array> {
  const status = importStatus(job)
  const format = { columnDelimiter: status.delimiter, lineEnding: 'LF' }
  const columns = (status.columns ?? []).map(defused)
  const isRefused = kind === 'refused'
  const extra = isRefused ? spellIn(model, message('Why it was refused')) : 'sf__Id'
  const header = isRefused ? [...columns, extra] : [extra, ...columns]
  return csvStream(format, header, async (number) => {
    const block = await readBlock(storage, job.id, number)
    if (block === undefined) return undefined
    return doneRows(block, status).flatMap((one, index) => {
      const [id, , error] = one
      if ((error !== '') !== isRefused) return []
      const cells = (block.rows[index] ?? []).map((cell) => defused(rearmed(cell)))
      const told = problemsIn(error).map(({ message: text }) => text)
      return [isRefused ? [...padded(cells, columns.length), told.join(' ')] : [id, ...cells]]
    })
  })
}

function padded(cells: readonly string[], length: number): readonly string[] {
  return [...cells, ...Array.from({ length: Math.max(0, length - cells.length) }, () => '')]
}
