/** Few, small rows for the engine's own use, through the same queries that callers use. */
import type { Caller, QueryPage, Records } from './records.ts'

export type AnswerRow = ReadonlyMap<string, unknown>

/** The records of a query as maps; parents are maps too. */
export async function queryRows(
  records: Records,
  caller: Caller,
  soql: string,
): Promise<AnswerRow[]> {
  return rowsOf(await records.query(caller, soql))
}

/** The records of one page. */
export function rowsOf({ text }: Pick<QueryPage, 'text'>): AnswerRow[] {
  const answer: unknown = JSON.parse(text)
  const rows = toMap(answer).get('records')
  return Array.isArray(rows) ? rows.map(toMap) : []
}

export function toMap(value: unknown): Map<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** The text at a path such as `Profile.Name`, or undefined. */
export function textAt(row: AnswerRow, path: string): string | undefined {
  const [first = '', ...rest] = path.split('.')
  const value = row.get(first)
  if (rest.length > 0) return textAt(toMap(value), rest.join('.'))
  return typeof value === 'string' ? value : undefined
}

/** A text constant of a query. */
export function soqlText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
