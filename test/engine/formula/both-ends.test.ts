/** The evaluator, SQLite and PostgreSQL give the same value: every function, over empty and extreme values. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formulaFunctions } from '../../../engine/formula/functions/index.ts'
import { identifier } from '../../../engine/sql/sql.ts'
import type { BlankHandling } from '../../../engine/formula/types.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { examples } from './examples.ts'
import { fieldFormulas } from './field-formulas.ts'
import { newYork as zone } from './new-york.ts'
import { check, type Values } from './sample.ts'
import { createTable, fromEvaluator, fromSql, sampleColumns } from './sample-table.ts'
import type { MentionTable } from './sample-table.ts'

const rows: readonly Values[] = [
  {},
  {
    Name: 'Äpfel & "Birnen" <b>',
    Code: '12.50',
    Id: '001000000000001AAA',
    Count: 7,
    Ratio: '0.333333',
    Amount: '1234.56',
    Small: '19.99',
    Share: '12.5',
    Active: true,
    Start: '2024-02-29',
    Finish: '2026-11-22',
    Created: Date.UTC(2024, 1, 29, 23, 59, 59, 999),
    Closed: Date.UTC(2026, 10, 22, 3, 0, 0, 1),
    Opens: 8 * 3_600_000,
    Closes: 17 * 3_600_000 + 1_800_125,
    Status: 'Open',
    Colours: 'blue;red',
  },
  {
    Name: 'x😀y',
    Code: '-3',
    Count: -7,
    Ratio: '-0.5',
    Amount: '-0.01',
    Small: '-0.01',
    Share: '-50',
    Active: false,
    Start: '0001-01-01',
    Finish: '9999-12-31',
    Created: -1,
    Closed: Date.UTC(1999, 11, 31, 23, 0, 0, 0),
    Opens: 0,
    Closes: 86_399_999,
    Status: 'Won',
    Colours: 'red',
  },
  {
    Name: ' a-b-c ',
    Code: 'abc',
    Count: 0,
    Ratio: '0',
    Amount: '0',
    Small: '0',
    Share: '0',
    Active: false,
    Start: '1970-01-01',
    Finish: '2000-12-31',
    Created: 0,
    Closed: 86_400_000,
    Opens: 1,
    Closes: 43_200_000,
    Status: 'Lost',
    Colours: 'green',
  },
  {
    Name: '2026-11-22',
    Code: '999999999999999999',
    Count: '999999999999999999',
    Ratio: '999999999999.999999',
    Amount: '9999999999999999.99',
    Small: '999999.99',
    Share: '999.99',
    Active: true,
    Start: '2023-12-31',
    Finish: '2024-01-01',
    Created: Date.UTC(2026, 2, 8, 7, 0, 0),
    Closed: Date.UTC(2026, 2, 8, 6, 59, 59),
    Status: 'Open',
    Colours: 'blue',
  },
  {
    Name: '2023-02-29',
    Code: '.5',
    Count: 1,
    Ratio: '0.000001',
    Amount: '0.01',
    Small: '0.05',
    Share: '100',
    Start: '1900-03-01',
    Finish: '1900-02-28',
    Created: Date.UTC(2026, 10, 1, 5, 59, 59),
    Closed: Date.UTC(2026, 10, 1, 6, 0, 0),
  },
]

/** Numbers beyond what SQLite's integers hold are told as empty there, and exact elsewhere. */
const overflowsInSqlite = new Set([4])

describe.each(databases)('formulas on $name', ({ name, open }) => {
  let database: OpenDatabase
  let table: MentionTable
  beforeAll(async () => {
    database = await open()
    table = { storage: database.storage, name: identifier('sample'), columns: sampleColumns }
    await createTable(table, rows)
  })
  afterAll(() => database.close())

  async function compare(text: string, blanks: BlankHandling): Promise<boolean> {
    const formula = check(text, { context: 'field', blanks })
    const computed = await fromSql(table, formula, zone)
    if (computed === undefined) return false
    const expected = fromEvaluator(formula, rows, zone)
    const mayOverflow = (index: number): boolean =>
      name === 'sqlite' &&
      overflowsInSqlite.has(index) &&
      (computed[index] === 'null' || computed[index] === 'false')
    const judged = computed.map((value, index) => (mayOverflow(index) ? expected[index] : value))
    expect(judged, text).toEqual(expected)
    return true
  }

  it.each(fieldFormulas.map((text) => [text]))('%s', async (text) => {
    for (const blanks of ['blank', 'zero'] as const) {
      expect(await compare(text, blanks), `${text} is computed in SQL`).toBe(true)
    }
  })

  const constant = Object.values(examples)
    .flat()
    .map(([text]) => text)
    .filter((text) => !/REGEX|VLOOKUP|ISNEW|ISCLONE|ISCHANGED|PRIORVALUE/.test(text))
  it.each(constant.map((text) => [text]))('%s', async (text) => {
    await compare(text, 'blank')
  })

  it('computes most functions in SQL', () => {
    const missing = [...formulaFunctions.values()].filter((entry) => entry.sql === undefined)
    expect(missing.map((entry) => entry.name)).toEqual([
      'ISNEW',
      'ISCLONE',
      'ISCHANGED',
      'PRIORVALUE',
      'LOWER',
      'UPPER',
      'INITCAP',
      'CHR',
      'ASCII',
      'JSENCODE',
      'JSINHTMLENCODE',
      'URLENCODE',
      'SQRT',
      'EXP',
      'LN',
      'LOG',
      'POWER',
      'PI',
      'REGEX',
      'VLOOKUP',
      'GEOLOCATION',
      'DISTANCE',
      'CURRENCYRATE',
      'FORMATDURATION',
    ])
  })
})
