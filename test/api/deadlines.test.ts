/**
 * A complaint and a dispute go to their ends: deadlines in hours of work, warnings, letters, credits that are approved, outcomes;
 * and the same deadlines on an object that nobody has shipped.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openApi, type Api, type Ask, type Json, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const patience = { timeout: 60_000, interval: 50 }

/** A claim for damages, which only its owner sees. */
const claim = {
  label: 'Claim',
  pluralLabel: 'Claims',
  deploymentStatus: 'Deployed',
  sharingModel: 'Private',
  nameField: { type: 'Text', label: 'Claim', length: 80 },
  fields: [
    { fullName: 'Received__c', label: 'Received', type: 'DateTime' },
    { fullName: 'Waiting__c', label: 'Waiting', type: 'Checkbox', defaultValue: 'false' },
    { fullName: 'Decided__c', label: 'Decided', type: 'Checkbox', defaultValue: 'false' },
    { fullName: 'Warnings__c', label: 'Warnings', type: 'Number', precision: 9, scale: 0 },
    { fullName: 'Met__c', label: 'Met', type: 'Number', precision: 9, scale: 0 },
  ],
}

const counting = {
  fieldUpdates: ['Warnings__c', 'Met__c'].map((field) => ({
    fullName: field.replace('__c', ''),
    field,
    operation: 'Formula',
    formula: `BLANKVALUE(${field}, 0) + 1`,
  })),
}
const counts = (name: string) => [{ name, type: 'FieldUpdate' }]

/** Two days of work for a decision; four hours before they are over, and then, there is a warning. */
const claimDeadlines = {
  SObjectType: 'Claim__c',
  active: true,
  entryStartDateField: 'Claim__c.Received__c',
  stopCriteriaFormula: 'Waiting__c',
  milestones: [
    {
      milestoneName: 'Decision',
      completionFormula: 'Decided__c',
      minutesToComplete: 960,
      successActions: counts('Met'),
      timeTriggers: [-4, 0].map((timeLength) => ({
        actions: counts('Warnings'),
        timeLength,
        workflowTimeTriggerUnit: 'Hours',
      })),
    },
  ],
}

const claimRights = {
  fullName: 'Claims',
  label: 'Claims',
  objectPermissions: [
    { object: 'Claim__c', allowRead: true, allowCreate: true, allowEdit: true },
    { object: 'EntityMilestone', allowRead: true, allowEdit: true },
    { object: 'MilestoneType', allowRead: true },
  ],
  fieldPermissions: [{ field: 'EntityMilestone.TargetDate', readable: true, editable: true }],
}

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
      Language: 'de',
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
      Subject: 'A <b>rude</b> letter',
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
      // In the language of the case, with what the record holds written as it is.
      {
        subject: expect.stringMatching(/^Ihre Beschwerde PC-\d+$/),
        text: expect.stringMatching(
          /^Guten Tag Ana Ruiz,\n.*A <b>rude<\/b> letter.*27\. November 2026/,
        ),
        attempts: 0,
      },
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

  describe('an object of the organisation', () => {
    const holder = 'EntityMilestone'
    const component = (type: string, fullName: string, body: object) => ({ type, fullName, body })
    const planOf = async (...changes: object[]) =>
      (await send('POST', `${own}/plans`, { changes })).json
    const deadline = async (claimId: string) => {
      const [row] = await rows(
        `SELECT Id, StartDate, TargetDate, CompletionDate, StopStartDate, StoppedTimeInMins, TargetResponseInMins, IsViolated FROM ${holder} WHERE ParentEntityId = '${claimId}'`,
      )
      return row
    }
    const told = async (claimId: string) => {
      const [row] = await rows(`SELECT Warnings__c, Met__c FROM Claim__c WHERE Id = '${claimId}'`)
      return [row?.['Warnings__c'], row?.['Met__c']]
    }
    const isTold = (claimId: string, ...wanted: readonly unknown[]) =>
      vi.waitFor(async () => expect(await told(claimId)).toEqual(wanted), patience)
    const moment = (text: string) => `${text}:00.000+0000`

    it('has deadlines once they may lead to it, by a plan that says what is missing', async () => {
      const objects = [
        component('CustomObject', 'Claim__c', claim),
        component('Workflow', 'Claim__c', counting),
      ]
      const process = component('EntitlementProcess', 'Claim_Deadlines', claimDeadlines)
      const early = await planOf(...objects, process)
      expect(early).toMatchObject({ applicable: false })
      expect(JSON.stringify(early['problems'])).toContain(
        'add Claim__c to referenceTo of its field ParentEntityId',
      )
      const { json: body } = await send('GET', `${own}/metadata/CustomObject/${holder}`)
      const narrow = JSON.parse(JSON.stringify(body))
      const wide = JSON.parse(JSON.stringify(body))
      for (const field of wide.fields) {
        if (field.fullName === 'ParentEntityId') field.referenceTo.push('Claim__c')
      }
      const whole = [component('CustomObject', holder, wide), ...objects, process]
      const rights = component('PermissionSet', 'Claims', claimRights)
      const plan = await planOf(...whole, rights)
      const apply = `${own}/plans/${String(plan['id'])}/apply`
      expect((await send('POST', apply, { consent: true })).status).toBe(200)
      const [set] = await rows("SELECT Id FROM PermissionSet WHERE Name = 'Claims'")
      await made('PermissionSetAssignment', { AssigneeId: api.repId, PermissionSetId: set?.['Id'] })
      const back = await planOf(component('CustomObject', holder, narrow))
      expect(back).toMatchObject({ applicable: false })
      expect(JSON.stringify(back['problems'])).toContain('Claim_Deadlines')
    })

    it('stops, goes on, warns once, is set anew with the hours of work, and is met', async () => {
      // Thursday, 13:00 in Berlin.
      const id = await made('Claim__c', { Name: 'Water', Received__c: '2026-12-24T12:00:00Z' })
      expect(await deadline(id)).toMatchObject({
        StartDate: moment('2026-12-24T12:00'),
        TargetDate: moment('2026-12-28T12:00'),
        TargetResponseInMins: 960,
        StopStartDate: null,
      })
      await moveTo('2026-12-25T09:00:00Z')
      await change('Claim__c', id, { Waiting__c: true })
      expect(await deadline(id)).toMatchObject({ StopStartDate: moment('2026-12-25T09:00') })
      await moveTo('2026-12-29T09:00:00Z')
      expect(await deadline(id)).toMatchObject({ IsViolated: false })
      await change('Claim__c', id, { Waiting__c: false })
      // Seven hours of Friday, Monday, one hour of Tuesday.
      expect(await deadline(id)).toMatchObject({
        StopStartDate: null,
        StoppedTimeInMins: 960,
        TargetDate: moment('2026-12-30T12:00'),
      })
      expect(await told(id)).toEqual([null, null])
      await moveTo('2026-12-29T16:01:00Z')
      await isTold(id, 1, null)
      const bin = `${own}/recycle-bin/${id}/undelete`
      expect((await send('DELETE', `${data}/sobjects/Claim__c/${id}`)).status).toBe(204)
      expect(await rows(`SELECT Id FROM ${holder} WHERE ParentEntityId = '${id}'`)).toEqual([])
      expect((await send('POST', bin)).status).toBeLessThan(300)
      const [hours] = await rows("SELECT Id FROM BusinessHours WHERE Name = 'Week'")
      const closed = { WednesdayStartTime: null, WednesdayEndTime: null }
      await change('BusinessHours', String(hours?.['Id']), closed)
      const target = async () => (await deadline(id))?.['TargetDate']
      await vi.waitFor(
        async () => expect(await target()).toBe(moment('2026-12-31T12:00')),
        patience,
      )
      await moveTo('2026-12-31T12:01:00Z')
      await isTold(id, 2, null)
      expect(await deadline(id)).toMatchObject({ IsViolated: true, CompletionDate: null })
      await change('Claim__c', id, { Decided__c: true })
      expect(await told(id)).toEqual([2, 1])
      expect((await deadline(id))?.['CompletionDate']).toMatch(/^2026-12-31T12:01/)
    })

    it('counts from what the record says, and as long as somebody allows by hand', async () => {
      const id = await made('Claim__c', { Name: 'Fire', Received__c: '2026-12-31T08:00:00Z' })
      // Thursday from 9:00, Friday; the warning of four hours before is due on Friday at noon.
      expect(await deadline(id)).toMatchObject({ TargetDate: moment('2027-01-01T16:00') })
      await change('Claim__c', id, { Received__c: '2026-12-31T12:00:00Z' })
      expect(await deadline(id)).toMatchObject({
        StartDate: moment('2026-12-31T12:00'),
        TargetDate: moment('2027-01-04T12:00'),
      })
      const milestoneId = String((await deadline(id))?.['Id'])
      await change(holder, milestoneId, { TargetDate: '2027-01-05T16:00:00Z' })
      expect(await deadline(id)).toMatchObject({ TargetResponseInMins: 4 * 60 + 3 * 480 })
      // By the old target both warnings would have come.
      await moveTo('2027-01-05T11:59:00Z')
      await change('Claim__c', id, { Name: 'Fire and water' })
      expect(await told(id)).toEqual([null, null])
      await moveTo('2027-01-05T12:01:00Z')
      await isTold(id, 1, null)
      await change('Claim__c', id, { Decided__c: true })
      await moveTo('2027-01-06T12:00:00Z')
      expect(await told(id)).toEqual([1, 1])
    })

    it('shows them to whoever sees the record, and to nobody else, at any door', async () => {
      const id = await made('Claim__c', { Name: 'Hail', Received__c: '2027-01-06T12:00:00Z' })
      const milestoneId = String((await deadline(id))?.['Id'])
      const doors = [
        `${data}/query?q=${encodeURIComponent(`SELECT Id FROM ${holder} WHERE ParentEntityId = '${id}'`)}`,
        `${data}/query?q=${encodeURIComponent(`SELECT ParentEntityId, COUNT(Id) n FROM ${holder} GROUP BY ParentEntityId`)}`,
        `${data}/query?q=${encodeURIComponent("SELECT Id, (SELECT Id FROM EntityMilestones) FROM Claim__c WHERE Name = 'Hail'")}`,
        `${data}/sobjects/${holder}/${milestoneId}`,
        `${data}/sobjects/Claim__c/${id}/EntityMilestones`,
      ]
      const seen = async () => {
        const answers = await Promise.all(doors.map((door) => send('GET', door, undefined, 'rep')))
        return answers.map(
          ({ status, text }) => status === 200 && (text.includes(milestoneId) || text.includes(id)),
        )
      }
      expect(await seen()).toEqual(doors.map(() => false))
      const path = `${data}/sobjects/${holder}/${milestoneId}`
      const body = { TargetDate: '2030-01-01T00:00:00Z' }
      expect((await send('PATCH', path, body, 'rep')).status).toBe(404)
      await change('Claim__c', id, { OwnerId: api.repId })
      expect(await seen()).toEqual(doors.map(() => true))
      expect((await send('PATCH', path, body, 'rep')).status).toBe(204)
      const screen = await send('GET', `${own}/ui/objects/Claim__c`, undefined, 'rep')
      expect(screen.json['deadlines']).toEqual([
        { object: holder, parent: 'ParentEntityId', of: 'Id' },
      ])
    })
  })
})
