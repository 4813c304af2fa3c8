/** Conditions mean on both databases what they mean in plain JavaScript. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileCondition, type ConditionOptions } from '../../../engine/query/compile-condition.ts'
import type { PlannedCondition } from '../../../engine/query/read-plan.ts'
import { parseQuery } from '../../../engine/query/soql/parse-query.ts'
import { planRead } from '../../../engine/query/plan-read.ts'
import type { Dialect } from '../../../engine/sql/dialect.ts'
import { postgresDialect } from '../../../engine/sql/postgres-dialect.ts'
import { render } from '../../../engine/sql/sql.ts'
import { sqliteDialect } from '../../../engine/sql/sqlite-dialect.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { everyTypeMetadata } from './every-type.ts'
import {
  choices,
  chosen,
  conditions,
  days,
  numbers,
  texts,
  type NaiveRow,
} from './naive-conditions.ts'
import { adminGate } from './planning.ts'

function planned(condition: string): PlannedCondition {
  const query = parseQuery(`SELECT Id FROM Sample__c WHERE ${condition}`)
  const { where } = planRead(adminGate, query, {
    moment: { now: 0, timeZone: 'UTC' },
    deletedToo: false,
  })
  if (where === undefined) throw new Error('no condition')
  return where
}

function optionsOf(dialect: Dialect): ConditionOptions {
  const inner = (): never => {
    throw new Error('no semi-join here')
  }
  return { dialect, inner }
}

describe('compileCondition', () => {
  it.each([sqliteDialect, postgresDialect])(
    'binds every value of a caller on $name (A1)',
    (dialect) => {
      const hostile = "x\\' or 1=1; -- ${y} :z ?1 $1"
      const operators = ['=', '!=', '<', '<=', '>', '>=', 'LIKE']
      const conditions = [
        ...operators.map((operator) => `Text__c ${operator} '${hostile}'`),
        `Text__c IN ('${hostile}')`,
        `Text__c NOT IN ('${hostile}')`,
        `Many__c INCLUDES ('${hostile}')`,
        `Many__c EXCLUDES ('${hostile}')`,
      ]
      for (const condition of conditions) {
        const { text, slots } = render(
          compileCondition(planned(condition), optionsOf(dialect)),
          dialect,
        )
        expect(text).not.toContain('1=1')
        expect(slots.length).toBeGreaterThan(0)
      }
    },
  )

  it('sends long lists as one parameter', () => {
    const values = Array.from({ length: 5_000 }, (_, index) => `'v${index}'`).join(',')
    const condition = planned(`Text__c IN (${values})`)
    expect(
      render(compileCondition(condition, optionsOf(sqliteDialect)), sqliteDialect).slots,
    ).toHaveLength(1)
  })

  it('keeps long chains shallow', () => {
    const chain = Array.from({ length: 500 }, (_, index) => `Whole__c = ${index}`).join(' OR ')
    const { text } = render(
      compileCondition(planned(chain), optionsOf(sqliteDialect)),
      sqliteDialect,
    )
    let depth = 0
    let deepest = 0
    for (const character of text) {
      if (character === '(') deepest = Math.max(deepest, ++depth)
      if (character === ')') depth--
    }
    expect(deepest).toBeLessThan(15)
  })
})

const pick = <Item>(items: readonly Item[], index: number): Item | null =>
  items[index % (items.length + 1)] ?? null

const wholes = [0, 1, -1, 2, 3, 10, 5, -3, 1_000_000, 7]

/** Rows with every value beside every other somewhere; each third has one above it. */
const rows: readonly NaiveRow[] = Array.from({ length: 60 }, (_, index) => ({
  Name: `Row ${index}`,
  Text__c: pick(texts, index * 7),
  Number__c: pick(numbers.map(Number), index * 5),
  // Unique: each number once.
  Whole__c: wholes[index] ?? null,
  Day__c: pick(days, index * 3),
  Flag__c: index % 2 === 0,
  Choice__c: pick(choices, index),
  Many__c: pick(chosen, index),
}))

describe.each(databases)('on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let stored: readonly NaiveRow[] = []

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
    const ids: string[] = []
    const above: NaiveRow[] = []
    for (const [index, row] of rows.entries()) {
      const parent = index % 3 === 0 || index === 0 ? undefined : index - 1
      const { id } = await org.records.create(
        org.admin,
        'Sample__c',
        body(parent === undefined ? row : { ...row, Above__c: ids[parent] ?? null }),
      )
      ids.push(id)
      const { Text__c = null, Number__c = null } = (parent === undefined ? {} : rows[parent]) ?? {}
      above.push({ ...row, 'Above__r.Text__c': Text__c, 'Above__r.Number__c': Number__c })
    }
    stored = above
  })
  afterAll(() => database.close())

  const found = async (condition: string): Promise<string[]> => {
    const { text } = await org.records.query(
      org.admin,
      `SELECT Name FROM Sample__c WHERE ${condition}`,
    )
    const { records } = JSON.parse(text) as { records: { Name: string }[] }
    return records.map((record) => record.Name)
  }

  it('random trees of conditions find what a plain evaluation finds (A11)', async () => {
    await fc.assert(
      fc.asyncProperty(conditions, async (condition) => {
        const expected = stored.filter((row) => condition.matches(row)).map((row) => row['Name'])
        expect(await found(condition.soql)).toEqual(expected)
      }),
      { numRuns: 250 },
    )
  })

  it('long lists and long chains are answered', async () => {
    const values = Array.from({ length: 20_000 }, (_, index) => index).join(',')
    expect(
      await found(`Whole__c IN (${values.slice(0, 90_000).replace(/,\d*$/, '')})`),
    ).toHaveLength(7)
    const chain = Array.from({ length: 500 }, (_, index) => `Whole__c = ${index}`).join(' OR ')
    expect(await found(chain)).toEqual(await found('Whole__c >= 0 AND Whole__c < 500'))
    const nested = `${'(NOT '.repeat(48)}Whole__c = 0${')'.repeat(48)}`
    expect(await found(nested)).toEqual(await found('Whole__c = 0'))
    const list = Array.from({ length: 100 }, (_, index) => `v${index}`).join(';')
    expect(await found(`Many__c INCLUDES ('${list}', '${list}')`)).toEqual([])
  })

  it.each([
    `Text__c LIKE '${'%a'.repeat(1_000)}%'`,
    `Text__c LIKE '${'_'.repeat(4_000)}'`,
    `Text__c LIKE '${'\\\\%'.repeat(1_000)}'`,
    // One character that folds to eighteen.
    `Text__c LIKE '${'ﷺ'.repeat(222)}'`,
    `Many__c INCLUDES ('${'é'.repeat(4_000)}')`,
  ])('patterns of the greatest length are answered', async (condition) => {
    expect(await found(condition)).toEqual([])
  })
})
