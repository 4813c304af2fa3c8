/** Who sees what in a bank's day, on screen: a confidential talk, the plans of one's queue, a complaint with a representative. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useDesk } from './support/desk.ts'
import { createUser } from './support/users.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'

describe('scenes of daily life', () => {
  const desk = useDesk()

  async function create(object: string, body: unknown): Promise<string> {
    const path = `${data}/sobjects/${object}`
    const made = await desk.call<{ id: string }>({ method: 'POST', path, body })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    return made.body.id
  }
  async function remove(object: string, id: string): Promise<void> {
    const path = `${data}/sobjects/${object}/${id}`
    expect((await desk.call({ method: 'DELETE', path })).status).toBe(204)
  }
  async function idOf(object: string, where: string): Promise<string> {
    const path = `${data}/query?q=${encodeURIComponent(`SELECT Id FROM ${object} WHERE ${where}`)}`
    const { body } = await desk.call<{ records: readonly { Id: string }[] }>({ path })
    return body.records[0]?.Id ?? ''
  }
  const person = async (permissionSet: string) => {
    const user = await createUser(desk.url, desk.token, permissionSet)
    return { user, id: await idOf('User', `Username = '${user.username}'`) }
  }
  /** All that the page was to fetch is there. */
  const settled = async (page: Page, heading: string | RegExp): Promise<void> => {
    await page.getByRole('heading', { name: heading }).first().waitFor()
    await page.locator('fs-skeleton').first().waitFor({ state: 'detached' })
  }
  /** What the address names is shown, or is said not to be there. */
  const isRecord = async (page: Page): Promise<boolean> => {
    await page.locator('fs-problem, fs-record-details').first().waitFor()
    await page.locator('fs-skeleton').first().waitFor({ state: 'detached' })
    return (await page.locator('fs-record-details').count()) > 0
  }

  describe('a confidential summary about an account', () => {
    const title = 'Zephyr talk'
    let owner: Awaited<ReturnType<typeof person>>
    let account = ''
    let summary = ''
    beforeAll(async () => {
      owner = await person('RelationshipManager')
      account = await create('Account', { Name: 'Kastell', OwnerId: owner.id })
      const talk = { Name: title, AccountId: account, Status: 'Draft', MeetingNotes: 'Zephyr' }
      summary = await create('InteractionSummary', talk)
      // The first search of an organisation makes the indexes; nobody at a screen is to wait for that here.
      await desk.call({ path: `${data}/search?q=${encodeURIComponent('FIND {zephyr}')}` })
    })

    it('is there for the owner of the account as long as she takes part in it', async () => {
      const { page } = await desk.sit({ user: owner.user })
      const places = async () => {
        await page.goto(`${desk.url}/app/RelationshipManagement/Account/${account}`)
        await settled(page, 'Kastell')
        const timeline = page.locator('fs-timeline')
        await timeline.getByRole('heading', { name: 'Activity' }).waitFor()
        const list = page.locator('fs-related-card').filter({ hasText: 'Interaction Summaries' })
        await list.getByRole('heading').first().waitFor()
        await page.locator('fs-skeleton').first().waitFor({ state: 'detached' })
        const seen = {
          timeline: await timeline.getByText(title).count(),
          list: await list.getByText(title).count(),
        }
        await page.goto(`${desk.url}/search?q=zephyr`)
        const found = page.locator('fs-search-page')
        const nothing = found.getByRole('heading', { name: 'Nothing found' })
        await nothing.or(found.getByRole('row').nth(1)).first().waitFor()
        const search = await found.getByRole('row').filter({ hasText: title }).count()
        await page.goto(`${desk.url}/app/RelationshipManagement/InteractionSummary/${summary}`)
        const record = (await isRecord(page)) ? 1 : 0
        return Object.entries({ ...seen, search, record }).filter(([, count]) => count > 0)
      }
      const names = async () => (await places()).map(([name]) => name)
      expect(await names()).toEqual([])
      const role = await create('ParticipantRole', {
        MasterLabel: 'Adviser of the client',
        DeveloperName: 'Client_Adviser',
        ParentObject: 'InteractionSummary',
        DefaultAccessLevel: 'Read',
        IsActive: true,
      })
      const participation = await create('InteractionSummaryParticipant', {
        InteractionSummaryId: summary,
        ParticipantId: owner.id,
        ParticipantRoleId: role,
        IsActive: true,
      })
      expect(await names()).toEqual(['timeline', 'list', 'search', 'record'])
      await remove('InteractionSummaryParticipant', participation)
      expect(await names()).toEqual([])
    })
  })

  it('a collections agent sees the plans of her queue alone', async () => {
    const agent = await person('CollectionsAgent')
    const queue = async (name: string): Promise<string> => {
      const id = await create('Group', { Name: name, DeveloperName: name, Type: 'Queue' })
      await create('QueueSobject', { QueueId: id, SobjectType: 'CollectionPlan' })
      return id
    }
    const [hers, other] = [await queue('Scene_Early'), await queue('Scene_Late')]
    await create('GroupMember', { GroupId: hers, UserOrGroupId: agent.id })
    const AccountId = await create('Account', { Name: 'Scene debtor' })
    const plan = (OwnerId: string): Promise<string> =>
      create('CollectionPlan', { AccountId, OwnerId, CurrentDueAmount: 5 })
    const [open, closed] = [await plan(hers), await plan(other)]
    const { page } = await desk.sit({ user: agent.user })
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/list/All_Collection_Plans`)
    await settled(page, /All Collection Plans/)
    const links = page.locator('a[href*="/CollectionPlan/"]')
    const shown = async (id: string): Promise<number> =>
      page.locator(`a[href*="/CollectionPlan/${id}"]`).count()
    await links.first().waitFor()
    expect([await shown(open), await shown(closed)].map((count) => count > 0)).toEqual([
      true,
      false,
    ])
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/${open}`)
    expect(await isRecord(page)).toBe(true)
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/${closed}`)
    expect(await isRecord(page)).toBe(false)
  })

  it('a representative sees the complaint that he takes part in, not how the others can be reached', async () => {
    const rights = (object: string) => ({ object, allowRead: true })
    const objects = ['PublicComplaint', 'ComplaintParticipant', 'Account', 'Contact', 'Case']
    const fields = [
      'PublicComplaint.AccountId',
      'Contact.Phone',
      'Contact.AccountId',
      'Account.Phone',
    ]
    const set = {
      fullName: 'Representative',
      label: 'Representative',
      objectPermissions: objects.map(rights),
      fieldPermissions: fields.map((field) => ({ field, readable: true })),
    }
    const put = await desk.call({
      method: 'PUT',
      path: `${own}/metadata/PermissionSet/Representative`,
      body: set,
    })
    expect(put.status, JSON.stringify(put.body)).toBe(200)
    const accounts = await desk.call<object>({ path: `${own}/metadata/CustomObject/Account` })
    const closed = await desk.call({
      method: 'PUT',
      path: `${own}/metadata/CustomObject/Account?consent=true`,
      body: { ...accounts.body, externalSharingModel: 'Private' },
    })
    expect(closed.status, JSON.stringify(closed.body)).toBe(200)
    const outsider = await person('Representative')
    const path = `${data}/sobjects/User/${outsider.id}`
    await desk.call({ method: 'PATCH', path, body: { UserType: 'CspLitePortal' } })
    const other = await create('Account', { Name: 'Other household', Phone: '555-0101' })
    const contact = await create('Contact', {
      LastName: 'Otherwise',
      AccountId: other,
      Phone: '555-0102',
    })
    const complaint = await create('PublicComplaint', {
      AccountId: other,
      IncidentDate: '2026-01-05',
    })
    await create('ComplaintParticipant', { PublicComplaintId: complaint, ParticipantId: contact })
    const { page } = await desk.sit({ user: outsider.user })
    const address = `${desk.url}/app/Service/PublicComplaint/${complaint}`
    const opens = async (): Promise<boolean> => {
      await page.goto(address)
      return isRecord(page)
    }
    expect(await opens()).toBe(false)
    const representative = await create('ParticipantRole', {
      MasterLabel: 'Representative',
      DeveloperName: 'Complaint_Representative',
      ParentObject: 'PublicComplaint',
      DefaultAccessLevel: 'Read',
      IsActive: true,
    })
    await create('CustomObjectParticipant', {
      ReferenceObjectId: complaint,
      ParticipantId: outsider.id,
      ParticipantRoleId: representative,
    })
    expect(await opens()).toBe(true)
    const told = await page.locator('body').innerText()
    expect(told).not.toMatch(/555-010|Other household|Otherwise/)
    await page.goto(`${desk.url}/app/Service/Contact/${contact}`)
    expect(await isRecord(page)).toBe(false)
    expect(await page.getByText(/555-010/).count()).toBe(0)
  })
})
