/** Reads one page of a query in one statement, with as many records as one answer may hold. */
import { limits } from '../base/limits.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { OrderKeys } from '../query/compile-page.ts'
import type { StatedPlan } from '../query/read-plan.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Row } from '../storage/storage.ts'
import type { CompiledQuery } from './compile-query.ts'
import { explained } from './explain-storage-error.ts'
import { finishRecords } from './finish-records.ts'
import { planValues, type FormulaCaller } from './formula-values.ts'
import type { QueryPage } from './records.ts'
import { noteFormerNames } from './targets.ts'

export interface Page {
  readonly rows: number
  readonly body: string | Uint8Array
  readonly total: number
  /** Where the page ends, when there is more behind it. */
  readonly end: OrderKeys | undefined
}

export interface QueryToRead extends CompiledQuery {
  /** The name under which the rest of long child lists can be asked for. */
  readonly children: string | undefined
}

export async function readPage(
  asked: FormulaCaller,
  { plan, statement, children, holes: texts }: QueryToRead,
): Promise<Page> {
  const { context, caller } = asked
  noteFormerNames(caller, plan)
  const { values, holes: formulaHoles } = await planValues(asked, plan)
  const holes = { ...formulaHoles, ...texts, ...(children !== undefined && { children }) }
  const [row = {}] = await explained(context.models.current(), () =>
    whole(context.storage.read(statement, { holes })),
  )
  const found = row['body']
  const text = typeof found === 'string' ? found : ''
  const rows = Number(row['n'] ?? 0)
  if (rows > 0 && found === null) throw new PageTooLong()
  return {
    rows,
    body:
      found instanceof Uint8Array ? found : finishRecords(context, caller, { plan, text, values }),
    total: Number(row['total'] ?? rows),
    end: Number(row['more'] ?? 0) === 1 ? endOf(plan, row) : undefined,
  }
}

/** One database refuses what is too long, the other leaves it away. */
async function whole<Rows>(read: Promise<Rows>): Promise<Rows> {
  try {
    return await read
  } catch (error) {
    if (error instanceof StorageError && error.kind === 'too-large') throw new PageTooLong()
    throw error
  }
}

/** Fewer records may fit. */
export class PageTooLong extends Error {}

export function tooLong(): Refusal {
  return refuse(
    'LIMIT_EXCEEDED',
    `The answer would be longer than ${limits.queryPageBytesMax / 1024 / 1024} megabytes (queryPageBytesMax): select fewer fields, or put a LIMIT on lists of children.`,
  )
}

function endOf(plan: StatedPlan, row: Row): OrderKeys {
  return plan.orderBy.map((_, index) => {
    const value = row[`k${index}`] ?? null
    return value === null ? null : String(value)
  })
}

/** A page that would be too long is read again with fewer records: how many stand on one is the server's to say. */
export async function inPages(
  pageRows: number,
  read: (pageRows: number) => Promise<QueryPage>,
): Promise<QueryPage> {
  for (let rows = pageRows; ; rows = Math.ceil(rows / pageShrink)) {
    try {
      return await read(rows)
    } catch (error) {
      if (!(error instanceof PageTooLong)) throw error
      if (rows === 1) throw tooLong()
    }
  }
}

/** Few attempts even where one record fills a page. */
const pageShrink = 8
