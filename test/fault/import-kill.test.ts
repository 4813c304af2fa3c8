/** An import that is killed in the middle goes on with the first row that is not done, and is taken back as a whole. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../../engine/base/limits.ts'
import { importStatus } from '../../engine/bulk/import/import-job.ts'
import type { ImportJob } from '../../engine/bulk/import/imports.ts'
import { databases, type OpenDatabase } from '../support/databases.ts'
import { body, openOrganisation } from '../support/organisation.ts'
import { startImports } from './killed-import.ts'

const child = fileURLToPath(new URL('import-child.ts', import.meta.url))

function runChild(...values: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const run = spawn(process.execPath, ['--import', 'tsx', child, ...values], { stdio: 'ignore' })
    run.on('close', (_code, signal) => resolve(signal))
  })
}

describe.each(databases)('an import that is killed on $name', ({ name, open }) => {
  let database: OpenDatabase
  beforeEach(async () => {
    database = await open()
  })
  afterEach(() => database.close())

  it('does every row once, and its undo leaves what was there before', async () => {
    const org = await openOrganisation(database.storage)
    for (const Code of ['K1', 'K35']) {
      await org.records.create(org.admin, 'Account', body({ Name: 'Before', Code }))
    }
    const before = await startImports(database.storage)
    const { id } = await prepared(before)
    // Nothing runs here: the job begins in the process that is killed.
    await before.bulk.close()
    await before.bulk.imports.run(org.admin, id, asked({ operation: 'upsert', matchField: 'Code' }))
    await database.storage.close()
    // Of PostgreSQL the tables are there; the units are the claim, two of each block, and the last note.
    expect(await runChild(database.url, name === 'sqlite' ? '5' : '4')).toBe('SIGKILL')

    const storage = await database.reopen()
    // Longer than a dead server's claim holds.
    const { bulk, org: after } = await startImports(
      storage,
      () => Date.now() + 2 * limits.jobLeaseMs,
    )
    const settled = async (): Promise<ImportJob> => {
      for (;;) {
        const found = await bulk.imports.find(after.admin, id)
        const states = [found.job.state, found.undo?.state ?? 'JobComplete']
        if (states.every((state) => state === 'JobComplete')) return found
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    const { job } = await settled()
    expect(importStatus(job)).toMatchObject({ processed: rows, created: rows - 2, failed: 0 })
    const count = async (where: string): Promise<number> => {
      const { text } = await after.records.query(
        after.admin,
        `SELECT COUNT() FROM Account ${where}`,
      )
      return (JSON.parse(text) as { totalSize: number }).totalSize
    }
    expect(await count('')).toBe(rows)
    expect(await count("WHERE Name = 'Before'")).toBe(0)
    await bulk.imports.undo(after.admin, id)
    await settled()
    expect([await count(''), await count("WHERE Name = 'Before'")]).toEqual([2, 2])
    await bulk.close()
  })

  const rows = 40
  /** In a column that fills no field: a block is full after a few such rows. */
  const ballast = 'x'.repeat(limits.bulkBlockCharsMax / 10)
  const asked = (values: object): ReadonlyMap<string, unknown> => new Map(Object.entries(values))
  const prepared = async ({
    bulk,
    org,
  }: Awaited<ReturnType<typeof startImports>>): Promise<{ readonly id: string }> => {
    const { job } = await bulk.imports.create(org.admin, asked({ object: 'Account' }))
    const lines = Array.from({ length: rows }, (_, index) => `Row ${index},K${index},${ballast}`)
    const text = ['Name,Code,Ballast', ...lines].join('\n')
    const source = { body: new Blob([text]).stream(), isGzip: false, hints: new Map() }
    await bulk.imports.upload(org.admin, job.id, source)
    return job
  }
})
