/** A credit is asked for, approved by the superior and seen at once; a complaint shows its clock, in three languages. */
import { beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import { useDesk } from './support/desk.ts'
import { createUser } from './support/users.ts'

const data = '/services/data/v67.0'

describe('approvals and deadlines', { timeout: 300_000 }, () => {
  const desk = useDesk()
  type Person = Awaited<ReturnType<typeof createUser>>
  let agent: Person
  let manager: Person
  let item = ''
  let complaint = ''

  beforeAll(async () => {
    const create = async (object: string, body: unknown): Promise<string> => {
      const path = `${data}/sobjects/${object}`
      const made = await desk.call<{ id: string }>({ method: 'POST', path, body })
      expect(made.status, JSON.stringify(made.body)).toBe(201)
      return made.body.id
    }
    const idOf = async (object: string, condition: string): Promise<string> => {
      const soql = `SELECT Id FROM ${object} WHERE ${condition}`
      const path = `${data}/query?q=${encodeURIComponent(soql)}`
      const { body } = await desk.call<{ records: readonly { Id: string }[] }>({ path })
      return body.records[0]?.Id ?? ''
    }
    agent = await createUser(desk.url, desk.token, 'ComplaintsAndDisputes')
    manager = await createUser(desk.url, desk.token, 'ComplaintsAndDisputes')
    const agentId = await idOf('User', `Username = '${agent.username}'`)
    const ManagerId = await idOf('User', `Username = '${manager.username}'`)
    const path = `${data}/sobjects/User/${agentId}`
    await desk.call({ method: 'PATCH', path, body: { ManagerId } })
    const DisputeId = await create('Dispute', { ReceivedDate: '2026-01-06', DisputedAmount: 900 })
    item = await create('DisputeItem', {
      DisputeId,
      MerchantName: 'Corner shop',
      TransactionDate: '2026-01-05',
      TransactionAmount: 900,
      DisputedAmount: 900,
      ApprovedProvisionalCredit: 900,
      ProvisionalCreditStatus: 'Initiated',
    })
    complaint = await create('Case', {
      Subject: 'Rude letter',
      OwnerId: agentId,
      RecordTypeId: await idOf('RecordType', "DeveloperName = 'Complaint'"),
    })
  })

  it('a credit is submitted, the superior is told and approves, and both see it at once', async () => {
    const { page } = await desk.sit({ clean: true, user: agent })
    await page.goto(`${desk.url}/app/Service/DisputeItem/${item}`)
    await page.getByRole('button', { name: 'Submit for approval' }).click()
    const dialog = page.locator('fs-approval-dialog')
    await dialog.getByLabel('Comment').fill('The client was at home.')
    expect(await axeProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Submit for approval' }).click()
    await page.getByText('Locked', { exact: true }).waitFor()

    const { page: other } = await desk.sit({ clean: true, user: manager })
    await other.goto(`${desk.url}/app/Service/home`)
    await other.getByRole('heading', { name: 'Items to approve (1)' }).waitFor()
    await other.getByRole('button', { name: 'Notifications: 1 unread' }).click()
    const panel = other.getByRole('dialog', { name: 'Notifications' })
    await panel.getByText(/asks you to approve Dispute Item DI-/).waitFor()
    expect(await axeProblems(other)).toEqual([])
    await panel.getByRole('button', { name: 'Mark all as read' }).click()
    await other.getByRole('button', { name: 'Notifications', exact: true }).click()
    await other.getByRole('button', { name: /^Approve Dispute Item/ }).click()
    const answer = other.locator('fs-approval-dialog')
    await answer.getByRole('button', { name: 'Approve' }).click()
    await other.getByRole('heading', { name: /Items to approve/ }).waitFor({ state: 'detached' })

    // The page that is still open follows.
    await page.getByText('Approved', { exact: true }).waitFor()
    await page.getByText('Locked', { exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor()
    expect(await axeProblems(page)).toEqual([])
  })

  it('a complaint shows how long is left, in the language of whoever looks', async () => {
    const { page } = await desk.sit({ clean: true, user: agent, width: 390, dark: true })
    const session = `${desk.url}/services/fieldstone/v1/session`
    const headers = { 'X-Fieldstone-Request': '1' }
    for (const [language, heading, left] of [
      ['en_US', 'Deadlines', / left$/],
      ['de', 'Fristen', /^noch /],
      ['es', 'Plazos', /^quedan /],
    ] as const) {
      await page.request.patch(session, { data: { language }, headers })
      await page.goto(`${desk.url}/app/Service/Case/${complaint}`)
      const panel = page.locator('fs-deadline-panel')
      await panel.getByRole('heading', { name: heading, exact: true }).waitFor()
      await panel.getByText(left).first().waitFor()
      expect(await axeProblems(page)).toEqual([])
    }
  })
})
