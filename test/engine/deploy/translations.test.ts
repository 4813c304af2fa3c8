/** Translations follow what they translate: renamed with it, gone with it, back with it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deployer } from '../../../engine/deploy/deployer.ts'
import { inLanguage } from '../../../engine/language/in-language.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { author, deploy, makeDeployer, makeFolder, sampleFiles, type Folder } from './fixture.ts'

const file = 'objectTranslations/Account-de.json'

const german = {
  fullName: 'Account-de',
  caseValues: [
    { plural: false, value: 'Kunde' },
    { plural: true, value: 'Kunden' },
  ],
  fields: [
    { name: 'Code', label: 'Kürzel' },
    { name: 'Revenue', label: 'Umsatz' },
  ],
  listViews: [{ name: 'All', label: 'Alle' }],
}

describe.each(databases)('translations in deploys on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder
  let deployer: Deployer

  beforeEach(async () => {
    database = await open()
    folder = makeFolder({ ...sampleFiles, [file]: german })
    deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
  })

  afterEach(async () => {
    await deployer.close()
    await database.close()
    folder.delete()
  })

  const label = (object: string, field: string): string | undefined =>
    inLanguage(deployer.store.current(), 'de').object(object)?.fieldsByName.get(field.toLowerCase())
      ?.label

  it('a renamed field and a renamed object keep their words', async () => {
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Revenue',
      renameTo: 'Turnover',
    })
    expect(label('Account', 'Turnover')).toBe('Umsatz')
    await deploy(deployer, { type: 'CustomObject', fullName: 'Account', renameTo: 'Client' })
    expect(label('Client', 'Turnover')).toBe('Umsatz')
    expect(folder.read('objectTranslations/Client-de.json')).toMatchObject({
      fullName: 'Client-de',
      fields: [{ name: 'Code' }, { name: 'Turnover', label: 'Umsatz' }],
    })
  })

  it('a deleted field takes its words along, and brings them back', async () => {
    const entry = await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Revenue',
      delete: true,
    })
    expect(folder.read(file)['fields']).toEqual([{ name: 'Code', label: 'Kürzel' }])
    await deployer.revert(entry.number, { consent: true, dryRun: false, by: author, source: 'api' })
    expect(label('Account', 'Revenue')).toBe('Umsatz')
  })

  it('a list view that is deleted by hand in the file takes its words along', async () => {
    const account = folder.read('objects/Account.json')
    folder.write('objects/Account.json', { ...account, listViews: undefined })
    await deployer.syncFiles()
    expect(deployer.problems()).toEqual([])
    expect(folder.read(file)['listViews']).toBeUndefined()
  })

  it('words for a field that is not there are refused with their place', async () => {
    folder.write(file, { ...german, fields: [{ name: 'Revenu', label: 'Umsatz' }] })
    await deployer.syncFiles()
    const [problem] = deployer.problems()
    expect(problem).toMatchObject({ file, reason: expect.stringContaining('"Revenu"') })
    expect(problem?.suggestion).toContain('Revenue')
    expect(label('Account', 'Revenue')).toBe('Umsatz')
  })
})
