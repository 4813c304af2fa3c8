/** What only PostgreSQL does: several nodes, row locks, a server that goes away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../../../engine/sql/sql.ts'
import { openPostgres } from '../../../../engine/storage/postgres/open-postgres.ts'
import { StorageError } from '../../../../engine/storage/storage-error.ts'
import type { Storage } from '../../../../engine/storage/storage.ts'
import { asAdministrator, freshDatabase, type FreshDatabase } from '../../../support/postgres.ts'
import { startPostgresServer, type PostgresServer } from '../../../support/postgres-server.ts'

function pauseMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

describe('two nodes on one database', () => {
  let database: FreshDatabase
  let a: Storage
  let b: Storage
  beforeAll(async () => {
    database = await freshDatabase()
    a = await openPostgres({ url: database.url, readers: 2, writers: 3 })
    b = await openPostgres({ url: database.url, readers: 2, writers: 3 })
    await a.write((tx) => tx.run(sql`create table t (id integer primary key, n integer)`))
    await a.write((tx) => tx.run(sql`insert into t values (1, 0), (2, 0)`))
  })
  afterAll(async () => {
    await a.close()
    await b.close()
    await database.drop()
  })

  test('units that lock rows in opposite order are both saved', async () => {
    const add = (storage: Storage, first: number, second: number): Promise<number> =>
      storage.write(async (tx) => {
        await tx.run(sql`update t set n = n + 1 where id = ${first}`)
        await pauseMs(20)
        return tx.run(sql`update t set n = n + 1 where id = ${second}`)
      })
    await Promise.all([add(a, 1, 2), add(b, 2, 1), add(a, 2, 1), add(b, 1, 2)])
    expect(await a.read(sql`select n from t`)).toEqual([{ n: 4 }, { n: 4 }])
  })

  test('a name is held by one of them at a time', async () => {
    let holders = 0
    const hold = (storage: Storage): Promise<number> =>
      storage.exclusive('deploy', async () => {
        holders++
        await pauseMs(30)
        return holders--
      })
    expect(await Promise.all([hold(a), hold(b), hold(a), hold(b)])).toEqual([1, 1, 1, 1])
  })

  test('a message of one reaches the other', async () => {
    const heard: string[] = []
    b.listen('model', (payload) => heard.push(payload))
    await b.notify('model', 'from b')
    await a.notify('model', 'from a')
    await expect.poll(() => heard).toEqual(['from b', 'from a'])
  })

  test('statements kept by one survive a change of columns by the other', async () => {
    const read = sql`select * from t where id = 1`
    expect(await b.read(read)).toHaveLength(1)
    await a.write((tx) => tx.run(sql`alter table t alter column n type bigint`))
    expect(await b.read(read)).toHaveLength(1)
    expect(await b.write((tx) => tx.read(read))).toHaveLength(1)
  })

  test('O8: a change of tables waits for a long read without holding up others', async () => {
    const longRead = a.read(sql`select count(*) as n, (select 1 from pg_sleep(1.5)) as s from t`)
    await pauseMs(600)
    const change = b.write((tx) => tx.run(sql`alter table t add column extra integer`))
    await pauseMs(50)
    const startedAt = performance.now()
    await b.read(sql`select id from t where id = 1`)
    expect(performance.now() - startedAt).toBeLessThan(700)
    await Promise.all([longRead, change])
    expect(await a.read(sql`select extra from t where id = 1`)).toEqual([{ extra: null }])
  })

  test('O8: an online index build waits for a long read as long as it takes', async () => {
    const impatient = await openPostgres({ url: database.url, limits: { rowLockTimeoutMs: 200 } })
    const longRead = a.read(sql`select count(*) as n, (select 1 from pg_sleep(2)) as s from t`)
    await pauseMs(700)
    await impatient.runAlone(sql`create index concurrently t_n on t (n)`)
    await longRead
    await impatient.close()
  })

  test('numbers of eight bytes come as numbers while exact, else as text', async () => {
    const rows = await a.read(
      sql`select 9007199254740991::bigint as a, 9007199254740993::bigint as b`,
    )
    expect(rows).toEqual([{ a: 9_007_199_254_740_991, b: '9007199254740993' }])
  })
})

describe('a start is refused when', () => {
  test('the server cannot be reached', async () => {
    const url = 'postgres://nobody:secret@127.0.0.1:1/none'
    const error = await openPostgres({ url }).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ kind: 'disconnected' })
    expect(String(error)).not.toContain('secret')
  })

  test('the encoding of the database is not UTF-8', async () => {
    const database = await freshDatabase()
    const name = new URL(database.url).pathname.slice(1)
    await asAdministrator(`drop database ${name}`)
    await asAdministrator(`create database ${name} template template0 encoding 'LATIN1'`)
    await expect(openPostgres({ url: database.url })).rejects.toThrow('UTF8')
    await database.drop()
  })
})

describe("the rights of the database's user", () => {
  const password = 'for-tests-only'
  let database: FreshDatabase
  let role = ''
  let url = ''
  beforeAll(async () => {
    database = await freshDatabase()
    const own = new URL(database.url)
    role = own.pathname.slice(1).replace('test_', 'role_')
    await asAdministrator(`create role ${role} login password '${password}'`)
    await asAdministrator(`alter database ${own.pathname.slice(1)} owner to ${role}`)
    own.username = role
    own.password = password
    url = own.href
  })
  afterAll(async () => {
    await database.drop()
    await asAdministrator(`drop role ${role}`)
  })

  async function warningsOf(databaseUrl: string): Promise<readonly string[]> {
    const warnings: string[] = []
    const onWarning = (message: string): void => void warnings.push(message)
    const storage = await openPostgres({ url: databaseUrl, readers: 1, writers: 1, onWarning })
    await storage.write((tx) => tx.run(sql`create table if not exists own (n integer)`))
    await storage.close()
    return warnings
  }

  test('O7: an owner of its schema and no more is right', async () => {
    expect(await warningsOf(url)).toEqual([])
  })

  test('O7: more than that is told at the start', async () => {
    await asAdministrator(
      `alter role ${role} createrole; grant pg_execute_server_program to ${role}`,
    )
    expect(await warningsOf(url)).toEqual([
      expect.stringContaining('may run programs'),
      expect.stringContaining('may create roles'),
    ])
    await asAdministrator(`alter role ${role} superuser`)
    expect(await warningsOf(url)).toEqual([expect.stringContaining('is a superuser')])
  })
})

describe('when the server goes away', () => {
  let server: PostgresServer
  let storage: Storage
  beforeAll(async () => {
    server = await startPostgresServer()
    storage = await openPostgres({
      url: server.url,
      readers: 2,
      writers: 2,
      onError: () => undefined,
    })
    await storage.write((tx) => tx.run(sql`create table t (id integer primary key)`))
  })
  afterAll(async () => {
    await storage.close()
    await server.remove()
  })

  test('requests are refused quickly, and all goes on when it is back', async () => {
    const heard: string[] = []
    storage.listen('model', (payload) => heard.push(payload))
    await storage.notify('model', 'before')
    await expect.poll(() => heard).toEqual(['before'])
    const saved: number[] = []
    let next = 1
    const unit = async (): Promise<void> => {
      const id = next++
      await storage.write((tx) => tx.run(sql`insert into t values (${id})`))
      saved.push(id)
    }
    await unit()
    const kinds = new Set<string>()
    const during = Array.from({ length: 20 }, (_, index) =>
      pauseMs(index * 5)
        .then(unit)
        .catch((error: unknown) =>
          kinds.add(error instanceof StorageError ? error.kind : String(error)),
        ),
    )
    await server.stop()
    await Promise.all(during)
    const startedAt = performance.now()
    await expect(storage.read(sql`select 1 as one`)).rejects.toMatchObject({
      kind: 'disconnected',
    })
    await expect(unit()).rejects.toMatchObject({ kind: 'disconnected' })
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    expect([...kinds].filter((kind) => kind !== 'disconnected')).toEqual([])
    expect(storage.health().writable).toBe(false)

    await server.start()
    await expect.poll(() => storage.health().writable).toBe(true)
    await unit()
    const rows = await storage.read(sql`select id from t order by id`)
    expect(rows.map((row) => row['id'])).toEqual(expect.arrayContaining(saved))
    await expect.poll(() => heard).toEqual(['before', ''])
    await storage.notify('model', 'after')
    await expect.poll(() => heard).toEqual(['before', '', 'after'])
  })
})
