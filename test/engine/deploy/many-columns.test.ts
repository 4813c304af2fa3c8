/** Hundreds of fields for an object that is there are one step, whole or not at all, and touch no record. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deployer } from '../../../engine/deploy/deployer.ts'
import type { ComponentChange } from '../../../engine/deploy/plan.ts'
import { identifier, sql } from '../../../engine/sql/sql.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { deploy, insertRecord, makeDeployer, makeFolder, type Folder } from './fixture.ts'

const kinds = [
  { type: 'Checkbox', defaultValue: 'false' },
  { type: 'Number', precision: 12, scale: 2 },
  { type: 'Text', length: 40 },
  { type: 'Date' },
]

const fields = (count: number): readonly ComponentChange[] =>
  ['Account', 'Contact'].flatMap((object) =>
    Array.from({ length: count }, (_none, index) => {
      const fullName = `Extra_${index}__c`
      const body = { fullName, label: `Extra ${index}`, ...kinds[index % kinds.length] }
      return { type: 'CustomField' as const, fullName: `${object}.${fullName}`, body }
    }),
  )

describe.each(databases)('many fields at once on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder
  let deployer: Deployer
  let failing = false

  beforeEach(async () => {
    database = await open()
    folder = makeFolder()
    failing = false
    deployer = await makeDeployer(database.storage, folder.path, {
      failpoint: (name) => {
        if (failing && name === 'deploy: before commit') throw new Error('on command')
      },
    })
    await deployer.boot()
  })
  afterEach(async () => {
    await deployer.close()
    await database.close()
    folder.delete()
  })

  const rows = () =>
    database.storage.read(
      sql`select ${identifier('Id')}, ${identifier('Code')}, ${identifier('Extra_0__c')}, ${identifier('Extra_399__c')} from ${identifier('Account')} order by ${identifier('Code')}`,
    )

  it('are there for old records and new ones, also after the database was opened again', async () => {
    const old = await insertRecord(deployer, database.storage, 'Account', { Name: 'A', Code: '1' })
    await deploy(deployer, ...fields(400))
    expect(await deployer.verify()).toEqual([])
    const made = await insertRecord(deployer, database.storage, 'Account', {
      Name: 'B',
      Code: '2',
      Extra_0__c: true,
      Extra_399__c: '2026-11-23',
    })
    const before = await rows()
    expect(before.map((row) => row['Id'])).toEqual([old, made])
    expect(before.map((row) => Boolean(row['Extra_0__c']))).toEqual([false, true])
    expect(before.map((row) => row['Extra_399__c'] !== null)).toEqual([false, true])
    await deployer.close()
    const storage = await database.reopen()
    deployer = await makeDeployer(storage, folder.path)
    await deployer.boot()
    expect(await deployer.verify()).toEqual([])
    expect(await rows()).toEqual(before)
  })

  it('are all taken back where the deploy fails, and can be added then', async () => {
    failing = true
    await expect(deploy(deployer, ...fields(40))).rejects.toThrow('on command')
    failing = false
    expect(await deployer.verify()).toEqual([])
    await expect(rows()).rejects.toThrow('Extra')
    await deploy(deployer, ...fields(400))
    expect(await deployer.verify()).toEqual([])
    expect(await rows()).toEqual([])
  })
})
