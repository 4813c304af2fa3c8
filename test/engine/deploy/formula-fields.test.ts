/** Formula fields in plans: added, changed and removed at once; names that change are followed everywhere. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deployer } from '../../../engine/deploy/deployer.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import {
  accountObject,
  contactObject,
  deploy,
  insertRecord,
  makeDeployer,
  makeFolder,
  planOf,
  sampleFiles,
  type Folder,
} from './fixture.ts'

const formula = (text: string, more: object = {}): Readonly<Record<string, unknown>> => ({
  label: 'Computed',
  type: 'Number',
  scale: 2,
  formula: text,
  ...more,
})

const about = {
  fullName: 'About__c',
  label: 'About',
  type: 'Lookup',
  referenceTo: ['Account', 'User'],
  relationshipName: 'About',
}

const overParents =
  'IF(Account.Parent.Revenue > 1 /* Revenue */, LEN("Revenue"), Account . Revenue)' +
  ' + About__r:Account.Revenue'

const files = {
  ...sampleFiles,
  'objects/Account.json': {
    ...accountObject,
    fields: [
      ...accountObject.fields,
      { fullName: 'Twice__c', ...formula('Revenue * 2'), label: 'Twice' },
    ],
  },
  'objects/Contact.json': {
    ...contactObject,
    fields: [
      ...contactObject.fields,
      about,
      { fullName: 'Over__c', ...formula(overParents), label: 'Over' },
    ],
  },
}

describe.each(databases)('formula fields in plans on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder
  let deployer: Deployer

  beforeAll(async () => {
    database = await open()
    folder = makeFolder(files)
    deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
    expect(deployer.problems()).toEqual([])
    await insertRecord(deployer, database.storage, 'Account', { Name: 'A', Revenue: 10 })
  })
  afterAll(async () => {
    await database.close()
    folder.delete()
  })

  const steps = async (
    fullName: string,
    change: { readonly body?: Readonly<Record<string, unknown>>; readonly delete?: true },
  ) => {
    const type = 'CustomField'
    const wanted =
      change.body === undefined
        ? { type, fullName, delete: true as const }
        : { type, fullName, body: { fullName: fullName.split('.')[1], ...change.body } }
    const { steps: made, problems } = await planOf(deployer, wanted)
    return { made: made.map((step) => [step.class, step.description]), problems }
  }

  it('are added, changed and removed at once; no row is rewritten', async () => {
    expect((await steps('Account.New__c', { body: formula('Revenue + 1') })).made).toEqual([
      [
        'instant',
        'Adds formula field Account.New__c; it is computed when it is read, and no row is rewritten.',
      ],
    ])
    expect(
      (await steps('Account.Twice__c', { body: formula('Revenue * 3', { scale: 0 }) })).made,
    ).toEqual([['instant', 'Changes formula field Account.Twice__c; no row is rewritten.']])
    expect((await steps('Account.Twice__c', { delete: true })).made).toEqual([
      ['instant', 'Removes formula field Account.Twice__c; nothing was stored in it.'],
    ])
    const tables = await database.storage.tables()
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.New__c',
      body: { fullName: 'New__c', ...formula('Revenue + 1') },
    })
    expect(await database.storage.tables()).toEqual(tables)
    expect(await deployer.verify()).toEqual([])
  })

  it('are refused with the place of what is wrong', async () => {
    const { problems } = await steps('Account.Bad__c', { body: formula('Revenue +\n Nothing') })
    expect(problems[0]?.reason).toContain('formula, line 2, column 2: Account has no field Nothing')
  })

  it('keep a field that they name from being deleted', async () => {
    const { problems } = await steps('Account.Revenue', { delete: true })
    const told = problems.flatMap(({ references = [] }) => references).join('\n')
    expect(told).toContain('CustomField Account.Twice__c has it in its formula')
    expect(told).toContain('CustomField Contact.Over__c has it in its formula')
  })

  it('follow a new name of a field, over parents and typed lookups, and leave texts alone', async () => {
    await deploy(
      deployer,
      { type: 'CustomField', fullName: 'Account.Revenue', renameTo: 'Turnover' },
      { type: 'CustomField', fullName: 'Contact.About__c', renameTo: 'Regarding__c' },
    )
    const text = (object: string, name: string): string | undefined =>
      deployer.store
        .current()
        .component('CustomObject', object)
        ?.body.fields?.find((field) => field.fullName === name)?.formula
    expect(text('Account', 'Twice__c')).toBe('Turnover * 2')
    expect(text('Contact', 'Over__c')).toBe(
      'IF(Account.Parent.Turnover > 1 /* Revenue */, LEN("Revenue"), Account.Turnover)' +
        ' + Regarding__r:Account.Turnover',
    )
  })

  it('follow a new name of an object', async () => {
    await deploy(deployer, { type: 'CustomObject', fullName: 'Account', renameTo: 'Client' })
    const over = deployer.store
      .current()
      .component('CustomObject', 'Contact')
      ?.body.fields?.find((field) => field.fullName === 'Over__c')
    expect(over?.formula).toContain('Regarding__r:Client.Turnover')
    expect(deployer.problems()).toEqual([])
  })
})
