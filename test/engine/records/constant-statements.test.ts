/** How many statements a list costs does not depend on its rows, nor on the parents and formulas that it shows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logStatements, type StatementLog } from '../../attack/attack-support.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { body, openOrganisation, type Organisation } from '../../support/organisation.ts'
import { testMetadata, type MetadataFile } from '../../support/test-objects.ts'
import { deskOf } from './records-support.ts'

const links = [1, 2, 3, 4, 5].map((number) => ({
  ...{ fullName: `Link_${number}__c`, label: `Link ${number}`, type: 'Lookup' },
  ...{ referenceTo: ['Hub__c'], relationshipName: `Linked_${number}` },
}))

const object = (fullName: string, keyPrefix: string, fields: readonly object[]): MetadataFile => [
  `objects/${fullName}.json`,
  {
    ...{ fullName, label: fullName, pluralLabel: fullName, keyPrefix, sharingModel: 'ReadWrite' },
    nameField: { label: 'Name', type: 'Text' },
    fields,
  },
]

const files: readonly MetadataFile[] = [
  ...testMetadata,
  object('Hub__c', 'a0H', []),
  object('Linked__c', 'a0L', [
    ...links,
    {
      ...{ fullName: 'Names__c', label: 'Names', type: 'Text' },
      formula: 'Link_1__r.Name & Link_2__r.Name',
    },
  ]),
]

describe.each(databases)('lists on $name', ({ open }) => {
  let database: OpenDatabase
  let log: StatementLog
  let org: Organisation
  const desk = deskOf(() => org)

  beforeAll(async () => {
    database = await open()
    log = logStatements(database.storage)
    org = await openOrganisation(log, files)
    const hubs = await Promise.all(
      Array.from({ length: 20 }, (_, index) => desk.create('Hub__c', { Name: `hub ${index}` })),
    )
    const rows = Array.from({ length: 100 }, (_, index) => {
      const ids = links.map(({ fullName }, at) => [fullName, hubs[(index + at) % 20]])
      return body({ Name: `row ${index}`, ...Object.fromEntries(ids) })
    })
    await org.records.createMany(org.admin, 'Linked__c', rows, { allOrNone: true })
  })
  afterAll(() => database.close())

  it('R9: a hundred rows with five links are one statement, as one row is', async () => {
    const names = links.map(({ fullName }) => fullName.replace('__c', '__r.Name')).join(', ')
    const counts: number[] = []
    for (const rows of [1, 100]) {
      log.take()
      const soql = `SELECT Name, Names__c, ${names} FROM Linked__c ORDER BY Name LIMIT ${rows}`
      expect((await desk.query(soql)).length).toBe(rows)
      counts.push(log.take())
    }
    expect(counts).toEqual([1, 1])
  })

  it('a delete asks once for all relations whether any has children', async () => {
    const cost = async (object: string): Promise<number> => {
      const id = await desk.create(object, { Name: 'alone' })
      log.take()
      await org.records.remove(org.admin, object, id)
      return log.take()
    }
    // Five lookups lead to a hub, none to what is linked to it.
    expect((await cost('Hub__c')) - (await cost('Linked__c'))).toBeLessThanOrEqual(2)
  })
})
