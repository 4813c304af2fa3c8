/** Defaults by formula, on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { deskOf } from './records-support.ts'
import { patchedObjects } from './rules/ruled-objects.ts'

const field = (fullName: string, type: string, defaultValue: string, more = {}): object => ({
  fullName,
  label: fullName,
  type,
  defaultValue,
  ...more,
})

const metadata = patchedObjects({
  Payroll__c: {
    fields: [
      field('Due__c', 'Date', 'TODAY() + 14'),
      field('Made__c', 'DateTime', 'NOW()'),
      field('At__c', 'Time', 'TIMEVALUE("17:30:00.000")'),
      field('By__c', 'Text', '"by " & $User.Name', { length: 80 }),
      field('Checker__c', 'Lookup', '$User.Id', {
        referenceTo: ['User'],
        relationshipName: 'Checked',
        deleteConstraint: 'SetNull',
      }),
      field('Share__c', 'Percent', '1 / 3', { precision: 5, scale: 2, required: true }),
      field('Weekend__c', 'Checkbox', 'OR(WEEKDAY(TODAY()) = 1, WEEKDAY(TODAY()) = 7)'),
      field(
        'Code__c',
        'Text',
        'VLOOKUP($ObjectType.Account.Fields.Code, $ObjectType.Account.Fields.Name, "Main")',
        { length: 20 },
      ),
      field('Broken__c', 'Number', '1 / 0', { precision: 5, scale: 0 }),
    ],
  },
})

describe.each(databases)('defaults by formula on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, metadata)
    await desk.create('Account', { Name: 'Main', Code: 'M-1' })
  })
  afterAll(() => database.close())

  it('fill what a new record leaves out', async () => {
    const id = await desk.create('Payroll__c', { Name: 'P' })
    expect(await desk.read('Payroll__c', id)).toMatchObject({
      Due__c: '2026-12-06',
      Made__c: '2026-11-22T09:30:00.000+0000',
      At__c: '17:30:00.000Z',
      By__c: 'by Ada Admin',
      Checker__c: org.admin.userId,
      Share__c: 33.33,
      Weekend__c: true,
      Code__c: 'M-1',
      Broken__c: null,
    })
  })

  it('give way to what the caller sends, an empty value too', async () => {
    const id = await desk.create('Payroll__c', { Name: 'P', Due__c: null, By__c: 'me' })
    expect(await desk.read('Payroll__c', id, ['Due__c', 'By__c'])).toEqual({
      Due__c: null,
      By__c: 'me',
    })
  })

  it('follow the zone of the user and the moment of the save', async () => {
    org.clock.now = Date.UTC(2026, 11, 31, 23, 30)
    const id = await desk.create('Payroll__c', { Name: 'P' })
    expect(await desk.read('Payroll__c', id, ['Due__c'])).toEqual({ Due__c: '2027-01-15' })
  })

  it('are given to each of many records, and to none that is changed', async () => {
    const bodies = [body({ Name: 'A' }), body({ Name: 'B', Share__c: 5 })]
    const made = await org.records.createMany(org.admin, 'Payroll__c', bodies, { allOrNone: true })
    const ids = made.map((one) => ('id' in one ? one.id : ''))
    expect(
      await desk.column("SELECT Share__c FROM Payroll__c WHERE Name IN ('A','B')", 'Share__c'),
    ).toEqual([33.33, 5])
    await desk.update('Payroll__c', ids[0] ?? '', { Share__c: 1, By__c: null })
    expect(await desk.read('Payroll__c', ids[0] ?? '', ['By__c'])).toEqual({ By__c: null })
  })
})
