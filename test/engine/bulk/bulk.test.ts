/** Bulk loads that break off: no row is lost and none is done twice, whatever ends the server. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { createBulk, type Bulk } from '../../../engine/bulk/bulk.ts'
import type { Caller } from '../../../engine/records/records.ts'
import type { Job } from '../../../engine/jobs/job-store.ts'
import { ingestStatus } from '../../../engine/bulk/ingest-job.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'
import { failingStorage, type FailingStorage } from '../../support/failing-storage.ts'
import { openOrganisation, type Organisation } from '../../support/organisation.ts'

const blocks = 4
const rows = blocks * limits.bulkBlockRows

describe.each(databases)('a bulk load on $name', ({ open }) => {
  let database: OpenDatabase
  let storage: FailingStorage
  let org: Organisation
  let running: Bulk[] = []
  let lastId = 0

  beforeEach(async () => {
    database = await open()
    storage = failingStorage(database.storage)
    org = await openOrganisation(storage)
  })
  afterEach(async () => {
    await Promise.all(running.map((one) => one.close()))
    running = []
    await database.close()
  })

  /** As after a start of the server. */
  const start = async (): Promise<Bulk> => {
    const bulk = await createBulk({
      storage,
      records: org.records,
      models: { current: () => org.model },
      clock: { now: () => org.clock.now },
      ids: (prefix) => `${prefix}${String((lastId += 1)).padStart(12, '0')}AAA`,
      callerOf: async () => org.admin,
      reportError: () => undefined,
    })
    running.push(bulk)
    return bulk
  }
  const upload = async (bulk: Bulk, caller: Caller, text: string): Promise<Job> => {
    const asked = new Map(Object.entries({ object: 'Account', operation: 'insert' }))
    const job = await bulk.ingest.create(caller, asked)
    const body = new Blob([text]).stream()
    await bulk.ingest.upload(caller, job.id, { body, isGzip: false })
    return job
  }
  const many = `Name\n${Array.from({ length: rows }, (_, index) => `Row ${index}`).join('\n')}\n`
  const until = async (bulk: Bulk, id: string, isSo: (job: Job) => boolean): Promise<Job> => {
    for (;;) {
      const job = await bulk.ingest.find(org.admin, id)
      if (isSo(job)) return job
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const count = async (): Promise<number> => {
    const { text } = await org.records.query(org.admin, 'SELECT COUNT() FROM Account')
    const { totalSize }: { totalSize: number } = JSON.parse(text)
    return totalSize
  }

  it('goes on where it stood when the server was stopped in the middle', async () => {
    const first = await start()
    const { id } = await upload(first, org.admin, many)
    await first.ingest.close(org.admin, id)
    await until(first, id, (job) => ingestStatus(job).blocksDone >= 1)
    await first.close()
    const left = ingestStatus(await first.ingest.find(org.admin, id))
    expect(left.processed).toBe(await count())
    // Longer than a dead server's claim holds.
    org.clock.now += 2 * limits.jobLeaseMs
    const second = await start()
    const job = await until(second, id, ({ state }) => state === 'JobComplete')
    expect(ingestStatus(job)).toMatchObject({ processed: rows, failed: 0 })
    expect(await count()).toBe(rows)
  })

  it('does no row twice when the answer to a commit is lost', async () => {
    const first = await start()
    const { id } = await upload(first, org.admin, many)
    const error = new Error('the process died')
    storage.failAt({ step: 'commit', when: 'after', action: 'throw', times: 1, error })
    await first.ingest.close(org.admin, id).catch(() => undefined)
    await until(first, id, ({ state }) => state !== 'Open' && state !== 'UploadComplete')
    const job = await until(first, id, ({ state }) => state === 'JobComplete' || state === 'Failed')
    expect(ingestStatus(job).processed).toBe(await count())
  })

  it('is run by one of two servers that want it', async () => {
    const both = [await start(), await start()]
    const [first] = both
    if (first === undefined) throw new Error('two servers')
    const { id } = await upload(first, org.admin, many)
    await first.ingest.close(org.admin, id)
    const job = await until(first, id, ({ state }) => state === 'JobComplete')
    expect(ingestStatus(job).processed).toBe(rows)
    expect(await count()).toBe(rows)
  })

  it('stops when it is aborted; what is done stays, the rest is told', async () => {
    const bulk = await start()
    const { id } = await upload(bulk, org.admin, many)
    await bulk.ingest.close(org.admin, id)
    await until(bulk, id, (job) => ingestStatus(job).blocksDone >= 1)
    const aborted = await bulk.ingest.abort(org.admin, id)
    await bulk.close()
    const kept = await count()
    expect([aborted.state, ingestStatus(aborted).processed]).toEqual(['Aborted', kept])
    const text = await new Response(
      await bulk.ingest.results(org.admin, id, 'unprocessedrecords'),
    ).text()
    expect(text.split('\n').length - 2).toBe(rows - kept)
  })

  it('takes the rows of an upload that broke off away with the next one', async () => {
    const bulk = await start()
    const asked = new Map(Object.entries({ object: 'Account', operation: 'insert' }))
    const { id } = await bulk.ingest.create(org.admin, asked)
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new TextEncoder().encode(many.slice(0, many.length / 2)))
        controller.error(new Error('the client went away'))
      },
    })
    await expect(
      bulk.ingest.upload(org.admin, id, { body: broken, isGzip: false }),
    ).rejects.toThrow('the client went away')
    const body = new Blob(['Name\nOnly\n']).stream()
    await bulk.ingest.upload(org.admin, id, { body, isGzip: false })
    await bulk.ingest.close(org.admin, id)
    await until(bulk, id, ({ state }) => state === 'JobComplete')
    expect(await count()).toBe(1)
  })
})
