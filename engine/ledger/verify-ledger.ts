/** Finds what was changed, taken away or put in behind the engine's back, and names where. */
import { limits } from '../base/limits.ts'
import { ledgerTables } from '../model/ledger-objects.ts'
import type { LedgerTable } from '../model/ledger-shape.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import { identifier, integerLiteral, joinSql, sql } from '../sql/sql.ts'
import type { Row, Storage } from '../storage/storage.ts'
import { chainOf, headContent, linkContent, storedValues, type Chain } from './chain.ts'
import { chainColumns, chainNames, chainsEach } from './ledger-tables.ts'
import type { Sealer } from './seal.ts'

export interface LedgerFault {
  /** The table. */
  readonly ledger: string
  readonly chain: number
  /** Where in the chain. */
  readonly number: number
  /** `changed`: a row, or its seal; `missing`: rows up to the number; `inserted`: a row that stands nowhere in the chain; `head`: the end of the chain itself. */
  readonly kind: 'changed' | 'missing' | 'inserted' | 'head'
  /** What the row says it is about, if there is one. */
  readonly about: Readonly<Record<string, ColumnValue>>
}

export interface LedgerReport {
  readonly rows: number
  /** At most as many as `problemsReportedMax`. */
  readonly faults: readonly LedgerFault[]
}

export interface VerifyParts {
  readonly storage: Storage
  readonly sealer: Sealer
}

const pageRows = 1_000

export async function verifyLedger({ storage, sealer }: VerifyParts): Promise<LedgerReport> {
  const faults: LedgerFault[] = []
  let rows = 0
  for (const table of ledgerTables) {
    const heads = await storage.read(
      sql`select ${chainNames} from fs_ledger_chain where ledger = ${table.name} order by chain`,
    )
    const chains = new Map(heads.map((row) => [Number(row['chain']), chainOf(row)]))
    const used = await chainsUsed(storage, table)
    for (const number of new Set([...standardChains(), ...chains.keys(), ...used])) {
      if (faults.length >= limits.problemsReportedMax) break
      const check = new ChainCheck(table, { number, chain: chains.get(number), sealer })
      for await (const row of rowsOf(storage, table, number)) {
        rows += 1
        check.take(row)
        if (faults.length + check.faults.length >= limits.problemsReportedMax) break
      }
      check.end()
      faults.push(...check.faults)
    }
  }
  return { rows, faults: faults.slice(0, limits.problemsReportedMax) }
}

function standardChains(): readonly number[] {
  return Array.from({ length: chainsEach }, (_, chain) => chain)
}

async function chainsUsed(storage: Storage, table: LedgerTable): Promise<readonly number[]> {
  const rows = await storage.read(
    sql`select distinct chain from ${identifier(table.name)} order by chain`,
  )
  return rows.map((row) => Number(row['chain']))
}

/** In their order; rows of one number by their ids. */
async function* rowsOf(storage: Storage, table: LedgerTable, chain: number): AsyncGenerator<Row> {
  const names = [...table.columns, ...chainColumns].map(({ name }) => sql`${identifier(name)}`)
  let [number, id] = [Number.MIN_SAFE_INTEGER, '']
  for (;;) {
    const rows = await storage.read(
      sql`select ${joinSql(names)} from ${identifier(table.name)} where chain = ${integerLiteral(chain)} and (number > ${integerLiteral(number)} or (number = ${integerLiteral(number)} and ${identifier('Id')} > ${id})) order by number, ${identifier('Id')} limit ${integerLiteral(pageRows)}`,
    )
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageRows) return
    number = Number(last['number'])
    id = String(last['Id'])
  }
}

/** What a fault says of its row: enough to find it, and no value that somebody may not read. */
const tells: ReadonlySet<string> = new Set([
  'Id',
  'CreatedDate',
  'CreatedById',
  'object',
  'object_key',
  'record_id',
  'field',
  'action',
  'section',
  'status',
])

interface Checked {
  readonly number: number
  readonly chain: Chain | undefined
  readonly sealer: Sealer
}

/** Goes along one chain. */
class ChainCheck {
  readonly faults: LedgerFault[] = []
  readonly #table: LedgerTable
  readonly #checked: Checked
  #number: number
  /** Undefined behind a gap: the row there was sealed to one that nobody has. */
  #seal: string | undefined

  constructor(table: LedgerTable, checked: Checked) {
    this.#table = table
    this.#checked = checked
    this.#number = checked.chain?.startNumber ?? 0
    this.#seal = checked.chain?.startSeal ?? ''
  }

  take(row: Row): void {
    const number = Number(row['number'])
    const seal = String(row['seal'])
    const values = storedValues(this.#table.columns, row)
    const about = Object.fromEntries(
      this.#table.columns.flatMap(({ name }, index) =>
        tells.has(name) ? [[name, values[index] ?? null]] : [],
      ),
    )
    if (number <= this.#number) return this.#report('inserted', number, about)
    if (number > this.#number + 1) {
      this.#report('missing', number - 1)
      this.#seal = undefined
    }
    const place = { table: this.#table, chain: this.#checked.number, number }
    const holds =
      this.#seal === undefined ||
      this.#checked.sealer.isSeal(seal, linkContent({ ...place, after: this.#seal }, values))
    if (!holds) this.#report('changed', number, about)
    this.#number = number
    this.#seal = seal
  }

  end(): void {
    const { chain, number, sealer } = this.#checked
    if (chain === undefined) return this.#report('head', number)
    const { head, ...ends } = chain
    if (!sealer.isSeal(head, headContent(ends))) this.#report('head', chain.number)
    else if (this.#number < chain.number) this.#report('missing', chain.number)
    else if (this.#number > chain.number) this.#report('inserted', this.#number)
    else if (this.#seal !== undefined && this.#seal !== chain.seal)
      this.#report('changed', chain.number)
  }

  #report(kind: LedgerFault['kind'], number: number, about: LedgerFault['about'] = {}): void {
    this.faults.push({ ledger: this.#table.name, chain: this.#checked.number, number, kind, about })
  }
}
