/** Two small tables and the helpers with which the storage contract is told. */
import { Refusal } from '../../engine/base/refusal.ts'
import { hole, identifier, render, sql } from '../../engine/sql/sql.ts'
import { StorageError } from '../../engine/storage/storage-error.ts'
import type { GroupedWrite, Storage, Transaction } from '../../engine/storage/storage.ts'
import type { DatabaseOptions, OpenDatabase } from '../support/databases.ts'

export interface StorageUnderTest {
  readonly name: string
  open(options?: DatabaseOptions): Promise<OpenDatabase>
}

/** The error that a promise ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`no error but ${JSON.stringify(value)}`)
    },
    (error: unknown) => error,
  )
}

export async function kindOf(promise: Promise<unknown>): Promise<string> {
  const error = await errorOf(promise)
  if (error instanceof StorageError) return error.kind
  if (error instanceof Refusal) return error.code
  throw error
}

export function pauseMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

export const note = identifier('note')

export async function createTables(storage: Storage): Promise<void> {
  const { dialect } = storage
  const text = dialect.columnType({ kind: 'text' })
  const integer = dialect.columnType({ kind: 'integer' })
  const strict = dialect.name === 'sqlite' ? sql` strict` : sql``
  await storage.write(async (tx) => {
    await tx.run(
      sql`create table ${note} (id ${text} primary key, body ${text}, size ${integer})${strict}`,
    )
    await tx.run(
      sql`create table rule (id ${integer} primary key, code ${text}, kind ${text}, need ${text} not null, amount ${integer} check (amount < 10), note ${text} references ${note} (id))${strict}`,
    )
    await tx.run(sql`create unique index rule_code on rule (code, kind) where amount > 0`)
  })
}

export function insertNote(tx: Transaction, id: string, body = 'x'): Promise<number> {
  return tx.run(sql`insert into ${note} (id, body) values (${id}, ${body})`)
}

export async function noteIds(storage: Storage): Promise<unknown[]> {
  const rows = await storage.read(sql`select id from ${note} order by id`)
  return rows.map((row) => row['id'])
}

/** Inserts notes; one statement for all that wait. Remembers how many came at once. */
export function noteGroup(storage: Storage): GroupedWrite<string, string> & { sizes: number[] } {
  const columns = [{ name: identifier('id'), kind: { kind: 'text' } as const }]
  const rows = storage.dialect.rows(sql`${hole('rows')}`, columns)
  const insert = render(sql`insert into ${note} (id) select id from ${rows} as r`, storage.dialect)
  const sizes: number[] = []
  return {
    sizes,
    run: async (tx, inputs) => {
      sizes.push(inputs.length)
      await tx.run(insert, { rows: JSON.stringify(inputs.map((id) => [id])) })
      return inputs.map((id) => `made ${id}`)
    },
  }
}

/** Never ends within a test. */
export const endless = sql`with recursive c(x) as (select 1 union all select x + 1 from c where x < 2000000000) select count(*) as n from c`
