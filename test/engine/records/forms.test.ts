/** What forms ask for: the search of a filtered lookup, computed defaults, rules that the browser may check. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../engine/records/records.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { deskOf, recordsOf, refusal, type Json } from './records-support.ts'
import { patchedObjects } from './rules/ruled-objects.ts'

const rule = (fullName: string, errorConditionFormula: string, more: Json = {}): Json => ({
  fullName,
  errorConditionFormula,
  errorMessage: `${fullName} says no`,
  active: true,
  ...more,
})

const metadata = patchedObjects({
  Invoice: {
    fields: [
      {
        fullName: 'Contact__c',
        label: 'Contact',
        type: 'Lookup',
        referenceTo: ['Contact'],
        relationshipName: 'Bills',
        deleteConstraint: 'SetNull',
        lookupFilter: {
          active: true,
          isOptional: false,
          filterItems: [
            { field: 'Contact.AccountId', operation: 'equals', valueField: '$Source.AccountId' },
          ],
        },
      },
      {
        fullName: 'Hint__c',
        label: 'Hint',
        type: 'Lookup',
        referenceTo: ['Account'],
        relationshipName: 'Hints',
        deleteConstraint: 'SetNull',
        lookupFilter: {
          active: true,
          isOptional: true,
          infoMessage: 'Usually with a good score.',
          filterItems: [
            { field: 'Account.CreditScore', operation: 'greaterThan', value: '500' },
            { field: 'Account.Parent.Name', operation: 'equals', value: '' },
          ],
        },
      },
      { fullName: 'Day__c', label: 'Day', type: 'Date', defaultValue: 'TODAY()' },
    ],
  },
  Account: {
    validationRules: [
      rule('Own', 'AND(Revenue < 0, $User.Id <> OwnerId)', { errorDisplayField: 'Revenue' }),
      rule('Scored', 'CreditScore < 0'),
      rule('OverParents', 'Parent.Revenue < 0'),
      rule(
        'LooksUp',
        'ISBLANK(VLOOKUP($ObjectType.Contact.Fields.Email, $ObjectType.Contact.Fields.LastName, Name))',
      ),
      rule('ServerOnly', 'Name = "x"', { shouldEvaluateOnClient: false }),
      rule('Off', 'Name = "x"', { active: false }),
      rule('AtScore', 'Name = "y"', { errorDisplayField: 'CreditScore' }),
    ].filter((one) => one['fullName'] !== 'LooksUp'),
  },
})

describe.each(databases)('forms on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)
  let account: string
  let other: string
  let invoice: string

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, metadata)
    account = await desk.create('Account', { Name: 'A', CreditScore: 700 })
    other = await desk.create('Account', { Name: 'B', CreditScore: 100 })
    await desk.create('Contact', { LastName: 'Of A', AccountId: account })
    await desk.create('Contact', { LastName: 'Of B', AccountId: other })
    invoice = await desk.create('Invoice', { AccountId: account })
  })
  afterAll(() => database.close())

  interface Search {
    readonly field?: string
    readonly soql?: string
    readonly values?: Json
    readonly id?: string
    readonly all?: boolean
    readonly as?: Caller
  }
  const found = async (search: Search): Promise<readonly unknown[]> => {
    const { as = org.admin, field = 'Contact__c', values = {}, id, all = false } = search
    const soql = search.soql ?? 'SELECT LastName FROM Contact ORDER BY LastName LIMIT 25'
    const given = { object: 'Invoice', field, soql, values: body(values), id, all }
    const { text } = await org.records.lookUp(as, given)
    return recordsOf(text).map((record) => record['LastName'] ?? record['Name'])
  }

  describe('the search of a lookup', () => {
    it('follows what the form holds, saved or not', async () => {
      expect(await found({ values: { AccountId: account } })).toEqual(['Of A'])
      expect(await found({ values: { AccountId: other } })).toEqual(['Of B'])
      expect(await found({ id: invoice })).toEqual(['Of A'])
      expect(await found({ id: invoice, values: { AccountId: other } })).toEqual(['Of B'])
      expect(await found({ values: { AccountId: 'half typed' } })).toEqual([])
    })

    it('no wish for all records leads around a filter that is not optional', async () => {
      expect(await found({ values: { AccountId: account }, all: true })).toEqual(['Of A'])
      const hint = { field: 'Hint__c', soql: 'SELECT Name FROM Account ORDER BY Name LIMIT 5' }
      expect(await found(hint)).toEqual(['A'])
      expect(await found({ ...hint, all: true })).toEqual(['A', 'B'])
    })

    it('a filter over what the caller may not see works, the query itself shows nothing of it', async () => {
      const hint = { field: 'Hint__c', as: org.as(org.admin.access) }
      const soql = 'SELECT Name FROM Account WHERE CreditScore > 0 LIMIT 5'
      expect(await found({ ...hint, soql })).toEqual(['A'])
      const error = await refusal(found({ ...hint, soql, as: org.rep }))
      expect(error.code).toBe('INVALID_FIELD')
    })

    it.each([
      ['SELECT Name FROM Account LIMIT 5', 'INVALID_ARGUMENT'],
      ['SELECT Id FROM Contact', 'LIMIT_EXCEEDED'],
      ['SELECT Id FROM Contact LIMIT 5000', 'LIMIT_EXCEEDED'],
    ])('%s is refused', async (soql, code) => {
      expect((await refusal(found({ soql }))).code).toBe(code)
    })
  })

  describe('the facts of a form', () => {
    const facts = async (object: string, as = org.admin): Promise<Json> =>
      JSON.parse(await org.records.formFacts(as, object)) as Json

    it('hold computed defaults of fields that the caller may set', async () => {
      expect((await facts('Invoice'))['defaults']).toEqual({ Day__c: '2026-11-22' })
      expect((await facts('Invoice', org.rep))['defaults']).toEqual({})
    })

    it('hold the rules over what the caller sees, the others stay with the server', async () => {
      const names = async (as?: Caller): Promise<unknown> =>
        ((await facts('Account', as))['rules'] as Json[]).map(({ name, field }) => [name, field])
      expect(await names()).toEqual([
        ['AtScore', 'CreditScore'],
        ['Own', 'Revenue'],
        ['Scored', null],
      ])
      expect(await names(org.rep)).toEqual([
        ['AtScore', null],
        ['Own', 'Revenue'],
      ])
    })

    it('hold the values of globals and the zone of the user', async () => {
      const { globals, zone, now } = await facts('Account', org.rep)
      expect(globals).toEqual({ '$User.Id': org.rep.userId })
      expect((zone as unknown[]).length).toBeGreaterThan(50)
      expect(now).toBe(org.clock.now)
    })
  })

  it('describe says on what a lookup depends', () => {
    const { fields } = JSON.parse(org.records.describe(org.admin, 'Invoice')) as { fields: Json[] }
    const info = (name: string): unknown =>
      fields.find((one) => one['name'] === name)?.['filteredLookupInfo']
    expect(info('Contact__c')).toEqual({
      controllingFields: ['AccountId'],
      dependent: true,
      optionalFilter: false,
    })
    expect(info('Hint__c')).toMatchObject({ dependent: false, optionalFilter: true })
    expect(info('AccountId')).toBeNull()
  })
})
