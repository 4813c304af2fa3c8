/** Random formulas over random records: the evaluator and both databases agree. `FORMULA_SEED` repeats a run. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identifier } from '../../../engine/sql/sql.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { newYork } from './new-york.ts'
import { anyFormula } from './random-formulas.ts'
import { rowsFor } from './random-values.ts'
import { check } from './sample.ts'
import { createTable, fromEvaluator, fromSql, sampleColumns } from './sample-table.ts'

const seed = Number(process.env['FIELDSTONE_SEED'] ?? 20_261_122)
const formulas = fc.sample(anyFormula, { seed, numRuns: 150 })
const rows = rowsFor(sampleColumns, seed, 15)

describe.each(databases)(`random formulas (seed ${seed}) on $name`, ({ name, open }) => {
  let database: OpenDatabase
  const table = () => ({
    storage: database.storage,
    name: identifier('sample'),
    columns: sampleColumns,
  })
  beforeAll(async () => {
    database = await open()
    await createTable(table(), rows)
  })
  afterAll(() => database.close())

  it('give what the evaluator gives', async () => {
    let compared = 0
    for (const [index, text] of formulas.entries()) {
      const formula = check(text, { context: 'field', blanks: index % 2 === 0 ? 'blank' : 'zero' })
      const computed = await fromSql(table(), formula, newYork)
      if (computed === undefined) continue
      const expected = fromEvaluator(formula, rows, newYork)
      // A number that leaves SQLite's integers on the way is told as empty.
      const mayOverflow = (value: string): boolean =>
        name === 'sqlite' && (value === 'null' || value === 'false') && /[*/]|VALUE/.test(text)
      const judged = computed.map((value, at) => (mayOverflow(value) ? expected[at] : value))
      expect(judged, `seed ${seed}: ${text}`).toEqual(expected)
      compared += 1
    }
    expect(compared).toBeGreaterThan(formulas.length / 2)
  }, 300_000)
})
