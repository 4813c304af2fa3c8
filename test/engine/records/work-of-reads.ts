/** How much a statement does, told by the database itself: not by a clock, which a busy machine slows. */
import { render, type Statement } from '../../../engine/sql/sql.ts'
import type { ReadOptions, Storage } from '../../../engine/storage/storage.ts'

export interface SentRead {
  readonly statement: Statement
  readonly options: ReadOptions | undefined
}

/** The storage, and the read that it was last asked for. */
export function lastRead(inner: Storage): {
  readonly storage: Storage
  take(): SentRead
} {
  let last: SentRead | undefined
  const storage = new Proxy(inner, {
    get: (target, name) => {
      if (name !== 'read') {
        const member: unknown = Reflect.get(target, name, target)
        return typeof member === 'function' ? member.bind(target) : member
      }
      const read: Storage['read'] = (query, options) => {
        const statement = 'parts' in query ? render(query, target.dialect) : query
        last = { statement, options }
        return target.read(query, options)
      }
      return read
    },
  })
  return {
    storage,
    take: () => {
      if (last === undefined) throw new Error('nothing was read')
      return last
    },
  }
}

/**
 * PostgreSQL counts the rows that its scans gave and threw away. SQLite counts none: its plan says by which columns an
 * index is entered, and a scan from the beginning, or a sort, counts as all rows.
 */
export async function rowsTouched(
  storage: Storage,
  { statement, options }: SentRead,
): Promise<number> {
  const explained = (words: string) =>
    storage.read({ ...statement, text: `${words} ${statement.text}` }, options)
  if (storage.dialect.name === 'sqlite') {
    const steps = (await explained('explain query plan')).map((row) => String(row['detail']))
    const reads = steps.filter((step) => /^(?:SCAN|SEARCH) t0/.test(step))
    // The order's first columns open the index, all of them where their directions are one.
    const isEntered = reads.every((step) =>
      /\((?:Id|Name__folded)[<>]|\(\(?Name__folded,Name/.test(step),
    )
    return isEntered && reads.length > 0 ? 1 : Number.MAX_SAFE_INTEGER
  }
  const [row] = await explained('explain (analyze, format json)')
  const [plan] = Object.values(row ?? {})
  return scannedRows(typeof plan === 'string' ? JSON.parse(plan) : plan)
}

function scannedRows(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, one) => sum + scannedRows(one), 0)
  if (typeof node !== 'object' || node === null) return 0
  const members = new Map<string, unknown>(Object.entries(node))
  const figure = (name: string): number => Number(members.get(name) ?? 0)
  const own = members.has('Relation Name')
    ? figure('Actual Rows') + figure('Rows Removed by Filter')
    : 0
  return own + scannedRows(members.get('Plan')) + scannedRows(members.get('Plans'))
}
