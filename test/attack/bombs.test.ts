/** Class E, as far as it concerns queries, records and metadata: size and depth are bounded, by name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { refusal } from '../engine/records/records-support.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../support/organisation.ts'
import { logStatements, metadataProblems, type StatementLog } from './attack-support.ts'
import { leastProcessorMs, processorMs } from '../support/processor-ms.ts'

/** Runs the work and tells how long it took. */
describe('bombs', () => {
  let database: OpenDatabase
  let storage: StatementLog
  let org: Organisation

  beforeAll(async () => {
    database = await databases[0].open()
    storage = logStatements(database.storage)
    org = await openOrganisation(storage)
  })
  afterAll(() => database.close())

  const chain = (count: number, word: string): string =>
    Array.from({ length: count }, (_, index) => `Revenue = ${index}`).join(` ${word} `)

  it.each([
    ['5,000 conditions', `WHERE ${chain(5_000, 'OR')}`, 'queryConditionsMax'],
    ['500 levels', `WHERE ${'('.repeat(500)}Revenue = 1${')'.repeat(500)}`, 'queryDepthMax'],
    ['90,000 open parentheses', `WHERE ${'('.repeat(90_000)}`, 'queryDepthMax'],
    ['a text of 100,001 characters', `WHERE Name = '${'x'.repeat(100_001)}'`, 'queryTextCharsMax'],
    [
      'a pattern of 5,000 characters',
      `WHERE Name LIKE '${'%a'.repeat(2_500)}'`,
      'queryPatternCharsMax',
    ],
    ['30,000 values in a list', `WHERE Revenue IN (${'1,'.repeat(29_999)}1)`, 'queryListValuesMax'],
    ['33 sort keys', `ORDER BY ${'Name,'.repeat(32)}Name`, 'querySortKeysMax'],
    ['an offset of 2,001', 'OFFSET 2001', 'queryOffsetMax'],
    ['a path of 60 steps', `ORDER BY ${'Parent.'.repeat(60)}Name`, 'parentPathDepthMax'],
  ])('E4: %s: refused by the limit’s name, before any statement', async (_what, clause, limit) => {
    storage.take()
    const [error, took] = await leastProcessorMs(() =>
      refusal(org.records.query(org.admin, `SELECT Id FROM Account ${clause}`)),
    )
    expect(error.code).toBe('LIMIT_EXCEEDED')
    expect(error.message).toContain(limit)
    expect(storage.take()).toBe(0)
    expect(took).toBeLessThan(1_000)
  })

  it('E4: what is just within the limits is answered', async () => {
    const nested = `${'(NOT '.repeat(limits.queryDepthMax - 2)}Revenue = 1${')'.repeat(limits.queryDepthMax - 2)}`
    for (const condition of [chain(limits.queryConditionsMax, 'OR'), nested]) {
      const { text } = await org.records.query(
        org.admin,
        `SELECT Id FROM Account WHERE ${condition}`,
      )
      expect(text).toContain('"done":true')
    }
  })

  it('E4: a record with 300,000 members is refused at once', async () => {
    const many = new Map(Array.from({ length: 300_000 }, (_, index) => [`Field${index}`, 1]))
    const [error, took] = await leastProcessorMs(() =>
      refusal(org.records.create(org.admin, 'Account', many)),
    )
    expect(error.message).toContain('recordMembersMax')
    expect(took).toBeLessThan(100)
  })

  it('E4: two thousand misspelt names are told of within a second', async () => {
    const many = new Map(Array.from({ length: 2_000 }, (_, index) => [`Websit${index}`, 1]))
    const [error, took] = await leastProcessorMs(() =>
      refusal(org.records.create(org.admin, 'Account', many)),
    )
    expect(error.problems.length).toBeGreaterThanOrEqual(2_000)
    expect(took).toBeLessThan(1_000)
  })

  it('E4: names of a hundred thousand characters are cut in the answer', async () => {
    const long = 'x'.repeat(90_000)
    const errors = await Promise.all([
      refusal(org.records.query(org.admin, `SELECT ${long} FROM Account`)),
      refusal(org.records.query(org.admin, `SELECT Id FROM ${long}`)),
      refusal(org.records.create(org.admin, 'Account', body({ Name: 'A', [long]: 1 }))),
      refusal(org.records.retrieve(org.admin, 'Account', long)),
    ])
    for (const error of errors) expect(JSON.stringify(error.problems).length).toBeLessThan(600)
  })

  it('E5: metadata nested ten thousand deep is refused, not run out of stack', () => {
    const deep = `${'{"fields":['.repeat(10_000)}${']}'.repeat(10_000)}`
    const start = processorMs()
    expect(metadataProblems([['objects/Deep__c.json', deep]])).not.toEqual([])
    expect(processorMs() - start).toBeLessThan(1_000)
  })
})
