/** Lists of picklist values that lose, replace, deactivate and reorder values while records hold them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deployer } from '../../../engine/deploy/deployer.ts'
import type { Plan } from '../../../engine/deploy/plan.ts'
import { identifier, sql } from '../../../engine/sql/sql.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import {
  author,
  deploy,
  insertRecord,
  makeDeployer,
  makeFolder,
  planOf,
  userObject,
  valuesOf,
  type Folder,
} from './fixture.ts'

const values = (...names: readonly string[]) =>
  names.map((fullName) => ({ fullName, label: fullName }))

const stage = (...names: readonly string[]) => ({
  fullName: 'Stage__c',
  label: 'Stage',
  type: 'Picklist',
  valueSet: {
    restricted: true,
    valueSetDefinition: {
      sorted: false,
      value: values(...names).map((one, index) => ({ ...one, default: index === 0 })),
    },
  },
})

const deal = {
  fullName: 'Deal__c',
  label: 'Deal',
  pluralLabel: 'Deals',
  nameField: { label: 'Name', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    stage('Old', 'New', 'Won'),
    {
      fullName: 'Next__c',
      label: 'Next',
      type: 'Picklist',
      valueSet: {
        restricted: true,
        controllingField: 'Stage__c',
        valueSetDefinition: { sorted: false, value: values('Call', 'Sign') },
        valueSettings: [
          { valueName: 'Call', controllingFieldValue: ['Old'] },
          { valueName: 'Sign', controllingFieldValue: ['Old', 'New'] },
        ],
      },
    },
    {
      fullName: 'Tags__c',
      label: 'Tags',
      type: 'MultiselectPicklist',
      visibleLines: 4,
      valueSet: { valueSetDefinition: { sorted: false, value: values('a', 'b', 'c') } },
    },
    {
      fullName: 'Land__c',
      label: 'Land',
      type: 'Picklist',
      valueSet: { restricted: true, valueSetName: 'Lands' },
    },
  ],
  recordTypes: [
    {
      fullName: 'Big',
      label: 'Big',
      active: true,
      picklistValues: [
        {
          picklist: 'Stage__c',
          values: [
            { fullName: 'Old', default: true },
            { fullName: 'Won', default: false },
          ],
        },
      ],
    },
  ],
  validationRules: [
    {
      fullName: 'Rule',
      active: true,
      errorConditionFormula: "AND(ISPICKVAL(Stage__c, 'Old'), ISBLANK(Name))",
      errorMessage: 'No.',
    },
  ],
}

const files = {
  'objects/User.json': userObject,
  'objects/Deal__c.json': deal,
  'globalValueSets/Lands.json': {
    fullName: 'Lands',
    masterLabel: 'Lands',
    sorted: false,
    customValue: values('DE', 'FR'),
  },
}

describe.each(databases)('lists of values on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder
  let deployer: Deployer

  beforeEach(async () => {
    database = await open()
    folder = makeFolder(files)
    deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
    expect(deployer.problems()).toEqual([])
  })

  afterEach(async () => {
    expect(await deployer.verify()).toEqual([])
    await deployer.close()
    await database.close()
    folder.delete()
  })

  const add = (record: Record<string, string | null>): Promise<string> =>
    insertRecord(deployer, database.storage, 'Deal__c', { Name: 'D', ...record })
  const read = (field: string) => valuesOf(deployer, database.storage, `Deal__c.${field}`)
  const change = (body: unknown) => ({ type: 'CustomField', fullName: 'Deal__c.Stage__c', body })
  const replace = (by: string | null, remove = true) => ({
    type: 'CustomField',
    fullName: 'Deal__c.Stage__c',
    replaceValue: 'Old',
    by,
    remove,
  })
  const said = (plan: Plan): readonly string[] => plan.steps.map((step) => step.description)

  it('a value that records hold cannot go; the plan says how many they are', async () => {
    const first = await add({ Stage__c: 'Old' })
    await add({ Stage__c: 'New' })
    const plan = await planOf(
      deployer,
      change({ ...stage('New', 'Won') }),
      { type: 'RecordType', fullName: 'Deal__c.Big', delete: true },
      {
        type: 'CustomField',
        fullName: 'Deal__c.Next__c',
        body: {
          ...deal.fields[1],
          valueSet: { ...deal.fields[1]?.valueSet, valueSettings: [] },
        },
      },
    )
    expect(plan).toMatchObject({
      applicable: false,
      problems: [
        {
          component: 'Deal__c.Stage__c',
          reason: '1 of 2 records holds "Old" in Deal__c.Stage__c; the value cannot be removed.',
          references: [first],
        },
      ],
    })
  })

  it('a replacement goes through data, defaults, record types and dependent lists', async () => {
    await add({ Stage__c: 'Old' })
    await add({ Stage__c: 'Won' })
    await add({ Stage__c: null })
    const plan = await planOf(deployer, replace('New'))
    expect(plan).toMatchObject({
      applicable: true,
      needsConsent: false,
      summary: 'Replace "Old" by "New" in Deal__c.Stage__c',
    })
    expect(said(plan)).toEqual(
      expect.arrayContaining([
        'Replaces "Old" by "New" in Deal__c.Stage__c: 1 of 3 records.',
        '"Old" still stands as text in ValidationRule Deal__c.Rule: look at it.',
      ]),
    )
    await deployer.apply(plan.id, { consent: false, by: author, source: 'api' })
    expect(await read('Stage__c')).toEqual(['New', 'Won', null])
    const body = deployer.store.current().component('CustomObject', 'Deal__c')?.body
    expect(body?.fields?.[0]?.valueSet?.valueSetDefinition?.value).toMatchObject([
      { fullName: 'New', default: true },
      { fullName: 'Won' },
    ])
    expect(body?.fields?.[1]?.valueSet?.valueSettings).toEqual([
      { valueName: 'Call', controllingFieldValue: ['New'] },
      { valueName: 'Sign', controllingFieldValue: ['New'] },
    ])
    expect(body?.recordTypes?.[0]?.picklistValues?.[0]?.values).toEqual([
      { fullName: 'Won', default: false },
      { fullName: 'New', default: true },
    ])
  })

  it('taken back, records have the old value again unless they were changed since', async () => {
    await add({ Stage__c: 'Old' })
    const later = await add({ Stage__c: 'Old' })
    await add({ Stage__c: 'New' })
    const entry = await deploy(deployer, replace('New'))
    const table = deployer.store.current().object('Deal__c')
    const column = table?.fieldsByName.get('stage__c')?.columns.get('')?.name
    if (table === undefined || column === undefined) throw new Error('no column')
    await database.storage.write((tx) =>
      tx.run(sql`update ${table.table} set ${column} = 'Won' where ${identifier('Id')} = ${later}`),
    )
    const request = { consent: false, by: author, source: 'api' } as const
    const plan = (await deployer.revert(entry.number, { ...request, dryRun: true })) as Plan
    expect(said(plan)).toContain(
      'Gives 1 record the value of Deal__c.Stage__c back that was replaced; what was changed since stays.',
    )
    await deployer.revert(entry.number, { ...request, dryRun: false })
    expect(await read('Stage__c')).toEqual(['Old', 'Won', 'New'])
  })

  it('emptying needs consent', async () => {
    await add({ Stage__c: 'Old' })
    const plan = await planOf(deployer, replace(null))
    expect(plan).toMatchObject({
      needsConsent: true,
      steps: expect.arrayContaining([expect.objectContaining({ class: 'losesData', affected: 1 })]),
    })
    await deployer.apply(plan.id, { consent: true, by: author, source: 'api' })
    expect(await read('Stage__c')).toEqual([null])
  })

  it('among several chosen values the new one stands in its place, and once', async () => {
    await add({ Tags__c: 'a;b' })
    await add({ Tags__c: 'a;c' })
    await add({ Tags__c: 'b' })
    await add({ Tags__c: 'aa;b' })
    const tags = { type: 'CustomField', fullName: 'Deal__c.Tags__c' }
    await deploy(deployer, { ...tags, replaceValue: 'a', by: 'c', remove: true })
    expect(await read('Tags__c')).toEqual(['b;c', 'c', 'b', 'b;aa'])
    await deploy(deployer, { ...tags, replaceValue: 'c', by: null, remove: true })
    expect(await read('Tags__c')).toEqual(['b', null, 'b', 'b;aa'])
  })

  it('a reordered list puts what is stored into the new order', async () => {
    await add({ Tags__c: 'a;b' })
    await add({ Tags__c: 'c' })
    const body = {
      ...deal.fields[2],
      valueSet: { valueSetDefinition: { sorted: false, value: values('c', 'b', 'a') } },
    }
    const plan = await planOf(deployer, { type: 'CustomField', fullName: 'Deal__c.Tags__c', body })
    expect(said(plan)).toContain(
      'Puts the chosen values of Deal__c.Tags__c into the new order of the list: 1 of 2 records have several.',
    )
    await deployer.apply(plan.id, { consent: false, by: author, source: 'api' })
    expect(await read('Tags__c')).toEqual(['b;a', 'c'])
  })

  it('a value set is replaced in every field that takes its values', async () => {
    await add({ Land__c: 'DE' })
    const change = { type: 'GlobalValueSet', fullName: 'Lands', replaceValue: 'DE', by: 'FR' }
    const plan = await planOf(deployer, { ...change, remove: true })
    expect(said(plan)).toContain('Replaces "DE" by "FR" in Deal__c.Land__c: 1 of 1 record.')
    await deployer.apply(plan.id, { consent: false, by: author, source: 'api' })
    expect(await read('Land__c')).toEqual(['FR'])
    const removed = await planOf(deployer, {
      type: 'GlobalValueSet',
      fullName: 'Lands',
      body: { masterLabel: 'Lands', sorted: false, customValue: values('DE') },
    })
    expect(removed.problems).toMatchObject([{ component: 'Deal__c.Land__c' }])
  })

  it('an inactive value stays where it is; the plan says on how many records', async () => {
    await add({ Land__c: 'DE' })
    const plan = await planOf(deployer, {
      type: 'GlobalValueSet',
      fullName: 'Lands',
      body: {
        masterLabel: 'Lands',
        sorted: false,
        customValue: [{ fullName: 'DE', label: 'DE', isActive: false }, ...values('FR')],
      },
    })
    expect(plan.applicable).toBe(true)
    expect(said(plan)).toContain(
      'Makes the value "DE" of Deal__c.Land__c inactive; 1 record keeps it, no other gets it.',
    )
  })

  it.each([
    ['Deal__c.Stage__c', 'Nwe', 'Deal__c.Stage__c has no value "Nwe"'],
    ['Deal__c.Name', 'New', 'Deal__c.Name is no picklist'],
    ['Deal__c.Land__c', 'FR', 'Deal__c.Land__c takes its values from the value set Lands'],
    ['Deal__c.Stage__c', 'Old', '"Old" cannot take its own place'],
  ])('%s: what cannot be replaced by %s is refused', async (...[fullName, by, reason]) => {
    const plan = await planOf(deployer, { type: 'CustomField', fullName, replaceValue: 'Old', by })
    expect(plan.problems).toMatchObject([{ reason }])
  })
})
