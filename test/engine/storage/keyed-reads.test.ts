/** Single rows read together: each caller gets the own row, or the own error. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuse } from '../../../engine/base/refusal.ts'
import { hole, identifier, render, sql, type Statement } from '../../../engine/sql/sql.ts'
import { createKeyedReads } from '../../../engine/storage/keyed-reads.ts'
import type { Storage } from '../../../engine/storage/storage.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'

/** What the reads ask of the storage: how many keys each statement held. */
function counting(storage: Storage): { read: Storage['read']; readonly sizes: number[] } {
  const sizes: number[] = []
  const read: Storage['read'] = (query, options) => {
    const keys: unknown = JSON.parse(String(options?.holes?.['keys']))
    sizes.push(Array.isArray(keys) ? keys.length : 0)
    return storage.read(query, options)
  }
  return { read, sizes }
}

describe.each(databases)('reads by key on $name', ({ open }) => {
  let database: OpenDatabase
  let query: Statement

  beforeAll(async () => {
    database = await open()
    const { storage } = database
    const { dialect } = storage
    const table = identifier('town')
    await storage.write(async (tx) => {
      await tx.run(sql`create table ${table} (id text primary key, size integer)`)
      for (let index = 0; index < 250; index++) {
        await tx.run(sql`insert into ${table} values (${`t${index}`}, ${index})`)
      }
    })
    const id = identifier('id')
    const keys = dialect.rows(sql`${hole('keys')}`, [{ name: id, kind: { kind: 'id' } }])
    // The key t7 makes the statement fail: ten divided by nothing, or a number that is none.
    const size =
      dialect.name === 'sqlite'
        ? sql`iif(size = 7, abs(-9223372036854775807 - 1), size)`
        : sql`10 / (size - 7) * 0 + size`
    query = render(
      sql`select id as row_key, ${size} as size from ${table} where id in (select r.${id} from ${keys} as r)`,
      dialect,
    )
  })
  afterAll(() => database.close())

  it('who waits together is served by one statement, each with the own row', async () => {
    const storage = counting(database.storage)
    const reads = createKeyedReads(storage)
    const keys = ['t3', 't99', 'nowhere', 't3', "t'); drop table town; --"]
    const rows = await Promise.all(keys.map((key) => reads.read(query, key)))
    expect(rows.map((row) => row?.['size'])).toEqual([3, 99, undefined, 3, undefined])
    expect(storage.sizes).toEqual([5])
  })

  it('a crowd is served in parts, and nobody is forgotten', async () => {
    const storage = counting(database.storage)
    const reads = createKeyedReads(storage)
    const numbers = Array.from({ length: 240 }, (_, index) => 249 - index)
    const rows = await Promise.all(numbers.map((number) => reads.read(query, `t${number}`)))
    expect(rows.map((row) => row?.['size'])).toEqual(numbers)
    expect(storage.sizes).toEqual([100, 100, 40])
  })

  it('who comes while others are read is served after them', async () => {
    const reads = createKeyedReads(database.storage)
    const first = reads.read(query, 't1')
    await new Promise((resolve) => setImmediate(resolve))
    const later = Promise.all(['t2', 't3', 't4'].map((key) => reads.read(query, key)))
    expect((await first)?.['size']).toBe(1)
    expect((await later).map((row) => row?.['size'])).toEqual([2, 3, 4])
  })

  it('a row that cannot be read fails for whoever asked for it alone', async () => {
    const reads = createKeyedReads(database.storage)
    const outcomes = await Promise.allSettled(
      ['t6', 't7', 't8'].map((key) => reads.read(query, key)),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('a refusal concerns all who waited, and is not tried again', async () => {
    let asked = 0
    const reads = createKeyedReads({
      read: () => {
        asked += 1
        return Promise.reject(refuse('QUERY_TIMEOUT', 'too slow'))
      },
    })
    const outcomes = await Promise.allSettled(['t1', 't2'].map((key) => reads.read(query, key)))
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(asked).toBe(1)
  })

  it('reads after a write see what was written', async () => {
    const reads = createKeyedReads(database.storage)
    for (let size = 1_000; size < 1_010; size++) {
      await database.storage.write((tx) =>
        tx.run(sql`update town set size = ${size} where id = 't5'`),
      )
      expect((await reads.read(query, 't5'))?.['size']).toBe(size)
    }
  })
})
