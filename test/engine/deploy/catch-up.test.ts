/** A database that an older version made gets the columns and indexes of this one when it is opened. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deployer } from '../../../engine/deploy/deployer.ts'
import { identifier, sql } from '../../../engine/sql/sql.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { accountObject, makeDeployer, makeFolder, sampleFiles, type Folder } from './fixture.ts'

const limits = {
  fullName: 'Limits__c',
  label: 'Limits',
  customSettingsType: 'Hierarchy',
  fields: [{ fullName: 'Most__c', label: 'Most', type: 'Number', precision: 9, scale: 0 }],
}

const rate = {
  fullName: 'Rate__mdt',
  label: 'Rate',
  fields: [{ fullName: 'Percent__c', label: 'Percent', type: 'Number', precision: 5, scale: 2 }],
}

const typed = {
  ...accountObject,
  recordTypes: [{ fullName: 'Big', label: 'Big', active: true }],
}

const role = {
  fullName: 'UserRole',
  label: 'Role',
  pluralLabel: 'Roles',
  keyPrefix: '00E',
  nameField: { label: 'Role Name', type: 'Text', length: 80 },
  fields: [
    { fullName: 'DeveloperName', label: 'API Name', type: 'Text', length: 80 },
    {
      fullName: 'ParentRoleId',
      label: 'Parent Role',
      type: 'Lookup',
      referenceTo: ['UserRole'],
      relationshipName: 'ChildRoles',
    },
  ],
}

const files = {
  ...sampleFiles,
  'objects/Account.json': typed,
  'objects/Limits__c.json': limits,
  'objects/Rate__mdt.json': rate,
  'objects/UserRole.json': role,
  'roles/Boss.json': { fullName: 'Boss', name: 'Boss' },
  'roles/Clerk.json': { fullName: 'Clerk', name: 'Clerk', parentRole: 'Boss' },
  'customMetadata/Rate.Low.json': {
    fullName: 'Rate.Low',
    label: 'Low',
    values: [{ field: 'Percent__c', value: 1.5 }],
  },
}

describe.each(databases)('a database of an older version on $name', (kind) => {
  let database: OpenDatabase
  let folder: Folder
  let deployer: Deployer
  beforeAll(async () => {
    database = await kind.open()
    folder = makeFolder(files)
    const first = await makeDeployer(database.storage, folder.path)
    await first.boot()
    expect(await first.verify()).toEqual([])
    await first.close()
    await makeOld(database)
    deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
  })
  afterAll(async () => {
    await deployer.close()
    await database.close()
    folder.delete()
  })

  it('has the tables that the model asks for, and says so in its journal', async () => {
    expect(await deployer.verify()).toEqual([])
    const [newest] = await deployer.journal()
    expect(newest?.summary).toMatch(
      /^Brought the tables up to date: \d+ columns and indexes added$/,
    )
  })

  it('names the columns that it lacked', () => {
    const model = deployer.store.current()
    expect(model.object('Limits__c')?.fieldsByName.get('setupownerid')?.columns.size).toBe(1)
    expect(model.object('Account')?.recordTypeField?.columns.size).toBe(1)
  })

  it('fills the rows that metadata makes', async () => {
    const name = deployer.store.current().object('Rate__mdt')?.fieldsByName.get('developername')
    const column = name?.columns.get('')?.name ?? identifier('none')
    const rows = await database.storage.read(
      sql`select ${column} as name from ${identifier('Rate__mdt')}`,
    )
    expect(rows).toEqual([{ name: 'Low' }])
  })

  it('knows which roles stand below which', async () => {
    const rows = await database.storage.read(
      sql`select a.${identifier('Name')} as above, b.${identifier('Name')} as below from fs_role_tree t
        join ${identifier('UserRole')} a on a.${identifier('Id')} = t.role_id
        join ${identifier('UserRole')} b on b.${identifier('Id')} = t.below_id`,
    )
    expect(rows).toEqual([{ above: 'Boss', below: 'Clerk' }])
  })

  it('is not looked through again', async () => {
    const { version } = deployer.store.current()
    const again = await makeDeployer(database.storage, folder.path)
    await again.boot()
    expect(again.store.current().version).toBe(version)
    await again.close()
  })
})

/** As before record types had a column, custom settings owners, custom metadata names and roles a tree. */
async function makeOld({ storage }: OpenDatabase): Promise<void> {
  const drops: readonly (readonly [table: string, columns: readonly string[]])[] = [
    ['Account', ['RecordTypeId']],
    ['Limits__c', ['SetupOwnerId']],
    ['Rate__mdt', ['DeveloperName', 'DeveloperName__folded']],
  ]
  for (const [table, columns] of drops) {
    const shape = (await storage.tables()).find((one) => one.name === table)
    const present = new Set(shape?.columns.map(({ name }) => name))
    for (const { name } of shape?.indexes ?? []) {
      const isAbout = columns.some((column) => name.includes(column))
      if (isAbout) await storage.write((tx) => tx.run(sql`drop index ${identifier(name)}`))
    }
    for (const column of columns.filter((one) => present.has(one))) {
      const dropped = sql`alter table ${identifier(table)} drop column ${identifier(column)}`
      await storage.write((tx) => tx.run(dropped))
      await storage.write((tx) =>
        tx.run(sql`delete from fs_column where table_name = ${table} and base = ${column}`),
      )
    }
    const [row] = await storage.read(sql`select binding from fs_binding where object = ${table}`)
    const binding = JSON.parse(String(row?.['binding'])) as { columns: Record<string, string> }
    const kept = Object.entries(binding.columns).filter(([field]) => !columns.includes(field))
    const text = JSON.stringify({ ...binding, columns: Object.fromEntries(kept) })
    await storage.write((tx) =>
      tx.run(sql`update fs_binding set binding = ${text} where object = ${table}`),
    )
  }
  await storage.write((tx) => tx.run(sql`delete from ${identifier('Rate__mdt')}`))
  await storage.write((tx) => tx.run(sql`delete from fs_role_tree`))
  await storage.write((tx) => tx.run(sql`delete from fs_state where key = ${'table_shape'}`))
}
