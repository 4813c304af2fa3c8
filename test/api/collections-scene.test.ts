/** Collections as configuration: promises, instalments kept and broken, and what they do to their plan. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { administratorOf } from '../support/administrator.ts'
import { openApi, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const dayMs = 86_400_000
const setUpMs = 240_000
const patience = { timeout: 120_000, interval: 50 }

describe.each(databases)('a debt that is collected on $name', { timeout: setUpMs }, (database) => {
  let api: Api
  let account = ''
  beforeAll(async () => {
    api = await openApi(database)
    account = await make('Account', { Name: 'Debtor' })
  }, setUpMs)
  afterAll(() => api.close())

  const admin = (method: string, path: string, body?: unknown) =>
    api.ask(method, path, { as: 'admin', ...(body === undefined ? {} : { body }) })
  const tried = (object: string, values: object) =>
    admin('POST', `${data}/sobjects/${object}`, values)
  const { make, update: set, read } = administratorOf(() => api)
  const day = (days: number): string =>
    new Date(api.clock.now + days * dayMs).toISOString().slice(0, 10)
  const promise = (plan: string, TotalRequestedAmount: number): Promise<string> =>
    make('PaymentSchedule', {
      ReferenceEntityId: plan,
      Type: 'PromiseToPay',
      Status: 'Open',
      TotalRequestedAmount,
    })
  const instalment = (schedule: string, RequestedAmount: number, days: number) => ({
    PaymentScheduleId: schedule,
    RequestedAmount,
    TargetPaymentProcessingDate: day(days),
    Status: 'Ready for Processing',
  })

  it('counts promises, takes payments off the debt, and rises again when an instalment is broken', async () => {
    const plan = await make('CollectionPlan', {
      AccountId: account,
      CurrentDueAmount: 900,
      DueDate: day(-20),
      FirstCallDateTime: new Date(api.clock.now).toISOString(),
    })
    expect(await read('CollectionPlan', plan)).toMatchObject({ PriorityScore: 20 })
    const schedule = await promise(plan, 900)
    expect(await read('CollectionPlan', plan)).toMatchObject({
      PromiseToPayCount: 1,
      InteractionOutcome: 'Promised to Pay',
      Status: 'InProgress',
      PriorityScore: -40,
    })
    const kept = await make('PaymentScheduleItem', instalment(schedule, 300, 1))
    const broken = await make('PaymentScheduleItem', instalment(schedule, 600, 2))
    const tooMuch = await tried('PaymentScheduleItem', instalment(schedule, 10, 3))
    expect(tooMuch.text).toContain('add up to more than what was promised')
    await set('PaymentScheduleItem', kept, { PaymentsReceived: 300 })
    expect(await read('PaymentScheduleItem', kept)).toMatchObject({ Status: 'Processed' })
    expect(await read('CollectionPlan', plan)).toMatchObject({
      CurrentDueAmount: 600,
      TotalPaymentsReceived: 300,
    })
    api.clock.now += 3 * dayMs
    await api.renewTokens(['admin'])
    // Both nightly jobs are due.
    api.engine.automation.wake()
    await vi.waitFor(async () => {
      expect(await read('PaymentScheduleItem', broken)).toMatchObject({ Status: 'Failed' })
    }, patience)
    await vi.waitFor(async () => {
      // 23 days late and one broken instalment; the promise counts no more.
      expect(await read('CollectionPlan', plan)).toMatchObject({
        BrokenPromiseCount: 1,
        DaysPastDue: 23,
        PriorityScore: 73,
      })
    }, patience)
    expect(await read('PaymentScheduleItem', kept)).toMatchObject({ Status: 'Processed' })
    expect(await read('PaymentSchedule', schedule)).toMatchObject({
      KeptItemCount: 1,
      BrokenItemCount: 1,
      TotalPaymentsReceived: 300,
    })
    // It comes late after all.
    await set('PaymentScheduleItem', broken, { PaymentsReceived: 600 })
    expect(await read('PaymentSchedule', schedule)).toMatchObject({ Status: 'Completed' })
    expect(await read('CollectionPlan', plan)).toMatchObject({
      BrokenPromiseCount: 0,
      PromisedAmount: 0,
      CurrentDueAmount: 0,
      PriorityScore: 23,
    })
  })

  it('takes no more promises than its limit says', async () => {
    const plan = await make('CollectionPlan', {
      AccountId: account,
      CurrentDueAmount: 100,
      MaximumPromisetoPayCount: 1,
    })
    await promise(plan, 50)
    const second = await tried('PaymentSchedule', {
      ReferenceEntityId: plan,
      Type: 'PromiseToPay',
      Status: 'Open',
      TotalRequestedAmount: 50,
    })
    expect(second.status).toBe(400)
    expect(second.text).toContain('all the promises that are allowed')
  })

  it('adds up three late invoices of a client as three items', async () => {
    const billing = await make('BillingAccount', { Name: 'Bills', AccountId: account })
    const plan = await make('CollectionPlan', {
      AccountId: account,
      BillingAccountId: billing,
      CurrentDueAmount: 600,
    })
    for (const DueAmount of [100, 200, 300]) {
      const Invoice = await make('Invoice', { BillingAccountId: account, InvoiceDate: day(-60) })
      await make('CollectionPlanItem', { CollectionPlanId: plan, Invoice, DueAmount })
    }
    expect(await read('CollectionPlan', plan)).toMatchObject({
      ItemCount: 3,
      OpenItemCount: 3,
      ItemTotal: 600,
    })
  })

  it('gives what comes from the core system to the queue, and to its members in turn or by their load', async () => {
    const ownerOf = async (object: string, id: string): Promise<unknown> =>
      (await read(object, id))['OwnerId']
    const [queue] =
      (
        await admin(
          'GET',
          `${data}/query?q=${encodeURIComponent("SELECT Id FROM Group WHERE DeveloperName = 'Collections'")}`,
        )
      ).json['records'] ?? []
    const imported = { CurrentDueAmount: 1, SourceSystemRecordIdentifier: 'CORE-1' }
    const plan = await make('CollectionPlan', imported)
    expect(await ownerOf('CollectionPlan', plan)).toBe(queue?.['Id'])
    const kept = await api.ask('POST', `${data}/sobjects/CollectionPlan`, {
      as: 'admin',
      body: { ...imported, SourceSystemRecordIdentifier: 'CORE-2' },
      headers: { 'sforce-auto-assign': 'FALSE' },
    })
    expect(await ownerOf('CollectionPlan', String(kept.json['id']))).not.toBe(queue?.['Id'])

    const team = await make('Group', { Name: 'Team', DeveloperName: 'Team', Type: 'Queue' })
    await make('QueueSobject', { QueueId: team, SobjectType: 'Case' })
    const me = (await read('CollectionPlan', plan))['CreatedById']
    const members = [String(me), api.repId]
    for (const UserOrGroupId of members) await make('GroupMember', { GroupId: team, UserOrGroupId })
    const toTeam = { assignedTo: 'Team', assignedToType: 'Queue' }
    const high = { criteriaItems: [{ field: 'Priority', operation: 'equals', value: 'High' }] }
    const declared = await admin('PUT', `${own}/metadata/AssignmentRules/Case`, {
      fullName: 'Case',
      assignmentRule: [
        {
          fullName: 'Intake',
          active: true,
          ruleEntry: [
            {
              ...toTeam,
              ...high,
              distribution: 'LeastLoaded',
              workloadMax: 1,
              workloadFilter: 'AND(NOT(IsClosed), ISPICKVAL(Priority, "High"))',
            },
            { ...toTeam, ...high },
            { ...toTeam, distribution: 'RoundRobin' },
          ],
        },
      ],
    })
    expect(declared.status, declared.text).toBeLessThan(300)
    const urgent: unknown[] = []
    for (const Subject of ['first', 'second', 'third']) {
      urgent.push(await ownerOf('Case', await make('Case', { Subject, Priority: 'High' })))
    }
    expect(urgent.slice(0, 2).sort()).toEqual([...members].sort())
    expect(urgent[2]).toBe(team)
    const records = ['a', 'b', 'c', 'd'].map((Subject) => ({
      attributes: { type: 'Case' },
      Subject,
      Priority: 'Low',
    }))
    const made = await admin('POST', `${data}/composite/sobjects`, { allOrNone: true, records })
    const owners: string[] = []
    for (const one of made.json) owners.push(String(await ownerOf('Case', String(one['id']))))
    expect(owners[0]).not.toBe(owners[1])
    expect(owners.slice(2)).toEqual(owners.slice(0, 2))
  })
})
