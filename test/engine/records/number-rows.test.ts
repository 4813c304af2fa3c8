/** Numbers are given in order, once each, and back when nothing was saved. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../support/organisation.ts'
import type { MetadataFile } from '../../support/test-objects.ts'
import { everyTypeMetadata } from '../query/every-type.ts'
import { deskOf, refusal } from './records-support.ts'

const ticket: MetadataFile = [
  'objects/Ticket__c.json',
  {
    fullName: 'Ticket__c',
    label: 'Ticket',
    pluralLabel: 'Tickets',
    sharingModel: 'ReadWrite',
    nameField: {
      label: 'Number',
      type: 'AutoNumber',
      displayFormat: 'T-{YYYY}-{000}',
      startingNumber: 42,
    },
    fields: [{ fullName: 'Key__c', label: 'Key', type: 'Text', length: 9, unique: true }],
  },
]

describe.each(databases)('numbers on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, [...everyTypeMetadata, ticket])
  })
  afterAll(() => database.close())

  it('begin where the declaration says, in the year of the clock', async () => {
    const id = await desk.create('Ticket__c', { Key__c: 'one' })
    expect(await desk.read('Ticket__c', id, ['Name'])).toEqual({ Name: 'T-2026-042' })
  })

  it('leave no gap where a save was refused', async () => {
    await refusal(desk.create('Ticket__c', { Key__c: 'one' }))
    const id = await desk.create('Ticket__c', { Key__c: 'two' })
    expect(await desk.read('Ticket__c', id, ['Name'])).toEqual({ Name: 'T-2026-043' })
  })

  it('are given once each to many at once', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => desk.create('Ticket__c', { Key__c: `m${index}` })),
    )
    const names = await desk.column('SELECT Name FROM Ticket__c ORDER BY Name')
    expect(names).toEqual(Array.from({ length: 32 }, (_, index) => `T-2026-0${42 + index}`))
  })

  it('cannot be set', async () => {
    expect((await refusal(desk.create('Ticket__c', { Name: 'T-1' }))).code).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    )
  })
})
