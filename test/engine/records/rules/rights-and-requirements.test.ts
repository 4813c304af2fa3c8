/** Rights, required fields and dependent values at a save, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases, type OpenDatabase } from '../../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../../support/organisation.ts'
import { deskOf, problemsOf, refusal } from '../records-support.ts'
import { patchedObjects } from './ruled-objects.ts'

const metadata = patchedObjects({
  Account: {
    fields: [
      {
        fullName: 'Grade__c',
        label: 'Grade',
        type: 'Text',
        length: 5,
        required: true,
        defaultValue: 'IF($User.Id = "", "none", "new")',
      },
    ],
  },
})

describe.each(databases)('rights and requirements on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, metadata)
  })
  afterAll(() => database.close())

  it('a user with one read-only field edits another field', async () => {
    const id = await desk.create('Account', { Name: 'A', TaxNumber: 'T1', CreditScore: 5 })
    await desk.update('Account', id, { Website: 'https://a.example' }, org.rep)
    expect(await desk.read('Account', id, ['TaxNumber', 'CreditScore', 'Website'])).toEqual({
      TaxNumber: 'T1',
      CreditScore: 5,
      Website: 'https://a.example',
    })
    const error = await refusal(desk.update('Account', id, { TaxNumber: 'T2' }, org.rep))
    expect(problemsOf(error)).toEqual([['INVALID_FIELD_FOR_INSERT_UPDATE', 'TaxNumber']])
  })

  it('a required field that a form does not show is filled by its default, and never emptied', async () => {
    const id = await desk.create('Account', { Name: 'A' }, org.rep)
    expect(await desk.read('Account', id, ['Grade__c'])).toEqual({ Grade__c: 'new' })
    const error = await refusal(desk.create('Account', { Name: 'A', Grade__c: null }, org.rep))
    expect(problemsOf(error)).toEqual([['REQUIRED_FIELD_MISSING', 'Grade__c']])
    expect(problemsOf(await refusal(desk.update('Account', id, { Grade__c: '' })))).toEqual([
      ['REQUIRED_FIELD_MISSING', 'Grade__c'],
    ])
  })

  it('a dependent value is refused when its controlling value does not allow it, whichever of them changes', async () => {
    const dependent = 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'
    const loan = { Name: 'A', Product: 'Syndicated Loan' }
    const created = await refusal(desk.create('Account', { ...loan, Segment: 'Retail' }))
    expect(problemsOf(created)).toEqual([[dependent, 'Product']])
    const id = await desk.create('Account', { ...loan, Segment: 'Corporate' })
    const changed = await refusal(desk.update('Account', id, { Segment: 'Retail' }))
    expect(problemsOf(changed)).toEqual([[dependent, 'Product']])
    await desk.update('Account', id, { Segment: 'Retail', Product: 'Card' })
  })
})
