/** The command line over a server that runs, and on the database alone; what it prints, and what it ends with. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandReference } from '../../../engine/cli/command-reference.ts'
import { commands } from '../../../engine/cli/commands/index.ts'
import { startServer, type RunningServer } from '../../../engine/http/server.ts'
import { identifier, sql } from '../../../engine/sql/sql.ts'
import { adminName, openApi, type Api } from '../../support/api.ts'
import { runCommandLine as run, type Ran } from '../../support/command-line.ts'
import { databases } from '../../support/databases.ts'

const object = (fullName: string, fields: readonly object[]): object => ({
  fullName,
  label: fullName.replace('__c', ''),
  pluralLabel: `${fullName.replace('__c', '')}s`,
  nameField: { label: 'Name', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields,
})

const total = {
  ...{ fullName: 'Items__c', label: 'Items', type: 'Summary', summaryOperation: 'count' },
  summaryForeignKey: 'Cli_Item__c.Plan__c',
}

const plan = {
  ...{ fullName: 'Plan__c', label: 'Plan', type: 'Lookup', referenceTo: ['Cli_Plan__c'] },
  relationshipName: 'Items',
}

describe('a command line that is wrong', () => {
  it.each([
    [[], 'Usage: fieldstone'],
    [['conjure'], "unknown command 'conjure'"],
    [['verify', '--mend'], "unknown option '--mend'"],
    [['query'], "missing required argument 'soql'"],
    [['revert', '1', '2'], 'too many arguments'],
  ])('%j is told, with exit code 2', async (args, words) => {
    const { code, out, err } = await run(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(words)
  })

  it('a server without a token, or where nobody answers, ends with 3', async () => {
    const url = 'http://127.0.0.1:9'
    expect(await run(['verify', '--url', url])).toMatchObject({ code: 3, out: '' })
    const told = await run(['verify', '--url', url, '--token', 'x'])
    expect(told).toMatchObject({ code: 3, err: expect.stringContaining('Nobody answers') })
  })

  it('a database that is not there is not made', async () => {
    const told = await run(['verify'], { DATABASE_URL: 'sqlite:/nowhere/at-all.db' })
    expect(told).toMatchObject({ code: 3, out: '' })
    expect(told.err).toContain('at-all.db')
  })
})

it('the help of each command names its options and ends with 0', async () => {
  const { code, out } = await run(['--help'])
  expect(code).toBe(0)
  expect(out).toContain('Exit codes')
  for (const { name, summary } of commands) {
    expect(out).toContain(name.split(' ')[0])
    const help = await run([...name.split(' '), '--help'])
    expect(help).toMatchObject({ code: 0, err: '' })
    // Wrapped lines may be broken anywhere.
    expect(help.out.replaceAll(/\s+/g, ' ')).toContain(summary)
    expect(help.out).toContain('Examples:')
  }
  expect((await run(['verify', '--help'])).out).toContain('--repair')
})

it('the page of all commands is what they say of themselves', () => {
  const page = readFileSync(new URL('../../../docs/command-line.md', import.meta.url), 'utf8')
  expect(page, 'run `npm run docs`').toBe(commandReference())
})

it('start turns the process into the server, on the port that is named', async () => {
  const { code, out } = await run(['start', '--port', '8080'])
  expect({ code, out }).toEqual({ code: 0, out: 'serves with {"PORT":"8080"}\n' })
  expect(await run(['start', '--port', 'x'])).toMatchObject({ code: 3, out: '' })
})

it.each(['bash', 'zsh'])(
  'completion gives %s the commands, their options, and no error',
  async (shell) => {
    const { code, out } = await run(['completion', shell])
    expect(code).toBe(0)
    const asked = 'COMP_WORDS=(fieldstone user ""); COMP_CWORD=2; _fieldstone; echo ${COMPREPLY[*]}'
    const words = out.replace(/^autoload.*\n/, '')
    const { stdout, stderr } = spawnSync('bash', ['-c', `${words}\n${asked}`], { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: 'add\n', stderr: '' })
  },
)

describe.each(databases)('the command line on $name', (kind) => {
  let api: Api
  let server: RunningServer
  let planId: string

  beforeAll(async () => {
    api = await openApi(kind, {
      prepare: async (metadata) => {
        mkdirSync(join(metadata, 'objects'), { recursive: true })
        const write = (name: string, fields: readonly object[]): void =>
          writeFileSync(
            join(metadata, 'objects', `${name}.json`),
            JSON.stringify(object(name, fields)),
          )
        write('Cli_Plan__c', [total])
        write('Cli_Item__c', [plan])
      },
    })
    const log = pino({ level: 'silent' })
    server = await startServer(api.engine.app, { host: '127.0.0.1', port: 0, log })
    planId = await create('Cli_Plan__c', { Name: 'A plan' })
    for (const Name of ['x', 'y']) await create('Cli_Item__c', { Name, Plan__c: planId })
  })
  afterAll(async () => {
    await server.stop()
    await api.close()
  })

  async function create(name: string, body: unknown): Promise<string> {
    const path = `/services/data/v67.0/sobjects/${name}`
    return String((await api.ask('POST', path, { as: 'admin', body })).json['id'])
  }

  const asked = (...args: readonly string[]): Promise<Ran> =>
    run([...args, '--url', `http://127.0.0.1:${server.port}`, '--token', api.tokens.admin])

  const spoil = (): Promise<unknown> =>
    api.database.storage.write((tx) =>
      tx.run(sql`update ${identifier('Cli_Plan__c')} set ${identifier('Items__c')} = 7`),
    )

  it('verify finds a wrong roll-up, and repairs it when told so', async () => {
    const right =
      /^Every roll-up summary is right\.\nHistory and audit trail: \d+ rows, all as they were written\.\n$/
    const all = { code: 0, out: expect.stringMatching(right), err: '' }
    expect(await asked('verify')).toEqual(all)
    await spoil()
    const found = await asked('verify', '--json')
    expect(found.code).toBe(1)
    const wrong = [
      { object: 'Cli_Plan__c', field: 'Items__c', id: planId, stored: '7', computed: '2' },
    ]
    expect(JSON.parse(found.out)).toMatchObject({ wrong, repaired: 0 })
    const line = `Cli_Plan__c.Items__c of ${planId}: 7 is stored, its children make 2.`
    const mended = await asked('verify', '--repair')
    const told = `${line}\n1 wrong. Repaired: 1 records.\n`
    expect(mended).toMatchObject({ code: 0, out: expect.stringContaining(told) })
    expect((await asked('verify')).code).toBe(0)
  })

  it('plan says what a file would do, apply does it, revert takes it back', async () => {
    const file = join(api.folder, 'changes.json')
    const fullName = 'Cli_Plan__c.Note__c'
    const body = { label: 'Note', type: 'Text', length: 20 }
    writeFileSync(file, JSON.stringify([{ type: 'CustomField', fullName, body }]))
    const planned = await asked('plan', file)
    expect(planned).toMatchObject({ code: 0, out: expect.stringContaining('Note__c') })
    const applied = await asked('apply', file, '--json')
    expect(applied.code).toBe(0)
    const query = 'SELECT Name, Note__c FROM Cli_Plan__c'
    const [record] = (await asked('query', query)).out.trim().split('\n')
    expect(JSON.parse(record ?? '')).toMatchObject({ Name: 'A plan', Note__c: null })
    expect((await asked('diff')).code).toBe(0)
    const { number } = JSON.parse(applied.out) as { number: number }
    expect((await asked('revert', String(number), '--dry-run')).code).toBe(0)
    expect((await asked('query', query)).code).toBe(0)
    expect((await asked('revert', String(number))).code).toBe(0)
    const gone = await asked('query', query)
    expect(gone).toMatchObject({ code: 3, err: expect.stringContaining('INVALID_FIELD') })
  })

  it('what loses data is applied with consent alone', async () => {
    const fullName = 'Cli_Plan__c.Word__c'
    const change = async (more: object, ...options: readonly string[]): Promise<Ran> => {
      const file = join(api.folder, 'word.json')
      writeFileSync(file, JSON.stringify({ changes: [{ type: 'CustomField', fullName, ...more }] }))
      return asked('apply', file, ...options)
    }
    await change({ body: { label: 'Word', type: 'Text', length: 20 } })
    const path = `/services/data/v67.0/sobjects/Cli_Plan__c/${planId}`
    await api.ask('PATCH', path, { as: 'admin', body: { Word__c: 'kept' } })
    const held = await change({ delete: true })
    expect(held).toMatchObject({ code: 1, out: expect.stringContaining('--consent') })
    expect((await asked('query', 'SELECT Word__c FROM Cli_Plan__c')).out).toContain('kept')
    expect((await change({ delete: true }, '--consent')).code).toBe(0)
    expect((await asked('query', 'SELECT Word__c FROM Cli_Plan__c')).code).toBe(3)
  })

  it.each(['no JSON', '{"changes": 1}', '[]', '[{"type": "CustomField"}]', 'null'])(
    'a file that holds %s is refused, not understood halfway',
    async (text) => {
      const file = join(api.folder, 'wrong.json')
      writeFileSync(file, text)
      const told = await asked('plan', file)
      expect(told).toMatchObject({ code: 3, out: '' })
      expect(told.err).not.toBe('')
      expect(await asked('plan', join(api.folder, 'none.json'))).toMatchObject({ code: 3, out: '' })
    },
  )

  it('a user is added with a password, made or given, and signs in', async () => {
    const add = (username: string, ...more: readonly string[]) =>
      run(
        ['user', 'add', username, '--last-name', "O'Hara", ...more],
        {
          FIELDSTONE_URL: `http://127.0.0.1:${server.port}`,
          FIELDSTONE_TOKEN: api.tokens.admin,
        },
        'a long word of mine\n',
      )
    const made = await add('cli-one@example.com', '--json')
    expect(made.code).toBe(0)
    const { password } = JSON.parse(made.out) as { password: string }
    const given = await add('cli-two@example.com', '--password-stdin')
    expect(given).toMatchObject({ code: 0, out: expect.not.stringContaining('long word') })
    for (const [username, secret] of [
      ['cli-one@example.com', password],
      ['cli-two@example.com', 'a long word of mine'],
    ] as const) {
      const address = { address: '127.0.0.1' }
      const signIn = { ...address, username, password: secret }
      expect((await api.engine.auth.signIn(signIn)).user.name).toContain("O'Hara")
    }
    const twice = await add('cli-one@example.com')
    expect(twice).toMatchObject({ code: 3, out: '' })
    const lost = await add('cli-three@example.com', '--profile', "No' OR Name != '")
    expect(lost).toMatchObject({ code: 3, err: expect.stringContaining('There is no profile') })
  })

  it('without a server the same commands open the database themselves', async () => {
    await spoil()
    await server.stop()
    await api.engine.close()
    const environment = {
      DATABASE_URL: api.database.url,
      METADATA_DIR: join(api.folder, 'metadata'),
      ENCRYPTION_KEY_FILE: join(api.folder, 'encryption.key'),
      ADMIN_USERNAME: adminName,
    }
    expect((await run(['verify'], environment)).code).toBe(1)
    expect((await run(['verify', '--repair'], environment)).code).toBe(0)
    const { out } = await run(['query', 'SELECT Items__c FROM Cli_Plan__c', '--json'], environment)
    expect(JSON.parse(out)).toMatchObject([{ Items__c: 2 }])
  })
})
