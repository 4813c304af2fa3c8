/** Bulk jobs of a server that is killed in the middle of them go on where they stood: no row twice, none lost. */
import { afterEach, describe, expect, it } from 'vitest'
import { startKillable, type KillableServer } from '../support/killable-server.ts'
import { createRandom, pause, rounds } from '../support/random.ts'
import { serverKinds } from '../support/server-kinds.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const rowCount = 2_000
const minute = 60_000

interface Job {
  readonly id: string
  readonly state: string
  readonly numberRecordsProcessed: number
  /** Of loads alone. */
  readonly numberRecordsFailed?: number
}

const planCount = 1_000
const planTasks = 2
const planKills = rounds(2)

/** The address of a job that starts a plan for some of the accounts. */
async function startPlans({ ask, create, query }: KillableServer): Promise<string> {
  const template = await create('ActionPlanTemplate', {
    Name: 'Review',
    UniqueName: 'Review',
    TargetEntityType: 'Account',
  })
  const [version] = await query<{ readonly Id: string }>(
    `SELECT Id FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId = '${template}'`,
  )
  for (let index = 0; index < planTasks; index += 1) {
    await create('ActionPlanTemplateItem', {
      ActionPlanTemplateVersionId: version?.Id,
      Name: `Task ${index}`,
      UniqueName: `Task_${index}`,
      ItemEntityType: 'Task',
    })
  }
  const path = `${data}/sobjects/ActionPlanTemplateVersion/${version?.Id ?? ''}`
  await ask('PATCH', path, { Status: 'Final' })
  const job = await ask<Job>('POST', `${own}/action-plans`, {
    actionPlanTemplateVersionId: version?.Id,
    query: `SELECT Id FROM Account ORDER BY Id LIMIT ${planCount}`,
  })
  return `${data}/jobs/ingest/${job.id}`
}

const rowsOf = (name: string): string =>
  Array.from({ length: rowCount }, (_, index) => `${name} ${index}\n`).join('')

let server: KillableServer | undefined
afterEach(() => server?.remove())

describe.each(serverKinds)('kill -9 amid bulk jobs on $name', (kind) => {
  it(
    'each row is loaded once and each is found once; each record gets one plan',
    { timeout: 10 * minute },
    async () => {
      const random = createRandom()
      const killable = await startKillable(kind)
      server = killable
      const { ask, query, token } = killable
      const text = async (path: string, body?: string): Promise<string[]> => {
        const answer = await fetch(`${killable.url()}${path}`, {
          ...(body === undefined ? {} : { method: 'PUT', body }),
          headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
        })
        return (await answer.text()).trim().split('\n').slice(1)
      }
      const jobs = `${data}/jobs`
      const load = async (object: string, field: string): Promise<string> => {
        const { id } = await ask<Job>('POST', `${jobs}/ingest`, { object, operation: 'insert' })
        await text(`${jobs}/ingest/${id}/batches`, `${field}\n${rowsOf(object)}`)
        await ask('PATCH', `${jobs}/ingest/${id}`, { state: 'UploadComplete' })
        return `${jobs}/ingest/${id}`
      }
      /** In whichever block the job then is; a fast machine may have done them all. */
      const killAmid = async (path: string, { from = 0, rows = rowCount } = {}): Promise<void> => {
        const enough = from + random.below(rows / 2)
        for (;;) {
          const job = await ask<Job>('GET', path)
          if (job.numberRecordsProcessed >= enough && job.state !== 'UploadComplete') break
          await pause(2)
        }
        await killable.kill()
      }
      const done = async (path: string, rows = rowCount): Promise<void> => {
        await expect
          .poll(async () => (await ask<Job>('GET', path)).state, { timeout: 5 * minute })
          .toBe('JobComplete')
        const { numberRecordsProcessed, numberRecordsFailed = 0 } = await ask<Job>('GET', path)
        expect([numberRecordsProcessed, numberRecordsFailed]).toEqual([rows, 0])
      }
      const accounts = await load('Account', 'Name')
      await killAmid(accounts)
      await done(accounts)
      const asked = { operation: 'query', query: 'SELECT Id, Name FROM Account' }
      const found = `${jobs}/query/${(await ask<Job>('POST', `${jobs}/query`, asked)).id}`
      const contacts = await load('Contact', 'LastName')
      await killAmid(contacts)
      await done(contacts)
      await done(found)
      const plans = await startPlans(killable)
      const rows = planCount / planKills
      for (let kills = 0; kills < planKills; kills += 1)
        await killAmid(plans, { from: Math.floor(kills * rows), rows })
      await done(plans, planCount)
      const items = planCount * planTasks
      const counted =
        'SELECT COUNT(Id) n, COUNT_DISTINCT(ActionPlanId) p, COUNT_DISTINCT(ItemId) t FROM ActionPlanItem'
      expect(await query(counted), `seed ${random.seed}`).toMatchObject([
        { n: items, p: planCount, t: items },
      ])
      expect(await query('SELECT COUNT(Id) n FROM Task')).toMatchObject([{ n: items }])
      for (const object of ['Account', 'Contact']) {
        const soql = `SELECT COUNT(Id) n, COUNT_DISTINCT(Name) d FROM ${object}`
        expect(await query(soql), `seed ${random.seed}`).toMatchObject([
          { n: rowCount, d: rowCount },
        ])
      }
      const ids = (lines: readonly string[]): Set<string> =>
        new Set(lines.map((line) => line.slice(0, 20)))
      const saved = ids(await text(`${accounts}/successfulResults`))
      expect(saved.size).toBe(rowCount)
      expect(ids(await text(`${found}/results`))).toEqual(saved)
    },
  )
})
