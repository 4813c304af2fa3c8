/** The rows that are chosen in a list, by id; pure. */
import type { WireRecord } from './wire.ts'

export type Selection = ReadonlyMap<string, WireRecord>

export const noSelection: Selection = new Map()

/** More than a person can have looked at; a job for an import. */
export const selectedRowsMax = 1_000

export function isSelected(selection: Selection, row: WireRecord): boolean {
  return selection.has(row.Id ?? '')
}

/** As many more as there is room for. */
export function withRows(selection: Selection, rows: readonly WireRecord[]): Selection {
  const next = new Map(selection)
  for (const row of rows) {
    const id = row.Id ?? ''
    if (next.size >= selectedRowsMax && !next.has(id)) break
    next.set(id, row)
  }
  return next
}

export function withoutRows(selection: Selection, rows: readonly WireRecord[]): Selection {
  const gone = new Set(rows.map((row) => row.Id ?? ''))
  return new Map([...selection].filter(([id]) => !gone.has(id)))
}

/** The rows from one to another, in whichever direction. */
export function rowsBetween(
  rows: readonly WireRecord[],
  from: string,
  to: string,
): readonly WireRecord[] {
  const [first, last] = [from, to]
    .map((id) => rows.findIndex((row) => row.Id === id))
    .sort((one, other) => one - other)
  if (first === undefined || last === undefined || first < 0) return []
  return rows.slice(first, last + 1)
}

/** How the loaded rows stand to the selection, as the box in the heading shows it. */
export function chosenOf(
  selection: Selection,
  rows: readonly WireRecord[],
): 'all' | 'some' | 'none' {
  const chosen = rows.filter((row) => isSelected(selection, row)).length
  if (chosen === 0) return 'none'
  return chosen === rows.length ? 'all' : 'some'
}

/** After the list was read anew: rows as they are now; what a wholly loaded list has no more is not chosen either. */
export function followRows(
  selection: Selection,
  rows: readonly WireRecord[],
  more: boolean,
): Selection {
  if (selection.size === 0) return selection
  const fresh = new Map(rows.map((row) => [row.Id ?? '', row]))
  const kept = [...selection].flatMap(([id, row]): [string, WireRecord][] => {
    const now = fresh.get(id)
    if (now !== undefined) return [[id, now]]
    return more ? [[id, row]] : []
  })
  return new Map(kept)
}
