/** A complaint and a dispute go to their ends: deadlines in hours of work, warnings, letters, credits that are approved, outcomes. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openApi, type Api, type Ask, type Json, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const patience = { timeout: 60_000, interval: 50 }

describe.each(databases)('complaints and disputes on $name', (database) => {
  let api: Api

  beforeAll(async () => {
    api = await openApi(database)
    // A Friday afternoon in Berlin.
    await moveTo('2026-11-27T14:00:00Z')
    const day = { StartTime: '09:00:00.000Z', EndTime: '17:00:00.000Z' }
    const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].flatMap((name) =>
      Object.entries(day).map(([end, time]) => [`${name}${end}`, time] as const),
    )
    const zone = { Name: 'Week', IsDefault: true, TimeZoneSidKey: 'Europe/Berlin' }
    await made('BusinessHours', { ...zone, ...Object.fromEntries(week) })
    await made('Holiday', {
      Name: 'Short day',
      ActivityDate: '2026-12-01',
      IsAllDay: false,
      StartTimeInMinutes: 720,
      EndTimeInMinutes: 1_440,
    })
  })
  afterAll(() => api?.close())

  async function moveTo(moment: string): Promise<void> {
    api.clock.now = Date.parse(moment)
    await api.renewTokens()
    api.engine.automation.wake()
  }
  const send = (method: string, path: string, body?: object, as: Ask['as'] = 'admin') =>
    api.ask(method, path, { as, ...(body && { body }) })
  async function made(object: string, body: object): Promise<string> {
    const told = await send('POST', `${data}/sobjects/${object}`, body)
    expect(told.text).toContain('"success":true')
    return String(told.json['id'])
  }
  async function change(object: string, id: string, body: object): Promise<void> {
    const told = await send('PATCH', `${data}/sobjects/${object}/${id}`, body)
    expect(told.text).toBe('')
  }
  async function rows(soql: string): Promise<readonly Json[]> {
    const told = await send('GET', `${data}/query?q=${encodeURIComponent(soql)}`)
    expect(told.text).toContain('"records"')
    return [...(told.json['records'] ?? [])]
  }
  const typeOf = async (name: string) =>
    (await rows(`SELECT Id FROM RecordType WHERE DeveloperName = '${name}'`))[0]?.['Id']
  const deadlines = (caseId: string) =>
    rows(
      `SELECT MilestoneType.Name, StartDate, TargetDate, CompletionDate, IsViolated FROM CaseMilestone WHERE CaseId = '${caseId}' ORDER BY TargetDate`,
    )
  const news = async () => {
    const { json } = await send('GET', `${data}/connect/notifications`, undefined, 'rep')
    return [...(json['notifications'] ?? [])].filter((one) => String(one['type']) === 'deadline')
  }

  it('a complaint has deadlines, its owner is warned, the client gets letters', async () => {
    const caseId = await made('Case', {
      Subject: 'Rude letter',
      RecordTypeId: await typeOf('Complaint'),
      OwnerId: api.repId,
    })
    const began = '2026-11-27T14:00:00.000+0000'
    expect(await deadlines(caseId)).toMatchObject([
      {
        MilestoneType: { Name: 'First Answer' },
        StartDate: began,
        TargetDate: '2026-11-30T15:00:00.000+0000',
        CompletionDate: null,
      },
      // Two hours on Friday, a short Tuesday, the rest in whole days.
      { MilestoneType: { Name: 'Resolution' }, TargetDate: '2026-12-23T10:00:00.000+0000' },
    ])
    expect(await news()).toEqual([])
    await moveTo('2026-11-30T13:01:00Z')
    await vi.waitFor(async () => expect(await news()).toHaveLength(1), patience)
    expect((await news())[0]).toMatchObject({ messageBody: 'Rude letter', target: caseId })
    await change('Case', caseId, { Status: 'Working' })
    expect((await deadlines(caseId))[0]).toMatchObject({ IsViolated: false })
    expect(String((await deadlines(caseId))[0]?.['CompletionDate'])).toMatch(/^2026-11-30T13:01/)

    const id = await made('PublicComplaint', {
      Subject: 'Rude letter',
      ComplaintCaseId: caseId,
      IncidentDate: '2026-11-20',
      ReceivedDate: '2026-11-27',
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana@example.com',
    })
    await change('PublicComplaint', id, { Status: 'In Review' })
    await change('PublicComplaint', id, {
      Status: 'Resolved',
      ComplaintSummary: 'The letter was a mistake.',
      CauseType: 'Staff Conduct',
    })
    const { json } = await send('GET', `${own}/emails`)
    expect(json['isConnected']).toBe(false)
    expect(json['emails']).toMatchObject([
      { state: 'Waiting', to: ['ana@example.com'], text: expect.stringContaining('a mistake') },
      { subject: expect.stringMatching(/^Your complaint PC-/), attempts: 0 },
    ])
    expect(await rows(`SELECT IsClosed FROM Case WHERE Id = '${caseId}'`)).toMatchObject([
      { IsClosed: true },
    ])
    const all = await deadlines(caseId)
    expect(all.every((one) => String(one['CompletionDate']).startsWith('2026-11-30'))).toBe(true)
    // What was met in time warns nobody any more.
    await moveTo('2026-12-24T12:00:00Z')
    expect(await news()).toHaveLength(1)
  })

  it('a dispute gets credits, small ones at once, and is over with its last item', async () => {
    const [admin] = await rows("SELECT Id FROM User WHERE Username = 'admin@example.com'")
    await change('User', String(admin?.['Id']), { ManagerId: api.repId })
    const CaseId = await made('Case', { Subject: 'Cards', RecordTypeId: await typeOf('Dispute') })
    const DisputeId = await made('Dispute', {
      CaseId,
      ReceivedDate: '2026-12-24',
      DisputedAmount: 600,
    })
    const item = (DisputedAmount: number) =>
      made('DisputeItem', {
        DisputeId,
        TransactionDate: '2026-12-20',
        TransactionAmount: DisputedAmount,
        DisputedAmount,
      })
    const [small, large] = [await item(100), await item(400)]
    const perform = (request: object, as: Ask['as'] = 'admin'): Promise<Told> =>
      send('POST', `${data}/process/approvals`, { requests: [request] }, as)
    const credit = async (id: string, amount: number) => {
      await change('DisputeItem', id, {
        ApprovedProvisionalCredit: amount,
        ProvisionalCreditStatus: 'Initiated',
      })
      return perform({ actionType: 'Submit', contextId: id })
    }
    expect((await credit(small, 100)).json).toMatchObject([{ instanceStatus: 'Approved' }])
    const asked = await credit(large, 400)
    expect(asked.json).toMatchObject([{ instanceStatus: 'Pending', actorIds: [api.repId] }])
    const waiting = await send('GET', `${own}/approvals`, undefined, 'rep')
    expect(waiting.json).toMatchObject([
      { objectLabel: 'Dispute Item', step: 'Approval by the superior' },
    ])
    const contextId = asked.json[0]?.['newWorkitemIds']?.[0]
    const told = await perform({ actionType: 'Approve', contextId }, 'rep')
    expect(told.json).toMatchObject([{ instanceStatus: 'Approved' }])
    const soql = `SELECT ProvisionalCreditStatus, ProvisionalCreditDate, ProvisionalCreditApproverId FROM DisputeItem WHERE DisputeId = '${DisputeId}' ORDER BY DisputedAmount`
    expect(await rows(soql)).toMatchObject([
      { ProvisionalCreditStatus: 'Completed', ProvisionalCreditDate: '2026-12-24' },
      { ProvisionalCreditStatus: 'Completed', ProvisionalCreditApproverId: api.repId },
    ])
    const dispute = `SELECT Status, ApprovedAmount, Case.IsClosed FROM Dispute WHERE Id = '${DisputeId}'`
    await change('DisputeItem', small, { Status: 'No longer disputed' })
    expect(await rows(dispute)).toMatchObject([{ Status: 'Submitted', Case: { IsClosed: false } }])
    await change('DisputeItem', large, { Status: 'Resolved' })
    expect(await rows(dispute)).toMatchObject([
      { Status: 'Resolved', ApprovedAmount: 500, Case: { IsClosed: true } },
    ])
    expect(await deadlines(CaseId)).toMatchObject([
      { MilestoneType: { Name: 'Provisional Credit' }, IsViolated: false },
    ])
  })
})
