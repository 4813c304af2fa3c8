/** A credit is submitted by hand: the superior is told of it, and the page that is still open follows her answer. */
import { expect, it } from 'vitest'
import { axeProblems } from '../support/axe.ts'
import type { Desk } from '../support/desk.ts'
import { createUser } from '../support/users.ts'

const data = '/services/data/v67.0'

export function playApproval(desk: Desk): void {
  it('a credit is submitted with a comment, the superior is told, and the open page follows', async () => {
    const agent = await createUser(desk.url, desk.token, 'ComplaintsAndDisputes')
    const manager = await createUser(desk.url, desk.token, 'ComplaintsAndDisputes')
    const item = await makeItem(desk, agent, manager)
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
    await other.getByRole('button', { name: 'Notifications: 1 unread' }).click()
    const panel = other.getByRole('dialog', { name: 'Notifications' })
    await panel.getByText(/asks you to approve Dispute Item DI-/).waitFor()
    expect(await axeProblems(other)).toEqual([])
    await panel.getByRole('button', { name: 'Mark all as read' }).click()
    await other.getByRole('button', { name: 'Notifications', exact: true }).click()
    await other.getByRole('button', { name: /^Approve Dispute Item/ }).click()
    const answer = other.locator('fs-approval-dialog')
    await answer.getByRole('button', { name: 'Approve' }).click()

    await page.getByText('Approved', { exact: true }).waitFor()
    await page.getByText('Locked', { exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor()
    expect(await axeProblems(page)).toEqual([])
  })
}

interface Named {
  readonly username: string
}

/** Above what is credited at once; the second person is the superior of the first. */
async function makeItem(desk: Desk, agent: Named, manager: Named): Promise<string> {
  const people = await desk.rows<{ readonly Id: string; readonly Username: string }>(
    `SELECT Id, Username FROM User WHERE Username IN ('${agent.username}', '${manager.username}')`,
  )
  const idOf = ({ username }: Named) => people.find(({ Username }) => Username === username)?.Id
  const path = `${data}/sobjects/User/${idOf(agent)}`
  await desk.call({ method: 'PATCH', path, body: { ManagerId: idOf(manager) } })
  const create = async (object: string, body: object): Promise<string> => {
    const request = { method: 'POST', path: `${data}/sobjects/${object}`, body }
    const made = await desk.call<{ id: string }>(request)
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    return made.body.id
  }
  const DisputeId = await create('Dispute', { ReceivedDate: '2026-01-06', DisputedAmount: 900 })
  return create('DisputeItem', {
    DisputeId,
    MerchantName: 'Corner shop',
    TransactionDate: '2026-01-05',
    TransactionAmount: 900,
    DisputedAmount: 900,
    ApprovedProvisionalCredit: 900,
    ProvisionalCreditStatus: 'Initiated',
  })
}
