/**
 * The real `sf` command line against the running server: `npm run test:sf`. Not part of `npm test`: the tool is some 300 MB
 * to install, and takes seconds for each command.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../support/databases.ts'
import { adminName } from '../support/api.ts'
import { installSf, sfWith, type Sf } from '../support/sf-cli.ts'
import { projectFolder } from '../corpus/projects.ts'
import { serveApi, type ServedApi } from './served-api.ts'

const projectFile = JSON.stringify({
  packageDirectories: [{ path: 'force-app', default: true }],
  namespace: '',
  sourceApiVersion: '60.0',
})

describe.each(databases)('sf on $name', (kind) => {
  let api: ServedApi
  let sf: Sf
  let home: string

  beforeAll(async () => {
    await installSf()
    api = await serveApi(kind)
    home = mkdtempSync(join(tmpdir(), 'sf-'))
    sf = sfWith(home, { SF_ACCESS_TOKEN: api.tokens.admin })
  })
  afterAll(async () => {
    await api.close()
    rmSync(home, { recursive: true, force: true })
  })

  /** An empty project of the tool. */
  function project(name: string): string {
    const folder = join(home, name)
    mkdirSync(join(folder, 'force-app', 'main', 'default'), { recursive: true })
    writeFileSync(join(folder, 'sfdx-project.json'), projectFile)
    return folder
  }

  it('signs in with an access token', async () => {
    const login = ['--instance-url', api.url, '--alias', 'here', '--set-default', '--no-prompt']
    const { username } = await sf(home, 'org', 'login', 'access-token', ...login)
    expect(username).toBe(adminName)
    expect((await sf(home, 'org', 'display'))['username']).toBe(adminName)
    const limits = await sf(home, 'org', 'list', 'limits')
    expect(limits.map(({ name }) => name)).toContain('DailyApiRequests')
  })

  it('creates, reads, changes, finds and deletes a record', async () => {
    const account = ['--sobject', 'Account']
    const { id } = await sf(
      home,
      'data',
      'create',
      'record',
      ...account,
      '--values',
      "Name='Sf One'",
    )
    const of = [...account, '--record-id', String(id)]
    expect((await sf(home, 'data', 'get', 'record', ...of))['Name']).toBe('Sf One')
    await sf(home, 'data', 'update', 'record', ...of, '--values', "Phone='12 34'")
    const soql = "SELECT Name, Phone, Owner.Name FROM Account WHERE Name = 'Sf One'"
    const { records, totalSize } = await sf(home, 'data', 'query', '--query', soql)
    expect({ totalSize, phone: records?.[0]?.['Phone'] }).toEqual({ totalSize: 1, phone: '12 34' })
    await sf(home, 'data', 'delete', 'record', ...of)
    expect((await sf(home, 'data', 'query', '--query', soql))['totalSize']).toBe(0)
    await expect(sf(home, 'data', 'get', 'record', ...of)).rejects.toThrow(/recycle bin|deleted/i)
  })

  it('exports and imports a tree of records', async () => {
    await sf(home, 'data', 'create', 'record', '--sobject', 'Account', '--values', "Name='Root'")
    const root = await sf(
      home,
      'data',
      'query',
      '--query',
      "SELECT Id FROM Account WHERE Name='Root'",
    )
    const values = `LastName='Leaf' AccountId='${String(root['records']?.[0]?.['Id'])}'`
    await sf(home, 'data', 'create', 'record', '--sobject', 'Contact', '--values', values)
    const soql = "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Root'"
    const out = join(home, 'tree')
    await sf(home, 'data', 'export', 'tree', '--query', soql, '--plan', '--output-dir', out)
    const plan = readdirSync(out).find((file) => file.endsWith('plan.json')) ?? ''
    await sf(home, 'data', 'import', 'tree', '--plan', join(out, plan))
    const leaves = "SELECT Account.Name FROM Contact WHERE LastName = 'Leaf'"
    const { records } = await sf(home, 'data', 'query', '--query', leaves)
    expect(records?.map((one) => one['Account']?.['Name'])).toEqual(['Root', 'Root'])
  })

  it.each([
    ['dreamhouse-lwc', { Broker__c: 8, Property__c: 12 }],
    ['ebikes-lwc', { Product_Family__c: 4, Product__c: 16 }],
  ] as const)('deploys %s, retrieves it, and loads its sample records', async (name, counts) => {
    const folder = project(name)
    cpSync(join(projectFolder(name), 'force-app'), join(folder, 'force-app'), { recursive: true })
    const source = ['--source-dir', 'force-app']
    const deployed = await sf(folder, 'project', 'deploy', 'start', ...source)
    expect({ success: deployed['success'], errors: deployed['numberComponentErrors'] }).toEqual({
      success: true,
      errors: 0,
    })
    for (const object of Object.keys(counts)) {
      const back = project(`${name}-${object}`)
      await sf(back, 'project', 'retrieve', 'start', '--metadata', `CustomObject:${object}`)
      const fields = join('force-app', 'main', 'default', 'objects', object, 'fields')
      expect(readdirSync(join(back, fields)).sort()).toEqual(
        readdirSync(join(folder, fields)).sort(),
      )
    }
    const plan = join(projectFolder(name), 'data', 'sample-data-plan.json')
    await sf(folder, 'data', 'import', 'tree', '--plan', plan)
    for (const [object, count] of Object.entries(counts)) {
      const soql = `SELECT Id FROM ${object}`
      expect((await sf(folder, 'data', 'query', '--query', soql))['totalSize']).toBe(count)
    }
  })

  it('a second deploy of the same changes nothing, and one that is wrong says where', async () => {
    const folder = join(home, 'dreamhouse-lwc')
    const fields = join('force-app', 'main', 'default', 'objects', 'Property__c', 'fields')
    const again = await sf(folder, 'project', 'deploy', 'start', '--source-dir', fields)
    expect(again['success']).toBe(true)
    const file = join(folder, fields, 'Price__c.field-meta.xml')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/<type>\w+<\/type>/, '<type>Nonsense</type>'))
    const deploy = sf(folder, 'project', 'deploy', 'start', '--source-dir', fields)
    await expect(deploy).rejects.toThrow(/Price__c/)
  })
})
