/** What every storage must do; run on both databases and on the failing one. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from '../../engine/sql/sql.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import type { OpenDatabase } from '../support/databases.ts'
import { storageInterleavings } from './storage-interleavings.ts'
import { storageLimits } from './storage-limits.ts'
import { createTables, insertNote, note, noteIds, type StorageUnderTest } from './storage-notes.ts'
import { storageServices } from './storage-services.ts'
import { storageUnits } from './storage-units.ts'
import { storageValues } from './storage-values.ts'

export function storageContract(underTest: StorageUnderTest): void {
  describe(`a storage on ${underTest.name}`, () => {
    let opened: OpenDatabase
    let storage: Storage
    const storageNow = (): Storage => storage

    beforeAll(async () => {
      opened = await underTest.open()
      storage = opened.storage
      await createTables(storage)
    })
    afterAll(() => opened.close())
    beforeEach(() =>
      storage.write(async (tx) => {
        await tx.run(sql`delete from rule`)
        await tx.run(sql`delete from ${note}`)
      }),
    )

    storageUnits(storageNow)
    storageValues(storageNow)
    storageServices(storageNow)
    storageInterleavings(storageNow)

    test('keeps everything over a restart', async () => {
      await storage.write((tx) => insertNote(tx, 'a'))
      storage = await opened.reopen()
      expect(await noteIds(storage)).toEqual(['a'])
      expect(storage.health()).toEqual({ writable: true, waitingWrites: 0 })
    })
  })

  storageLimits(underTest)
}
