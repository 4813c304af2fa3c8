/** The client of the package against the running server, and its types against the compiler. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  Conflict,
  connect,
  Refusal,
  signIn,
  type Organisation,
  type Untyped,
} from '../../client/index.ts'
import { adminName, password } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { serveApi, type ServedApi } from './served-api.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

describe('the typed client', () => {
  let api: ServedApi
  let org: Organisation<Untyped>
  beforeAll(async () => {
    api = await serveApi(databases[0])
    org = connect({ url: api.url, token: api.tokens.admin })
  })
  afterAll(() => api.close())

  it('creates, reads, changes, upserts and deletes one record', async () => {
    const accounts = org.sobject('Account')
    const id = await accounts.create({ Name: 'Typed', Phone: '1' })
    expect(await accounts.read(id, ['Name', 'Phone'])).toMatchObject({ Name: 'Typed', Phone: '1' })
    await accounts.update(id, { Phone: '2', SourceSystemIdentifier: "a/b'c" })
    const again = await accounts.upsert('SourceSystemIdentifier', "a/b'c", { Phone: '3' })
    expect(again).toMatchObject({ id, created: false })
    expect(await accounts.read(id)).toMatchObject({ Phone: '3' })
    expect(await accounts.readMany(['001000000000000AAA', id], ['Phone'])).toMatchObject([
      null,
      { Phone: '3' },
    ])
    await accounts.delete(id)
    await expect(accounts.read(id)).rejects.toMatchObject({ status: 404 })
  })

  it('walks through all pages of a query, and takes values beside it', async () => {
    const accounts = org.sobject('Account')
    const names = Array.from({ length: 250 }, (_, index) => ({
      Name: `It's page ${String(index).padStart(3, '0')}`,
    }))
    const made = await accounts.createMany(names)
    expect(made.filter(({ success }) => success)).toHaveLength(250)
    const find = { fields: ['Name'], where: 'Name LIKE :start', orderBy: 'Name' }
    const query = accounts.find({ ...find, variables: { start: "It's page %" }, pageSize: 100 })
    const seen: unknown[] = []
    for await (const { Name } of query) seen.push(Name)
    expect(seen).toEqual(names.map(({ Name }) => Name))
    const sizes: number[] = []
    for await (const page of query.pages()) sizes.push(page.length)
    expect(sizes).toEqual([100, 100, 50])
    expect(await query.totalSize()).toBe(250)
    const some = org.query<{ readonly Name: string }>(
      'SELECT Name FROM Account WHERE Name = :name',
      { variables: { name: "It's page 007" } },
    )
    expect((await some.first())?.Name).toBe("It's page 007")
    const gone = await accounts.deleteMany(made.slice(0, 2).map(({ id }) => id ?? ''))
    expect(gone.map(({ success }) => success)).toEqual([true, true])
    expect(await query.toArray()).toHaveLength(248)
  })

  it('many records: each for itself, or all or none', async () => {
    const accounts = org.sobject('Account')
    const each = await accounts.createMany([{ Name: 'Good' }, { Phone: '1' }])
    expect(each.map(({ success }) => success)).toEqual([true, false])
    expect(each[1]?.errors[0]).toMatchObject({ statusCode: 'REQUIRED_FIELD_MISSING' })
    const none = await accounts.createMany([{ Name: 'Good' }, {}], { allOrNone: true })
    expect(none.map(({ success }) => success)).toEqual([false, false])
    const tooMany = Array.from({ length: 201 }, () => ({ Name: 'x' }))
    await expect(accounts.createMany(tooMany, { allOrNone: true })).rejects.toThrow('at most 200')
    const changed = await accounts.updateMany([{ Id: each[0]?.id ?? '', Phone: '9' }])
    expect(changed).toMatchObject([{ success: true }])
    const upserted = await accounts.upsertMany('SourceSystemIdentifier', [
      { SourceSystemIdentifier: 'many-1', Name: 'One' },
    ])
    expect(upserted).toMatchObject([{ success: true, created: true }])
  })

  it('steps of a composite refer to each other', async () => {
    const [account, contact] = await org.composite(
      [
        { method: 'POST', path: 'sobjects/Account', referenceId: 'a', body: { Name: 'Composite' } },
        {
          method: 'POST',
          path: 'sobjects/Contact',
          referenceId: 'c',
          body: { LastName: 'Step', AccountId: '@{a.id}' },
        },
      ],
      { allOrNone: true },
    )
    expect([account?.httpStatusCode, contact?.httpStatusCode]).toEqual([201, 201])
    const query = "SELECT Account.Name FROM Contact WHERE LastName = 'Step'"
    expect(await org.query(query).first()).toMatchObject({ Account: { Name: 'Composite' } })
  })

  it('a refusal says what is wrong and where; a conflict who was faster', async () => {
    const accounts = org.sobject('Account')
    const refused = await accounts.create({ Name: 'x', Nope: 1 }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({ status: 400, code: 'INVALID_FIELD', fields: ['Nope'] })
    const id = await accounts.create({ Name: 'Ours', Phone: '1' })
    const { version } = await accounts.readVersioned(id, ['Phone'])
    await accounts.update(id, { Phone: '2' }, { version })
    await expect(accounts.update(id, { Phone: '3' }, { version })).rejects.toBeInstanceOf(Conflict)
    await accounts.update(id, { Name: 'Merged' }, { base: { Name: 'Ours' } })
    const overlap = accounts.update(id, { Phone: '4' }, { base: { Phone: '1' } })
    await expect(overlap).rejects.toMatchObject({
      conflicts: [{ field: 'Phone', base: '1', yours: '4', theirs: '2' }],
    })
    expect(await accounts.read(id, ['Name', 'Phone'])).toMatchObject({ Name: 'Merged', Phone: '2' })
  })

  it('describes objects and fields', async () => {
    const { fields } = await org.sobject('Account').describe()
    expect(fields.find(({ name }) => name === 'Name')).toMatchObject({ nillable: false })
    expect((await org.describe()).map(({ name }) => name)).toContain('Account')
  })

  it('gets a new token when the old one has ended, and says so when that is no use', async () => {
    const signs = { url: api.url, username: adminName, password }
    let asked = 0
    const patient = connect({
      url: api.url,
      token: () => (asked++ === 0 ? 'ended!token' : signIn(signs)),
    })
    expect(await patient.query('SELECT Id FROM Organization').first()).toBeDefined()
    expect(asked).toBe(2)
    const lost = connect({ url: api.url, token: 'ended!token' })
    await expect(lost.describe()).rejects.toMatchObject({ code: 'INVALID_SESSION_ID' })
    await expect(signIn({ ...signs, password: 'wrong' })).rejects.toMatchObject({
      code: 'invalid_grant',
    })
  })

  it('the compiler accepts what the organisation has, and names every wrong line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'typed-'))
    try {
      for (const who of ['admin', 'rep'] as const) {
        const types = `/services/fieldstone/v1/types.d.ts`
        const { text } = await api.ask('GET', types, { as: who })
        mkdirSync(join(folder, who))
        writeFileSync(join(folder, who, 'organisation.d.ts'), text)
        writeFileSync(join(folder, who, 'use.ts'), uses[who])
      }
      expect(wrongLines(folder)).toEqual([...marked('admin'), ...marked('rep')])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('plain Node finds the client under its name in the package', () => {
    const script = "import('fieldstone/client').then((all) => console.log(Object.keys(all).join()))"
    const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: project })
    expect(stdout.toString().trim().split(',')).toEqual(
      expect.arrayContaining(['connect', 'signIn', 'Refusal', 'Conflict']),
    )
  })
})

const head = `import { connect } from 'fieldstone/client'
import type { Schema } from './organisation.d.ts'
const org = connect<Schema>({ url: 'http://localhost', token: 'x' })
const accounts = org.sobject('Account')
`

/** Programs of people; each line that ends in "wrong" must not compile, and every other one must. */
const uses = {
  admin: `${head}
org.sobject('Acount') // wrong
export async function use(id: string): Promise<string | null> {
  await accounts.create({ Name: 'x' })
  await accounts.create({ Name: 'x', Nmae: 'y' }) // wrong
  await accounts.create({ Phone: '1' }) // wrong
  await accounts.create({ Name: 5 }) // wrong
  await accounts.update(id, { Phone: null })
  await accounts.update(id, { CreatedDate: '2026-01-01' }) // wrong
  await accounts.upsert('SourceSystemIdentifier', 'x', { Name: 'x' })
  await accounts.upsert('Phone', 'x', { Name: 'x' }) // wrong
  const account = await accounts.read(id, ['Name', 'Phone'])
  account.Website // wrong
  await accounts.read(id, ['Nmae']) // wrong
  for await (const contact of org.sobject('Contact').find({ fields: ['LastName', 'AccountId'] })) {
    const name: string | null = contact.LastName
    const wrong: number = contact.LastName // wrong
    void [name, wrong]
  }
  const billing = await accounts.read(id, ['BillingAddress'])
  return billing.BillingAddress?.city ?? account.Name
}
`,
  rep: `${head}
org.sobject('Case') // wrong
export async function use(id: string): Promise<void> {
  await accounts.read(id, ['Phone'])
  await accounts.read(id, ['AnnualRevenue']) // wrong
  await accounts.create({ Name: 'x', Phone: '1' })
  await org.sobject('User').create({ LastName: 'x' }) // wrong
}
`,
}

type Who = keyof typeof uses

function marked(who: Who): readonly string[] {
  return uses[who]
    .split('\n')
    .flatMap((line, index) => (line.endsWith('// wrong') ? [`${who}/use.ts:${index + 1}`] : []))
}

/** Where the compiler complains, in files of the folder; strict, as programs with a care for types are. */
function wrongLines(folder: string): readonly string[] {
  const options = {
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: [],
    lib: ['ES2022', 'DOM', 'DOM.Iterable'],
    paths: { 'fieldstone/client': [join(project, 'client', 'index.ts')] },
  }
  const files = ['admin/use.ts', 'rep/use.ts']
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files }))
  const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { cwd: folder })
  const found = [...stdout.toString().matchAll(/^(\S+)\((\d+),\d+\): error/gm)]
  return [...new Set(found.map(([, file, line]) => `${file}:${line}`))]
}
