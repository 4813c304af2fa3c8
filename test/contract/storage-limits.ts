/** What takes too long or comes in too great a number is refused, and the rest goes on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../engine/sql/sql.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import type { OpenDatabase } from '../support/databases.ts'
import {
  createTables,
  endless,
  insertNote,
  kindOf,
  note,
  noteIds,
  type StorageUnderTest,
} from './storage-notes.ts'

export function storageLimits({ name, open }: StorageUnderTest): void {
  describe(`the limits of a storage on ${name}`, () => {
    const limits = { writeUnitMs: 300, writeQueueUnitsMax: 10, writeGroupUnitsMax: 4 }
    let opened: OpenDatabase
    let storage: Storage
    beforeAll(async () => {
      opened = await open({ limits })
      storage = opened.storage
      await createTables(storage)
    })
    afterAll(() => opened.close())

    test('a unit that takes too long is undone, and others are saved', async () => {
      let release = (): void => undefined
      const hanging = storage.write(async (tx) => {
        await insertNote(tx, 'hanging')
        await new Promise<void>((resolve) => {
          release = resolve
        })
        await insertNote(tx, 'later')
      })
      const beside = storage.write((tx) => insertNote(tx, 'beside'))
      expect(await kindOf(hanging)).toBe('SERVER_UNAVAILABLE')
      release()
      await beside
      expect(await noteIds(storage)).toEqual(['beside'])
    })

    test('a unit whose statement takes too long is undone, and others are saved', async () => {
      const hanging = storage.write(async (tx) => {
        await insertNote(tx, 'hanging')
        await tx.run(sql`insert into ${note} (id) select cast(n as text) from (${endless}) as e`)
      })
      const beside = storage.write((tx) => insertNote(tx, 'beside 2'))
      const kind = await kindOf(hanging)
      expect(['SERVER_UNAVAILABLE', 'interrupted']).toContain(kind)
      await beside
      expect(await noteIds(storage)).toEqual(['beside', 'beside 2'])
    })

    test('more units than the queue takes are refused at once, the others saved', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 60 }, (_, index) =>
          storage.write((tx) => insertNote(tx, `queue ${index}`)),
        ),
      )
      const saved = outcomes.filter((outcome) => outcome.status === 'fulfilled').length
      expect(saved).toBeGreaterThanOrEqual(10)
      expect(saved).toBeLessThan(60)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'SERVER_UNAVAILABLE' })
      }
      const [row] = await storage.read(
        sql`select count(*) as n from ${note} where id like 'queue %'`,
      )
      expect(row?.['n']).toBe(saved)
    })

    test('after close nothing is taken any more, and what waited was saved', async () => {
      const waiting = Array.from({ length: 5 }, (_, index) =>
        storage.write((tx) => insertNote(tx, `last ${index}`)),
      )
      const closing = storage.close()
      expect(await kindOf(storage.write((tx) => insertNote(tx, 'no')))).toBe('SERVER_UNAVAILABLE')
      await Promise.all(waiting)
      await closing
      storage = await opened.reopen()
      const [row] = await storage.read(
        sql`select count(*) as n from ${note} where id like 'last %'`,
      )
      expect(row?.['n']).toBe(5)
    })
  })
}
