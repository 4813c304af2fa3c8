/**
 * One file: what is refused at the start, and what happens when the disk, the file or the process
 * fails.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sqlite3 from 'sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { integerLiteral, sql } from '../../../../engine/sql/sql.ts'
import { openSqlite, type SqliteOptions } from '../../../../engine/storage/sqlite/open-sqlite.ts'
import type { Storage } from '../../../../engine/storage/storage.ts'

let folder: string
let file: string
const opened: Storage[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
  file = join(folder, 'org.db')
})
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(options: Partial<SqliteOptions> = {}): Promise<Storage> {
  const storage = await openSqlite({ file, readers: 2, ...options })
  opened.push(storage)
  return storage
}

/** A closed database with a table of some hundred pages. */
async function makeDatabase(): Promise<void> {
  const storage = await open({ create: true })
  await storage.write(async (tx) => {
    await tx.run(sql`create table t (n integer primary key, body text)`)
    await tx.run(
      sql`insert into t with recursive c(n) as (select 1 union all select n + 1 from c where n < 3000) select n, hex(zeroblob(200)) from c`,
    )
  })
  await storage.close()
}

function insert(storage: Storage, n: number): Promise<number> {
  return storage.write((tx) =>
    tx.run(sql`insert into t (n, body) values (${n}, hex(zeroblob(500)))`),
  )
}

async function count(storage: Storage): Promise<unknown> {
  const [row] = await storage.read(sql`select count(*) as n from t`)
  return row?.['n']
}

/** The files of the folder by the digest of their content, without the lock and an empty log. */
function content(): Map<string, string> {
  const digest = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
  const names = readdirSync(folder).filter(
    (name) =>
      !/\.lock|-shm/.test(name) &&
      !(name.endsWith('-wal') && statSync(join(folder, name)).size === 0),
  )
  return new Map(names.map((name) => [name, digest(name)]))
}

describe('a start is refused, and nothing is changed, when', () => {
  async function expectRefusal(reason: RegExp): Promise<void> {
    const before = content()
    await expect(open({ create: true })).rejects.toThrow(reason)
    await expect(open()).rejects.toThrow(reason)
    expect(content()).toEqual(before)
  }

  test('there is no file, unless one is to be made', async () => {
    await expect(open()).rejects.toThrow('there is no database')
    expect(existsSync(file)).toBe(false)
    await open({ create: true })
    expect(existsSync(file)).toBe(true)
  })

  test('the file is empty', async () => {
    writeFileSync(file, '')
    await expectRefusal(/is empty/)
  })

  test('the file is empty and its write-ahead log is there', async () => {
    writeFileSync(file, '')
    writeFileSync(`${file}-wal`, 'x'.repeat(5_000))
    await expectRefusal(/is empty/)
  })

  test('the file is missing but its write-ahead log is there', async () => {
    writeFileSync(`${file}-wal`, 'x'.repeat(5_000))
    await expectRefusal(/write-ahead log/)
  })

  test('the file is something else', async () => {
    writeFileSync(file, 'a text of somebody else, long enough to be a header '.repeat(10))
    await expectRefusal(/not a SQLite database/)
  })

  test('the file is the database of another program', async () => {
    await new Promise<void>((resolve, reject) => {
      const foreign = new sqlite3.Database(file)
      foreign.exec('create table theirs (a)')
      foreign.close((error) => (error === null ? resolve() : reject(error)))
    })
    await expectRefusal(/another program/)
  })

  test('the file was cut off', async () => {
    await makeDatabase()
    truncateSync(file, Math.floor(statSync(file).size / 2))
    await expectRefusal(/cut off/)
  })

  test('pages were overwritten', async () => {
    await makeDatabase()
    const handle = openSync(file, 'r+')
    writeSync(handle, Buffer.alloc(40_960, 0xa5), 0, 40_960, 4_096 * 20)
    closeSync(handle)
    await expectRefusal(/is damaged/)
  })

  test('another server uses it, by whatever name', async () => {
    await makeDatabase()
    await open()
    await expect(open()).rejects.toThrow('another server uses the database')
    symlinkSync(file, join(folder, 'link.db'))
    await expect(open({ file: join(folder, 'link.db') })).rejects.toThrow('another server')
  })
})

test('a draft left by a killed start is no hindrance', async () => {
  writeFileSync(`${file}.new`, 'half')
  writeFileSync(`${file}.new-wal`, 'half')
  const storage = await open({ create: true })
  await storage.write((tx) => tx.run(sql`create table t (n integer)`))
  expect(await count(storage)).toBe(0)
})

test('the settings that keep data safe are on', async () => {
  const storage = await open({ create: true })
  const settings = await storage.write(async (tx) => {
    const values: unknown[] = []
    for (const query of [
      sql`pragma journal_mode`,
      sql`pragma synchronous`,
      sql`pragma foreign_keys`,
      sql`pragma trusted_schema`,
    ]) {
      values.push(...(await tx.read(query)).flatMap((row) => Object.values(row)))
    }
    return values
  })
  expect(settings).toEqual(['wal', 2, 1, 0])
  await expect(storage.read(sql`create table t (n integer)`)).rejects.toMatchObject({
    kind: 'read-only',
  })
})

test('a kill loses nothing that was answered, and frees the file', async () => {
  const script = join(import.meta.dirname, 'hold-database.mjs')
  const child = spawn(process.execPath, ['--import', 'tsx', script, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      if (told.length > 2_000) resolve()
    })
  })
  await expect(open()).rejects.toThrow('another server')
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('close', resolve))
  const answered = told.split('\n').filter((line) => line !== '').length
  const storage = await open()
  expect(await count(storage)).toBeGreaterThanOrEqual(answered)
})

describe('after a failure of the disk writes go on without a restart', () => {
  test('when it was full', async () => {
    await makeDatabase()
    const storage = await open()
    const [pages] = await storage.write((tx) => tx.read(sql`pragma page_count`))
    const present = Number(pages?.['page_count'])
    await storage.runAlone(sql`pragma max_page_count = ${integerLiteral(present + 3)}`)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => insert(storage, 10_000 + index)),
    )
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused) expect(reason).toMatchObject({ kind: 'full' })
    expect(await count(storage)).toBe(3_000 + 60 - refused.length)
    expect(storage.health().writable).toBe(false)
    await storage.runAlone(sql`pragma max_page_count = 1000000`)
    await insert(storage, 20_000)
    expect(storage.health().writable).toBe(true)
  })

  test('when it was read-only', async () => {
    await makeDatabase()
    const storage = await open()
    await storage.runAlone(sql`pragma query_only = on`)
    await expect(insert(storage, 10_000)).rejects.toMatchObject({ kind: 'read-only' })
    expect(await count(storage)).toBe(3_000)
    // Health finds out by itself that it is over.
    await expect.poll(() => storage.health().writable).toBe(true)
    await insert(storage, 10_000)
    expect(await count(storage)).toBe(3_001)
  })

  test('when the file was moved away and came back', async () => {
    await makeDatabase()
    const storage = await open()
    await insert(storage, 10_000)
    renameSync(file, `${file}.elsewhere`)
    await expect(insert(storage, 10_001)).rejects.toMatchObject({ kind: 'disconnected' })
    copyFileSync(`${file}.elsewhere`, file)
    await expect(insert(storage, 10_002)).rejects.toMatchObject({ kind: 'disconnected' })
    renameSync(`${file}.elsewhere`, file)
    await insert(storage, 10_003)
  })
})

describe('the write-ahead log', () => {
  const walBytes = (): number => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0

  test('stays small under overlapping reads', async () => {
    await makeDatabase()
    const walBytesMax = 1024 * 1024
    const storage = await open({ limits: { walBytesMax } })
    let done = false
    const reading = Array.from({ length: 4 }, async () => {
      while (!done) await storage.read(sql`select max(n) as n, sum(length(body)) as s from t`)
    })
    let largest = 0
    for (let round = 0; round < 60; round++) {
      await storage.write((tx) =>
        tx.run(sql`update t set body = hex(zeroblob(${200 - (round % 2)}))  where n < 500`),
      )
      largest = Math.max(largest, walBytes())
    }
    done = true
    await Promise.all(reading)
    expect(largest).toBeLessThan(8 * walBytesMax)
  })

  test('is emptied when nobody writes', async () => {
    await makeDatabase()
    const storage = await open({ limits: { walIdleMs: 50 } })
    await insert(storage, 10_000)
    await expect.poll(walBytes).toBe(0)
    expect(await count(storage)).toBe(3_001)
  })
})

test('a foreign key that is checked at the commit refuses only the unit that broke it', async () => {
  const storage = await open({ create: true })
  await storage.write(async (tx) => {
    await tx.run(sql`create table parent (id integer primary key)`)
    await tx.run(
      sql`create table child (id integer primary key, parent integer references parent (id) deferrable initially deferred)`,
    )
    await tx.run(sql`insert into parent values (1)`)
  })
  const outcomes = await Promise.allSettled(
    [1, 1, 2, 1].map((parent, id) =>
      storage.write((tx) => tx.run(sql`insert into child values (${id}, ${parent})`)),
    ),
  )
  expect(outcomes.map((outcome) => outcome.status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
})

test('a number beyond 2^53 in a column is an error, not another number', async () => {
  const storage = await open({ create: true })
  await expect(storage.read(sql`select 9007199254740993 as n`)).rejects.toThrow('read it as text')
})
