/** Writes values of a field type into every database and reads them back as the JSON text of answers. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiValue, FieldOptions, FieldType } from '../../engine/fields/field-type.ts'
import type { ColumnKind, ColumnValue } from '../../engine/sql/column-kind.ts'
import { identifier, integerLiteral, joinSql, sql, type Sql } from '../../engine/sql/sql.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { testServices } from './field-services.ts'

/** The columns of one table, by the names that `readJson` asks for. */
export interface FieldTable {
  readonly columns: Readonly<Record<string, ColumnKind>>
  readJson(column: (name: string) => Sql, storage: Storage): Sql
}

type StoredRow = Readonly<Record<string, ColumnValue>>

const table = identifier('field_values')
const ordinal = identifier('ordinal')
const drawnValues = 100

function columnName(index: number): ReturnType<typeof identifier> {
  return identifier(`c${index}`)
}

/** The JSON texts of the rows, in their order; the table is made for the purpose and dropped after it. */
export async function readBack(
  storage: Storage,
  shape: FieldTable,
  rows: readonly StoredRow[],
): Promise<readonly string[]> {
  const { dialect } = storage
  const entries = Object.entries(shape.columns)
  const types = entries.map(
    ([, kind], index) => sql`${columnName(index)} ${dialect.columnType(kind)}`,
  )
  await storage.write(async (tx) => {
    await tx.run(sql`create table ${table} (${joinSql([sql`${ordinal} integer`, ...types])})`)
    for (const [position, row] of rows.entries()) {
      const values = entries.map(([name, kind]) => dialect.bound(kind, row[name] ?? null))
      const all = joinSql([integerLiteral(position), ...values])
      await tx.run(sql`insert into ${table} values (${all})`)
    }
  })
  const names = entries.map(([name]) => name)
  const json = shape.readJson((name) => sql`${columnName(names.indexOf(name))}`, storage)
  const read = await storage.read(sql`select ${json} as json from ${table} order by ${ordinal}`)
  await storage.write(async (tx) => {
    await tx.run(sql`drop table ${table}`)
  })
  return read.map((row) => String(row['json']))
}

export interface RoundTrips {
  readonly type: FieldType
  readonly options: FieldOptions
  readonly fixed: readonly { readonly value: ApiValue; readonly json: string }[]
  readonly values?: fc.Arbitrary<ApiValue>
  readBack(value: ApiValue): unknown
  readBackText?(value: ApiValue): string
}

/** The fixed values give just their JSON text; any drawn value comes back as what was written. */
export function roundTrips(trip: RoundTrips): void {
  const { type, options } = trip
  const shape: FieldTable = {
    columns: type.columns(options),
    readJson: (column, storage) => type.readJson(column, options, storage.dialect),
  }
  const write = (value: ApiValue): StoredRow => type.toColumns(value, options, testServices)

  // What only JavaScript can give is filled in after the read.
  const finish = (json: string): string => {
    if (type.afterRead === undefined) return json
    const value: ApiValue = JSON.parse(json)
    return JSON.stringify(type.afterRead(value, options, testServices, { viewEncrypted: true }))
  }

  describe.each(databases)('on $name', (database) => {
    let opened: OpenDatabase
    let storage: Storage
    beforeAll(async () => {
      opened = await database.open()
      storage = opened.storage
    })
    afterAll(() => opened.close())

    test('gives each value of the table as its JSON text, and null for none', async () => {
      const rows = [...trip.fixed.map(({ value }) => write(value)), write(null)]
      const read = (await readBack(storage, shape, rows)).map(finish)
      expect(read.slice(0, -1)).toEqual(trip.fixed.map(({ json }) => json))
      expect(['null', 'false']).toContain(read.at(-1))
    })

    const { values } = trip
    if (values === undefined) return

    test('gives back any accepted value', async () => {
      const seed = Date.now() % 2 ** 31
      const drawn = fc.sample(values, { numRuns: drawnValues, seed })
      const read = (await readBack(storage, shape, drawn.map(write))).map(finish)
      for (const [index, value] of drawn.entries()) {
        const message = `${type.check?.(value, options)?.message ?? ''} seed ${seed}`
        expect(type.check?.(value, options), message).toBeUndefined()
        const text = read[index] ?? ''
        if (trip.readBackText !== undefined) expect(text, message).toBe(trip.readBackText(value))
        else expect(JSON.parse(text), message).toEqual(trip.readBack(value))
      }
    })
  })
}
