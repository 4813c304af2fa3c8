/** A process that is killed at any step of a deploy leaves the old model or the new one, wholly. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../engine/sql/sql.ts'
import { failpoints } from '../../engine/deploy/failpoints.ts'
import type { Deployer } from '../../engine/deploy/deployer.ts'
import { findWrong, repairAll } from '../../engine/roll-ups/recompute-roll-ups.ts'
import { bundled } from '../support/bundled.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import {
  deploy,
  insertRecord,
  makeDeployer,
  makeFolder,
  valuesOf,
  type Folder,
} from '../engine/deploy/fixture.ts'
import { filesBefore, killedDeploy } from './killed-deploy.ts'

const child = fileURLToPath(new URL('deploy-child.ts', import.meta.url))

/** Gives the signal that ended the process, and what it said before. */
async function runChild(
  ...values: readonly string[]
): Promise<{ signal: string | null; said: string }> {
  const program = await bundled(child)
  return new Promise((resolve) => {
    const run = spawn(process.execPath, [program, ...values])
    let said = ''
    run.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    run.on('close', (_code, signal) => resolve({ signal, said }))
  })
}

function isDone(deployer: Deployer): boolean {
  return deployer.store.current().object('Account')?.fieldsByName.has('stage__c') === true
}

describe.each(databases)('a deploy that is killed on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder

  beforeEach(async () => {
    database = await open()
    folder = makeFolder(filesBefore)
    const deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
    let parent: string | null = null
    for (const [Code, Rating, Size__c] of [
      ['12.5', 'Hot', null],
      ['7', null, 'Small'],
      [null, 'Cold', 'Large'],
    ] as const) {
      const values = { Name: 'A', Code, Rating, Revenue: '1.50', Size__c, ParentId: parent }
      const id: string = await insertRecord(deployer, database.storage, 'Account', values)
      parent ??= id
    }
    await repairAll(database.storage, deployer.store)
    await deployer.close()
    await database.storage.close()
  })

  afterEach(async () => {
    await database.close()
    folder.delete()
  })

  async function expectWhole(deployer: Deployer): Promise<void> {
    expect(await deployer.verify()).toEqual([])
    const { storage } = database
    const isNew = isDone(deployer)
    expect(await valuesOf(deployer, storage, 'Account.Code')).toEqual(
      isNew ? [12.5, 7, null] : ['12.5', '7', null],
    )
    const rating = isNew ? 'Account.Temperature' : 'Account.Rating'
    expect(await valuesOf(deployer, storage, rating)).toEqual(['Hot', null, 'Cold'])
    if (isNew) {
      expect(await valuesOf(deployer, storage, 'Account.Stage__c')).toEqual(['new', 'new', 'new'])
    } else expect(await valuesOf(deployer, storage, 'Account.Revenue')).toEqual([1.5, 1.5, 1.5])
    expect(await valuesOf(deployer, storage, 'Account.Size__c')).toEqual(
      isNew ? [null, 'Large', 'Large'] : [null, 'Small', 'Large'],
    )
    expect(await valuesOf(deployer, storage, 'Account.Large__c')).toEqual(
      isNew ? [2, 0, 0] : [1, 0, 0],
    )
    if (isNew) expect(await valuesOf(deployer, storage, 'Account.Children__c')).toEqual([2, 0, 0])
    expect(await findWrong(storage, deployer.store.current(), 10)).toEqual([])
    const phases = await storage.read(
      sql`select (select count(*) from fs_phase) + (select count(*) from fs_moved) as n`,
    )
    expect(Number(phases[0]?.['n'])).toBe(0)
  }

  it.each(failpoints)('at "%s"', async (failpoint) => {
    const { signal, said } = await runChild(database.url, folder.path, failpoint)
    expect({ signal, said }).toEqual({ signal: 'SIGKILL', said: '' })
    const storage = await database.reopen()
    const deployer = await makeDeployer(storage, folder.path)
    const report = await deployer.boot()
    expect(report.problems).toEqual([])
    await expectWhole(deployer)
    // Whatever it was, the same deploy can be finished or stands already, and the files follow.
    if (!isDone(deployer)) await deploy(deployer, ...killedDeploy)
    expect(JSON.stringify(folder.read('objects/Account.json'))).toContain('Stage__c')
    await deployer.syncFiles()
    expect(isDone(deployer)).toBe(true)
    await expectWhole(deployer)
    await deployer.close()
  })
})
