/** A server that is killed while a job sets deadlines anew in changed business hours has set them all when it is back, and warns once. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startKillable, type KillableServer } from '../support/killable-server.ts'
import { createRandom, pause, rounds } from '../support/random.ts'
import { serverKinds } from '../support/server-kinds.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const minute = 60_000
const recordCount = 600
const kills = rounds(3)
const patience = { timeout: 5 * minute, interval: 250 }
const amid = { timeout: minute, interval: 1 }
const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const warnings = {
  fullName: 'Account',
  fieldUpdates: ['First', 'Second'].map((fullName, place) => ({
    fullName,
    field: place === 0 ? 'NumberOfEmployees' : 'AnnualRevenue',
    operation: 'Formula',
    formula: `BLANKVALUE(${place === 0 ? 'NumberOfEmployees' : 'AnnualRevenue'}, 0) + 1`,
  })),
}
const warns = (timeLength: number, name: string) => ({
  actions: [{ name, type: 'FieldUpdate' }],
  timeLength,
  workflowTimeTriggerUnit: 'Minutes',
})
/** Two days of work; the first warning has come before the hours change, the second one comes by that. */
const process = {
  fullName: 'Account_Calls',
  SObjectType: 'Account',
  active: true,
  entryStartDateField: 'Account.EffectiveDate',
  milestones: [
    {
      milestoneName: 'Call',
      minutesToComplete: 2 * 24 * 60,
      timeTriggers: [warns(-2 * 24 * 60 + 1, 'First'), warns(-12 * 60, 'Second')],
    },
  ],
}

describe.each(serverKinds)('deadlines in changed business hours on $name', (kind) => {
  let server: KillableServer
  beforeAll(async () => {
    server = await startKillable(kind)
  }, 5 * minute)
  afterAll(() => server?.remove())

  const figures = async <Row>(fields: string, object: string): Promise<Row | undefined> =>
    (await server.query<Row>(`SELECT ${fields} FROM ${object}`))[0]

  it('are all set anew, however often the server dies', { timeout: 10 * minute }, async () => {
    const random = createRandom()
    const { ask } = server
    const hoursId = await server.create('BusinessHours', {
      ...{ Name: 'Half days', IsDefault: true, IsActive: true, TimeZoneSidKey: 'UTC' },
      ...Object.fromEntries(week.flatMap((day) => timesOf(day, '00:00', '12:00'))),
    })
    await ask('PUT', `${own}/metadata/Workflow/Account`, warnings)
    await ask('PUT', `${own}/metadata/EntitlementProcess/Account_Calls`, process)
    // Two days of work are four days of half days, of which more than two have passed.
    const start = new Date(Date.now() - 2.4 * 24 * 60 * minute).toISOString()
    const accounts = Array.from({ length: recordCount }, (_, at) => ({
      Name: `Account ${at}`,
      EffectiveDate: start,
    }))
    await server.createMany('Account', accounts)
    const said = 'COUNT(NumberOfEmployees) n, MAX(NumberOfEmployees) most'
    await vi.waitFor(async () => {
      expect(await figures(said, 'Account')).toMatchObject({ n: recordCount, most: 1 })
    }, patience)
    expect(await figures('COUNT(AnnualRevenue) n', 'Account')).toMatchObject({ n: 0 })
    const targets = 'COUNT(Id) n, COUNT_DISTINCT(TargetDate) d, MIN(TargetDate) target'
    const before = await figures<{ target: string }>(targets, 'EntityMilestone')
    expect(before).toMatchObject({ n: recordCount })

    const whole = Object.fromEntries(week.flatMap((day) => timesOf(day, null, null)))
    await ask('PATCH', `${data}/sobjects/BusinessHours/${hoursId}`, whole)
    const old = String(before?.target)
    const untouched = async () =>
      (await figures<{ n: number }>(`COUNT(Id) n`, `EntityMilestone WHERE TargetDate = ${old}`))?.n
    let left = recordCount
    for (let round = 0; round < kills && left > 0; round += 1) {
      // As soon as one more block is done, and somewhere within the next.
      await vi.waitFor(async () => expect(await untouched()).toBeLessThan(left), amid)
      await pause(random.below(40))
      await server.kill()
      const now = Number(await untouched())
      if (round === 0) expect(now).toBeGreaterThan(0)
      left = now
    }
    const second = 'COUNT(AnnualRevenue) n, MAX(AnnualRevenue) most'
    await vi.waitFor(async () => {
      expect(await figures(second, 'Account')).toMatchObject({ n: recordCount, most: 1 })
    }, patience)
    const after = await figures(targets, 'EntityMilestone')
    expect(after).toMatchObject({ n: recordCount, d: 1 })
    expect(after).not.toEqual(before)
    expect(await figures(said, 'Account')).toMatchObject({ n: recordCount, most: 1 })
  })
})

function timesOf(
  day: string,
  from: string | null,
  to: string | null,
): readonly (readonly [string, string | null])[] {
  const text = (time: string | null) => (time === null ? null : `${time}:00.000Z`)
  return [
    [`${day}StartTime`, text(from)],
    [`${day}EndTime`, text(to)],
  ]
}
