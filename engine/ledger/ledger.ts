/** Writes down for good what happened, in the transaction in which it happens. */
import type { Clock } from '../base/clock.ts'
import { versionColumn } from '../model/system-fields.ts'
import { ledgerTables } from '../model/ledger-objects.ts'
import type { LedgerTable } from '../model/ledger-shape.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import {
  hole,
  identifier,
  integerLiteral,
  joinSql,
  render,
  sql,
  type Sql,
  type Statement,
} from '../sql/sql.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { chainOf, headContent, linkContent, type Chain } from './chain.ts'
import { chainColumns, chainNames, chainsEach, ledgerEngineTables } from './ledger-tables.ts'
import type { Sealer } from './seal.ts'
import { verifyLedger, type LedgerReport } from './verify-ledger.ts'

/** What happened; `values` are those of the table's own columns, by name. */
export interface LedgerEntry {
  readonly by: string | null
  readonly values: Readonly<Record<string, ColumnValue>>
}

export interface Ledger {
  append(tx: Transaction, table: LedgerTable, entries: readonly LedgerEntry[]): Promise<void>
  /** Goes through all rows; what was touched behind the engine's back is named. */
  verify(): Promise<LedgerReport>
}

export interface LedgerParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly sealer: Sealer
}

export async function createLedger(parts: LedgerParts): Promise<Ledger> {
  const { storage, sealer } = parts
  await ensureTables(storage, ledgerEngineTables)
  await beginChains(storage, sealer)
  const { dialect } = storage
  const prepared = new Map(ledgerTables.map((table) => [table, statementsOf(table, dialect)]))
  return {
    append: async (tx, table, entries) => {
      const statements = prepared.get(table)
      if (statements === undefined) throw new Error(`${table.name} is no ledger`)
      if (entries.length > 0) await append(tx, { ...parts, table, statements }, entries)
    },
    verify: () => verifyLedger({ storage, sealer }),
  }
}

/** Every chain is there from the start, so that one that was taken away is missed. */
async function beginChains(storage: Storage, sealer: Sealer): Promise<void> {
  const rows = await storage.read(sql`select distinct ledger from fs_ledger_chain`)
  const begun = new Set(rows.map((row) => String(row['ledger'])))
  const fresh = ledgerTables.filter(({ name }) => !begun.has(name))
  if (fresh.length === 0) return
  await storage.write(async (tx) => {
    for (const { name: ledger } of fresh) {
      for (let chain = 0; chain < chainsEach; chain++) {
        const ends = { ledger, chain, startNumber: 0, startSeal: '', number: 0, seal: '' }
        const head = sealer.seal(headContent(ends))
        // Another server may begin them at the same time.
        await tx.run(
          sql`insert into fs_ledger_chain (${chainNames}) values (${ledger}, ${integerLiteral(chain)}, 0, '', 0, '', ${head}) on conflict do nothing`,
        )
      }
    }
  })
}

interface Statements {
  readonly takeFree: Statement
  readonly takeFirst: Statement
  readonly insert: Statement
  readonly advance: Statement
}

function statementsOf(table: LedgerTable, dialect: Dialect): Statements {
  const take = (lock: Sql): Statement =>
    render(
      sql`select ${chainNames} from fs_ledger_chain where ledger = ${table.name} order by chain limit 1${lock}`,
      dialect,
    )
  const columns = [...table.columns, ...chainColumns]
  const names = joinSql(columns.map(({ name }) => sql`${identifier(name)}`))
  const source = dialect.rows(
    sql`${hole('rows')}`,
    columns.map(({ name, kind }) => ({ name: identifier(name), kind })),
  )
  const given = (name: string, kind: ColumnKind): Sql => dialect.cast(kind, sql`${hole(name)}`)
  return {
    takeFree: take(dialect.lockFreeRows),
    takeFirst: take(dialect.lockRowsToChange),
    insert: render(
      sql`insert into ${identifier(table.name)} (${names}) select ${names} from ${source} as r`,
      dialect,
    ),
    advance: render(
      sql`update fs_ledger_chain set number = ${given('number', integer)}, seal = ${given('seal', text)}, head = ${given('head', text)} where ledger = ${table.name} and chain = ${given('chain', integer)}`,
      dialect,
    ),
  }
}

const integer: ColumnKind = { kind: 'integer' }
const text: ColumnKind = { kind: 'text' }

interface Appending extends LedgerParts {
  readonly table: LedgerTable
  readonly statements: Statements
}

/** The chain stays this transaction's own until it ends; who comes meanwhile takes another. */
async function append(
  tx: Transaction,
  { clock, ids, sealer, table, statements }: Appending,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const chain = await takeChain(tx, statements)
  const now = clock.now()
  let { number, seal } = chain
  const rows = entries.map(({ by, values }) => {
    const common: Readonly<Record<string, ColumnValue>> = {
      Id: ids(table.keyPrefix),
      IsDeleted: false,
      CreatedDate: now,
      CreatedById: by,
      LastModifiedDate: now,
      [versionColumn]: 1,
    }
    const row = table.columns.map(({ name }) => common[name] ?? values[name] ?? null)
    number += 1
    seal = sealer.seal(linkContent({ table, chain: chain.chain, number, after: seal }, row))
    const encoded = table.columns.map(({ kind }, index) =>
      tx.dialect.encode(kind, row[index] ?? null),
    )
    return [...encoded, chain.chain, number, seal]
  })
  await tx.run(statements.insert, { rows: JSON.stringify(rows) })
  const head = sealer.seal(headContent({ ...chain, number, seal }))
  await tx.run(statements.advance, { number, seal, head, chain: chain.chain })
}

async function takeChain(tx: Transaction, statements: Statements): Promise<Chain> {
  const [free] = await tx.read(statements.takeFree)
  // All are taken: in turn, then.
  const [row] = free === undefined ? await tx.read(statements.takeFirst) : [free]
  if (row === undefined) throw new Error('a ledger has lost its chains')
  return chainOf(row)
}
