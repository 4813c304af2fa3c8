/** Bulk jobs of a server that is killed in the middle of them go on where they stood: no row twice, none lost. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openPostgres } from '../../engine/storage/postgres/open-postgres.ts'
import { sql } from '../../engine/sql/sql.ts'
import { freshDatabase } from '../support/postgres.ts'
import { createRandom, pause } from '../support/random.ts'
import {
  call,
  startReadyServer,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'

const data = '/services/data/v60.0'
const rowCount = 6_000
const minute = 60_000

/** A database that outlives the server. */
interface Place {
  readonly env: Readonly<Record<string, string>>
  start(): Promise<ServerProcess>
  /** Where others may be at work, nobody takes a claim before its time has run out: it does now. */
  passTime(): Promise<void>
  remove(): Promise<void>
}

async function onPostgres(): Promise<Place> {
  const database = await freshDatabase()
  const keys = mkdtempSync(join(tmpdir(), 'keys-'))
  const own = { DATABASE_URL: database.url, ENCRYPTION_KEY_FILE: join(keys, 'encryption.key') }
  const env = { SAMPLE_DATA: 'none', ...own }
  return {
    env,
    start: () => startServerProcess({ env }),
    passTime: async () => {
      const storage = await openPostgres({ url: database.url, readers: 1, writers: 1 })
      const past = storage.dialect.bound({ kind: 'instant' }, 0)
      await storage.write((tx) => tx.run(sql`update fs_job set claimed_until = ${past}`))
      await storage.close()
    },
    remove: async () => {
      await database.drop()
      rmSync(keys, { recursive: true })
    },
  }
}

const places: readonly { readonly name: string; make(): Promise<Place> }[] = [
  {
    name: 'sqlite',
    make: () =>
      Promise.resolve({
        env: { SAMPLE_DATA: 'none' },
        start: () => startReadyServer('none'),
        passTime: () => Promise.resolve(),
        remove: () => Promise.resolve(),
      }),
  },
  { name: 'postgres', make: onPostgres },
]

interface Job {
  readonly id: string
  readonly state: string
  readonly numberRecordsProcessed: number
  /** Of loads alone. */
  readonly numberRecordsFailed?: number
}

type AskServer = <Result>(method: string, path: string, body?: object) => Promise<Result>

const planCount = 300
const planTasks = 3

/** The address of a job that starts a plan for some of the accounts. */
async function startPlans(ask: AskServer): Promise<string> {
  const create = async (object: string, body: object): Promise<string> =>
    (await ask<{ readonly id: string }>('POST', `/sobjects/${object}`, body)).id
  const template = await create('ActionPlanTemplate', {
    Name: 'Review',
    UniqueName: 'Review',
    TargetEntityType: 'Account',
  })
  const soql = `SELECT Id FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId = '${template}'`
  const found = await ask<{ readonly records: readonly { readonly Id: string }[] }>(
    'GET',
    `/query?q=${encodeURIComponent(soql)}`,
  )
  const version = found.records[0]?.Id ?? ''
  for (let index = 0; index < planTasks; index += 1) {
    await create('ActionPlanTemplateItem', {
      ActionPlanTemplateVersionId: version,
      Name: `Task ${index}`,
      UniqueName: `Task_${index}`,
      ItemEntityType: 'Task',
    })
  }
  await ask('PATCH', `/sobjects/ActionPlanTemplateVersion/${version}`, { Status: 'Final' })
  const job = await ask<Job>('POST', '/../../fieldstone/v1/action-plans', {
    actionPlanTemplateVersionId: version,
    query: `SELECT Id FROM Account ORDER BY Id LIMIT ${planCount}`,
  })
  return `/jobs/ingest/${job.id}`
}

const rowsOf = (name: string): string =>
  Array.from({ length: rowCount }, (_, index) => `${name} ${index}\n`).join('')

let server: ServerProcess | undefined
let place: Place | undefined
afterEach(async () => {
  await server?.remove()
  await place?.remove()
})

describe.each(places)('kill -9 amid bulk jobs on $name', ({ make }) => {
  it(
    'each row is loaded once and each is found once; each record gets one plan',
    { timeout: 5 * minute },
    async () => {
      const random = createRandom()
      place = await make()
      const { env } = place
      server = await place.start()
      const token = await tokenOf(server.url)
      const ask = async <Result>(method: string, path: string, body?: object): Promise<Result> =>
        (await call<Result>(server?.url ?? '', token, { method, path: data + path, body })).body
      const text = async (path: string, body?: string): Promise<string[]> => {
        const answer = await fetch(`${server?.url ?? ''}${data}${path}`, {
          ...(body === undefined ? {} : { method: 'PUT', body }),
          headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
        })
        return (await answer.text()).trim().split('\n').slice(1)
      }
      const load = async (object: string, field: string): Promise<string> => {
        const { id } = await ask<Job>('POST', '/jobs/ingest', { object, operation: 'insert' })
        await text(`/jobs/ingest/${id}/batches`, `${field}\n${rowsOf(object)}`)
        await ask('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' })
        return `/jobs/ingest/${id}`
      }
      /** In whichever block the job then is; a fast machine may have done them all. */
      const killAmid = async (path: string, rows = rowCount): Promise<void> => {
        const enough = random.below(rows / 2)
        for (;;) {
          const job = await ask<Job>('GET', path)
          if (job.numberRecordsProcessed >= enough && job.state !== 'UploadComplete') break
          await pause(2)
        }
        await server?.stop('SIGKILL')
        await place?.passTime()
        server = await startServerProcess({ env, folder: server?.folder ?? '' })
      }
      const done = async (path: string, rows = rowCount): Promise<void> => {
        await expect
          .poll(async () => (await ask<Job>('GET', path)).state, { timeout: 2 * minute })
          .toBe('JobComplete')
        const { numberRecordsProcessed, numberRecordsFailed = 0 } = await ask<Job>('GET', path)
        expect([numberRecordsProcessed, numberRecordsFailed]).toEqual([rows, 0])
      }
      const accounts = await load('Account', 'Name')
      await killAmid(accounts)
      await done(accounts)
      const query = { operation: 'query', query: 'SELECT Id, Name FROM Account' }
      const found = `/jobs/query/${(await ask<Job>('POST', '/jobs/query', query)).id}`
      const contacts = await load('Contact', 'LastName')
      await killAmid(contacts)
      await done(contacts)
      await done(found)
      const plans = await startPlans(ask)
      await killAmid(plans, planCount)
      await done(plans, planCount)
      const rows = await ask<{ records: readonly object[] }>(
        'GET',
        `/query?q=${encodeURIComponent('SELECT COUNT(Id) n, COUNT_DISTINCT(ActionPlanId) p, COUNT_DISTINCT(ItemId) t FROM ActionPlanItem')}`,
      )
      const items = planCount * planTasks
      expect(rows.records, `seed ${random.seed}`).toMatchObject([
        { n: items, p: planCount, t: items },
      ])
      const tasks = await ask(
        'GET',
        `/query?q=${encodeURIComponent('SELECT COUNT(Id) n FROM Task')}`,
      )
      expect(tasks).toMatchObject({ records: [{ n: items }] })
      for (const object of ['Account', 'Contact']) {
        const soql = `SELECT COUNT(Id) n, COUNT_DISTINCT(Name) d FROM ${object}`
        const { records } = await ask<{ records: readonly object[] }>(
          'GET',
          `/query?q=${encodeURIComponent(soql)}`,
        )
        expect(records, `seed ${random.seed}`).toMatchObject([{ n: rowCount, d: rowCount }])
      }
      const ids = (rows: readonly string[]): Set<string> =>
        new Set(rows.map((row) => row.slice(0, 20)))
      const saved = ids(await text(`${accounts}/successfulResults`))
      expect(saved.size).toBe(rowCount)
      expect(ids(await text(`${found}/results`))).toEqual(saved)
    },
  )
})
