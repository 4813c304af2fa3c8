/**
 * Compliant data sharing: a talk is open to its participants and to nobody else who does not own it, at every door, from the moment
 * that they take part and not longer; above whom they stand is of no account where the object says so.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administratorOf } from '../support/administrator.ts'
import { openApi, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const timeout = 300_000

describe.each(databases)('participants on $name', { timeout }, (database) => {
  let api: Api
  let account: string
  let summary: string

  beforeAll(async () => {
    api = await openApi(database)
    const setId = await idOf('PermissionSet', "Name = 'RelationshipManager'")
    await make('PermissionSetAssignment', { AssigneeId: api.repId, PermissionSetId: setId })
    const author = await make('User', {
      Username: 'author@example.com',
      Email: 'author@example.com',
      Alias: 'author',
      LastName: 'Author',
      IsActive: true,
      ProfileId: await idOf('Profile', "Name = 'Standard User'"),
      UserRoleId: await idOf('UserRole', "Name = 'Adviser'"),
    })
    const capture = { enableChangeDataCapture: true }
    await ask('PATCH', `${own}/metadata/CustomObject/InteractionSummary`, capture)
    // The account is the representative's own: that opens none of the talks about it.
    account = await make('Account', { Name: 'Kastell', OwnerId: api.repId })
    const talk = { Name: 'Zephyr talk', AccountId: account, OwnerId: author }
    summary = await make('InteractionSummary', { ...talk, MeetingNotes: 'Zephyr', Status: 'Draft' })
    await update('InteractionSummary', summary, { InteractionPurpose: 'Account Review' })
  }, timeout)
  afterAll(() => api.close())

  const { ask, make, update, remove, idOf } = administratorOf(() => api)

  const query = (soql: string): string => `${data}/query?q=${encodeURIComponent(soql)}`
  const doors = (): Readonly<Record<string, string>> => ({
    record: `${data}/sobjects/InteractionSummary/${summary}`,
    screen: `${own}/ui/records/${summary}`,
    list: query('SELECT Id, Name FROM InteractionSummary ORDER BY Name'),
    aggregate: query('SELECT Name, COUNT(Id) n FROM InteractionSummary GROUP BY Name'),
    'child query': query(
      `SELECT Id, (SELECT Name FROM InteractionSummaries) FROM Account WHERE Id = '${account}'`,
    ),
    search: `${data}/search?q=${encodeURIComponent('FIND {Zephyr} RETURNING InteractionSummary(Name)')}`,
    'search box': `${own}/ui/search?q=Zephyr&each=5`,
    collection: `${data}/composite/sobjects/InteractionSummary?ids=${summary}&fields=Name`,
    export: `${own}/export?q=${encodeURIComponent('SELECT Name FROM InteractionSummary')}&name=x`,
    history: query(
      'SELECT InteractionSummaryId, InteractionSummary.Name FROM InteractionSummaryHistory',
    ),
    events: `${own}/change-events?after=-2&objects=InteractionSummary`,
  })

  /** The doors at which the representative finds the talk. */
  const found = async (): Promise<readonly string[]> => {
    const open: string[] = []
    for (const [name, path] of Object.entries(doors())) {
      const { text, status } = await api.ask('GET', path, { as: 'rep' })
      const tells = text.includes('Zephyr talk') || text.includes(summary)
      if (status === 200 && tells) open.push(name)
    }
    return open
  }
  const edits = async (): Promise<number> => {
    const path = `${data}/sobjects/InteractionSummary/${summary}`
    const body = { MeetingNotes: `Zephyr ${Math.random()}` }
    return (await api.ask('PATCH', path, { as: 'rep', body })).status
  }
  const role = (MasterLabel: string, DefaultAccessLevel: string): Promise<string> =>
    make('ParticipantRole', {
      MasterLabel,
      DeveloperName: MasterLabel,
      ParentObject: 'InteractionSummary',
      DefaultAccessLevel,
      IsActive: true,
    })
  const admit = (ParticipantId: string, ParticipantRoleId: string): Promise<string> =>
    make('InteractionSummaryParticipant', {
      InteractionSummaryId: summary,
      ParticipantId,
      ParticipantRoleId,
      IsActive: true,
    })

  it('see what they take part in, at every door, and what their role lets them do', async () => {
    const all = Object.keys(doors())
    expect(await found()).toEqual([])
    expect(await edits()).toBe(404)
    const reader = await role('Reader', 'Read')
    const participation = await admit(api.repId, reader)
    expect(await found()).toEqual(all)
    expect(await edits()).toBe(403)
    await update('InteractionSummaryParticipant', participation, { IsActive: false })
    expect(await found()).toEqual([])
    await update('InteractionSummaryParticipant', participation, { IsActive: true })
    await update('ParticipantRole', reader, { DefaultAccessLevel: 'Edit' })
    expect(await edits()).toBe(204)
    await update('ParticipantRole', reader, { IsActive: false })
    expect(await found()).toEqual([])
    await update('ParticipantRole', reader, { IsActive: true, DefaultAccessLevel: 'None' })
    expect(await found()).toEqual([])
    await remove('InteractionSummaryParticipant', participation)
  })

  it('may be groups of people, with groups in them', async () => {
    const outer = await make('Group', { Name: 'Deal_team', Type: 'Participant' })
    const inner = await make('Group', { Name: 'Analysts', Type: 'Participant' })
    await make('GroupMember', { GroupId: outer, UserOrGroupId: inner })
    const participation = await admit(outer, await role('Team', 'Edit'))
    expect(await found()).toEqual([])
    const member = await make('GroupMember', { GroupId: inner, UserOrGroupId: api.repId })
    expect(await found()).toEqual(Object.keys(doors()))
    expect(await edits()).toBe(204)
    await remove('GroupMember', member)
    expect(await found()).toEqual([])
    await remove('InteractionSummaryParticipant', participation)
  })

  it('alone count where the object leaves the role hierarchy out, in the recycle bin too', async () => {
    const manager = await idOf('UserRole', "Name = 'BranchManager'")
    await update('User', api.repId, { UserRoleId: manager })
    const body = await ask('GET', `${own}/metadata/CustomObject/InteractionSummary`)
    const path = `${own}/metadata/CustomObject/InteractionSummary?consent=true`
    await ask('PUT', path, { ...body, sharingHierarchy: true })
    expect(await found()).toEqual(Object.keys(doors()))
    await ask('PUT', path, { ...body, sharingHierarchy: false })
    expect(await found()).toEqual([])
    await admit(api.repId, await role('Watcher', 'Read'))
    expect(await found()).toEqual(Object.keys(doors()))
    await remove('InteractionSummary', summary)
    const bin = query('SELECT Name FROM InteractionSummary WHERE IsDeleted = true')
    const inBin = async (): Promise<boolean> =>
      (await api.ask('GET', bin.replace('/query?', '/queryAll?'), { as: 'rep' })).text.includes(
        'Zephyr talk',
      )
    // What let him in went with it; superiors of the owner have it as long as they are superiors.
    expect(await inBin()).toBe(false)
    await ask('PUT', path, { ...body, sharingHierarchy: true })
    expect(await inBin()).toBe(true)
    await update('User', api.repId, { UserRoleId: null })
    expect(await inBin()).toBe(false)
  })

  it('from outside see the complaint that they take part in, not how the others can be reached', async () => {
    const set = {
      fullName: 'Representative',
      label: 'Representative',
      objectPermissions: ['PublicComplaint', 'ComplaintParticipant', 'Account', 'Contact'].map(
        (object) => ({
          object,
          allowCreate: false,
          allowRead: true,
          allowEdit: false,
          allowDelete: false,
          viewAllRecords: false,
          modifyAllRecords: false,
        }),
      ),
      fieldPermissions: [
        'PublicComplaint.AccountId',
        'Contact.Phone',
        'Contact.AccountId',
        'Account.Phone',
      ].map((field) => ({ field, readable: true, editable: false })),
    }
    const accounts = await ask('GET', `${own}/metadata/CustomObject/Account`)
    const changes = [
      { type: 'PermissionSet', fullName: 'Representative', body: set },
      {
        type: 'CustomObject',
        fullName: 'Account',
        body: { ...accounts, externalSharingModel: 'Private' },
      },
    ]
    const plan = await ask('POST', `${own}/plans`, { changes })
    await ask('POST', `${own}/plans/${String(plan['id'])}/apply`, { consent: true })
    const held = await idOf(
      'PermissionSetAssignment',
      `AssigneeId = '${api.repId}' AND PermissionSet.Name = 'RelationshipManager'`,
    )
    await remove('PermissionSetAssignment', held)
    const PermissionSetId = await idOf('PermissionSet', "Name = 'Representative'")
    await make('PermissionSetAssignment', { AssigneeId: api.repId, PermissionSetId })
    await update('User', api.repId, { UserType: 'CspLitePortal', UserRoleId: null })
    const other = await make('Account', { Name: 'Other household', Phone: '555-0101' })
    const contact = await make('Contact', {
      LastName: 'Other',
      AccountId: other,
      Phone: '555-0102',
    })
    const complaint = await make('PublicComplaint', {
      AccountId: other,
      IncidentDate: '2026-01-05',
    })
    await make('ComplaintParticipant', { PublicComplaintId: complaint, ParticipantId: contact })
    const asked = [
      `${data}/sobjects/PublicComplaint/${complaint}`,
      `${own}/ui/records/${complaint}`,
      query(
        'SELECT Id, Account.Phone, Account.Name, (SELECT Id FROM ComplaintParticipants) FROM PublicComplaint',
      ),
      `${data}/sobjects/Contact/${contact}`,
      query('SELECT Id, Phone FROM Contact'),
      query("SELECT Id FROM PublicComplaint WHERE Account.Phone = '555-0101'"),
      `${data}/search?q=${encodeURIComponent('FIND {Other} RETURNING Contact(Phone), Account(Phone)')}`,
    ]
    const answers = async () =>
      Promise.all(asked.map(async (path) => api.ask('GET', path, { as: 'rep' })))
    const finds = ({ status, text }: { readonly status: number; readonly text: string }): boolean =>
      status === 200 && text.includes(complaint)
    expect((await answers()).map(finds)).toEqual(asked.map(() => false))
    const representative = await make('ParticipantRole', {
      MasterLabel: 'Representative',
      DeveloperName: 'Complaint_Representative',
      ParentObject: 'PublicComplaint',
      DefaultAccessLevel: 'Read',
      IsActive: true,
    })
    await make('CustomObjectParticipant', {
      ReferenceObjectId: complaint,
      ParticipantId: api.repId,
      ParticipantRoleId: representative,
    })
    const told = await answers()
    expect(told.slice(0, 3).map(finds)).toEqual([true, true, true])
    expect(told.slice(3).map(finds)).toEqual([false, false, false, false])
    expect(told.map(({ text }) => text).join()).not.toMatch(/555-010|Other household/)
  })
})

describe.each(databases)('a collections agent on $name', { timeout }, (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  }, timeout)
  afterAll(() => api.close())

  it('sees the plans of the own queue alone, and keeps what he takes from it', async () => {
    const { make, idOf } = administratorOf(() => api)
    const PermissionSetId = await idOf('PermissionSet', "Name = 'CollectionsAgent'")
    await make('PermissionSetAssignment', { AssigneeId: api.repId, PermissionSetId })
    const queue = async (name: string): Promise<string> => {
      const id = await make('Group', { Name: name, DeveloperName: name, Type: 'Queue' })
      await make('QueueSobject', { QueueId: id, SobjectType: 'CollectionPlan' })
      return id
    }
    const [mine, other] = [await queue('Early'), await queue('Late')]
    await make('GroupMember', { GroupId: mine, UserOrGroupId: api.repId })
    const AccountId = await make('Account', { Name: 'Debtor' })
    const plans = await Promise.all(
      [mine, other, undefined].map((OwnerId) =>
        make('CollectionPlan', {
          AccountId,
          CurrentDueAmount: 5,
          ...(OwnerId !== undefined && { OwnerId }),
        }),
      ),
    )
    const seen = async (): Promise<readonly string[]> => {
      const q = encodeURIComponent('SELECT Id FROM CollectionPlan')
      const { json } = await api.ask('GET', `${data}/query?q=${q}`, { as: 'rep' })
      return (json['records'] ?? []).map((row) => String(row['Id']))
    }
    expect(await seen()).toEqual([plans[0]])
    const statuses = await Promise.all(
      plans.map(
        async (id) => (await api.ask('GET', `${own}/ui/records/${id}`, { as: 'rep' })).status,
      ),
    )
    expect(statuses).toEqual([200, 404, 404])
    const body = { inputs: [{ objectName: 'CollectionPlan' }] }
    const path = `${data}/actions/standard/acceptNextFromQueue`
    const taken = await api.ask('POST', path, { as: 'rep', body })
    expect(taken.text).toContain(plans[0])
    expect(await seen()).toEqual([plans[0]])
  })
})
