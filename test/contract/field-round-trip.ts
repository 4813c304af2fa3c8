/**
 * Writes values of a field type into every database, reads them back as the JSON text of answers,
 * sorts by them and finds them again.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareDecimals, parseDecimal } from '../../engine/fields/decimal.ts'
import type { ApiValue, FieldOptions, FieldType } from '../../engine/fields/field-type.ts'
import { isProblem } from '../../engine/fields/value-problem.ts'
import type { ColumnKind, ColumnValue } from '../../engine/sql/column-kind.ts'
import {
  identifier,
  integerLiteral,
  joinSql,
  sql,
  type Identifier,
  type Sql,
} from '../../engine/sql/sql.ts'
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

/** Makes the table for the purpose, fills it, and drops it afterwards. */
async function withRows<Result>(
  storage: Storage,
  {
    columns,
    rows,
  }: { readonly columns: FieldTable['columns']; readonly rows: readonly StoredRow[] },
  work: (column: (name: string) => Identifier) => Promise<Result>,
): Promise<Result> {
  const { dialect } = storage
  const names = Object.keys(columns)
  const column = (name: string): Identifier => identifier(`c${names.indexOf(name)}`)
  const types = Object.entries(columns).map(
    ([name, kind]) => sql`${column(name)} ${dialect.columnType(kind)}`,
  )
  await storage.write(async (tx) => {
    await tx.run(sql`create table ${table} (${joinSql([sql`${ordinal} integer`, ...types])})`)
    for (const [position, row] of rows.entries()) {
      const values = Object.entries(columns).map(([name, kind]) =>
        dialect.bound(kind, row[name] ?? null),
      )
      const all = joinSql([integerLiteral(position), ...values])
      await tx.run(sql`insert into ${table} values (${all})`)
    }
  })
  const result = await work(column)
  await storage.write(async (tx) => {
    await tx.run(sql`drop table ${table}`)
  })
  return result
}

/** The JSON texts of the rows, in their order. */
export function readBack(
  storage: Storage,
  shape: FieldTable,
  rows: readonly StoredRow[],
): Promise<readonly string[]> {
  return withRows(storage, { columns: shape.columns, rows }, async (column) => {
    const json = shape.readJson((name) => sql`${column(name)}`, storage)
    const read = await storage.read(sql`select ${json} as json from ${table} order by ${ordinal}`)
    return read.map((row) => String(row['json']))
  })
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
  const write = (value: ApiValue): StoredRow => type.toColumns(value, options, testServices)
  // Printed with every failure, so that it can be repeated.
  const seed = Date.now() % 2 ** 31
  const drawn =
    trip.values === undefined ? [] : fc.sample(trip.values, { numRuns: drawnValues, seed })
  const fixed = trip.fixed.map(({ value }) => value)

  describe.each(databases)('on $name', (database) => {
    let opened: OpenDatabase
    beforeAll(async () => {
      opened = await database.open()
    })
    afterAll(() => opened.close())

    const read = async (values: readonly ApiValue[]): Promise<readonly string[]> => {
      const shape: FieldTable = {
        columns: type.columns(options),
        readJson: (column, { dialect }) => type.readJson(column, options, dialect),
      }
      const texts = await readBack(opened.storage, shape, values.map(write))
      return texts.map((text) => finish(trip, text))
    }

    test('gives each value of the table as its JSON text, and null for none', async () => {
      const texts = await read([...fixed, null])
      expect(texts.slice(0, -1)).toEqual(trip.fixed.map(({ json }) => json))
      expect(['null', 'false']).toContain(texts.at(-1))
    })

    test(`gives back any accepted value (seed ${seed})`, async () => {
      const texts = await read(drawn)
      for (const [index, value] of drawn.entries()) {
        expect(type.check?.(value, options)).toBeUndefined()
        const text = texts[index] ?? ''
        if (trip.readBackText !== undefined) expect(text).toBe(trip.readBackText(value))
        else expect(JSON.parse(text)).toEqual(trip.readBack(value))
      }
    })

    test(`sorts by its columns, nothing first (seed ${seed})`, async () => {
      const keys = type.sortColumns?.(options) ?? []
      const rows = [...fixed, null, ...drawn].map(write)
      expect(await sortedOrdinals(opened.storage, trip, rows)).toEqual(
        expectedOrdinals(type.columns(options), keys, rows),
      )
    })

    test('finds each value by a filter with what was sent', async () => {
      const rows = fixed.map(write)
      expect(await missedOrdinals(opened.storage, trip, rows)).toEqual([])
    })
  })
}

/** What only JavaScript can give is filled in after the read. */
function finish({ type, options }: RoundTrips, json: string): string {
  if (type.afterRead === undefined) return json
  const value: ApiValue = JSON.parse(json)
  return JSON.stringify(
    type.afterRead(value, options, { services: testServices, viewEncrypted: true }),
  )
}

function sortedOrdinals(
  storage: Storage,
  { type, options }: RoundTrips,
  rows: readonly StoredRow[],
): Promise<readonly number[]> {
  return withRows(storage, { columns: type.columns(options), rows }, async (column) => {
    const keys = (type.sortColumns?.(options) ?? []).map((name) => sql`${column(name)} nulls first`)
    const order = joinSql([...keys, sql`${ordinal}`])
    const read = await storage.read(sql`select ${ordinal} as n from ${table} order by ${order}`)
    return read.map((row) => Number(row['n']))
  })
}

/** Texts by their bytes, decimals by value: the same order that both databases must give. */
function compareValues(
  left: ColumnValue,
  right: ColumnValue,
  kind: ColumnKind | undefined,
): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null)
  if (kind?.kind !== 'decimal') {
    return typeof left === 'string'
      ? Buffer.compare(Buffer.from(left), Buffer.from(String(right)))
      : Number(left) - Number(right)
  }
  const decimals = [left, right].map((value) => parseDecimal(String(value)))
  const [first, second] = decimals
  if (first === undefined || second === undefined) throw new Error('not a decimal')
  return compareDecimals(first, second)
}

function expectedOrdinals(
  columns: FieldTable['columns'],
  keys: readonly string[],
  rows: readonly StoredRow[],
): readonly number[] {
  const kinds = new Map(Object.entries(columns))
  const order = rows.map((_row, index) => index)
  return order.sort((left, right) => {
    for (const key of keys) {
      const first = rows[left]?.[key] ?? null
      const compared = compareValues(first, rows[right]?.[key] ?? null, kinds.get(key))
      if (compared !== 0) return compared
    }
    return left - right
  })
}

/** Ordinals of rows that a filter with their own value does not find. */
function missedOrdinals(
  storage: Storage,
  { type, options, fixed }: RoundTrips,
  rows: readonly StoredRow[],
): Promise<readonly number[]> {
  const columns = type.columns(options)
  const comparison = type.comparison?.(options)
  const kind = new Map(Object.entries(columns)).get(comparison?.column ?? '')
  return withRows(storage, { columns, rows }, async (column) => {
    const missed: number[] = []
    if (comparison === undefined || kind === undefined) return missed
    for (const [position, { value }] of fixed.entries()) {
      const compared = comparison.value(value)
      // Nothing is found by null; a problem is reported by another test.
      if (compared === null || isProblem(compared)) continue
      const isRow = sql`${ordinal} = ${integerLiteral(position)}`
      const isEqual = sql`${column(comparison.column)} = ${storage.dialect.bound(kind, compared)}`
      const found = await storage.read(
        sql`select 1 as n from ${table} where ${isRow} and ${isEqual}`,
      )
      if (found.length !== 1) missed.push(position)
    }
    return missed
  })
}
