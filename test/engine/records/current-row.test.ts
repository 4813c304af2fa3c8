/** What is stored, as a save reads it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createReadCurrent, type ReadCurrent } from '../../../engine/records/current-row.ts'
import type { RecordContext } from '../../../engine/records/record-parts.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { openOrganisation, type Organisation } from '../../support/organisation.ts'
import { everyTypeMetadata } from '../query/every-type.ts'
import { fieldNamed, objectNamed } from '../query/planning.ts'
import { deskOf, refusal } from './records-support.ts'

describe.each(databases)('the current row on $name', ({ open }) => {
  let database: OpenDatabase
  let org: Organisation
  let readCurrent: ReadCurrent
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    org = await openOrganisation(database.storage, everyTypeMetadata)
    const context = { storage: database.storage } as unknown as RecordContext // Reads ask for no more.
    readCurrent = createReadCurrent(context)
  })
  afterAll(() => database.close())

  const read = (id: string, ...names: readonly string[]): ReturnType<ReadCurrent> => {
    const object = objectNamed('Sample__c', org.model)
    return readCurrent(org.model, object, {
      id,
      fields: names.map((name) => fieldNamed(object, name)),
    })
  }

  it('has values by name, version and who changed it last', async () => {
    const id = await desk.create('Sample__c', {
      Name: 'Row',
      Money__c: '1234567890123456.78',
      Number__c: 2.5,
      Flag__c: true,
    })
    await desk.update('Sample__c', id, { Name: 'Row 2' }, org.admin)
    const row = await read(id, 'Name', 'Money__c', 'Number__c', 'Flag__c', 'Day__c', 'Secret__c')
    expect(row).toEqual({
      version: 2,
      changedBy: org.admin.userId,
      changedAt: org.clock.now,
      values: new Map<string, unknown>([
        ['Name', 'Row 2'],
        ['Money__c', '1234567890123456.78'],
        ['Number__c', 2.5],
        ['Flag__c', true],
        ['Day__c', null],
      ]),
    })
  })

  it('without fields tells the version alone', async () => {
    const id = await desk.create('Sample__c', { Name: 'Row' })
    expect(await read(id)).toMatchObject({ version: 1, values: new Map() })
  })

  it('is refused for what is deleted or was never there', async () => {
    const id = await desk.create('Sample__c', { Name: 'Row' })
    await org.records.remove(org.admin, 'Sample__c', id)
    expect((await refusal(read(id, 'Name'))).code).toBe('ENTITY_IS_DELETED')
    expect((await refusal(read('a00000000000009AAA', 'Name'))).code).toBe('NOT_FOUND')
  })
})
