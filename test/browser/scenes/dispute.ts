/** Two card payments of a statement are disputed: evidence, a credit that the superior approves, an outcome for each, and the end. */
import { beforeAll, expect } from 'vitest'
import type { Desk } from '../support/desk.ts'
import { processAt } from '../support/run-process.ts'
import { playScene, type Person, type Scene } from '../support/scene.ts'

const objects = ['Dispute', 'DisputeItem', 'Case', 'DocumentChecklistItem']
const account = "Name = 'Everyday Card Delgado'"
const large = 'Harbor Electronics'
const small = 'Weekly groceries'

export function playDispute(desk: Desk): void {
  beforeAll(async () => {
    const [card] = await desk.rows<{ Id: string }>(
      `SELECT Id FROM FinancialAccount WHERE ${account}`,
    )
    const body = {
      FinancialAccountId: card?.Id,
      TransactionDate: '2026-01-06T10:00:00Z',
      DebitCreditIndicator: 'Debit',
      Amount: 640,
      Description: large,
      Type: 'Card Payment',
      Status: 'Booked',
      TransactionIdentifier: 'TX-640',
    }
    const path = '/services/data/v67.0/sobjects/FinancialAccountTransaction'
    const made = await desk.call({ method: 'POST', path, body })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
  })

  playScene('two payments are disputed, credited and decided', { desk, objects }, async (scene) => {
    const agent = await scene.person('samuel.osei@example.com')
    const dispute = await takeUp(scene, agent)
    await handInEvidence(scene, agent, dispute)
    const items = await itemsOf(scene, dispute)
    const superior = await scene.person('helen.okafor@example.com')
    const path = `/services/data/v67.0/sobjects/User/${agent.id}`
    await desk.call({ method: 'PATCH', path, body: { ManagerId: superior.id } })
    await credit(scene, agent, items)
    await approve(scene, superior, items)
    await decide(scene, agent, { dispute, items })
  })
}

async function takeUp(scene: Scene, { page }: Person): Promise<string> {
  const { value, language } = scene
  const intake = processAt(scene, page, 'Transaction_Dispute')
  const statement = `FinancialAccount.${account}`
  await page.goto(await scene.addressOf('Service', 'FinancialAccountStatement', statement))
  await intake.start('Client')
  await intake.find('AccountId', 'Delgado Household')
  await intake.choose('FinancialAccountId', 'Everyday Card Delgado')
  await intake.next('Transactions')
  for (const name of [large, small]) {
    await page.getByRole('checkbox', { name: new RegExp(name) }).check()
  }
  await scene.look(page)
  await scene.picture(page, 'dispute-payments')
  await intake.next('Reason')
  // Asked for fraud alone.
  const cancel = page.getByText(intake.words.question('IsCardCancellationRequested'))
  expect(await cancel.count()).toBe(0)
  await intake.choose('DisputeType', value('Dispute.DisputeType', 'Fraud'))
  await cancel.waitFor()
  await intake.choose('DisputeSubtype', value('Dispute.DisputeSubtype', 'Fraudulent Transaction'))
  await intake.type('Description', `I was at home (${language}).`)
  await intake.next()
  await intake.submit()
  await scene.picture(page, 'dispute-submitted')
  const [made] = await scene.desk.rows<{ Id: string; Case: object; ItemCount: number }>(
    `SELECT Id, ItemCount, DisputedAmount, Case.RecordType.DeveloperName FROM Dispute WHERE CreatedBy.Username LIKE '%samuel.osei@example.com' ORDER BY CreatedDate DESC, Id DESC LIMIT 1`,
  )
  expect(made).toMatchObject({ ItemCount: 2, Case: { RecordType: { DeveloperName: 'Dispute' } } })
  return made?.Id ?? ''
}

/** Two documents are asked for; one comes and is accepted. */
async function handInEvidence(
  { say, value, ...scene }: Scene,
  { page }: Person,
  dispute: string,
): Promise<void> {
  const address = `${scene.desk.url}/app/Service/Dispute/${dispute}`
  const status = (name: string) => value('DocumentChecklistItem.Status', name)
  await page.goto(address)
  const checklist = page.locator('fs-related-card').filter({ hasText: 'Signed dispute form' })
  await checklist.getByText(status('New'), { exact: true }).nth(1).waitFor()
  await scene.look(page)
  await scene.picture(page, 'dispute')
  await checklist.getByRole('link', { name: 'Evidence from the client' }).click()
  await page.getByText(say('The document has not come in yet.')).waitFor()
  const card = page.locator('fs-file-card')
  await card.locator('input[type=file]').setInputFiles({
    name: 'Cinema ticket.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('6 January, 18:00, two seats'),
  })
  await card.getByRole('button', { name: 'Cinema ticket', exact: true }).waitFor()
  await page.getByText(say('The document waits to be checked.')).waitFor()
  await scene.look(page)
  await scene.picture(page, 'dispute-evidence')
  await page.getByRole('button', { name: say('Accept document'), exact: true }).click()
  await page.getByText(status('Accepted'), { exact: true }).first().waitFor()
  await page.getByText(say('The document waits to be checked.')).waitFor({ state: 'detached' })
  const [item] = await scene.desk.rows(
    `SELECT IsAccepted, ValidatedBy.Username FROM DocumentChecklistItem WHERE ParentRecordId = '${dispute}' AND Name = 'Evidence from the client'`,
  )
  const by = expect.stringContaining('samuel.osei@example.com')
  expect(item).toMatchObject({ IsAccepted: true, ValidatedBy: { Username: by } })
  await page.goto(address)
  await checklist.getByText(status('Accepted'), { exact: true }).waitFor()
}

interface Items {
  readonly large: string
  readonly small: string
}

async function itemsOf({ desk }: Scene, dispute: string): Promise<Items> {
  const found = await desk.rows<{ Id: string }>(
    `SELECT Id FROM DisputeItem WHERE DisputeId = '${dispute}' ORDER BY DisputedAmount DESC`,
  )
  const [first, second] = found.map(({ Id }) => Id)
  if (first === undefined || second === undefined) throw new Error('the dispute has two items')
  return { large: first, small: second }
}

/** Up to 250 at once; above that the record waits, locked. */
async function credit(scene: Scene, { page }: Person, items: Items): Promise<void> {
  const process = processAt(scene, page, 'Provisional_Credit')
  const locked = page.getByText(scene.say('Locked'), { exact: true })
  for (const [id, isLocked] of [
    [items.small, false],
    [items.large, true],
  ] as const) {
    const address = `${scene.desk.url}/app/Service/DisputeItem/${id}`
    await page.goto(address)
    await process.start('Credit')
    await process.next()
    await process.submit()
    await page.goto(address)
    const given = scene.value('DisputeItem.ProvisionalCreditStatus', 'Completed')
    await (isLocked ? locked : page.getByText(given, { exact: true })).first().waitFor()
  }
  await scene.look(page)
  await scene.picture(page, 'dispute-credit')
}

/** Asked on the start page, whose record may be closed to whoever approves. */
async function approve(scene: Scene, { page }: Person, items: Items): Promise<void> {
  const { say, desk } = scene
  await page.goto(`${desk.url}/app/Collections/home`)
  await page.getByRole('heading', { name: `${say('Items to approve')} (1)` }).waitFor()
  const unread = 'Notifications: {count, plural, one {# unread} other {# unread}}'
  await page.getByRole('button', { name: say(unread, { count: 1 }) }).waitFor()
  await scene.look(page)
  await scene.picture(page, 'dispute-approval')
  const [item] = await desk.rows<{ Name: string }>(
    `SELECT Name FROM DisputeItem WHERE Id = '${items.large}'`,
  )
  const name = `${scene.object('DisputeItem')} ${item?.Name}`
  await page.getByRole('button', { name: say('Approve {name}', { name }) }).click()
  const dialog = page.locator('fs-approval-dialog')
  await dialog.getByRole('button', { name: say('Approve'), exact: true }).click()
  await page.getByRole('heading', { name: say('Items to approve') }).waitFor({ state: 'detached' })
  const credits = await desk.rows<{ ProvisionalCreditStatus: string }>(
    `SELECT ProvisionalCreditStatus FROM DisputeItem WHERE Id IN ('${items.large}', '${items.small}')`,
  )
  expect(credits.map((one) => one.ProvisionalCreditStatus)).toEqual(['Completed', 'Completed'])
}

interface Open {
  readonly dispute: string
  readonly items: Items
}

/** The dispute is over with the last of its payments. */
async function decide(scene: Scene, { page }: Person, { dispute, items }: Open): Promise<void> {
  const process = processAt(scene, page, 'Dispute_Outcome')
  const status = `SELECT Status, ApprovedAmount, Case.IsClosed FROM Dispute WHERE Id = '${dispute}'`
  for (const [id, outcome, after] of [
    [items.small, 'No longer disputed', { Status: 'Submitted', Case: { IsClosed: false } }],
    [items.large, 'Resolved', { Status: 'Resolved', Case: { IsClosed: true } }],
  ] as const) {
    await page.goto(`${scene.desk.url}/app/Service/DisputeItem/${id}`)
    await process.start('Outcome')
    await process.choose('Result', scene.value('DisputeItem.Status', outcome))
    await process.next()
    await process.submit()
    expect(await scene.desk.rows(status)).toMatchObject([after])
  }
  await page.goto(`${scene.desk.url}/app/Service/Dispute/${dispute}`)
  await page.getByText(scene.value('Dispute.Status', 'Resolved'), { exact: true }).first().waitFor()
  await scene.picture(page, 'dispute-resolved')
}
