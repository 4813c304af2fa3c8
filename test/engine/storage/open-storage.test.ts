/** The setting that names the database. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStorage } from '../../../engine/storage/open-storage.ts'
import { freshDatabase } from '../../support/postgres.ts'

test('sqlite: opens a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
  const storage = await openStorage(`sqlite:${folder}/deeper/org.db`, { create: true })
  expect(storage.dialect.name).toBe('sqlite')
  await storage.close()
  rmSync(folder, { recursive: true })
})

test('postgres:// opens a server', async () => {
  const database = await freshDatabase()
  const storage = await openStorage(database.url)
  expect(storage.dialect.name).toBe('postgres')
  await storage.close()
  await database.drop()
})

test.each(['', 'mysql://root:secret@host/db', './org.db', 'sqlite:', 'sqlite::memory:'])(
  'anything else, such as %j, is refused with what would be right',
  async (url) => {
    await expect(openStorage(url)).rejects.toThrow('write sqlite:<file> or postgres://')
    await expect(openStorage(url)).rejects.not.toThrow('secret')
  },
)
