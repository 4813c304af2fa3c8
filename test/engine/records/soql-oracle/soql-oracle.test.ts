/** Every feature of the query language gives on both databases what a naive evaluator gives over the same few records. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseQuery } from '../../../../engine/query/soql/parse-query.ts'
import { databases, type OpenDatabase } from '../../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../../support/organisation.ts'
import { everyTypeMetadata, sampleFields } from '../../query/every-type.ts'
import { rounds } from '../../../support/random.ts'
import { deskOf } from '../records-support.ts'
import { naiveCount, naiveRecords, type NaivePlace } from './naive-query.ts'
import { countQueries, groupQueries, rowQueries, totalQueries } from './random-queries.ts'
import { buildWorld, type World } from './world.ts'

/** Averages have more digits than doubles tell apart. */
function plain(key: string, value: unknown): unknown {
  if (key === 'attributes') return undefined
  return typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : value
}

describe.each(databases)('queries on $name against a naive evaluator', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let world: World
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
    world = await buildWorld((object, values) => desk.create(object, values))
  })
  afterAll(() => database.close())

  interface Answer {
    readonly totalSize: number
    readonly records: readonly unknown[]
  }
  const answer = async (soql: string): Promise<Answer> => {
    const { text } = await org.records.query(org.admin, soql)
    return JSON.parse(text, plain) as Answer
  }
  const place = (): NaivePlace => ({
    world,
    present: { now: org.clock.now, timeZone: org.admin.timeZone },
  })
  const expected = (soql: string): readonly unknown[] =>
    JSON.parse(JSON.stringify(naiveRecords(place(), parseQuery(soql))), plain) as unknown[]
  const holds = (queries: fc.Arbitrary<string>, numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(queries, async (soql) => {
        expect((await answer(soql)).records, soql).toEqual(expected(soql))
      }),
      { numRuns },
    )

  it('rows: paths, parents, children, TYPEOF, conditions, semi-joins, orders, limits', () =>
    holds(rowQueries, rounds(120)))

  it('groups: functions, HAVING, orders, limits', () => holds(groupQueries, rounds(80)))

  it('totals of ROLLUP and CUBE', async () => {
    const asTexts = (records: readonly unknown[]): readonly string[] =>
      records
        .map((record) => JSON.stringify(Object.entries(record as object).toSorted()))
        .toSorted()
    await fc.assert(
      fc.asyncProperty(totalQueries, async (soql) => {
        expect(asTexts((await answer(soql)).records), soql).toEqual(asTexts(expected(soql)))
      }),
      { numRuns: rounds(40) },
    )
  })

  it('counts', async () => {
    await fc.assert(
      fc.asyncProperty(countQueries, async (soql) => {
        expect((await answer(soql)).totalSize, soql).toBe(naiveCount(place(), parseQuery(soql)))
      }),
      { numRuns: rounds(40) },
    )
  })

  it('FIELDS() gives the values that were written', async () => {
    const fields = [...'Text__c Number__c Money__c Day__c At__c Flag__c Many__c'.split(' ')]
    const named = `SELECT ${fields.join(', ')} FROM Sample__c LIMIT 200`
    for (const which of ['CUSTOM', 'ALL']) {
      const { records } = await answer(`SELECT FIELDS(${which}) FROM Sample__c LIMIT 200`)
      expect(records).toMatchObject(expected(named))
      const members = Object.keys(records[0] ?? {})
      expect(members).toEqual(expect.arrayContaining(sampleFields.map(({ fullName }) => fullName)))
      expect(members.includes('Name')).toBe(which === 'ALL')
    }
    const { records } = await answer('SELECT FIELDS(STANDARD) FROM Sample__c LIMIT 200')
    expect(records).toMatchObject(expected('SELECT Id, Name FROM Sample__c'))
    expect(Object.keys(records[0] ?? {}).filter((name) => name.endsWith('__c'))).toEqual([])
  })
})
