/**
 * The projects without the shipped metadata: alone in an empty folder, beside the few standard
 * objects that they point at.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importSource } from '../../engine/cli/import-source.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { makeDeployer, makeFolder, userObject, type Folder } from '../engine/deploy/fixture.ts'
import { objectsOf, projectFolder, projects, readProject, storedFields } from './projects.ts'

function standard(fullName: string): object {
  return {
    fullName,
    label: fullName,
    pluralLabel: `${fullName}s`,
    nameField: { label: 'Name', type: 'Text' },
    sharingModel: 'ReadWrite',
  }
}

const standardFiles = {
  'objects/User.json': userObject,
  'objects/Account.json': standard('Account'),
  'objects/Contact.json': standard('Contact'),
}

const combinations = projects.flatMap((project) =>
  databases.map((database) => ({ project, database, name: database.name })),
)

describe.each(combinations)('$project alone on $name', ({ project, database }) => {
  let opened: OpenDatabase
  let folder: Folder
  beforeEach(async () => {
    opened = await database.open()
    folder = makeFolder(standardFiles)
  })
  afterEach(async () => {
    await opened.close()
    folder.delete()
  })

  it('becomes tables, and the files say the same as the tables afterwards', async () => {
    const report = await importSource({ source: projectFolder(project), into: folder.path })
    expect(report.problems).toEqual([])
    expect(report.conflicts).toEqual([])
    const deployer = await makeDeployer(opened.storage, folder.path)
    await deployer.boot()
    expect(deployer.problems()).toEqual([])
    expect(await deployer.verify()).toEqual([])
    const model = deployer.store.current()
    const missing = objectsOf(await readProject(project)).flatMap((object) =>
      storedFields(object)
        .filter(({ fullName }) => {
          const fields = model.object(object.fullName)?.fieldsByName
          return fields?.has(fullName.toLowerCase()) !== true
        })
        .map(({ fullName }) => `${object.fullName}.${fullName}`),
    )
    expect(missing).toEqual([])
    await deployer.syncFiles()
    expect(deployer.store.current().version).toBe(1)
    await deployer.close()
  })
})
