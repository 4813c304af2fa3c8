/** The data commands over a server that runs: imports, exports, and trees of records there and back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type RunningServer } from '../../../engine/http/server.ts'
import { openApi, type Api } from '../../support/api.ts'
import { runCommandLine, type Ran } from '../../support/command-line.ts'
import { databases } from '../../support/databases.ts'

describe('the data commands', () => {
  let api: Api
  let server: RunningServer
  let folder: string
  beforeAll(async () => {
    api = await openApi(databases[0])
    server = await startServer(api.engine.app, {
      host: '127.0.0.1',
      port: 0,
      log: pino({ level: 'silent' }),
    })
    folder = mkdtempSync(join(tmpdir(), 'data-'))
  }, 300_000)
  afterAll(async () => {
    await server.stop()
    await api.close()
    rmSync(folder, { recursive: true })
  })

  const run = (...args: readonly string[]): Promise<Ran> => {
    const environment = {
      FIELDSTONE_URL: `http://127.0.0.1:${server.port}`,
      FIELDSTONE_TOKEN: api.tokens.admin,
    }
    return runCommandLine(args, environment)
  }
  const file = (name: string, text = ''): string => {
    const path = join(folder, name)
    if (text !== '') writeFileSync(path, text)
    return path
  }
  const found = async (soql: string): Promise<unknown> =>
    JSON.parse((await run('query', soql, '--json')).out)

  it('import rehearses, runs and takes back; refused rows are exit code 1', async () => {
    const csv = file('a.csv', 'Account Name,Phone,Odd\nCli 1,1,x\n,2,y\n')
    const load = ['data', 'import', csv, '--object', 'Account', '--map', 'odd=Site']
    const rehearsed = await run(...load, '--rehearse')
    expect(rehearsed).toMatchObject({ code: 1, err: '' })
    expect(rehearsed.out).toMatch(/^Row 2: REQUIRED_FIELD_MISSING: .*\(Name\)/)
    expect(rehearsed.out).toContain('Rehearsed, nothing kept: 1 added, 0 changed, 1 refused.')
    const { code, out } = await run(...load, '--json')
    const { id, created } = JSON.parse(out) as { id: string; created: number }
    expect({ code, created }).toEqual({ code: 1, created: 1 })
    const soql = "SELECT Name, Phone, Site FROM Account WHERE Name LIKE 'Cli%'"
    expect(await found(soql)).toMatchObject([{ Name: 'Cli 1', Phone: '1', Site: 'x' }])
    const undone = await run('data', 'import', '--undo', id)
    expect(undone).toEqual({ code: 0, out: '1 taken back, 0 refused.\n', err: '' })
    expect(await found(soql)).toEqual([])
  })

  it('what is wrong with the words or the file is told, with exit code 3', async () => {
    const csv = file('b.csv', 'Name,Elsewhere\nX,1\n')
    const wrong = await Promise.all([
      run('data', 'import', csv),
      run('data', 'import', file('none.csv'), '--object', 'Account'),
      run('data', 'import', csv, '--object', 'Nothing__c'),
      run('data', 'import', csv, '--object', 'Account', '--map', 'Nowhere=Name'),
      run('data', 'import', csv, '--object', 'Account', '--external-id', 'Phone'),
      run('data', 'export'),
      run('data', 'tree', 'import', csv),
      run('data', 'tree', 'import'),
    ])
    expect(wrong.map(({ code }) => code)).toEqual(wrong.map(() => 3))
    expect(wrong.map(({ out }) => out)).toEqual(wrong.map(() => ''))
    const words = wrong.map(({ err }) => err.split('\n').at(-2))
    expect(words[1]).toContain('none.csv cannot be read (ENOENT)')
    expect(words[3]).toContain('no such column')
    expect(wrong[6]?.err).toContain('is no JSON')
  })

  it('trees go out with references and come back linked; export writes CSV and JSON', async () => {
    const parent = file('p.csv', 'Name\nTree =1\n')
    await run('data', 'import', parent, '--object', 'Account')
    const [account] = (await found("SELECT Id FROM Account WHERE Name = 'Tree =1'")) as {
      Id: string
    }[]
    const contacts = file('c.csv', `LastName,AccountId\nTwig,${account?.Id}\nLeaf,${account?.Id}\n`)
    expect(await run('data', 'import', contacts, '--object', 'Contact')).toMatchObject({ code: 0 })
    const accounts = "SELECT Id, Name FROM Account WHERE Name = 'Tree =1'"
    const people = "SELECT LastName, AccountId FROM Contact WHERE Account.Name = 'Tree =1'"
    const out = await run(
      ...['data', 'tree', 'export', '--output-dir', join(folder, 'tree')],
      ...['--query', accounts, people],
    )
    expect(out).toMatchObject({ code: 0, err: '' })
    const written: unknown = JSON.parse(readFileSync(join(folder, 'tree', 'Contacts.json'), 'utf8'))
    expect(written).toMatchObject({
      records: [
        { attributes: { referenceId: 'ContactRef1' }, AccountId: '@AccountRef1' },
        { AccountId: '@AccountRef1' },
      ],
    })
    const back = await run('data', 'tree', 'import', '--plan', join(folder, 'tree', 'plan.json'))
    expect(back).toEqual({ code: 0, out: 'Account: 1 created\nContact: 2 created\n', err: '' })
    expect(await found(people)).toHaveLength(4)
    const csv = await run('data', 'export', `${accounts} ORDER BY Id`)
    expect(csv.out.split('\r\n')[0]).toBe('"Id","Name"')
    const target = file('out.json')
    await run('data', 'export', people, '--json', '--output', target)
    expect(JSON.parse(readFileSync(target, 'utf8'))).toHaveLength(4)
    const all = await run('data', 'export', '--object', 'Contact', '--raw')
    expect(all.out).toContain('"Twig"')
  })
})
