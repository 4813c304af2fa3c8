/** Chains of rows: each row's seal covers the row before it, the head's seal where the chain ends. */
import type { LedgerColumn, LedgerTable } from '../model/ledger-shape.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { Row } from '../storage/storage.ts'

export interface Chain {
  readonly ledger: string
  readonly chain: number
  /** The row before the first that is kept; 0 in a chain that nothing was taken from. */
  readonly startNumber: number
  readonly startSeal: string
  /** The last row. */
  readonly number: number
  readonly seal: string
  readonly head: string
}

export function chainOf(row: Row): Chain {
  return {
    ledger: String(row['ledger']),
    chain: Number(row['chain']),
    startNumber: Number(row['start_number']),
    startSeal: String(row['start_seal']),
    number: Number(row['number']),
    seal: String(row['seal']),
    head: String(row['head']),
  }
}

/** What the head's seal is made of. */
export function headContent({ ledger, chain, ...ends }: Omit<Chain, 'head'>): string {
  const { startNumber, startSeal, number, seal } = ends
  return JSON.stringify(['head', ledger, chain, startNumber, startSeal, number, seal])
}

export interface LinkPlace {
  readonly table: LedgerTable
  readonly chain: number
  readonly number: number
  /** The seal of the row before. */
  readonly after: string
}

/** What a row's seal is made of; values in the order of the columns. */
export function linkContent(
  { table, chain, number, after }: LinkPlace,
  values: readonly ColumnValue[],
): string {
  return JSON.stringify([table.name, chain, number, after, ...values])
}

/** A row as it was written, whichever database gives it back. */
export function storedValues(columns: readonly LedgerColumn[], row: Row): readonly ColumnValue[] {
  return columns.map(({ name, kind }) => storedValue(kind, row[name] ?? null))
}

function storedValue({ kind }: ColumnKind, value: Row[string] | null): ColumnValue {
  if (value === null) return null
  if (kind === 'boolean') return value === true || value === 1
  if (kind === 'integer' || kind === 'instant') return Number(value)
  return String(value)
}
