/** Explained queries and variables of queries, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyTypeMetadata } from '../query/every-type.ts'
import type { QueryOptions } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../support/organisation.ts'
import { deskOf, problemsOf, recordsOf, refusal, type Json } from './records-support.ts'

describe.each(databases)('queries on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
    for (const [Name, Day__c] of [
      ['Ann', '2026-01-01'],
      ['50%', '2026-02-01'],
      ["O'Hara\\", '2026-03-01'],
    ]) {
      const At__c = `${Day__c}T10:00:00Z`
      await desk.create('Sample__c', { Name, Day__c, At__c, Number__c: '1.5', Many__c: 'A;B' })
    }
  })
  afterAll(() => database.close())

  describe('variables', () => {
    const found = async (where: string, variables: Json): Promise<unknown[]> => {
      const soql = `SELECT Name FROM Sample__c WHERE ${where} ORDER BY Day__c`
      const options: QueryOptions = { variables: new Map(Object.entries(variables)) }
      return recordsOf((await org.records.query(org.admin, soql, options)).text).map(
        (row) => row['Name'],
      )
    }

    it('stand where values stand, whatever is in them', async () => {
      const hara = "O'Hara\\"
      expect(await found('Name = :name', { name: hara })).toEqual([hara])
      expect(await found('Name = :name', { name: "' OR Name != '" })).toEqual([])
      expect(await found('Name IN :names', { names: ['ann', hara] })).toEqual(['Ann', hara])
      expect(await found("Name IN ('50%', :one)", { one: 'Ann' })).toEqual(['Ann', '50%'])
      expect(await found('Name NOT IN :names', { names: [] })).toHaveLength(3)
      expect(await found('Many__c INCLUDES :many', { many: ['A;B', 'C'] })).toHaveLength(3)
      expect(await found('Day__c > :day', { day: '2026-02-01' })).toEqual([hara])
      expect(await found('At__c <= :at', { at: '2026-01-01T10:00:00Z' })).toEqual(['Ann'])
      expect(await found('Number__c = :n', { n: 1.5 })).toHaveLength(3)
      expect(await found('Number__c = :n', { n: '1.5' })).toHaveLength(3)
      expect(await found('Number__c = :n', { n: null })).toEqual([])
      expect(await found('Flag__c = :f', { f: false })).toHaveLength(3)
    })

    it('are patterns behind LIKE, where a lone backslash is itself', async () => {
      expect(await found('Name LIKE :p', { p: '%a%' })).toEqual(['Ann', "O'Hara\\"])
      expect(await found('Name LIKE :p', { p: '50\\%' })).toEqual(['50%'])
      expect(await found('Name LIKE :p', { p: '%\\' })).toEqual(["O'Hara\\"])
    })

    it('count rows too, and hold over pages', async () => {
      const variables = new Map<string, unknown>(
        Object.entries({ few: 2, skip: 1, day: '2025-12-31' }),
      )
      const soql = 'SELECT Name FROM Sample__c WHERE Day__c > :day ORDER BY Day__c'
      const cut = await org.records.query(org.admin, `${soql} LIMIT :few OFFSET :skip`, {
        variables,
      })
      expect(recordsOf(cut.text)).toHaveLength(2)
      const first = await org.records.query(org.admin, soql, { variables, pageRows: 2 })
      const { nextRecordsUrl } = JSON.parse(first.text) as { nextRecordsUrl: string }
      const rest = await org.records.queryMore(org.admin, nextRecordsUrl.split('/').at(-1) ?? '')
      expect(recordsOf(rest.text)).toHaveLength(1)
    })

    it('without a value, or with one that does not fit, are refused with their place', async () => {
      for (const [where, value, code] of [
        ['Name = :other', 'x', 'MALFORMED_QUERY'],
        ['Name = :v', ['x'], 'MALFORMED_QUERY'],
        ['Name IN :v', [['x']], 'MALFORMED_QUERY'],
        ['Name = :v', {}, 'MALFORMED_QUERY'],
        ['Name = :v', 5, 'INVALID_FIELD'],
        ['Day__c = :v', 'soon', 'INVALID_FIELD'],
        ['Number__c = :v', 'many', 'INVALID_FIELD'],
        ['Flag__c = :v', 'true', 'INVALID_FIELD'],
      ] as const) {
        const error = await refusal(found(where, { v: value }))
        expect(problemsOf(error)[0]?.[0], where).toBe(code)
        expect(error.message).toMatch(/\(line 1, column \d+\)/)
      }
    })

    it('WITH keeps to the rights of the caller, and says so to whoever wants more', async () => {
      expect(await desk.query('SELECT Name FROM Sample__c WITH USER_MODE')).toHaveLength(3)
      expect(await desk.query('SELECT Name FROM Sample__c WITH SECURITY_ENFORCED')).toHaveLength(3)
      const error = await refusal(desk.query('SELECT Name FROM Sample__c WITH SYSTEM_MODE'))
      expect(error.message).toMatch(/SYSTEM_MODE .*keep to your rights.*line 1, column 33/)
    })
  })

  describe('explained', () => {
    const explained = async (soql: string, as = org.admin): Promise<Json> => {
      const { plans } = JSON.parse(await org.records.explain(as, soql)) as { plans: Json[] }
      expect(plans).toHaveLength(1)
      return plans[0] ?? {}
    }

    it('name the index that leads, its fields and the figures', async () => {
      const id = await desk.column("SELECT Id FROM Sample__c WHERE Name = 'Ann'", 'Id')
      expect(
        await explained(`SELECT Name FROM Sample__c WHERE Id = '${String(id[0])}'`),
      ).toMatchObject({
        ...{ cardinality: 1, sobjectCardinality: 3, sobjectType: 'Sample__c' },
        ...{ leadingOperationType: 'Index', fields: ['Id'], notes: [] },
        relativeCost: expect.closeTo(3.333, 2) as number,
        fieldstone: {
          database: database.storage.dialect.name,
          plan: expect.any(Array) as unknown[],
        },
      })
    })

    it('leave the readers in the present', async () => {
      for (let turn = 0; turn < 4; turn++) {
        await explained('SELECT Name FROM Junction__c')
        const id = await desk.create('Remark__c', { Name: `Turn ${turn}` })
        const found = await Promise.all(
          Array.from({ length: 4 }, () =>
            desk.query(`SELECT Name FROM Remark__c WHERE Id = '${id}'`),
          ),
        )
        expect(found.map((rows) => rows.length)).toEqual([1, 1, 1, 1])
      }
    })

    it('say that all records are looked at where nothing helps', async () => {
      const plan = await explained("SELECT Name FROM Sample__c WHERE Area__c LIKE '%x%' LIMIT 1")
      expect(plan).toMatchObject({ leadingOperationType: 'TableScan', cardinality: 0 })
      expect(plan).toMatchObject({ relativeCost: 1, notes: [{ tableEnumOrId: 'Sample__c' }] })
    })

    it('cover groups, counts, children and formulas of the moment', async () => {
      for (const soql of [
        'SELECT COUNT() FROM Sample__c',
        'SELECT Choice__c, COUNT(Id) FROM Sample__c GROUP BY Choice__c',
        'SELECT Name, (SELECT Name FROM Samples__r) FROM Account',
        'SELECT Name FROM Sample__c WHERE HOUR_IN_DAY(convertTimezone(At__c)) = 5',
      ]) {
        expect((await explained(soql))['sobjectType'], soql).toMatch(/Sample__c|Account/)
      }
    })

    it('show the statement to administrators alone, and hide what the caller may not know', async () => {
      const soql = 'SELECT Name FROM Account'
      expect(JSON.stringify(await explained(soql))).toMatch(/select/)
      expect(await explained(soql, org.rep)).not.toHaveProperty('fieldstone')
      const hidden = refusal(org.records.explain(org.rep, 'SELECT CreditScore FROM Account'))
      expect(problemsOf(await hidden)).toEqual([['INVALID_FIELD', 'CreditScore']])
    })
  })
})
