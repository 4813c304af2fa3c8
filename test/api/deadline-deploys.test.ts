/** Deploys of entitlement processes, and undoing them, while deadlines run: no warning is lost, none is given twice. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sql } from '../../engine/sql/sql.ts'
import { openApi, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const patience = { timeout: 60_000, interval: 50 }
const begin = Date.parse('2026-12-01T08:00:00Z')

/** Each writes its letter behind the others, so that none comes unseen and none twice. */
const letters = {
  fieldUpdates: ['E', 'W', 'L'].map((letter) => ({
    fullName: letter,
    field: 'Site',
    operation: 'Formula',
    formula: `BLANKVALUE(Site, "") & "${letter}"`,
  })),
}
const warns = (timeLength: number, name: string) => ({
  actions: [{ name, type: 'FieldUpdate' }],
  timeLength,
  workflowTimeTriggerUnit: 'Minutes',
})
const calls = (...timeTriggers: readonly object[]) => ({
  fullName: 'Calls',
  SObjectType: 'Account',
  active: true,
  entryCriteriaFormula: 'BEGINS(Name, "Timed")',
  milestones: [
    {
      milestoneName: 'Call',
      completionFormula: 'ISPICKVAL(Rating, "Hot")',
      minutesToComplete: 60,
      timeTriggers,
    },
  ],
})
const plain = calls(warns(-30, 'W'), warns(0, 'L'))

describe.each(databases)('deploys of deadlines on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
    await moveTo(0)
    await send('PUT', `${own}/metadata/Workflow/Account`, letters)
  })
  afterAll(() => api?.close())

  async function moveTo(minutes: number): Promise<void> {
    api.clock.now = begin + minutes * 60_000
    await api.renewTokens()
    api.engine.automation.wake()
    await quiet()
  }
  const send = async (method: string, path: string, body?: object) => {
    const told = await api.ask(method, path, { as: 'admin', ...(body && { body }) })
    expect(told.status, `${path} ${told.text}`).toBeLessThan(300)
    return told.json
  }
  const count = async (query: ReturnType<typeof sql>): Promise<number> => {
    const [row] = await api.engine.storage.read(query)
    return Number(row?.['n'])
  }
  /** Whatever is due has been done, and every open deadline has been looked at. */
  async function quiet(): Promise<void> {
    const { dialect } = api.engine.storage
    const now = dialect.bound({ kind: 'instant' }, api.clock.now)
    await vi.waitFor(async () => {
      api.engine.automation.wake()
      // In one look: between two of them what is counted anew becomes due.
      const left = sql`select (select count(*) from fs_milestone_trigger where run_at <= ${now}) + (select count(*) from fs_milestone_recount) as n`
      expect(await count(left)).toBe(0)
    }, patience)
  }
  /** Until the deadlines have been looked at under what was deployed. */
  const deployed = async (deploy: () => Promise<unknown>): Promise<void> => {
    const known = async () => {
      const [row] = await api.engine.storage.read(
        sql`select fingerprint from fs_milestone_processes`,
      )
      return row?.['fingerprint']
    }
    const before = await known()
    await deploy()
    await vi.waitFor(async () => {
      api.engine.automation.wake()
      expect(await known()).not.toBe(before)
    }, patience)
    await quiet()
  }
  const put = (body: object) =>
    deployed(() => send('PUT', `${own}/metadata/EntitlementProcess/Calls`, body))
  const remove = () => deployed(() => send('DELETE', `${own}/metadata/EntitlementProcess/Calls`))
  const revert = () =>
    deployed(async () => {
      const journal = await send('GET', `${own}/journal`)
      const number = String(journal[0]?.['number'])
      await send('POST', `${own}/journal/${number}/revert`, { consent: true })
    })
  const account = async (Name: string) => {
    const { id } = await send('POST', `${data}/sobjects/Account`, { Name })
    return String(id)
  }
  const told = async (id: string) => {
    const soql = `SELECT CompletionDate FROM EntityMilestone WHERE ParentEntityId = '${id}'`
    const { records } = await send('GET', `${data}/query?q=${encodeURIComponent(soql)}`)
    const { Site } = await send('GET', `${data}/sobjects/Account/${id}?fields=Site`)
    expect(records).toHaveLength(1)
    return [Site ?? null, records?.[0]?.['CompletionDate'] !== null] as const
  }

  it('undoing an addition silences its deadlines, undoing that makes up for what was missed', async () => {
    await put(plain)
    const id = await account('Timed one')
    await revert()
    await moveTo(61)
    expect(await told(id)).toEqual([null, false])
    await revert()
    expect(await told(id)).toEqual(['WL', false])
    await moveTo(62)
    expect(await told(id)).toEqual(['WL', false])
  })

  it('a warning put before others, or taken away, moves none of them to another place', async () => {
    await moveTo(100)
    const id = await account('Timed two')
    await moveTo(131)
    expect(await told(id)).toEqual(['W', false])
    await put(calls(warns(-50, 'E'), warns(-30, 'W'), warns(0, 'L')))
    expect(await told(id)).toEqual(['W', false])
    // What has begun meanwhile has all three.
    const later = await account('Timed three')
    await moveTo(142)
    expect(await told(later)).toEqual(['E', false])
    await revert()
    await moveTo(161)
    expect([await told(id), await told(later)]).toEqual([
      ['WL', false],
      ['EW', false],
    ])
    await put(calls(warns(-30, 'W')))
    await moveTo(192)
    expect(await told(later)).toEqual(['EW', false])
    await revert()
    expect(await told(later)).toEqual(['EWL', false])
  })

  it('a process that comes back finds met what was met without it, and warns of the rest', async () => {
    await moveTo(300)
    const [open, met] = [await account('Timed open'), await account('Timed met')]
    await moveTo(331)
    await remove()
    await send('PATCH', `${data}/sobjects/Account/${met}`, { Rating: 'Hot' })
    await moveTo(361)
    expect([await told(open), await told(met)]).toEqual([
      ['W', false],
      ['W', false],
    ])
    await revert()
    expect([await told(open), await told(met)]).toEqual([
      ['WL', false],
      ['W', true],
    ])
  })
})
