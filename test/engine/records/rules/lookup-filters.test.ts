/** Filters of lookups: enforced on every save, used by the search, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases, type OpenDatabase } from '../../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../../support/organisation.ts'
import { deskOf, problemsOf, refusal, type Json } from '../records-support.ts'
import { patchedObjects } from './ruled-objects.ts'

const filtered = (fullName: string, referenceTo: string, lookupFilter: Json): Json => ({
  fullName,
  label: fullName,
  type: 'Lookup',
  referenceTo: [referenceTo],
  relationshipName: `${fullName.replace('__c', '')}s`,
  deleteConstraint: 'SetNull',
  lookupFilter: { active: true, isOptional: false, ...lookupFilter },
})

const metadata = patchedObjects({
  Invoice: {
    fields: [
      filtered('Contact__c', 'Contact', {
        errorMessage: 'The contact belongs to another account.',
        filterItems: [
          { field: 'Contact.AccountId', operation: 'equals', valueField: '$Source.AccountId' },
        ],
      }),
      filtered('Payer__c', 'Account', {
        booleanFilter: '1 AND (2 OR 3)',
        filterItems: [
          { field: 'Account.IsActive', operation: 'equals', value: 'true' },
          { field: 'Account.Segment', operation: 'equals', value: 'Corporate, Old' },
          { field: 'Account.Revenue', operation: 'greaterOrEqual', value: '100.50' },
        ],
      }),
      filtered('Mine__c', 'Account', {
        filterItems: [
          { field: '$User.Id', operation: 'equals', valueField: 'Account.OwnerId' },
          { field: 'Account.Parent.Name', operation: 'startsWith', value: 'Group' },
        ],
      }),
      filtered('Hint__c', 'Account', {
        isOptional: true,
        infoMessage: 'Usually an active one.',
        filterItems: [{ field: 'Account.IsActive', operation: 'equals', value: 'true' }],
      }),
      filtered('Off__c', 'Account', {
        active: false,
        filterItems: [{ field: 'Account.Name', operation: 'equals', value: 'Nobody' }],
      }),
      filtered('Reached__c', 'Account', {
        filterItems: [
          { field: 'Account.Channels', operation: 'includes', value: 'Phone,Branch' },
          { field: 'Account.Founded', operation: 'lessThan', value: 'TODAY' },
        ],
      }),
    ],
  },
})

const filter = 'FIELD_FILTER_VALIDATION_EXCEPTION'

describe.each(databases)('filters of lookups on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)
  let account: string
  let other: string
  let contact: string

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, metadata)
    account = await desk.create('Account', { Name: 'A' })
    other = await desk.create('Account', { Name: 'B' })
    contact = await desk.create('Contact', { LastName: 'Of A', AccountId: account })
  })
  afterAll(() => database.close())

  const problems = async (values: Json): Promise<readonly (readonly [string, string])[]> =>
    problemsOf(await refusal(desk.create('Invoice', values)))

  it('a record outside the filter is refused with the declared message', async () => {
    const error = await refusal(desk.create('Invoice', { AccountId: other, Contact__c: contact }))
    expect(error.problems).toMatchObject([
      {
        errorCode: filter,
        message: 'The contact belongs to another account.',
        fields: ['Contact__c'],
      },
    ])
    await desk.create('Invoice', { AccountId: account, Contact__c: contact })
  })

  it('a change of the deciding field alone is refused as well', async () => {
    const id = await desk.create('Invoice', { AccountId: account, Contact__c: contact })
    expect(problemsOf(await refusal(desk.update('Invoice', id, { AccountId: other })))).toEqual([
      [filter, 'Contact__c'],
    ])
    await desk.update('Invoice', id, { AccountId: other, Contact__c: null })
  })

  it('conditions combine as the logic says, values are listed with commas', async () => {
    const rich = await desk.create('Account', { Name: 'Rich', Revenue: '100.50' })
    const large = await desk.create('Account', { Name: 'L', Segment: 'Corporate' })
    const closed = await desk.create('Account', { Name: 'C', Revenue: 500, IsActive: false })
    await desk.create('Invoice', { Payer__c: rich })
    await desk.create('Invoice', { Payer__c: large })
    expect(await problems({ Payer__c: closed })).toEqual([[filter, 'Payer__c']])
    expect(await problems({ Payer__c: account })).toEqual([[filter, 'Payer__c']])
  })

  it('globals and parents take part, on whichever side they stand', async () => {
    const group = await desk.create('Account', { Name: 'Group One' })
    const mine = await desk.create('Account', { Name: 'M', ParentId: group })
    const rons = await desk.create('Account', { Name: 'R', ParentId: group }, org.rep)
    await desk.create('Invoice', { Mine__c: mine })
    expect(await problems({ Mine__c: rons })).toEqual([[filter, 'Mine__c']])
    expect(await problems({ Mine__c: group })).toEqual([[filter, 'Mine__c']])
  })

  it('several chosen values and days relative to today are compared', async () => {
    const reached = await desk.create('Account', {
      Name: 'R',
      Channels: 'Mail;Branch',
      Founded: '2001-01-01',
    })
    const unborn = await desk.create('Account', {
      Name: 'U',
      Channels: 'Phone',
      Founded: '2099-01-01',
    })
    await desk.create('Invoice', { Reached__c: reached })
    expect(await problems({ Reached__c: unborn })).toEqual([[filter, 'Reached__c']])
  })

  it('optional filters and those that are switched off refuse nothing', async () => {
    const closed = await desk.create('Account', { Name: 'C', IsActive: false })
    await desk.create('Invoice', { Hint__c: closed, Off__c: closed })
  })

  it('many at once are judged one by one', async () => {
    const bodies = [
      body({ AccountId: account, Contact__c: contact }),
      body({ AccountId: other, Contact__c: contact }),
    ]
    const made = await org.records.createMany(org.admin, 'Invoice', bodies, { allOrNone: false })
    expect(made.map((one) => one instanceof Error)).toEqual([false, true])
  })

  it('R13: no change of many leads around a filter, be it of the lookup or of what decides', async () => {
    const mine = await desk.create('Invoice', { AccountId: account })
    const foreign = await desk.create('Invoice', { AccountId: other })
    const change = (values: Json, allOrNone: boolean) => {
      const changes = [mine, foreign].map((id) => ({ id, body: body(values) }))
      return org.records.updateMany(org.admin, 'Invoice', changes, { allOrNone })
    }
    expect(problemsOf(await refusal(change({ Contact__c: contact }, true)))).toEqual([
      [filter, 'Contact__c'],
    ])
    expect((await desk.read('Invoice', mine))['Contact__c']).toBeNull()
    const each = await change({ Contact__c: contact }, false)
    expect(each.map((one) => one instanceof Error)).toEqual([false, true])
    const moved = await change({ AccountId: other }, false)
    expect(moved.map((one) => one instanceof Error)).toEqual([true, false])
    expect(await desk.read('Invoice', mine)).toMatchObject({
      AccountId: account,
      Contact__c: contact,
    })
  })

  it('R13: several values that many records get at once stay a list', async () => {
    const made = await Promise.all(
      ['List 1', 'List 2'].map((Name) => desk.create('Account', { Name, Channels: 'Mail' })),
    )
    const changes = made.map((id) => ({ id, body: body({ Channels: 'Branch;Phone' }) }))
    await org.records.updateMany(org.admin, 'Account', changes, { allOrNone: false })
    const soql = "SELECT Name FROM Account WHERE Channels INCLUDES ('Branch') AND Name LIKE 'List%'"
    expect(await desk.column(`${soql} AND Channels EXCLUDES ('Mail')`)).toHaveLength(2)
  })
})
