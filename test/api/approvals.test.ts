/** Approvals: submitted, locked at every door, decided by whom they concern, once, in steps, with what follows; and seen by those alone. */
import { writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Ask, type Json, type Told } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

const workflow = {
  fullName: 'Account',
  fieldUpdates: [
    { fullName: 'Waits', field: 'Rating', operation: 'Literal', literalValue: 'Warm' },
    { fullName: 'Good', field: 'Rating', operation: 'Literal', literalValue: 'Hot' },
    { fullName: 'Told', field: 'Site', operation: 'Formula', formula: '"of " & Name' },
    { fullName: 'Emptied', field: 'Site', operation: 'Null' },
  ],
  alerts: [
    {
      fullName: 'Tell_owner',
      ccEmails: ['board@example.com'],
      recipients: [
        { type: 'owner' },
        { type: 'user', recipient: 'admin@example.com' },
        { type: 'user', recipient: 'left@example.com' },
      ],
      template: 'unfiled$public/Approved',
    },
    // Nobody has an address there: nothing is sent, and nothing fails.
    {
      fullName: 'Tell_nobody',
      recipients: [
        { type: 'email', field: 'Site' },
        { type: 'role', recipient: 'None' },
      ],
      template: 'Approved',
    },
  ],
  tasks: [
    { fullName: 'Call', subject: 'Call the client', assignedToType: 'owner', dueDateOffset: 2 },
  ],
}
const template = {
  fullName: 'Approved',
  name: 'Approved',
  relatedEntityType: 'Account',
  subject: '{!Account.Name} is approved',
  content:
    '{!Account.Name}, {!NumberOfEmployees} people, {!Owner:User.FirstName}{!Parent.Name}: {!IF(NumberOfEmployees > 100, "large", "small")}, {!Rating}, {!AnnualRevenue}, {!AnnualRevenue / 1000}',
}
const update = (...names: readonly string[]) => ({
  action: names.map((name) => ({ name, type: 'FieldUpdate' })),
})

/** Small ones pass by themselves; large ones are decided by a person, and then by all of two. */
const process = {
  fullName: 'Account.Size',
  label: 'Large clients',
  active: true,
  allowRecall: true,
  allowedSubmitters: [{ type: 'owner' }],
  entryCriteria: {
    booleanFilter: '1 AND (2 OR 3)',
    criteriaItems: [
      { field: 'Account.NumberOfEmployees', operation: 'greaterThan', value: '0' },
      { field: 'Account.Name', operation: 'startsWith', value: 'big,small' },
      { field: 'Account.Rating', operation: 'equals', value: 'Cold' },
    ],
  },
  approvalPageFields: { field: ['Name', 'AnnualRevenue', 'Rating'] },
  initialSubmissionActions: update('Waits'),
  finalApprovalActions: {
    action: [
      ...update('Good', 'Told').action,
      { name: 'Call', type: 'Task' },
      { name: 'Tell_owner', type: 'Alert' },
      { name: 'Tell_nobody', type: 'Alert' },
    ],
  },
  finalRejectionActions: update('Emptied'),
  finalApprovalRecordLock: false,
  approvalStep: [
    {
      name: 'First',
      label: 'First look',
      entryCriteria: { formula: 'NumberOfEmployees > 100' },
      ifCriteriaNotMet: 'ApproveRecord',
      allowDelegate: true,
      assignedApprover: { approver: [{ type: 'userHierarchyField', name: 'Manager' }] },
    },
    {
      name: 'Second',
      label: 'Board',
      assignedApprover: {
        approver: [
          { type: 'user', name: 'admin@example.com' },
          { type: 'queue', name: 'Board' },
        ],
        whenMultipleApprovers: 'Unanimous',
      },
      rejectBehavior: { type: 'BackToPrevious' },
    },
  ],
}

const rights = {
  fullName: 'Signer',
  label: 'Signer',
  objectPermissions: [{ object: 'Account', allowRead: true }],
}

async function prepare(folder: string): Promise<void> {
  const write = (type: string, name: string, body: object) => {
    mkdirSync(join(folder, type), { recursive: true })
    writeFileSync(join(folder, type, `${name}.json`), JSON.stringify(body))
  }
  write('workflows', 'Account', workflow)
  write('emailTemplates', 'Approved', template)
  write('approvalProcesses', 'Account.Size', process)
  write('queues', 'Board', { fullName: 'Board', name: 'Board' })
  write('permissionsets', 'Signer', rights)
}

describe.each(databases)('approvals on $name', (database) => {
  let api: Api
  let bossId = ''
  let bossToken = ''

  beforeAll(async () => {
    api = await openApi(database, { prepare })
    bossId = await addBoss()
    // Whoever has left is written to no more.
    await addUser('left@example.com', { IsActive: false })
    await change('User', api.repId, { ManagerId: bossId })
    const [board] = await rows("SELECT Id FROM Group WHERE DeveloperName = 'Board'")
    await made('GroupMember', { GroupId: board?.['Id'], UserOrGroupId: bossId })
  })
  afterAll(() => api?.close())

  function send(method: string, path: string, { as = 'admin', body }: Ask = {}): Promise<Told> {
    return api.ask(method, path, { as, ...(body === undefined ? {} : { body }) })
  }
  const asBoss = (method: string, path: string, body?: object): Promise<Told> =>
    api.ask(method, path, {
      ...(body && { body }),
      headers: { authorization: `Bearer ${bossToken}` },
    })
  async function made(object: string, body: object, as: Ask['as'] = 'admin'): Promise<string> {
    const told = await send('POST', `${data}/sobjects/${object}`, { as, body })
    expect(told.text).toContain('"success":true')
    return String(told.json['id'])
  }
  const change = (object: string, id: string, body: object, as: Ask['as'] = 'admin') =>
    send('PATCH', `${data}/sobjects/${object}/${id}`, { as, body })
  async function rows(soql: string, as: Ask['as'] = 'admin'): Promise<readonly Json[]> {
    const told = await send('GET', `${data}/query?q=${encodeURIComponent(soql)}`, { as })
    expect(told.text).toContain('"records"')
    return [...(told.json['records'] ?? [])]
  }
  async function addUser(Username: string, more: object = {}): Promise<string> {
    const [profile] = await rows("SELECT Id FROM Profile WHERE Name = 'Standard User'")
    return made('User', {
      Username,
      Email: Username,
      Alias: Username.slice(0, 4),
      LastName: 'Boss',
      IsActive: true,
      ProfileId: profile?.['Id'],
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      ...more,
    })
  }
  async function addBoss(): Promise<string> {
    const id = await addUser('boss@example.com')
    const [set] = await rows("SELECT Id FROM PermissionSet WHERE Name = 'Signer'")
    await made('PermissionSetAssignment', { AssigneeId: id, PermissionSetId: set?.['Id'] })
    await send('POST', `${data}/sobjects/User/${id}/password`, {
      body: { NewPassword: 'correct horse 7' },
    })
    const form = new URLSearchParams({
      grant_type: 'password',
      client_id: 'PlatformCLI',
      username: 'boss@example.com',
      password: 'correct horse 7',
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const token = await api.ask('POST', '/services/oauth2/token', {
      body: form.toString(),
      headers,
    })
    bossToken = String(token.json['access_token'])
    return id
  }
  const approval = (request: object) => ({ requests: [request] })
  const perform = (request: object, as: Ask['as'] = 'rep'): Promise<Told> =>
    send('POST', `${data}/process/approvals`, { as, body: approval(request) })
  const bossPerforms = (request: object): Promise<Told> =>
    asBoss('POST', `${data}/process/approvals`, approval(request))
  const submit = (contextId: string, more: object = {}, as: Ask['as'] = 'rep') =>
    perform({ actionType: 'Submit', contextId, comments: 'Please', ...more }, as)
  const problem = ({ json }: Told): Json | undefined => json[0]?.['errors']?.[0]
  const item = ({ json }: Told): string => String(json[0]?.['newWorkitemIds']?.[0])
  const account = (Name: string, NumberOfEmployees: number) =>
    made('Account', { Name, NumberOfEmployees, OwnerId: api.repId })
  const stored = async (id: string) =>
    (await rows(`SELECT Rating, Site FROM Account WHERE Id = '${id}'`))[0]

  it('take what their criteria say, and decide by themselves what no step is for', async () => {
    expect((await send('GET', `${data}/process/approvals`, { as: 'rep' })).json).toEqual({
      approvals: {
        Account: [
          { description: null, id: 'Account.Size', name: 'Size', object: 'Account', sortOrder: 1 },
        ],
      },
    })
    const other = await account('Other', 50)
    expect(problem(await submit(other))).toMatchObject({ statusCode: 'NO_APPLICABLE_PROCESS' })
    const small = await account('Small one', 50)
    await change('Account', small, { AnnualRevenue: '123456789012345678' })
    const told = await submit(small)
    expect(told.json).toMatchObject([{ success: true, instanceStatus: 'Approved', actorIds: [] }])
    expect(await stored(String(told.json[0]?.['entityId']))).toMatchObject({
      Rating: 'Hot',
      Site: 'of Small one',
    })
    const tasks = await rows("SELECT OwnerId FROM Task WHERE Subject = 'Call the client'")
    expect(tasks).toMatchObject([{ OwnerId: api.repId }])
    const { json: outbox } = await send('GET', `${own}/emails`)
    const written = [...(outbox['emails'] ?? [])].toSorted((a, b) =>
      String(a.to).localeCompare(String(b.to)),
    )
    // Each has a message of his own, and reads nobody else's address.
    expect(written).toMatchObject(
      ['admin@example.com', 'board@example.com', 'rep@example.com'].map((address) => ({
        to: [address],
        cc: [],
        subject: 'Small one is approved',
        text: 'Small one, 50 people, Rita: small, Hot, 123,456,789,012,345,678, 123,456,789,012,345.68',
      })),
    )
    const logged = await rows("SELECT Id FROM Task WHERE Subject LIKE '%Small one is approved%'")
    expect(logged).toHaveLength(1)
    const foreign = await made('Account', { Name: 'Small of others', NumberOfEmployees: 5 })
    expect(problem(await submit(foreign))).toMatchObject({ statusCode: 'NO_APPLICABLE_PROCESS' })
    expect(problem(await submit('001000000000000AAA'))).toBeDefined()
  })

  it('lock the record at every door, go from step to step, and end once', async () => {
    const id = await account('Big one', 500)
    const told = await submit(id)
    expect(told.json).toMatchObject([
      { success: true, instanceStatus: 'Pending', actorIds: [bossId], entityId: id },
    ])
    expect(problem(await submit(id))).toMatchObject({ statusCode: 'ALREADY_IN_PROCESS' })
    expect(await stored(id)).toMatchObject({ Rating: 'Warm' })
    const body = { Phone: '1' }
    const single = await change('Account', id, body, 'rep')
    expect(single.code).toBe('ENTITY_IS_LOCKED')
    const many = await send('PATCH', `${data}/composite/sobjects`, {
      as: 'rep',
      body: { allOrNone: false, records: [{ attributes: { type: 'Account' }, id, ...body }] },
    })
    expect(many.json[0]?.['errors']?.[0]).toMatchObject({ statusCode: 'ENTITY_IS_LOCKED' })
    const gone = await send('DELETE', `${data}/sobjects/Account/${id}`, { as: 'rep' })
    expect(gone.code).toBe('ENTITY_IS_LOCKED')
    // Whoever may change all records may change this one.
    const revenue = { AnnualRevenue: 1_234_567 }
    expect((await change('Account', id, { ...body, ...revenue })).status).toBe(204)

    const waiting = await asBoss('GET', `${own}/approvals`)
    expect(waiting.json).toMatchObject([
      {
        id: item(told),
        recordId: id,
        recordName: 'Big one',
        step: 'First look',
        comments: 'Please',
        fields: [
          { name: 'Name', value: 'Big one' },
          { name: 'AnnualRevenue', value: '$1,234,567' },
          { name: 'Rating', value: 'Warm' },
        ],
      },
    ])
    const news = await asBoss('GET', `${data}/connect/notifications`)
    expect(news.json['notifications']?.[0]).toMatchObject({ target: id, type: 'approval' })
    // Whoever submits does not decide; others do not learn that there is such a request.
    const approve = { actionType: 'Approve', contextId: item(told), comments: 'Fine' }
    expect(problem(await perform(approve))).toMatchObject({ statusCode: 'INSUFFICIENT_ACCESS' })
    const both = await Promise.all([bossPerforms(approve), bossPerforms(approve)])
    expect(both.map(({ json }) => json[0]?.['success']).sort()).toEqual([false, true])
    const next = both.find(({ json }) => String(json[0]?.['success']) === 'true')
    expect(next?.json[0]?.['newWorkitemIds']).toHaveLength(2)
    const open = await rows(
      `SELECT Id, ActorId, StepName, ProcessInstance.TargetObjectId FROM ProcessInstanceWorkitem WHERE ProcessInstance.TargetObjectId = '${id}' ORDER BY ActorId`,
    )
    expect(open).toHaveLength(2)
    // Both of the second step: one alone is not enough.
    const ids = open.map((one) => String(one['Id']))
    const byAdmin = await perform({ actionType: 'Approve', contextId: ids[0] }, 'admin')
    expect(byAdmin.json).toMatchObject([{ instanceStatus: 'Pending' }])
    const last = await bossPerforms({ actionType: 'Approve', contextId: ids[1] })
    expect(last.json).toMatchObject([{ instanceStatus: 'Approved', actorIds: [] }])
    expect(await stored(id)).toMatchObject({ Rating: 'Hot', Site: 'of Big one' })
    expect((await change('Account', id, body, 'rep')).status).toBe(204)
    const told2 = await send('GET', `${data}/connect/notifications?size=1`, { as: 'rep' })
    expect(String(told2.json['notifications']?.[0]?.['messageTitle'])).toMatch(/approved Account/)
  })

  it('are read by those who take part, with their steps', async () => {
    const soql =
      'SELECT Id, Status, ProcessDefinition.DeveloperName, SubmittedBy.Name, (SELECT StepStatus, Comments, Actor.Name FROM Steps ORDER BY CreatedDate, Id) FROM ProcessInstance ORDER BY CreatedDate, Id'
    const all = await rows(soql)
    expect(all).toMatchObject([
      { Status: 'Approved', Steps: { totalSize: 1 } },
      {
        Status: 'Approved',
        ProcessDefinition: { DeveloperName: 'Account.Size' },
        SubmittedBy: { Name: 'Rita Rep' },
        Steps: {
          records: [
            { StepStatus: 'Started', Comments: 'Please', Actor: { Name: 'Rita Rep' } },
            { StepStatus: 'Approved', Comments: 'Fine', Actor: { Name: 'Boss' } },
            { StepStatus: 'Approved' },
            { StepStatus: 'Approved' },
          ],
        },
      },
    ])
    expect(await rows(soql, 'rep')).toHaveLength(2)
    const boss = await asBoss('GET', `${data}/query?q=${encodeURIComponent(soql)}`)
    expect(boss.json['totalSize']).toBe(1)
    const write = await send('POST', `${data}/sobjects/ProcessInstance`, {
      body: { Status: 'Approved' },
    })
    expect(write.status).toBeGreaterThanOrEqual(400)
  })

  it('go back when rejected, can be given to others, answered by delegates, taken back', async () => {
    const id = await account('Big two', 900)
    const first = item(await submit(id))
    await change('User', bossId, { DelegatedApproverId: api.repId })
    const given = await perform(
      { actionType: 'Reassign', contextId: first, nextApproverIds: [api.repId], comments: 'You' },
      'admin',
    )
    expect(given.json).toMatchObject([{ actorIds: [api.repId] }])
    const view = await send('GET', `${own}/approvals/records/${id}`, { as: 'rep' })
    expect(view.json).toMatchObject({
      isLocked: true,
      mayRecall: true,
      requests: [{ id: first, mayAnswer: true, actor: { name: 'Rita Rep' } }],
      history: [{ status: 'Started' }, { status: 'Reassigned', comments: 'You' }],
    })
    const board = await perform({ actionType: 'Approve', contextId: first })
    const back = await bossPerforms({
      actionType: 'Reject',
      contextId: item(board),
      comments: 'No',
    })
    // The queue's request or the administrator's: one of them is the boss's own.
    const again = back.json[0]?.['success']
      ? back
      : await bossPerforms({
          actionType: 'Reject',
          contextId: board.json[0]?.['newWorkitemIds']?.[1],
        })
    expect(again.json).toMatchObject([{ instanceStatus: 'Pending', actorIds: [bossId] }])
    // The delegate of the boss.
    expect((await send('GET', `${own}/approvals`, { as: 'rep' })).json).toHaveLength(1)
    const removed = await perform({
      actionType: 'Removed',
      contextId: item(again),
      comments: 'Oops',
    })
    expect(removed.json).toMatchObject([{ instanceStatus: 'Removed', actorIds: [] }])
    expect((await change('Account', id, { Phone: '2' }, 'rep')).status).toBe(204)
    const rejected = item(await submit(id))
    const no = await bossPerforms({ actionType: 'Reject', contextId: rejected })
    expect(no.json).toMatchObject([{ instanceStatus: 'Rejected' }])
    expect(await stored(id)).toMatchObject({ Site: null })
  })

  it('refuse what cannot be, and tell nobody what is none of theirs', async () => {
    for (const request of [
      {},
      { actionType: 'Sing', contextId: 'x' },
      { actionType: 'Approve', contextId: 'x' },
      { actionType: 'Submit', contextId: 7 },
      { actionType: 'Submit', contextId: 'x', nextApproverIds: 'y' },
      { actionType: 'Submit', contextId: 'x', comments: 'x'.repeat(5_000) },
    ]) {
      const told = await perform(request)
      expect(told.status).toBe(400)
    }
    for (const body of [{}, { requests: [] }, { requests: [1] }, { requests: {} }]) {
      const told = await send('POST', `${data}/process/approvals`, { body })
      expect(told.code).toBe('INVALID_ARGUMENT')
    }
    const secret = await made('Contact', { LastName: 'Secret' })
    expect((await send('GET', `${own}/approvals/records/${secret}`, { as: 'rep' })).status).toBe(
      404,
    )
    expect(problem(await submit(secret))).toMatchObject({
      statusCode: 'INVALID_CROSS_REFERENCE_KEY',
    })
    const id = await account('Big three', 900)
    const input = { objectId: id, comment: 'By action' }
    const acted = await send('POST', `${data}/actions/standard/submit`, {
      as: 'rep',
      body: { inputs: [input] },
    })
    expect(acted.json).toMatchObject([
      { isSuccess: true, outputValues: { instanceStatus: 'Pending', entityId: id } },
    ])
  })
})
