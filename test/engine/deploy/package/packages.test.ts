/** Package jobs across a restart, and how what is deployed lies over what is there. */
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPackageJobs } from '../../../../engine/deploy/package/package-jobs.ts'
import { createPackages } from '../../../../engine/deploy/package/packages.ts'
import { mergeDeployed } from '../../../../engine/deploy/package/merge-deployed.ts'
import { openApi, type Api } from '../../../support/api.ts'
import { databases } from '../../../support/databases.ts'

const options = { checkOnly: false, rollbackOnError: true, ignoreWarnings: false }
const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"'

function zipOf(object: string): string {
  const files = {
    'package.xml': `<Package ${namespace}><types><members>${object}</members><name>CustomObject</name></types></Package>`,
    [`objects/${object}.object`]: `<CustomObject ${namespace}><label>Quay</label><pluralLabel>Quays</pluralLabel><nameField><label>Name</label><type>Text</type></nameField></CustomObject>`,
  }
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const)
  return Buffer.from(zipSync(Object.fromEntries(entries))).toString('base64')
}

describe.each(databases)('jobs on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  it('what waited or was under way when the server ended is done after its start', async () => {
    const { storage } = api.database
    const { deployer } = api.engine
    const jobs = createPackageJobs(storage)
    const at = api.clock.now
    const by = { id: '005000000000001AAA', name: 'Ada' }
    const [begun, waiting] = ['0Af000000000001AAA', '0Af000000000002AAA']
    await jobs.add({ id: begun, by, at, options, zip: zipOf('Quay__c') })
    await jobs.move(begun, ['Pending'], { state: 'InProgress', at })
    await jobs.add({ id: waiting, by, at: at + 1, options, zip: 'no zip' })

    const clock = { now: () => api.clock.now }
    const log = { error: () => undefined }
    const { recordComponents } = api.engine.packages
    const parts = { storage, deployer, recordComponents, clock, log }
    const packages = await createPackages({ ...parts, ids: () => '' })
    await packages.resume()
    const ended = async () => (await packages.job(waiting)).endedAt
    await expect.poll(ended, { timeout: 120_000 }).toBe(at)
    await packages.close()
    expect((await packages.job(begun)).state).toBe('Succeeded')
    expect(deployer.store.current().object('Quay__c')?.label).toBe('Quay')
    const wrong = await packages.job(waiting)
    expect([wrong.state, wrong.result?.error?.code]).toEqual(['Failed', 'INVALID_ARGUMENT'])
    expect(await jobs.zipOf(begun)).toBeUndefined()
  })
})

describe('mergeDeployed', () => {
  it('puts members in place of those of their name, and keeps the others and what is ours', () => {
    const present = {
      fullName: 'A__c',
      label: 'A',
      keyPrefix: 'a01',
      fields: [
        { fullName: 'X__c', label: 'X', type: 'Text', length: 10, previousNames: ['W__c'] },
        { fullName: 'Y__c', label: 'Y', type: 'Checkbox' },
      ],
    }
    const incoming = {
      fullName: 'A__c',
      fields: [{ fullName: 'X__c', label: 'New', type: 'Date' }],
    }
    expect(mergeDeployed('CustomObject', present, incoming)).toEqual({
      ...present,
      fields: [
        { fullName: 'X__c', label: 'New', type: 'Date', previousNames: ['W__c'] },
        { fullName: 'Y__c', label: 'Y', type: 'Checkbox' },
      ],
    })
  })

  it('adds to a profile what comes, and replaces a permission set', () => {
    const right = (object: string, allowEdit: boolean) => ({ object, allowRead: true, allowEdit })
    const present = {
      fullName: 'P',
      objectPermissions: [right('A', false), right('B', false)],
      layoutAssignments: [{ layout: 'A-One' }, { layout: 'B-One' }],
    }
    const incoming = {
      fullName: 'P',
      objectPermissions: [right('A', true)],
      layoutAssignments: [{ layout: 'A-Two' }],
    }
    expect(mergeDeployed('Profile', present, incoming)).toEqual({
      fullName: 'P',
      objectPermissions: [right('A', true), right('B', false)],
      layoutAssignments: [{ layout: 'A-Two' }, { layout: 'B-One' }],
    })
    expect(mergeDeployed('PermissionSet', present, incoming)).toEqual(incoming)
  })
})
