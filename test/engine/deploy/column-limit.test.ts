/** More fields than a table of the database has columns for are refused before anything is done. */
import { describe, expect, it } from 'vitest'
import { databases } from '../../support/databases.ts'
import { makeDeployer, makeFolder, planOf, sampleFiles } from './fixture.ts'

const texts = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, index) => ({
    fullName: `Text_${index}__c`,
    label: `Text ${index}`,
    type: 'Text',
    length: 20,
  }))

const wide = (count: number): object => ({
  fullName: 'Wide__c',
  label: 'Wide',
  pluralLabel: 'Wide',
  nameField: { label: 'Name', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: texts(count),
})

describe.each(databases)('columns on $name', ({ name, open }) => {
  it('are counted when a plan is made', async () => {
    const database = await open()
    const folder = makeFolder(sampleFiles)
    const deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
    const plan = await planOf(deployer, {
      type: 'CustomObject',
      fullName: 'Wide__c',
      body: wide(850),
    })
    // Each text has a second column that sorts and compares alike everywhere.
    const reason = /^Wide__c needs 17\d\d columns; a table of this database has at most 1600$/
    if (name === 'sqlite') expect(plan.problems).toEqual([])
    else {
      expect(plan.applicable).toBe(false)
      expect(plan.problems).toMatchObject([
        { component: 'Wide__c', reason: expect.stringMatching(reason) },
      ])
    }
    await deployer.close()
    await database.close()
    folder.delete()
  })
})
