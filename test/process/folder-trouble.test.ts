/** The metadata folder of a running server is edited by people: halves, swaps and gaps do no harm. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pause } from '../support/random.ts'
import { call, startReadyServer, tokenOf, type ServerProcess } from '../support/server-process.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const waiting = { timeout: 60_000, interval: 200 }
/** Longer than the server waits for a folder to be quiet. */
const settleMs = 1_500

interface Problem {
  readonly file: string
  readonly line: number
  readonly reason: string
}

describe('the folder of a running server', () => {
  let server: ServerProcess
  let token = ''
  let account = ''
  beforeAll(async () => {
    server = await startReadyServer('none')
    token = await tokenOf(server.url)
    account = join(server.metadataDir, 'objects', 'Account.json')
  })
  afterAll(() => server.remove())

  const get = async <Body>(path: string): Promise<Body> =>
    (await call<Body>(server.url, token, { path })).body
  const problems = (): Promise<readonly Problem[]> => get(`${own}/problems`)
  const fieldNames = async (): Promise<readonly string[]> => {
    const path = `${data}/sobjects/Account/describe`
    return (await get<{ fields: { name: string }[] }>(path)).fields.map(({ name }) => name)
  }
  const version = async (): Promise<number> =>
    (await get<{ modelVersion: number }>(`${own}/ui/app`)).modelVersion
  const canSave = async (): Promise<number> => {
    const request = { method: 'POST', path: `${data}/sobjects/Account`, body: { Name: 'Saved' } }
    return (await call(server.url, token, request)).status
  }
  /** The file's text with one more field, as a person would type it. */
  const withField = (name: string): string => {
    const object = JSON.parse(readFileSync(account, 'utf8')) as { fields: object[] }
    object.fields.push({ fullName: name, label: name, type: 'Text', length: 20 })
    return `${JSON.stringify(object, null, 2)}\n`
  }

  it('L1: broken JSON changes nothing, is shown with its line, and taken once it is repaired', async () => {
    const before = await version()
    const good = withField('Broken__c')
    writeFileSync(account, good.replace('"label": "Broken__c",', '"label": "Broken__c"'))
    await expect.poll(problems, waiting).toHaveLength(1)
    const [problem] = await problems()
    expect(problem?.file).toContain('objects/Account.json')
    expect(problem?.line).toBeGreaterThan(100)
    expect(await version()).toBe(before)
    expect(await canSave()).toBe(201)
    writeFileSync(account, good)
    await expect.poll(fieldNames, waiting).toContain('Broken__c')
    await expect.poll(problems, waiting).toEqual([])
  })

  it('L2: files that editors keep beside are no metadata', async () => {
    const before = await version()
    const text = withField('Swapped__c')
    const folder = join(server.metadataDir, 'objects')
    const beside = [
      '.Account.json.swp',
      'Account.json~',
      '.#Account.json',
      '4913',
      '#Account.json#',
    ]
    for (const name of beside) writeFileSync(join(folder, name), text.slice(0, 500))
    await pause(settleMs)
    expect(await version()).toBe(before)
    expect((await problems()).map(({ file }) => file)).toEqual([])
    for (const name of beside) rmSync(join(folder, name))
    // As editors save: a new file takes the place of the old one.
    writeFileSync(join(folder, '.Account.json.tmp'), text)
    renameSync(join(folder, '.Account.json.tmp'), account)
    await expect.poll(fieldNames, waiting).toContain('Swapped__c')
  })

  it('L2: a file that is written in pieces is taken when it is whole', async () => {
    const text = withField('Slow__c')
    const seen = new Set<number>()
    const before = await version()
    for (let written = 0; written < text.length; written += Math.ceil(text.length / 6)) {
      writeFileSync(account, text.slice(0, written))
      await pause(250)
      seen.add(await version())
    }
    expect([...seen]).toEqual([before])
    writeFileSync(account, text)
    await expect.poll(fieldNames, waiting).toContain('Slow__c')
    expect(await version()).toBe(before + 1)
    await expect.poll(problems, waiting).toEqual([])
  })

  it('L2: a folder that is gone for three seconds removes nothing', async () => {
    const before = await version()
    const elsewhere = `${server.metadataDir}-elsewhere`
    renameSync(server.metadataDir, elsewhere)
    await pause(3_000)
    expect(await version()).toBe(before)
    expect(await canSave()).toBe(201)
    renameSync(elsewhere, server.metadataDir)
    await pause(settleMs)
    expect(await version()).toBe(before)
    expect(await get(`${own}/plans/pending`)).toMatchObject({ plan: null })
    writeFileSync(account, withField('Back__c'))
    await expect.poll(fieldNames, waiting).toContain('Back__c')
  })

  it('L2: many files copied one after the other are one deploy', async () => {
    const before = await version()
    const folder = join(server.metadataDir, 'objects')
    mkdirSync(folder, { recursive: true })
    for (let index = 0; index < 20; index++) {
      const object = {
        fullName: `Copied${index}__c`,
        label: `Copied ${index}`,
        pluralLabel: `Copied ${index}`,
        nameField: { label: 'Name', type: 'Text' },
        sharingModel: 'ReadWrite',
      }
      writeFileSync(join(folder, `Copied${index}__c.json`), `${JSON.stringify(object, null, 2)}\n`)
      await pause(100)
    }
    const describe = async (): Promise<number> =>
      (await call(server.url, token, { path: `${data}/sobjects/Copied19__c/describe` })).status
    await expect.poll(describe, waiting).toBe(200)
    expect(await version()).toBe(before + 1)
  })
})
