/** Backup and restore: the same organisation afterwards, files and all, on the same database and on the other; nothing damaged gets in. */
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { RowHash } from '../../../engine/cli/backup/archive.ts'
import { engineTables } from '../../../engine/cli/backup/tables-to-save.ts'
import { sql } from '../../../engine/sql/sql.ts'
import { openApi, type Api } from '../../support/api.ts'
import { runCommandLine, type Ran } from '../../support/command-line.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'

const own = '/services/fieldstone/v1'
const accounts = '/services/data/v67.0/sobjects/Account'
const versions = '/services/data/v67.0/sobjects/ContentVersion'

describe.each(databases)('backup and restore on $name', (kind) => {
  const [other] = databases.filter(({ name }) => name !== kind.name)
  let api: Api
  let file: string
  /** Records that hold contents. */
  const held: string[] = []

  beforeAll(async () => {
    api = await openApi(kind)
    file = join(api.folder, 'one.fsb')
    const field = (name: string, body: object) =>
      api.ask('PUT', `${own}/metadata/CustomField/Account.${name}`, { as: 'admin', body })
    for (const name of ['Gone__c', 'Exact__c']) {
      await field(name, { label: name, type: 'Currency', precision: 18, scale: 2 })
    }
    const values = { Gone__c: -0.05, Exact__c: '1234567890123456.78' }
    for (const Name of ['Ünï \u2028 "line"\n', "O'Hara; --", '日本']) {
      const body = { Name, ...values, Description: 'x'.repeat(5_000) }
      expect((await api.ask('POST', accounts, { as: 'admin', body })).status).toBe(201)
    }
    // The second is larger than what is kept in memory on its way.
    for (const [PathOnClient, content] of [
      ['Terms.txt', Buffer.from('Terms')],
      ['Ledger.txt', Buffer.alloc(limits.fileInMemoryBytesMax + 77_777, 'A row of the ledger\n')],
    ] as const) {
      const body = { PathOnClient, VersionData: content.toString('base64') }
      const told = await api.ask('POST', versions, { as: 'admin', body })
      expect(told.status).toBe(201)
      held.push(String(told.json['id']))
    }
    // Kept with its data, in a column of no field.
    await api.ask('DELETE', `${own}/metadata/CustomField/Account.Gone__c?consent=true`, {
      as: 'admin',
    })
  })
  afterAll(() => api.close())

  const environment = (url: string, files = 'files'): Readonly<Record<string, string>> => ({
    DATABASE_URL: url,
    FILES_DIR: join(api.folder, files),
    METADATA_DIR: join(api.folder, 'metadata'),
    ENCRYPTION_KEY_FILE: join(api.folder, 'encryption.key'),
    ADMIN_USERNAME: 'admin@example.com',
  })
  const run = (url: string, ...args: readonly string[]): Promise<Ran> =>
    runCommandLine(args, environment(url))
  const runOn = (url: string, files: string, ...args: readonly string[]): Promise<Ran> =>
    runCommandLine(args, environment(url, files))

  /** An empty database of another kind, closed so that the command can open it. */
  async function empty(target = kind): Promise<OpenDatabase> {
    const opened = await target.open()
    await opened.storage.close()
    return opened
  }

  it('saves beside a server that works on the database, and knows every table of it', async () => {
    const made = await run(api.database.url, 'backup', file, '--json')
    expect(made).toMatchObject({ code: 0, err: '' })
    const report = JSON.parse(made.out) as { rows: number; leftOut: unknown; sha256: string }
    expect(report).toMatchObject({ leftOut: [], file, files: { files: 2, lacking: 0 } })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(existsSync(`${file}.partial`)).toBe(false)
    const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n')
    const saved = lines.flatMap((line) => {
      const { table } = JSON.parse(line) as { table?: { name: string } }
      return table === undefined ? [] : [table.name]
    })
    const known = new Set(engineTables.map(({ name }) => name))
    const present = (await api.database.storage.tables()).map(({ name }) => name)
    const ours = present.filter((name) => name.startsWith('fs_') && !name.startsWith('fs_f_'))
    expect(ours.filter((name) => !known.has(name))).toEqual([])
    const objects = present.filter((name) => !name.startsWith('fs_'))
    expect(saved).toEqual(expect.arrayContaining(objects))
    const again = await run(api.database.url, 'backup', file)
    expect(again).toMatchObject({ code: 3, out: '', err: expect.stringContaining('already') })
  })

  it('writes go on while it reads, and are not in it', async () => {
    const during = join(api.folder, 'during.fsb')
    const [made] = await Promise.all([
      run(api.database.url, 'backup', during),
      ...Array.from({ length: 20 }, (_, at) =>
        api.ask('POST', accounts, { as: 'admin', body: { Name: `Meanwhile ${at}` } }),
      ),
    ])
    expect(made.code).toBe(0)
    expect((await run('sqlite:/unused.db', 'restore', '--check', during)).code).toBe(0)
  })

  it('restores the same values on the other database over what an interrupted restore left, and the server starts on them', async () => {
    const target = other ?? kind
    const fresh = await target.open()
    // What an interrupted restore left is no organisation, and the next restore takes it away.
    await fresh.storage.write(async (tx) => {
      await tx.run(sql`create table fs_restoring (begun_at bigint not null)`)
      await tx.run(sql`create table half (one text)`)
    })
    await fresh.storage.close()
    const started = await run(fresh.url, 'query', 'SELECT Id FROM Account')
    const unfinished = expect.stringContaining('did not come to its end')
    expect(started).toMatchObject({ code: 3, err: unfinished })
    expect((await run(fresh.url, 'backup', join(api.folder, 'half.fsb'))).code).toBe(3)
    const done = await runOn(fresh.url, 'again', 'restore', file, '--json')
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(done.out)).toMatchObject({ files: { restored: 2, present: 0, missing: 0 } })
    expect(filesIn(join(api.folder, 'again'))).toEqual(filesIn(join(api.folder, 'files')))
    const second = join(api.folder, `${target.name}.fsb`)
    expect((await runOn(fresh.url, 'again', 'backup', second)).code).toBe(0)
    expect(contentOf(second)).toEqual(contentOf(file))
    const soql = "SELECT Name, Exact__c FROM Account WHERE Name LIKE '%Hara%'"
    const found = await run(fresh.url, 'query', soql, '--json')
    expect(JSON.parse(found.out)).toMatchObject([{ Name: "O'Hara; --" }])
    expect(found.out).toContain('1234567890123456.78')
    const storage = await fresh.reopen()
    const names = (await storage.tables()).map(({ name }) => name)
    expect(names.filter((name) => name === 'half' || name === 'fs_restoring')).toEqual([])
    const twice = await run(fresh.url, 'restore', file)
    expect(twice).toMatchObject({ code: 3, out: '' })
    const [row] = await storage.read(sql`select count(*) as n from fs_component`)
    expect(Number(row?.['n'])).toBeGreaterThan(100)
    await fresh.close()
  })

  // Where the rows come from is of no account here.
  it.runIf(kind.name === 'sqlite')(
    'says which files it lacks, and takes those that are in their place',
    async () => {
      const without = join(api.folder, 'without.fsb')
      const left = await run(api.database.url, 'backup', without, '--no-files')
      expect(left).toMatchObject({ code: 0, err: expect.stringContaining('are not in it') })
      const old = join(api.folder, 'old.fsb')
      writeFileSync(old, asFormat1(file))
      for (const one of [without, old]) {
        const told = await run('sqlite:/unused.db', 'restore', '--check', one)
        expect(told).toMatchObject({ code: 0, err: expect.stringContaining('contents of 2 files') })
      }
      // One was damaged in the store when it was saved; the other lies there already where it is restored.
      const worn = join(api.folder, 'worn')
      cpSync(join(api.folder, 'files'), worn, { recursive: true })
      const [ledger = '', terms = ''] = [...filesIn(worn).keys()].sort(
        (one, two) => statSync(join(worn, two)).size - statSync(join(worn, one)).size,
      )
      writeFileSync(join(worn, terms), 'Worms')
      const half = join(api.folder, 'half-worn.fsb')
      const saved = await runOn(api.database.url, 'worn', 'backup', half, '--json')
      expect(saved).toMatchObject({ code: 1, err: expect.stringContaining('1 contents') })
      const there = join(api.folder, 'there')
      cpSync(join(worn, ledger), join(there, ledger), { recursive: true })
      const place = `sqlite:${join(api.folder, 'mended.db')}`
      const mended = await runOn(place, 'there', 'restore', half)
      expect(mended.code).toBe(1)
      expect(mended.err).toContain('1 contents of files were in')
      expect(mended.err).toMatch(
        new RegExp(`The contents of 1 files are neither in the backup[^]* ${held[0] ?? ''}\\.`),
      )
      expect([...filesIn(there).keys()]).toEqual([ledger])
    },
    120_000,
  )

  // Whoever made it knows how the hashes are made.
  it.runIf(kind.name === 'sqlite')(
    'refuses files whose names lead out of the store, though all its hashes are right',
    async () => {
      const bad = join(api.folder, 'hostile.fsb')
      for (const what of ['content', 'rows'] as const) {
        writeFileSync(bad, withNames(file, what, '../../escaped'))
        const place = `sqlite:${join(api.folder, 'hostile.db')}`
        for (const how of [[], ['--check']]) {
          const told = await runOn(place, 'deep/store', 'restore', bad, ...how)
          expect(told).toMatchObject({ code: 3, out: '', err: expect.stringContaining('a name') })
        }
      }
      expect(readdirSync(api.folder).filter((name) => name.startsWith('escaped'))).toEqual([])
    },
    120_000,
  )

  it('refuses what was damaged, cut off, or belongs to other keys, and leaves nothing', async () => {
    const fresh = await empty()
    const bad = join(api.folder, 'bad.fsb')
    const text = gunzipSync(readFileSync(file)).toString()
    const wrongs: readonly (readonly [Uint8Array | string, string])[] = [
      [readFileSync(file).subarray(0, 5_000), 'cut off|unpacked'],
      [gzipSync(text.split('\n').slice(0, -2).join('\n') + '\n'), 'cut off'],
      [gzipSync(text.replace("O'Hara", "O'Mara")), 'rows of a table|content'],
      [gzipSync(text.replace(base64Of('Terms'), base64Of('Worms'))), 'content of a file'],
      [gzipSync(text.replace('"format":2', '"format":3')), 'newer version'],
      [gzipSync('[]\n'), 'head'],
      ['no gzip', 'unpacked'],
    ]
    for (const [content, words] of wrongs) {
      writeFileSync(bad, content)
      for (const how of [[], ['--check']]) {
        const told = await run(fresh.url, 'restore', bad, ...how)
        expect(told).toMatchObject({ code: 3, out: '' })
        expect(told.err).toMatch(new RegExp(words))
      }
    }
    const key = join(api.folder, 'other.key')
    copyFileSync(join(api.folder, 'encryption.key'), key)
    const changed = readFileSync(key, 'utf8').replace(/"k1": "(.)/, (_, letter: string) => {
      return `"k1": "${letter === 'A' ? 'B' : 'A'}`
    })
    writeFileSync(key, changed)
    const keyed = { ...environment(fresh.url), ENCRYPTION_KEY_FILE: key }
    const told = await runCommandLine(['restore', file], keyed)
    expect(told).toMatchObject({ code: 3, err: expect.stringContaining('keys') })
    const storage = await fresh.reopen()
    expect(await storage.tables()).toEqual([])
    await fresh.close()
  })
})

const base64Of = (text: string): string => Buffer.from(text).toString('base64')

/** The contents of a store by name, as hashes. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex')
      return [path.slice(folder.length), hash] as const
    })
  return new Map(found.sort())
}

/** The archive with another name for each file, where its contents stand or where rows speak of them. */
function withNames(file: string, what: 'content' | 'rows', name: string): Buffer {
  const whole = createHash('sha256')
  let rows = new RowHash()
  let column = -1
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  const written = lines.map((text) => {
    const line = JSON.parse(text)
    if ('table' in line) {
      rows = new RowHash()
      const names = line.table.columns.map((one: { readonly name: string }) => one.name)
      column = line.table.name === 'fs_file' ? names.indexOf('name') : -1
    }
    if ('content' in line && what === 'content') line.content.name = name
    if ('rows' in line) {
      for (const row of line.rows) if (column >= 0 && what === 'rows') row[column] = name
      rows.add(line.rows)
    }
    if ('counted' in line) line.counted.sha256 = rows.digest()
    if ('end' in line) line.end.sha256 = whole.digest('hex')
    const made = `${JSON.stringify(line)}\n`
    if (!('end' in line)) whole.update(made)
    return made
  })
  return gzipSync(written.join(''))
}

/** As the version before it made them: without contents of files. */
function asFormat1(file: string): Buffer {
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  const before = lines
    .filter((line) => !/^\{"(?:content|piece|read|end)"/.test(line))
    .map((line) => `${line.replace('"format":2', '"format":1')}\n`)
  const { end } = JSON.parse(lines.at(-1) ?? '') as { readonly end: object }
  const hash = createHash('sha256').update(before.join(''))
  const last = { end: { ...end, files: undefined, sha256: hash.digest('hex') } }
  return gzipSync(`${before.join('')}${JSON.stringify(last)}\n`)
}

/** What is in it, whenever and from whatever database it was made; sessions come and go with each command. */
function contentOf(file: string): readonly unknown[] {
  let table = ''
  return gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split('\n')
    .flatMap((text) => {
      const line = JSON.parse(text) as Record<string, { name?: string }>
      table = line['table']?.name ?? table
      const isPassing = table === 'fs_session' || 'head' in line || 'end' in line
      return isPassing ? [] : [line]
    })
}
