/** Files and database: both sides change, files break, vanish and come back. */
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
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
  type Folder,
} from './fixture.ts'

const accountFile = 'objects/Account.json'
const notes = { fullName: 'Notes__c', label: 'Notes', type: 'Text', length: 50 }

function accountWith(more: Readonly<Record<string, unknown>>): unknown {
  return { ...accountObject, ...more }
}

/** Polls, because the watcher answers when the files are quiet. */
async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 200 && !condition(); round++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(condition()).toBe(true)
}

describe.each(databases)('folder on $name', ({ open }) => {
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

  const version = (): number => deployer.store.current().version
  const account = () => deployer.store.current().object('Account')

  it('takes over a new field with its layout and its rights at once', async () => {
    folder.write(accountFile, accountWith({ fields: [...accountObject.fields, notes] }))
    const set = folder.read('permissionsets/Sales.json')
    const rights = set['fieldPermissions'] as unknown[]
    folder.write('permissionsets/Sales.json', {
      ...set,
      fieldPermissions: [...rights, { field: 'Account.Notes__c', readable: true, editable: true }],
    })
    const report = await deployer.syncFiles()
    expect(report).toMatchObject({ plan: null, problems: [], conflicts: [] })
    expect(account()?.fieldsByName.has('notes__c')).toBe(true)
    expect((await deployer.journal())[0]?.source).toBe('files')
  })

  it('keeps the last good model while a file is broken, and says where', async () => {
    folder.writeText(accountFile, '{\n  "fullName": "Account",\n  "label" "x"\n}')
    const report = await deployer.syncFiles()
    expect(report.problems[0]).toMatchObject({ file: accountFile, line: 3 })
    expect(version()).toBe(1)
    folder.write(accountFile, accountWith({ fields: [...accountObject.fields, notes] }))
    expect((await deployer.syncFiles()).problems).toEqual([])
    expect(version()).toBe(2)
  })

  it('waits with a plan that loses data, and applies it when told to', async () => {
    await insertRecord(deployer, database.storage, 'Account', { Name: 'Acme', Code: 'A1' })
    const fields = accountObject.fields.filter((field) => field.fullName !== 'Code')
    folder.write(accountFile, accountWith({ fields }))
    const { plan } = await deployer.syncFiles()
    expect(plan?.needsConsent).toBe(true)
    expect(version()).toBe(1)
    expect((await deployer.pending()).plan?.id).toBe(plan?.id)
    const options = { consent: true, by: author, source: 'setup' } as const
    await deployer.apply(plan?.id ?? '', options)
    expect(account()?.fieldsByName.has('code')).toBe(false)
    expect((await deployer.syncFiles()).plan).toBeNull()
    expect(version()).toBe(2)
  })

  it('waits with rights on data that is there already', async () => {
    const set = folder.read('permissionsets/Sales.json')
    const fieldPermissions = [{ field: 'Account.Code', readable: true, editable: false }]
    folder.write('permissionsets/Sales.json', { ...set, fieldPermissions })
    const { plan } = await deployer.syncFiles()
    expect(plan?.steps).toMatchObject([{ class: 'instant' }, { class: 'changesAccess' }])
    expect(version()).toBe(1)
  })

  it('never deletes because files or the folder are missing', async () => {
    folder.remove('layouts/Account-Account Layout.json')
    const { plan } = await deployer.syncFiles()
    expect(plan?.changes).toMatchObject([{ type: 'Layout', change: 'delete' }])
    expect(version()).toBe(1)
    renameSync(folder.path, `${folder.path}-away`)
    expect((await deployer.syncFiles()).problems[0]?.reason).toContain('missing')
    renameSync(`${folder.path}-away`, folder.path)
    expect((await deployer.syncFiles()).problems).toEqual([])
    expect(version()).toBe(1)
  })

  it('is not begun anew while it is away; what was deployed meanwhile is written when it is back', async () => {
    renameSync(folder.path, `${folder.path}-away`)
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Code',
      patch: { label: 'Away' },
    })
    expect(existsSync(folder.path)).toBe(false)
    renameSync(`${folder.path}-away`, folder.path)
    expect((await deployer.syncFiles()).problems).toEqual([])
    expect(account()?.fieldsByName.get('code')?.label).toBe('Away')
    expect(JSON.stringify(folder.read(accountFile))).toContain('"Away"')
  })

  it('merges what was changed on both sides', async () => {
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Code',
      patch: { label: 'Key' },
    })
    // The hand edit was made on the text as it was before.
    const [code, rating, ...rest] = accountObject.fields
    const edited = { ...rating, label: 'Temperature' }
    folder.write(accountFile, accountWith({ fields: [code, edited, ...rest, notes] }))
    await revertSyncNote()
    const report = await deployer.syncFiles()
    expect(report.conflicts).toEqual([])
    expect(account()?.fieldsByName.get('code')?.label).toBe('Key')
    expect(account()?.fieldsByName.get('rating')?.label).toBe('Temperature')
    expect(account()?.fieldsByName.has('notes__c')).toBe(true)
    expect(JSON.stringify(folder.read(accountFile))).toContain('"Key"')
  })

  it('shows a true conflict and overwrites neither side', async () => {
    const [code, ...rest] = accountObject.fields
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Code',
      patch: { label: 'Key' },
    })
    await revertSyncNote()
    folder.write(accountFile, accountWith({ fields: [{ ...code, label: 'Number' }, ...rest] }))
    const report = await deployer.syncFiles()
    expect(report.conflicts).toMatchObject([
      {
        path: 'Account.Code label',
        base: 'Code',
        ours: 'Key',
        theirs: 'Number',
        file: accountFile,
      },
    ])
    expect(account()?.fieldsByName.get('code')?.label).toBe('Key')
    expect(JSON.stringify(folder.read(accountFile))).toContain('"Number"')
  })

  it('does not write over a hand edit that it has not seen yet', async () => {
    folder.write(accountFile, accountWith({ fields: [...accountObject.fields, notes] }))
    await deploy(deployer, {
      type: 'CustomField',
      fullName: 'Account.Code',
      patch: { label: 'Key' },
    })
    expect(JSON.stringify(folder.read(accountFile))).toContain('Notes__c')
    await deployer.syncFiles()
    expect(account()?.fieldsByName.get('code')?.label).toBe('Key')
    expect(account()?.fieldsByName.has('notes__c')).toBe(true)
  })

  it('writes the files of an applied model into an empty folder', async () => {
    await deployer.close()
    const empty = makeFolder({})
    deployer = await makeDeployer(database.storage, empty.path)
    await deployer.boot()
    expect(existsSync(join(empty.path, accountFile))).toBe(true)
    expect(version()).toBe(1)
    empty.delete()
  })

  it('follows the folder while it runs', async () => {
    await deployer.close()
    deployer = await makeDeployer(database.storage, folder.path, { watch: true })
    await deployer.boot()
    const swaps: number[] = []
    deployer.store.onSwap((swap) => swaps.push(swap.version))
    folder.writeText(accountFile, '{')
    await until(() => deployer.problems().length > 0)
    folder.write(accountFile, accountWith({ fields: [...accountObject.fields, notes] }))
    await until(() => version() === 2)
    expect(swaps).toEqual([2])
    await until(() => deployer.problems().length === 0)
  })

  it('is followed by another node on the same database', async () => {
    const elsewhere = makeFolder({})
    const other = await makeDeployer(database.storage, elsewhere.path)
    await deploy(deployer, { type: 'CustomField', fullName: 'Account.Notes__c', body: notes })
    await until(() => other.store.current().version === 2)
    expect(other.store.current().object('Account')?.fieldsByName.has('notes__c')).toBe(true)
    await other.close()
    elsewhere.delete()
  })

  /** Puts the note of the last synchronisation back to the text that a hand edit started from. */
  async function revertSyncNote(): Promise<void> {
    const fresh = makeFolder()
    const notesFile = '.fieldstone-sync.json'
    const copy = makeFolder({})
    await deployer.close()
    // The note as it was after the first start: made again with the same files on a fresh database.
    const second = await open()
    const first = await makeDeployer(second.storage, fresh.path)
    await first.boot()
    const note = fresh.read(notesFile) as { files: Record<string, unknown> }
    const present = folder.read(notesFile) as {
      installation: string
      files: Record<string, unknown>
    }
    folder.write(notesFile, {
      ...present,
      files: { ...present.files, [accountFile]: note.files[accountFile] },
    })
    await first.close()
    await second.close()
    fresh.delete()
    copy.delete()
    deployer = await makeDeployer(database.storage, folder.path)
  }
})
