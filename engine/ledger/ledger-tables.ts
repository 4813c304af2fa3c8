/** The tables of what is written for good, and of the chains that hold their rows together. */
import { ledgerTables as declared } from '../model/ledger-objects.ts'
import type { LedgerTable } from '../model/ledger-shape.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { identifier, joinSql, sql } from '../sql/sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'

const text: ColumnKind = { kind: 'text' }
const integer: ColumnKind = { kind: 'integer' }

/** Behind the columns of each row: its place, and the seal over it and the row before. */
export const chainColumns = [
  { name: 'chain', kind: integer },
  { name: 'number', kind: integer },
  { name: 'seal', kind: text },
] as const

function engineTable({ name, columns, indexes }: LedgerTable): EngineTable {
  return {
    name,
    columns: [...columns, ...chainColumns],
    key: ['Id'],
    indexes: [['chain', 'number'], ...indexes],
  }
}

/**
 * Where each chain of a ledger begins and ends: the number and seal behind which its first row stands, and those of its last
 * one; `head` seals all of that.
 */
export const chainTable: EngineTable = {
  name: 'fs_ledger_chain',
  columns: [
    { name: 'ledger', kind: text },
    { name: 'chain', kind: integer },
    { name: 'start_number', kind: integer },
    { name: 'start_seal', kind: text },
    { name: 'number', kind: integer },
    { name: 'seal', kind: text },
    { name: 'head', kind: text },
  ],
  key: ['ledger', 'chain'],
  indexes: [],
}

export const ledgerEngineTables: readonly EngineTable[] = [chainTable, ...declared.map(engineTable)]

/** Writers at the same time each take a chain that is free; where the writer is alone, the first serves all. */
export const chainsEach = 16

export const chainNames = joinSql(chainTable.columns.map(({ name }) => sql`${identifier(name)}`))
