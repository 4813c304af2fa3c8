/** Deploys on both databases: what a plan says, what applying does, what goes back. */
import { inEnglish } from '../../../engine/base/message.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deployer } from '../../../engine/deploy/deployer.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import {
  accountObject,
  author,
  deploy,
  insertRecord,
  makeDeployer,
  makeFolder,
  planOf,
  sampleFiles,
  valuesOf,
  type Folder,
} from './fixture.ts'

describe.each(databases)('deployer on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder
  let deployer: Deployer

  beforeEach(async () => {
    database = await open()
    folder = makeFolder()
    deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
  })

  afterEach(async () => {
    expect(await deployer.verify()).toEqual([])
    await deployer.close()
    await database.close()
    folder.delete()
  })

  const account = (values: Record<string, string | number | null> = {}): Promise<string> =>
    insertRecord(deployer, database.storage, 'Account', { Name: 'Acme', ...values })

  it('makes tables, model and journal of a folder', async () => {
    expect(deployer.problems()).toEqual([])
    expect(deployer.store.current().objectNames).toEqual(['Account', 'Contact', 'User'])
    const [entry] = await deployer.journal()
    expect(entry).toMatchObject({ number: 1, version: 1, source: 'boot' })
  })

  it('finds nothing to do in the same files again, whatever their order', async () => {
    await deployer.syncFiles()
    expect(deployer.store.current().version).toBe(1)
    await deployer.close()
    const shuffled = makeFolder(Object.fromEntries(Object.entries(sampleFiles).reverse()))
    deployer = await makeDeployer(database.storage, shuffled.path)
    const report = await deployer.boot()
    expect(report).toMatchObject({ version: 1, applied: undefined, problems: [] })
    shuffled.delete()
  })

  it('adds a field, serves it, and writes it into the file', async () => {
    await account()
    const entry = await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Notes__c',
      body: { label: 'Notes', type: 'Text', length: 50 },
    })
    expect(entry.changes).toEqual([
      { type: 'CustomField', fullName: 'Account.Notes__c', change: 'create' },
    ])
    expect(entry.steps.map((step) => step.class)).toEqual(['instant'])
    expect(deployer.store.current().object('account')?.fieldsByName.get('notes__c')?.label).toBe(
      'Notes',
    )
    const file = folder.read('objects/Account.json') as { fields: { fullName: string }[] }
    expect(file.fields.map((field) => field.fullName)).toContain('Notes__c')
    await deployer.syncFiles()
    expect(deployer.store.current().version).toBe(2)
  })

  it('serves the same model after a restart', async () => {
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Notes__c',
      body: { label: 'Notes', type: 'Text', length: 50, unique: true },
    })
    await deployer.close()
    deployer = await makeDeployer(await database.reopen(), folder.path)
    const report = await deployer.boot()
    expect(report).toMatchObject({ version: 2, applied: undefined, problems: [] })
    expect(deployer.store.current().object('Account')?.fieldsByName.has('notes__c')).toBe(true)
  })

  it('keeps the data of a renamed field, and every mention follows', async () => {
    await account({ Rating: 'Hot' })
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Rating',
      renameTo: 'Temperature',
    })
    const model = deployer.store.current()
    expect(await valuesOf(deployer, database.storage, 'Account.Temperature')).toEqual(['Hot'])
    expect(model.object('Account')?.fieldsByName.get('rating')?.name).toBe('Temperature')
    expect(model.component('CustomObject', 'Account')?.body.listViews?.[0]?.columns).toEqual([
      'Name',
      'Temperature',
    ])
    expect(JSON.stringify(folder.read('layouts/Account-Account Layout.json'))).toContain(
      'Temperature',
    )
    expect(JSON.stringify(folder.read('permissionsets/Sales.json'))).toContain(
      'Account.Temperature',
    )
  })

  it('renames a field by hand in the file', async () => {
    await account({ Rating: 'Hot' })
    const [code, , ...rest] = accountObject.fields
    const renamed = { fullName: 'Heat', label: 'Heat', type: 'Text', length: 40 }
    folder.write('objects/Account.json', {
      ...accountObject,
      fields: [code, { ...renamed, previousNames: ['Rating'] }, ...rest],
      listViews: undefined,
    })
    await deployer.syncFiles()
    expect(deployer.problems()).toEqual([])
    expect(await valuesOf(deployer, database.storage, 'Account.Heat')).toEqual(['Hot'])
    expect(JSON.stringify(folder.read('layouts/Account-Account Layout.json'))).toContain('Heat')
  })

  it('swaps the names of two fields', async () => {
    await account({ Rating: 'Hot', Code: 'A1' })
    await deploy(
      deployer,
      { type: 'CustomField', fullName: 'Account.Rating', renameTo: 'Code' },
      { type: 'CustomField', fullName: 'Account.Code', renameTo: 'Rating' },
    )
    expect(await valuesOf(deployer, database.storage, 'Account.Code')).toEqual(['Hot'])
    expect(await valuesOf(deployer, database.storage, 'Account.Rating')).toEqual(['A1'])
    await deployer.syncFiles()
    expect(deployer.store.current().version).toBe(2)
  })

  it('renames an object with its layouts and every mention', async () => {
    await account({ Rating: 'Hot' })
    await deploy(deployer, { type: 'CustomObject', fullName: 'Account', renameTo: 'Client' })
    const model = deployer.store.current()
    expect(model.objectNames).toEqual(['Client', 'Contact', 'User'])
    expect(model.object('account')?.name).toBe('Client')
    expect(model.layoutsOf('Client').map((layout) => layout.fullName)).toEqual([
      'Client-Account Layout',
    ])
    expect(model.object('Contact')?.parents.get('account')?.reference?.targets).toEqual(['Client'])
    expect(await valuesOf(deployer, database.storage, 'Client.Rating')).toEqual(['Hot'])
    expect(JSON.stringify(folder.read('permissionsets/Sales.json'))).toContain('Client.Rating')
    await deployer.syncFiles()
    expect(deployer.store.current().version).toBe(2)
  })

  it('refuses to delete a field that is used, and lists the users', async () => {
    const change = { type: 'CustomField', fullName: 'Account.Rating', delete: true } as const
    const plan = await planOf(deployer, change)
    expect(plan.applicable).toBe(false)
    expect(plan.problems[0]?.references).toEqual([
      'Layout Account-Account Layout shows it',
      'ListView Account.All shows it as a column',
      'PermissionSet Sales grants rights on it',
    ])
    await expect(deploy(deployer, change)).rejects.toMatchObject({ code: 'DEPLOY_REFUSED' })
  })

  it('asks for consent before values are lost, and brings them back', async () => {
    await account({ Code: 'A1' })
    await account()
    const change = { type: 'CustomField', fullName: 'Account.Code', delete: true } as const
    const plan = await planOf(deployer, change)
    expect(plan.steps).toMatchObject([
      { class: 'losesData', affected: 1, total: 2, needsConsent: true },
    ])
    const without = { consent: false, by: author, source: 'api' } as const
    await expect(deployer.apply(plan.id, without)).rejects.toMatchObject({
      code: 'CONSENT_REQUIRED',
    })
    const entry = await deployer.apply(plan.id, { ...without, consent: true })
    expect(deployer.store.current().object('Account')?.fieldsByName.has('code')).toBe(false)
    await deployer.revert(entry.number, { ...without, dryRun: false })
    expect(await valuesOf(deployer, database.storage, 'Account.Code')).toEqual(['A1', null])
    const entries = await deployer.journal()
    expect(entries.map((one) => one.revertedBy)).toEqual([null, 3, null])
  })

  it('purges kept data only when it is told to', async () => {
    await account({ Code: 'A1' })
    await deploy(deployer, { type: 'CustomField', fullName: 'Account.Code', delete: true })
    expect(deployer.kept()).toEqual([{ object: 'Account', field: 'Code', canReturn: true }])
    await deployer.purge('Account', 'Code')
    expect(deployer.kept()).toEqual([])
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Code',
      body: { label: 'Code', type: 'Text', length: 20 },
    })
    expect(await valuesOf(deployer, database.storage, 'Account.Code')).toEqual([null])
  })

  it('refuses to make a field required over empty rows, with their number', async () => {
    for (let count = 0; count < 12; count++) await account()
    await account({ Code: 'A1' })
    const plan = await planOf(deployer, {
      type: 'CustomField',
      fullName: 'Account.Code',
      patch: { required: true },
    })
    expect(plan.applicable).toBe(false)
    expect(plan.problems[0]?.reason).toBe(
      '12 of 13 records have no value for Account.Code, which becomes required.',
    )
    expect(plan.steps[0]).toMatchObject({ affected: 12, total: 13 })
    expect(plan.steps[0]?.examples).toHaveLength(5)
  })

  it('fills empty rows with the default of a field that becomes required', async () => {
    await account()
    await account({ Code: 'A1' })
    const entry = await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Code',
      patch: { required: true, defaultValue: '"none"' },
    })
    expect(entry.steps.map((step) => step.class)).toEqual(['rewrites'])
    expect(await valuesOf(deployer, database.storage, 'Account.Code')).toEqual(['none', 'A1'])
  })

  it('fills a new required field with its default', async () => {
    await account()
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Stage__c',
      body: { label: 'Stage', type: 'Text', length: 10, required: true, defaultValue: '"new"' },
    })
    expect(await valuesOf(deployer, database.storage, 'Account.Stage__c')).toEqual(['new'])
  })

  it('gives existing records the default of a new field that asks for it, and only then', async () => {
    await account()
    const added = { label: 'Stage', type: 'Text', length: 10, defaultValue: '"new"' }
    const entry = await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Stage__c',
      body: { ...added, populateExistingRows: true },
    })
    expect(entry.steps.map((step) => step.class)).toEqual(['instant', 'rewrites'])
    expect(await valuesOf(deployer, database.storage, 'Account.Stage__c')).toEqual(['new'])
    await deploy(deployer, { type: 'CustomField', fullName: 'Account.Later__c', body: added })
    expect(await valuesOf(deployer, database.storage, 'Account.Later__c')).toEqual([null])
    const plan = await planOf(deployer, {
      type: 'CustomField',
      fullName: 'Account.Copy__c',
      body: { ...added, defaultValue: 'LEFT("abc", 2)', populateExistingRows: true },
    })
    expect(plan.applicable).toBe(false)
    expect(plan.problems[0]?.reason).toContain('none that is the same for all')
  })

  it('refuses to make a field unique over duplicates, case apart', async () => {
    await account({ Code: 'a1' })
    await account({ Code: 'A1' })
    await account({ Code: 'B2' })
    await account()
    const change = {
      type: 'CustomField',
      fullName: 'Account.Code',
      patch: { unique: true },
    } as const
    const plan = await planOf(deployer, change)
    expect(plan.applicable).toBe(false)
    expect(plan.steps[0]).toMatchObject({ class: 'scans', affected: 2, total: 4 })
    const exact = { ...change, patch: { unique: true, caseSensitive: true } }
    expect((await planOf(deployer, exact)).applicable).toBe(true)
    await deploy(deployer, exact)
  })

  it('carries texts over into numbers, and says which do not fit', async () => {
    await account({ Code: '12.5' })
    await account({ Code: 'twelve' })
    await account({ Code: '3' })
    const change = {
      type: 'CustomField',
      fullName: 'Account.Code',
      body: { label: 'Code', type: 'Number', precision: 10, scale: 2 },
    } as const
    const plan = await planOf(deployer, change)
    expect(plan.steps).toMatchObject([
      { class: 'rewrites', affected: 3 },
      { class: 'losesData', affected: 1, total: 3, needsConsent: true },
    ])
    await deploy(deployer, change)
    expect(await valuesOf(deployer, database.storage, 'Account.Code')).toEqual([12.5, null, 3])
  })

  it('rounds to fewer decimals with consent, and widens without touching a row', async () => {
    await account({ Revenue: '10.25' })
    await account({ Revenue: '7.00' })
    const fewer = {
      type: 'CustomField',
      fullName: 'Account.Revenue',
      patch: { scale: 1 },
    } as const
    expect((await planOf(deployer, fewer)).steps).toMatchObject([
      { class: 'rewrites', affected: 2 },
      { class: 'losesData', affected: 1 },
    ])
    await deploy(deployer, fewer)
    expect(await valuesOf(deployer, database.storage, 'Account.Revenue')).toEqual([10.3, 7])
    const entry = await deploy(deployer, { ...fewer, patch: { precision: 16 } })
    expect(entry.steps.map((step) => step.class)).toEqual(['instant'])
  })

  it('says how many texts are too long for a shorter field and leaves them alone', async () => {
    await account({ Code: 'abcdefghij' })
    const change = { type: 'CustomField', fullName: 'Account.Code', patch: { length: 5 } } as const
    expect((await planOf(deployer, change)).steps).toMatchObject([
      { class: 'scans', affected: 1, needsConsent: true },
    ])
    await deploy(deployer, change)
    expect(await valuesOf(deployer, database.storage, 'Account.Code')).toEqual(['abcdefghij'])
  })

  it('refuses the second of two plans made from one version', async () => {
    const field = (name: string) =>
      ({
        type: 'CustomField',
        fullName: `Account.${name}`,
        body: { label: name, type: 'Text', length: 10 },
      }) as const
    const first = await planOf(deployer, field('One__c'))
    const second = await planOf(deployer, field('Two__c'))
    const options = { consent: true, by: author, source: 'api' } as const
    const outcomes = await Promise.allSettled([
      deployer.apply(first.id, options),
      deployer.apply(second.id, options),
    ])
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
    await deploy(deployer, field('Three__c'))
    expect(deployer.store.current().version).toBe(3)
  })

  it('deletes an object and brings it back with its records', async () => {
    await insertRecord(deployer, database.storage, 'Contact', {
      LastName: 'Lovelace',
      Email: 'a@b.c',
    })
    const layout = { type: 'Layout', fullName: 'Account-Account Layout' } as const
    const entry = await deploy(
      deployer,
      { ...layout, patch: { relatedLists: null } },
      { type: 'CustomObject', fullName: 'Contact', delete: true },
    )
    expect(deployer.store.current().object('Contact')).toBeUndefined()
    await deployer.revert(entry.number, { consent: true, dryRun: false, by: author, source: 'api' })
    expect(await valuesOf(deployer, database.storage, 'Contact.Email')).toEqual(['a@b.c'])
  })

  it('gives figures for Setup', async () => {
    await account({ Rating: 'Hot' })
    await account()
    const usage = await deployer.usage('Account')
    expect(usage.records).toBe(2)
    expect(usage.fields['Rating']?.filled).toBe(1)
    expect(usage.fields['Rating']?.usedBy.map(inEnglish)).toContain(
      'Layout Account-Account Layout shows it',
    )
  })

  it('refuses names that are equal but for case', async () => {
    const plan = await planOf(deployer, {
      type: 'CustomField',
      fullName: 'Account.rating',
      body: { label: 'x', type: 'Text', length: 5 },
    })
    expect(plan.applicable).toBe(false)
  })
})

describe.each(databases)('a deploy of many objects on $name', ({ open }) => {
  it('makes the tables in portions and leaves nothing behind when it fails', async () => {
    const database = await open()
    const objects = Array.from({ length: 120 }, (_, number) => ({
      fullName: `Thing${number}__c`,
      label: 'Thing',
      nameField: { label: 'Name', type: 'Text' },
    }))
    const files = Object.fromEntries(objects.map((one) => [`objects/${one.fullName}.json`, one]))
    const folder = makeFolder(files)
    const failing = await makeDeployer(database.storage, folder.path, {
      failpoint: (name) => {
        if (name === 'deploy: rows written') throw new Error('on command')
      },
    })
    await expect(failing.boot()).rejects.toThrow('on command')
    expect(await failing.verify()).toEqual([])
    await failing.close()
    const deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
    expect(deployer.store.current().objectNames).toHaveLength(120)
    expect(await deployer.verify()).toEqual([])
    await deployer.close()
    await database.close()
    folder.delete()
  })
})
