/** Each expression of the dialects gives the same answer on both databases. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ColumnKind, ColumnValue } from '../../../engine/sql/column-kind.ts'
import {
  hole,
  identifier,
  joinSql,
  render,
  sql,
  textLiteral,
  type Sql,
} from '../../../engine/sql/sql.ts'
import type { Row, Storage } from '../../../engine/storage/storage.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'

interface Sample {
  readonly kind: ColumnKind
  readonly value: ColumnValue
  /** The JSON text that is read back. */
  readonly json: string
}

function decimal(precision: number, scale: number): ColumnKind {
  return { kind: 'decimal', precision, scale }
}

const textSamples: readonly Sample[] = [
  'plain',
  '',
  ' blank ',
  "O'Neill",
  'quote " and back\\slash /',
  'line\nbreak\r\ttab\b\f',
  '\u0001\u001f\u007f\u2028',
  'Ärger, ß, e\u0301',
  '👩‍👩‍👧 emoji \u{10FFFF}',
  'null',
  '[1,2]',
  '\\u0000 written out',
].map((value) => ({ kind: { kind: 'text' } as const, value, json: JSON.stringify(value) }))

const decimalSamples: readonly Sample[] = [
  { kind: decimal(18, 2), value: '12.5', json: '12.50' },
  { kind: decimal(18, 2), value: '-0.05', json: '-0.05' },
  { kind: decimal(18, 2), value: '-12', json: '-12.00' },
  { kind: decimal(18, 2), value: '0', json: '0.00' },
  { kind: decimal(18, 2), value: '-0', json: '0.00' },
  { kind: decimal(18, 0), value: '999999999999999999', json: '999999999999999999' },
  { kind: decimal(18, 0), value: '-999999999999999999', json: '-999999999999999999' },
  { kind: decimal(18, 2), value: '9007199254740993.01', json: '9007199254740993.01' },
  { kind: decimal(18, 18), value: '0.123456789012345678', json: '0.123456789012345678' },
  { kind: decimal(18, 17), value: '-9.99999999999999999', json: '-9.99999999999999999' },
  { kind: decimal(5, 2), value: 0.1 + 0.2, json: '0.30' },
  { kind: decimal(5, 2), value: '1.005', json: '1.01' },
  { kind: decimal(5, 2), value: '-1.005', json: '-1.01' },
  { kind: decimal(5, 2), value: 1e-7, json: '0.00' },
  { kind: decimal(5, 2), value: '1.2e2', json: '120.00' },
]

const dateSamples: readonly Sample[] = [
  '0001-01-01',
  '1700-01-01',
  '1899-12-31',
  '1970-01-01',
  '2000-02-29',
  '2024-02-29',
  '4000-12-31',
].map((value) => ({ kind: { kind: 'date' } as const, value, json: `"${value}"` }))

const instantSamples: readonly Sample[] = [
  '1700-01-01T00:00:00.000',
  '1700-01-01T23:59:59.999',
  '1969-12-31T23:59:59.999',
  '1970-01-01T00:00:00.000',
  '2024-02-29T12:34:56.789',
  '2026-01-01T00:00:00.001',
  '4000-12-31T23:59:59.999',
  '3999-07-07T07:07:07.007',
].map((text) => ({
  kind: { kind: 'instant' } as const,
  value: Date.parse(`${text}Z`),
  json: `"${text}+0000"`,
}))

const timeSamples: readonly Sample[] = [
  '00:00:00.000',
  '00:00:00.001',
  '09:05:00.070',
  '23:59:59.999',
].map((text) => ({
  kind: { kind: 'time' } as const,
  value: Date.parse(`1970-01-01T${text}Z`),
  json: `"${text}Z"`,
}))

const otherSamples: readonly Sample[] = [
  { kind: { kind: 'id' }, value: '001A000001Abcdefgh', json: '"001A000001Abcdefgh"' },
  { kind: { kind: 'integer' }, value: 0, json: '0' },
  { kind: { kind: 'integer' }, value: -7, json: '-7' },
  { kind: { kind: 'integer' }, value: 2 ** 31, json: '2147483648' },
  { kind: { kind: 'integer' }, value: 2 ** 53 - 1, json: '9007199254740991' },
  { kind: { kind: 'boolean' }, value: true, json: 'true' },
  { kind: { kind: 'boolean' }, value: false, json: 'false' },
  { kind: { kind: 'boolean' }, value: null, json: 'false' },
  ...(['text', 'id', 'integer', 'date', 'instant', 'time'] as const).map((kind) => ({
    kind: { kind },
    value: null,
    json: 'null',
  })),
  { kind: decimal(18, 2), value: null, json: 'null' },
  { kind: decimal(18, 0), value: null, json: 'null' },
]

const samples = [
  ...textSamples,
  ...decimalSamples,
  ...dateSamples,
  ...instantSamples,
  ...timeSamples,
  ...otherSamples,
]

const column = identifier('sample')

/** A table whose columns are those of the samples, one each. */
function sampleTable(storage: Storage): Sql {
  const columns = samples.map(
    ({ kind }, index) => sql`${identifier(`c${index}`)} ${storage.dialect.columnType(kind)}`,
  )
  const strict = storage.dialect.name === 'sqlite' ? sql` strict` : sql``
  return sql`create table samples (way integer, ${joinSql(columns)})${strict}`
}

async function one(storage: Storage, expression: Sql): Promise<Row[string] | undefined> {
  const [row] = await storage.read(sql`select ${expression} as answer`)
  return row?.['answer']
}

describe.each(databases)('the dialect of $name', (database) => {
  let opened: OpenDatabase
  let storage: Storage
  beforeAll(async () => {
    opened = await database.open()
    storage = opened.storage
    const { dialect } = storage
    const names = samples.map((_sample, index) => identifier(`c${index}`))
    const list = joinSql(names.map((name) => sql`${name}`))
    const bound = joinSql(samples.map(({ kind, value }) => dialect.bound(kind, value)))
    const values = samples.map(({ kind, value }) => dialect.encode(kind, value))
    const columns = samples.map(({ kind }, index) => ({ name: identifier(`c${index}`), kind }))
    const rows = dialect.rows(sql`${hole('rows')}`, columns)
    await storage.write(async (tx) => {
      await tx.run(sampleTable(storage))
      await tx.run(sql`insert into samples (way, ${list}) values (1, ${bound})`)
      const insert = sql`insert into samples (way, ${list}) select 2, ${list} from ${rows} as r`
      await tx.run(insert, { rows: JSON.stringify([values]) })
    })
  })
  afterAll(() => opened.close())

  describe.each([
    ['bound', 1],
    ['in JSON rows', 2],
  ])('a value that came %s', (_name, way) => {
    test.each(samples.map((sample, index) => ({ ...sample, index })))(
      '$kind.kind $value reads as $json',
      async ({ kind, index, json, value }) => {
        const name = identifier(`c${index}`)
        const { dialect } = storage
        const [row] = await storage.read(
          sql`select ${dialect.json(kind, sql`${name}`)} as answer, ${name} = ${dialect.bound(kind, value)} as same from samples where way = ${way}`,
        )
        expect(row).toEqual({ answer: json, same: value === null ? null : 1 })
      },
    )
  })

  test.each<readonly [string, ColumnKind, ColumnValue, string]>([
    ['a decimal out of range', decimal(5, 2), '1000', 'NUMBER_OUTSIDE_VALID_RANGE'],
    ['a decimal that rounds out of range', decimal(5, 2), '999.995', 'NUMBER_OUTSIDE_VALID_RANGE'],
    ['a word for a decimal', decimal(5, 2), 'ten', 'INVALID_ARGUMENT'],
    ['an empty text for a decimal', decimal(5, 2), '', 'INVALID_ARGUMENT'],
    ['a number for a text', { kind: 'text' }, 5, 'INVALID_ARGUMENT'],
    ['a text with half a surrogate', { kind: 'text' }, 'a\ud800', 'INVALID_ARGUMENT'],
    ['a text with NUL', { kind: 'text' }, 'a\0', 'INVALID_ARGUMENT'],
    ['a text for a number', { kind: 'integer' }, '5', 'INVALID_ARGUMENT'],
    ['a fraction for a whole number', { kind: 'instant' }, 1.5, 'INVALID_ARGUMENT'],
    ['1 for a boolean', { kind: 'boolean' }, 1, 'INVALID_ARGUMENT'],
    ['a day that is none', { kind: 'date' }, '2023-02-29', 'INVALID_ARGUMENT'],
    ['a month that is none', { kind: 'date' }, '2023-13-01', 'INVALID_ARGUMENT'],
    ['a time for a date', { kind: 'date' }, '2023-01-01T00:00:00Z', 'INVALID_ARGUMENT'],
  ])('%s is refused', (_name, kind, value, code) => {
    expect(() => storage.dialect.bound(kind, value)).toThrow(expect.objectContaining({ code }))
  })

  test('json takes any expression, not only a column', async () => {
    const { dialect } = storage
    const whole = { kind: 'integer' } as const
    const two = sql`${dialect.bound(whole, 1)} + ${dialect.bound(whole, 1)}`
    expect(await one(storage, dialect.json(whole, two))).toBe('2')
    expect(await one(storage, dialect.json(decimal(9, 0), two))).toBe('2')
    expect(await one(storage, dialect.json({ kind: 'boolean' }, sql`${two} = 2`))).toBe('true')
    expect(await one(storage, dialect.json({ kind: 'instant' }, two))).toBe(
      '"1970-01-01T00:00:00.002+0000"',
    )
  })

  describe('rows', () => {
    const kinds = [
      { name: identifier('a'), kind: { kind: 'text' } as const },
      { name: identifier('n'), kind: decimal(18, 2) },
    ]
    test('come in order with their ordinal, nulls as nulls', async () => {
      const source = [
        ['x', storage.dialect.encode(decimal(18, 2), '1.5')],
        [null, null],
        ['[3]', storage.dialect.encode(decimal(18, 2), '-9007199254740993.01')],
      ]
      const rows = storage.dialect.rows(sql`${JSON.stringify(source)}`, kinds)
      const n = storage.dialect.json(decimal(18, 2), sql`n`)
      expect(
        await storage.read(sql`select ordinal, a, ${n} as n from ${rows} as r order by ordinal`),
      ).toEqual([
        { ordinal: 0, a: 'x', n: '1.50' },
        { ordinal: 1, a: null, n: 'null' },
        { ordinal: 2, a: '[3]', n: '-9007199254740993.01' },
      ])
    })

    test('of an empty array are none', async () => {
      const rows = storage.dialect.rows(sql`${'[]'}`, kinds)
      expect(await storage.read(sql`select count(*) as n from ${rows} as r`)).toEqual([{ n: 0 }])
    })
  })

  test('concat takes 500 pieces, and a null as nothing', async () => {
    const text = { kind: 'text' } as const
    const pieces = Array.from({ length: 500 }, (_, index) => {
      if (index % 7 === 0) return sql`cast(null as text)`
      return index % 2 === 0 ? storage.dialect.bound(text, `${index},`) : textLiteral(`'${index}',`)
    })
    const expected = Array.from({ length: 500 }, (_, index) => {
      if (index % 7 === 0) return ''
      return index % 2 === 0 ? `${index},` : `'${index}',`
    })
    expect(await one(storage, storage.dialect.concat(pieces))).toBe(expected.join(''))
    expect(await one(storage, storage.dialect.concat([]))).toBe('')
  })

  test('joinTexts keeps the order of its keys, and is null over nothing', async () => {
    const source = JSON.stringify([
      ['b', 2],
      ['ä', 9],
      ['a', 1],
      ['c', 2],
    ])
    const rows = storage.dialect.rows(sql`${source}`, [
      { name: identifier('t'), kind: { kind: 'text' } },
      { name: identifier('k'), kind: { kind: 'integer' } },
    ])
    const joined = storage.dialect.joinTexts(sql`t`, sql`k desc, t`)
    expect(await storage.read(sql`select ${joined} as j from ${rows} as r`)).toEqual([
      { j: 'ä,b,c,a' },
    ])
    const none = await storage.read(sql`select ${joined} as j from ${rows} as r where k > 100`)
    expect(none).toEqual([{ j: null }])
  })

  test('joinInOrder keeps the order of the sorted subquery', async () => {
    const source = JSON.stringify([['b'], ['a'], ['c']])
    const rows = storage.dialect.rows(sql`${source}`, [
      { name: identifier('t'), kind: { kind: 'text' } },
    ])
    const sorted = sql`(select t from ${rows} as r order by t desc limit 2)`
    const joined = storage.dialect.joinInOrder(sql`t`)
    expect(await storage.read(sql`select ${joined} as j from ${sorted} as s`)).toEqual([
      { j: 'c,b' },
    ])
  })

  test.each<readonly [string, string, number]>([
    ['100%', '100\\%', 1],
    ['1000', '100\\%', 0],
    ['a_b', 'a\\_b', 1],
    ['axb', 'a\\_b', 0],
    ['axb', 'a_b', 1],
    ['a\\b', 'a\\\\b', 1],
    ['a\\b', 'a\\\\%', 1],
    ['👩b', '_b', 1],
    ['abc', '%b%', 1],
    ['', '%', 1],
    ['Abc', 'abc', 0],
    ['Äbc', 'äbc', 0],
    ["it's", "it's", 1],
    ['line\nbreak', 'line%', 1],
  ])('%j like %j is %i', async (text, pattern, answer) => {
    const kind = { kind: 'text' } as const
    const { dialect } = storage
    const like = dialect.like(dialect.bound(kind, text), dialect.bound(kind, pattern))
    expect(await one(storage, like)).toBe(answer)
  })

  test('texts sort by code point, numbers by size, the same everywhere', async () => {
    const texts = ['b', 'B', 'a', 'ä', 'Z', '_', ' ', '10', '9', '', '👩', '\uffee']
    const rows = storage.dialect.rows(sql`${JSON.stringify(texts.map((text) => [text]))}`, [
      { name: column, kind: { kind: 'text' } },
    ])
    const sorted = await storage.read(sql`select ${column} from ${rows} as r order by ${column}`)
    const byCodePoint = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(sorted.map((row) => row['sample'])).toEqual(byCodePoint)
  })

  test('sums of decimals are exact', async () => {
    const kind = decimal(18, 2)
    const cents = Array.from({ length: 1_000 }, () => [storage.dialect.encode(kind, '0.01')])
    const rows = storage.dialect.rows(sql`${JSON.stringify(cents)}`, [{ name: column, kind }])
    const total = storage.dialect.json(kind, sql`sum(${column})`)
    expect(await storage.read(sql`select ${total} as t from ${rows} as r`)).toEqual([
      { t: '10.00' },
    ])
  })

  test('a kept statement has one parameter for a hole named twice', async () => {
    const kept = render(
      sql`select ${storage.dialect.cast({ kind: 'text' }, sql`${hole('a')}`)} as x, ${storage.dialect.cast({ kind: 'text' }, sql`${hole('a')}`)} as y`,
      storage.dialect,
    )
    expect(kept.slots).toHaveLength(1)
    expect(await storage.read(kept, { holes: { a: 'v' } })).toEqual([{ x: 'v', y: 'v' }])
  })

  test('names are quoted, so that reserved words serve as names', async () => {
    const table = identifier('select')
    await storage.write((tx) => tx.run(sql`create table ${table} (${identifier('Order')} integer)`))
    expect(await storage.read(sql`select ${identifier('Order')} from ${table}`)).toEqual([])
    await storage.write((tx) => tx.run(sql`drop table ${table}`))
  })
})
