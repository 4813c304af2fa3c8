/** Reads and their deadlines, the catalogue, locks and messages. */
import { beforeAll, describe, expect, test } from 'vitest'
import { hole, render, sql } from '../../engine/sql/sql.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import { endless, errorOf, insertNote, kindOf, note, pauseMs } from './storage-notes.ts'

export function storageServices(storageNow: () => Storage): void {
  let storage: Storage
  beforeAll(() => {
    storage = storageNow()
  })

  describe('reads', () => {
    test('fill holes of a kept statement', async () => {
      await storage.write((tx) => insertNote(tx, 'a', 'one'))
      const kept = render(
        sql`select body from ${note} where id = ${hole('id')} or body = ${hole('id')}`,
        storage.dialect,
      )
      expect(await storage.read(kept, { holes: { id: 'a' } })).toEqual([{ body: 'one' }])
      expect(await storage.read(kept, { holes: { id: 'one' } })).toEqual([{ body: 'one' }])
      expect(await storage.read(kept, { holes: { id: 'b' } })).toEqual([])
    })

    test('end at their deadline, and the connection serves on', async () => {
      const late = Array.from({ length: 6 }, () =>
        kindOf(storage.read(endless, { deadlineMs: 300 })),
      )
      expect(new Set(await Promise.all(late))).toEqual(new Set(['QUERY_TIMEOUT']))
      for (let index = 0; index < 10; index++) {
        expect(await storage.read(sql`select 1 as one`)).toEqual([{ one: 1 }])
      }
    })

    test('that are quick are not kept waiting by slow ones', async () => {
      const slow = Array.from({ length: 12 }, () =>
        kindOf(storage.read(endless, { deadlineMs: 2_500 })),
      )
      await pauseMs(800)
      const startedAt = performance.now()
      for (let index = 0; index < 20; index++) await storage.read(sql`select 1 as one`)
      expect(performance.now() - startedAt).toBeLessThan(1_000)
      await storage.write((tx) => insertNote(tx, 'a'))
      await Promise.all(slow)
    })

    test('go on while columns are added and dropped', async () => {
      await storage.write((tx) => insertNote(tx, 'a'))
      const read = sql`select * from ${note}`
      for (let round = 0; round < 3; round++) {
        await storage.write((tx) => tx.run(sql`alter table ${note} add column extra integer`))
        expect(await storage.read(read)).toEqual([{ id: 'a', body: 'x', size: null, extra: null }])
        await storage.write((tx) => tx.run(sql`alter table ${note} drop column extra`))
        expect(await storage.read(read)).toEqual([{ id: 'a', body: 'x', size: null }])
      }
    })
  })

  test('tells the tables with their columns and indexes', async () => {
    const tables = await storage.tables()
    expect(tables.map((table) => table.name)).toEqual(['note', 'rule'])
    expect(await storage.tableNames()).toEqual(new Set(['note', 'rule']))
    const rule = tables[1]
    expect(rule?.columns.map((column) => column.name)).toEqual([
      'id',
      'code',
      'kind',
      'need',
      'amount',
      'note',
    ])
    expect(rule?.columns[3]).toMatchObject({ name: 'need', notNull: true })
    expect(rule?.columns[1]?.type.toLowerCase()).toBe('text')
    expect(rule?.indexes).toEqual([{ name: 'rule_code', unique: true }])
  })

  test('runs a statement outside of transactions', async () => {
    const online = storage.dialect.onlineIndexBuild ? sql` concurrently` : sql``
    await storage.runAlone(sql`create index${online} note_size on ${note} (size)`)
    const [table] = await storage.tables()
    expect(table?.indexes).toEqual([{ name: 'note_size', unique: false }])
    await storage.runAlone(sql`drop index note_size`)
  })

  describe('an exclusive name', () => {
    test('has one holder at a time', async () => {
      let holders = 0
      const hold = (): Promise<number> =>
        storage.exclusive('deploy', async () => {
          holders++
          await pauseMs(10)
          return holders--
        })
      expect(await Promise.all([hold(), hold(), hold()])).toEqual([1, 1, 1])
    })

    test('is free again after a failure, and names do not hold up each other', async () => {
      await errorOf(storage.exclusive('a', () => Promise.reject(new Error('late'))))
      const nested = storage.exclusive('a', () => storage.exclusive('b', async () => 'both'))
      expect(await nested).toBe('both')
    })
  })

  test('brings messages to those who listen, until they stop', async () => {
    const heard: string[] = []
    const stop = storage.listen('model', (payload) => heard.push(payload))
    storage.listen('other', (payload) => heard.push(`other ${payload}`))
    await storage.notify('model', 'one "quoted"')
    await expect.poll(() => heard).toEqual(['one "quoted"'])
    stop()
    await storage.notify('model', 'two')
    await storage.notify('other', 'three')
    await expect.poll(() => heard).toEqual(['one "quoted"', 'other three'])
    await expect(storage.notify('model', 'x'.repeat(8_000))).rejects.toThrow('bytes')
  })
}
