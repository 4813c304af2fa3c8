/** Files of the model: pulled from a server or out of the database, as types, and as Salesforce source. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveApi, type ServedApi } from '../../clients/served-api.ts'
import { runCommandLine, type Ran } from '../../support/command-line.ts'
import { databases } from '../../support/databases.ts'

const field = '/services/fieldstone/v1/metadata/CustomField'
const file = join('objects', 'Account.json')

interface ObjectFile {
  label: string
  description?: string
  fields: { fullName: string; label?: string }[]
}

describe('files of the model in force', () => {
  let api: ServedApi
  let into: string
  beforeAll(async () => {
    api = await serveApi(databases[0])
    into = join(api.folder, 'pulled')
  })
  afterAll(() => api.close())

  const remote = (...args: readonly string[]): Promise<Ran> =>
    runCommandLine([...args, '--url', api.url, '--token', api.tokens.admin])
  /** Beside the server that has the database open. */
  const direct = (...args: readonly string[]): Promise<Ran> =>
    runCommandLine(args, { DATABASE_URL: api.database.url })
  const pull = (...args: readonly string[]): Promise<Ran> => remote('pull', '--into', into, ...args)

  const change = async (name: string, body: object): Promise<void> => {
    const answer = await api.ask('PUT', `${field}/Account.${name}`, { as: 'admin', body })
    expect(answer.status).toBe(200)
  }
  const text = (label: string): object => ({ label, type: 'Text', length: 40 })

  function edit(work: (account: ObjectFile) => void): void {
    const account = JSON.parse(readFileSync(join(into, file), 'utf8')) as ObjectFile
    work(account)
    writeFileSync(join(into, file), JSON.stringify(account))
  }
  const labels = (): ReadonlyMap<string, string | undefined> => {
    const { fields } = JSON.parse(readFileSync(join(into, file), 'utf8')) as ObjectFile
    return new Map(fields.map((one) => [one.fullName, one.label]))
  }

  it('an empty folder gets everything, from the server and from the database alike', async () => {
    const told = await pull('--dry-run')
    expect(told).toMatchObject({ code: 1, out: expect.stringContaining(`+ ${file} would be`) })
    expect(await pull()).toMatchObject({ code: 0, err: '' })
    expect(await pull()).toMatchObject({ code: 0, out: expect.stringContaining('are those') })
    const other = join(api.folder, 'direct')
    expect((await direct('pull', '--into', other)).code).toBe(0)
    expect(filesIn(other)).toEqual(filesIn(into))
  })

  it('what Setup changed elsewhere is written, beside own changes in the same file', async () => {
    await change('Pulled__c', text('Pulled'))
    await change('Both__c', text('Both'))
    expect((await pull('--dry-run')).code).toBe(1)
    expect(labels().has('Pulled__c')).toBe(false)
    expect((await pull()).code).toBe(0)
    expect(labels().get('Pulled__c')).toBe('Pulled')
    edit(({ fields }) => {
      for (const one of fields) if (one.fullName === 'Pulled__c') one.label = 'Mine'
    })
    await change('Other__c', text('Other'))
    const merged = await direct('pull', '--into', into, '--json')
    expect(merged).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(merged.out)).toMatchObject({ written: [file], ahead: [file], conflicts: [] })
    expect([labels().get('Pulled__c'), labels().get('Other__c')]).toEqual(['Mine', 'Other'])
    // The merge is what the next one starts from: nothing more is to do, and nothing is lost.
    const again = await pull('--json')
    expect(JSON.parse(again.out)).toMatchObject({ written: [], ahead: [file] })
  })

  it('what both changed is shown and stays; files that are wrong stop everything', async () => {
    edit(({ fields }) => {
      for (const one of fields) if (one.fullName === 'Both__c') one.label = 'Ours'
    })
    const before = readFileSync(join(into, file), 'utf8')
    await change('Both__c', text('Theirs'))
    const told = await pull()
    expect(told).toMatchObject({ code: 1, out: expect.stringMatching(/Both__c.*"Theirs".*"Ours"/) })
    expect(readFileSync(join(into, file), 'utf8')).toBe(before)
    writeFileSync(join(into, file), '{')
    expect(await pull()).toMatchObject({ code: 1, out: expect.stringContaining('put the files') })
    expect(readFileSync(join(into, file), 'utf8')).toBe('{')
    rmSync(join(into, file))
    const gone = await pull('--json')
    const { written, conflicts } = JSON.parse(gone.out)
    expect([written, conflicts.length, conflicts[0].file]).toEqual([[], 1, file])
    expect(conflicts[0].theirs).toBeUndefined()
  })

  it('types are written, checked, and stale only when what can be seen has changed', async () => {
    const types = join(api.folder, 'org.d.ts')
    expect(await remote('types', types, '--check')).toMatchObject({ code: 1 })
    expect(await remote('types', types)).toMatchObject({ code: 0 })
    expect(readFileSync(types, 'utf8')).toContain('export interface Schema {')
    expect(await remote('types', types, '--check')).toMatchObject({ code: 0 })
    const layout = '/services/fieldstone/v1/metadata/CustomLabel/Unseen'
    const label = { language: 'en_US', protected: false, value: 'x', shortDescription: 'x' }
    await api.ask('PUT', layout, { as: 'admin', body: label })
    expect(await remote('types', types, '--check')).toMatchObject({ code: 0 })
    await change('Typed__c', text('Typed'))
    const stale = await remote('types', types, '--check', '--json')
    expect(stale.code).toBe(1)
    expect(JSON.parse(stale.out)).toMatchObject({ state: 'stale', hash: expect.any(String) })
    expect((await remote('types', '-')).out).toContain('Typed__c')
  })

  it.each([
    ['source', []],
    ['package', ['--package']],
  ] as const)('what is exported as %s is imported as the same model', async (form, options) => {
    const out = join(api.folder, form)
    const made = await direct('export', out, ...options, '--json')
    expect(made).toMatchObject({ code: 0, err: '' })
    const wanted = join(api.folder, `${form}-wanted`)
    const back = join(api.folder, `${form}-back`)
    expect((await direct('pull', '--into', wanted)).code).toBe(0)
    const taken = await runCommandLine(['import', out, '--into', back])
    expect(taken).toMatchObject({ code: 0, err: '' })
    expect(contentIn(back, form)).toEqual(contentIn(wanted, form))
    expect((await direct('export', out, ...options, '--json')).out).toContain('"written":[]')
  })

  it('export takes what is named, and never writes over other files unasked', async () => {
    const out = join(api.folder, 'some')
    const only = ['--only', 'CustomObject:Account']
    expect((await remote('export', out, ...only)).code).toBe(0)
    expect(readdirSync(join(out, 'objects'))).toEqual(['Account'])
    const path = join(out, 'objects', 'Account', 'fields', 'Typed__c.field-meta.xml')
    const before = readFileSync(path, 'utf8')
    writeFileSync(path, 'mine')
    expect(await remote('export', out, ...only)).toMatchObject({ code: 1 })
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect((await remote('export', out, ...only, '--force')).code).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe(before)
    const lost = await remote('export', out, '--only', 'CustomObject:Acount')
    expect(lost).toMatchObject({ code: 3, err: expect.stringContaining('CustomObject:Account?') })
  })

  it('a database that is empty, and people who may not, are told', async () => {
    mkdirSync(join(api.folder, 'nothing'), { recursive: true })
    const nowhere = { DATABASE_URL: `sqlite:${join(api.folder, 'nothing', 'x.db')}` }
    expect(await runCommandLine(['pull', '--into', into], nowhere)).toMatchObject({ code: 3 })
    const asRep = ['--url', api.url, '--token', api.tokens.rep, '--into', into]
    const refused = await runCommandLine(['pull', ...asRep])
    expect(refused).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining('INSUFFICIENT'),
    })
  })
})

/** What XML can say: nothing of empty lists, and in files of their own nothing of the order of members. */
function contentIn(folder: string, form: 'source' | 'package'): ReadonlyMap<string, unknown> {
  const isNamed = (entry: unknown): boolean =>
    typeof entry === 'object' && entry !== null && ('fullName' in entry || 'name' in entry)
  const text = (entry: unknown): string => JSON.stringify(entry)
  const sayable = (_key: string, value: unknown): unknown => {
    if (!Array.isArray(value)) return value
    if (value.length === 0) return undefined
    if (form === 'package' || !value.every(isNamed)) return value
    return value.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
  }
  return new Map(
    [...filesIn(folder)].map(([path, content]) => [path, JSON.parse(content, sayable) as unknown]),
  )
}

/** Everything below the folder but the hidden file of the last comparison, by path. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return new Map(
    paths.map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')] as const),
  )
}
