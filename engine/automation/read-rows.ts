/** Few rows for automation, by the same queries that callers use: every page, as maps. */
import type { QueryVariables } from '../query/soql/variables.ts'
import type { Caller, Records } from '../records/records.ts'

export type Row = ReadonlyMap<string, unknown>

/** By whose rights, and in whose unit of work, something is read. */
export interface Reading {
  readonly records: Records
  readonly caller: Caller
}

/** A query that asks for one of no values is not sent: it finds nothing. */
export async function readRows(
  { records, caller }: Reading,
  soql: string,
  values: Readonly<Record<string, unknown>> = {},
): Promise<readonly Row[]> {
  if (Object.values(values).some((value) => Array.isArray(value) && value.length === 0)) return []
  const variables: QueryVariables = new Map(Object.entries(values))
  const rows: Row[] = []
  let page = await records.query(caller, soql, { variables })
  for (;;) {
    const answer = rowOf(JSON.parse(page.text))
    const found = answer.get('records')
    if (Array.isArray(found)) rows.push(...found.map(rowOf))
    const next = answer.get('nextRecordsUrl')
    if (typeof next !== 'string') return rows
    page = await records.queryMore(caller, next.split('/').at(-1) ?? '')
  }
}

export function rowOf(value: unknown): Row {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** The text at a path such as `Owner.Name`; undefined where there is none. */
export function textAt(row: Row, path: string): string | undefined {
  const [first = '', ...rest] = path.split('.')
  const value = row.get(first)
  if (rest.length > 0) return textAt(rowOf(value), rest.join('.'))
  return typeof value === 'string' ? value : undefined
}

/** The rows that have the same text at a path, in their order. */
export function groupedBy(rows: readonly Row[], path: string): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = textAt(row, path) ?? ''
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}
