/** A process that is killed at any step of a deploy leaves the old model or the new one, wholly. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failpoints } from '../../engine/deploy/failpoints.ts'
import type { Deployer } from '../../engine/deploy/deployer.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import {
  deploy,
  insertRecord,
  makeDeployer,
  makeFolder,
  valuesOf,
  type Folder,
} from '../engine/deploy/fixture.ts'
import { killedDeploy } from './killed-deploy.ts'

const child = fileURLToPath(new URL('deploy-child.ts', import.meta.url))

/** Gives the signal that ended the process, and what it said before. */
function runChild(...values: readonly string[]): Promise<{ signal: string | null; said: string }> {
  return new Promise((resolve) => {
    const run = spawn(process.execPath, ['--import', 'tsx', child, ...values])
    let said = ''
    run.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    run.on('close', (_code, signal) => resolve({ signal, said }))
  })
}

describe.each(databases)('a deploy that is killed on $name', ({ open }) => {
  let database: OpenDatabase
  let folder: Folder

  beforeEach(async () => {
    database = await open()
    folder = makeFolder()
    const deployer = await makeDeployer(database.storage, folder.path)
    await deployer.boot()
    for (const [Code, Rating] of [
      ['12.5', 'Hot'],
      ['7', null],
      [null, 'Cold'],
    ] as const) {
      await insertRecord(deployer, database.storage, 'Account', {
        Name: 'A',
        Code,
        Rating,
        Revenue: '1.50',
      })
    }
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
    const isNew = deployer.store.current().version === 2
    expect(await valuesOf(deployer, storage, 'Account.Code')).toEqual(
      isNew ? [12.5, 7, null] : ['12.5', '7', null],
    )
    const rating = isNew ? 'Account.Temperature' : 'Account.Rating'
    expect(await valuesOf(deployer, storage, rating)).toEqual(['Hot', null, 'Cold'])
    if (isNew) {
      expect(await valuesOf(deployer, storage, 'Account.Stage__c')).toEqual(['new', 'new', 'new'])
    } else expect(await valuesOf(deployer, storage, 'Account.Revenue')).toEqual([1.5, 1.5, 1.5])
    const phases = await storage.read({
      kind: 'sql',
      parts: ['select (select count(*) from fs_phase) + (select count(*) from fs_moved) as n'],
    })
    expect(Number(phases[0]?.['n'])).toBe(0)
  }

  it.each(failpoints)('at "%s"', { timeout: 120_000 }, async (failpoint) => {
    const { signal, said } = await runChild(database.url, folder.path, failpoint)
    expect({ signal, said }).toEqual({ signal: 'SIGKILL', said: '' })
    const storage = await database.reopen()
    const deployer = await makeDeployer(storage, folder.path)
    const report = await deployer.boot()
    expect(report.problems).toEqual([])
    await expectWhole(deployer)
    // Whatever it was, the same deploy can be finished or stands already, and the files follow.
    if (deployer.store.current().version === 1) await deploy(deployer, ...killedDeploy)
    expect(JSON.stringify(folder.read('objects/Account.json'))).toContain('Stage__c')
    await deployer.syncFiles()
    expect(deployer.store.current().version).toBe(2)
    await expectWhole(deployer)
    await deployer.close()
  })
})
