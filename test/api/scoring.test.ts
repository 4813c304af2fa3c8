/** Scores by rules: right with every save, with what hangs on a record, with the days, and with another rule. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { administratorOf } from '../support/administrator.ts'
import { openApi, type Api, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const dayMs = 86_400_000
/** On a machine with much else to do. */
const setUpMs = 240_000
const patience = { timeout: 120_000, interval: 25 }

describe.each(databases)('scoring rules on $name', { timeout: setUpMs }, (database) => {
  let api: Api
  let account = ''
  beforeAll(async () => {
    api = await openApi(database)
    account = await make('Account', { Name: 'Debtor' })
  }, setUpMs)
  afterAll(() => api.close())

  const admin = (method: string, path: string, body?: unknown) =>
    api.ask(method, path, { as: 'admin', ...(body === undefined ? {} : { body }) })
  const { make, update: set, read: readOf } = administratorOf(() => api)
  const day = (days: number): string =>
    new Date(api.clock.now + days * dayMs).toISOString().slice(0, 10)
  const plan = (CurrentDueAmount: number, daysLate: number, more: object = {}): Promise<string> =>
    make('CollectionPlan', {
      AccountId: account,
      CurrentDueAmount,
      DueDate: day(-daysLate),
      ...more,
    })
  const read = (id: string): Promise<Json> => readOf('CollectionPlan', id)
  const scoreOf = async (id: string): Promise<unknown> => (await read(id))['PriorityScore']
  const deploy = (type: string, name: string, component: object) =>
    admin('PUT', `${own}/metadata/${type}/${name}`, component)
  const rules = async (): Promise<Json> => {
    const { json } = await admin('GET', `${own}/metadata/ScoringRules/CollectionPlan`)
    return json['component'] ?? json
  }

  it('hold with every save of the record, whoever says otherwise', async () => {
    const id = await plan(6_000, 20)
    // 20 days, a debt of 5,000 or more, and nobody has called yet.
    expect(await read(id)).toMatchObject({ DaysPastDue: 20, PriorityScore: 75 })
    await set('CollectionPlan', id, { CurrentDueAmount: 500 })
    expect(await scoreOf(id)).toBe(35)
    await set('CollectionPlan', id, { PriorityScore: 9_999, DaysPastDue: 1 })
    expect(await read(id)).toMatchObject({ DaysPastDue: 20, PriorityScore: 35 })
    await set('CollectionPlan', id, { FirstCallDateTime: '2026-01-01T08:00:00Z' })
    expect(await scoreOf(id)).toBe(20)
    await set('CollectionPlan', id, { IsClosed: true, Status: 'Close', ClosedDate: day(0) })
    expect(await scoreOf(id)).toBe(0)
  })

  it('hold in the same save as the summaries of what hangs on the record', async () => {
    const id = await plan(500, 5)
    const schedule = await make('PaymentSchedule', {
      ReferenceEntityId: id,
      TotalRequestedAmount: 500,
      Status: 'Open',
    })
    // A promise runs.
    expect(await scoreOf(id)).toBe(-55)
    const item = { PaymentScheduleId: schedule, TargetPaymentProcessingDate: day(3) }
    const first = await make('PaymentScheduleItem', { ...item, RequestedAmount: 250 })
    const second = await make('PaymentScheduleItem', { ...item, RequestedAmount: 250 })
    await set('PaymentScheduleItem', first, { Status: 'Failed' })
    expect(await read(id)).toMatchObject({ BrokenPromiseCount: 1, PriorityScore: 55 })
    await set('PaymentScheduleItem', second, { Status: 'Failed' })
    expect(await scoreOf(id)).toBe(105)
    await admin('DELETE', `${data}/sobjects/PaymentScheduleItem/${second}`)
    expect(await scoreOf(id)).toBe(55)
  })

  it('are refused where they cannot be kept, with the place and what is wrong', async () => {
    const body = await rules()
    const [rule] = body['scoringRule'] ?? []
    const refusedFor = async (change: object): Promise<string> => {
      const scoringRule = [{ ...rule, ...change }]
      const answer = await deploy('ScoringRules', 'CollectionPlan', { ...body, scoringRule })
      expect(answer.status, answer.text).toBe(400)
      const [problem] = answer.json[0]?.['details']?.['plan']?.['problems'] ?? []
      return String(problem?.['reason'])
    }
    const entry = (more: object) => ({ ruleEntry: [more] })
    const item = (field: string, operation: string, value: string) => ({
      criteriaItems: [{ field, operation, value }],
    })
    expect(await refusedFor({ scoreField: 'Status' })).toContain('no Number field')
    expect(await refusedFor({ scoreField: 'Nothing' })).toContain('Nothing')
    expect(await refusedFor(entry({ label: 'None' }))).toContain('either a score or a scoreFormula')
    expect(await refusedFor(entry({ score: 1, formula: '$User.IsActive' }))).toContain('who asks')
    expect(await refusedFor(entry({ score: 1, formula: 'DueDate' }))).toContain('must give')
    expect(await refusedFor(entry({ score: 1, ...item('RiskScore', 'equals', 'much') }))).toContain(
      '"much" is no value',
    )
    expect(
      await refusedFor({ fieldUpdates: [{ field: 'PriorityScore', formula: '1' }] }),
    ).toContain('kept by two rules')
    expect(await refusedFor({ fieldUpdates: [{ field: 'ItemTotal', formula: '1' }] })).toContain(
      'cannot be kept',
    )
    const slow = 'DATETIMEVALUE(SourceSystemRecordIdentifier) > NOW()'
    expect(await refusedFor(entry({ score: 1, formula: slow }))).toContain(
      'computed by the database',
    )
  })

  it('follow the days by night and another rule at once, by one job on blocks of records', async () => {
    const ids = await Promise.all([plan(100, 1), plan(100, 2)])
    const body = await rules()
    const [rule] = body['scoringRule'] ?? []
    const answer = await deploy('ScoringRules', 'CollectionPlan', {
      ...body,
      scoringRule: [
        { ...rule, ruleEntry: [{ label: 'Late', scoreFormula: '1000 + DaysPastDue' }] },
      ],
    })
    expect(answer.status, answer.text).toBeLessThan(300)
    // Nobody has to look for it: the deploy itself tells of it.
    await vi.waitFor(async () => {
      expect(await Promise.all(ids.map(scoreOf))).toEqual([1_001, 1_002])
    }, patience)
    api.clock.now += 10 * dayMs
    await api.renewTokens(['admin'])
    await vi.waitFor(async () => {
      api.engine.automation.wake()
      expect(await Promise.all(ids.map(scoreOf))).toEqual([1_011, 1_012])
    }, patience)
    expect(await Promise.all(ids.map(async (id) => (await read(id))['DaysPastDue']))).toEqual([
      11, 12,
    ])
  })
})
