/** A collections agent at work: takes the most urgent plan, notes a call, records a promise; one instalment is kept, one broken. */
import { beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import { useDesk } from './support/desk.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const agent = { username: 'tomas.rivera@example.com', password: 'twelve small boats' }
const patience = { timeout: 60_000, interval: 100 }

interface Item {
  readonly Id: string
  readonly Status: string
}

const dayAfter = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

describe('collections', { timeout: 300_000 }, () => {
  const desk = useDesk()

  const rows = async <Row>(soql: string): Promise<readonly Row[]> => {
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    return (await desk.call<{ records: readonly Row[] }>({ path })).body.records
  }
  const change = async (object: string, id: string, body: unknown): Promise<void> => {
    const path = `${data}/sobjects/${object}/${id}`
    expect((await desk.call({ method: 'PATCH', path, body })).status).toBe(204)
  }

  beforeAll(async () => {
    const [user] = await rows<{ Id: string }>(
      `SELECT Id FROM User WHERE Username = '${agent.username}'`,
    )
    const path = `${data}/sobjects/User/${user?.Id}/password`
    await desk.call({ method: 'POST', path, body: { NewPassword: agent.password } })
  })

  it('are worked by urgency, with calls, promises, and what becomes of them', async () => {
    const [first] = await rows<{ Id: string; Name: string; CurrentDueAmount: number }>(
      "SELECT Id, Name, CurrentDueAmount FROM CollectionPlan WHERE Owner.Name = 'Collections' ORDER BY PriorityScore DESC, CreatedDate, Id LIMIT 1",
    )
    const { page } = await desk.sit({ clean: true, user: agent })
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/list/MyQueues`)
    await page.getByRole('heading', { level: 1, name: 'Waiting in My Queues' }).waitFor()
    await page.getByText(first?.Name ?? '').waitFor()
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Accept next' }).click()
    await page.waitForURL(`**/CollectionPlan/${first?.Id}`)
    const start = async (process: string): Promise<void> => {
      await page.goto(`${desk.url}/app/Collections/CollectionPlan/${first?.Id}`)
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: process }).click()
    }
    const submit = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Next' }).click()
      await page.getByRole('heading', { level: 2, name: 'Review' }).waitFor()
      await page.getByRole('button', { name: 'Submit' }).click()
      await page.getByRole('heading', { name: 'Submitted' }).waitFor()
    }

    await start('Log a call')
    await page.getByRole('combobox', { name: /What it led to/ }).click()
    await page.getByRole('option', { name: 'Callback Agreed' }).click()
    await submit()
    const [call] = await rows(
      `SELECT Subject, CallType FROM Task WHERE WhatId = '${first?.Id}' AND TaskSubtype = 'Call'`,
    )
    expect(call).toMatchObject({ Subject: 'Call: Callback Agreed', CallType: 'Outbound' })

    await start('Record a promise to pay')
    await page.getByLabel(/Promised in all/).fill('100')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { level: 2, name: 'Instalments' }).waitFor()
    for (const [at, days] of [3, 9].entries()) {
      // The first line is there where one is needed at least.
      if ((await page.getByLabel(/Comes on/).count()) <= at) {
        await page.getByRole('button', { name: 'Add Instalment' }).click()
      }
      const [year, month, day] = dayAfter(days).split('-').map(Number)
      await page
        .getByLabel(/Comes on/)
        .nth(at)
        .fill(`${month}/${day}/${year}`)
      await page
        .getByLabel(/^Amount/)
        .nth(at)
        .fill('50')
    }
    expect(await axeProblems(page)).toEqual([])
    await submit()
    const items = await rows<Item>(
      `SELECT Id, Status FROM PaymentScheduleItem WHERE PaymentSchedule.ReferenceEntityId = '${first?.Id}' ORDER BY TargetPaymentProcessingDate`,
    )
    expect(items).toMatchObject([
      { Status: 'Ready for Processing' },
      { Status: 'Ready for Processing' },
    ])

    const [kept, broken] = items
    await change('PaymentScheduleItem', kept?.Id ?? '', { PaymentsReceived: 50 })
    await change('PaymentScheduleItem', broken?.Id ?? '', {
      TargetPaymentProcessingDate: dayAfter(-1),
    })
    const night = encodeURIComponent('Flow Collections_Instalments_Overdue')
    await desk.call({ method: 'POST', path: `${own}/scheduled-jobs/${night}/run` })
    await expect
      .poll(
        () => rows(`SELECT Status FROM PaymentScheduleItem WHERE Id = '${broken?.Id}'`),
        patience,
      )
      .toMatchObject([{ Status: 'Failed' }])
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/list/My_Open_Collection_Plans`)
    await page.getByText(first?.Name ?? '', { exact: true }).waitFor()
    const [plan] = await rows(
      `SELECT CurrentDueAmount, BrokenPromiseCount, PromiseToPayCount FROM CollectionPlan WHERE Id = '${first?.Id}'`,
    )
    expect(plan).toMatchObject({
      CurrentDueAmount: (first?.CurrentDueAmount ?? 0) - 50,
      BrokenPromiseCount: 1,
      PromiseToPayCount: 1,
    })
    // The same list in the languages of others.
    const session = `${desk.url}${own}/session`
    const headers = { 'X-Fieldstone-Request': '1' }
    for (const [language, heading] of [
      ['de', 'Wartet in meinen Warteschlangen'],
      ['es', 'En espera en mis colas'],
    ] as const) {
      await page.request.patch(session, { data: { language }, headers })
      await page.goto(`${desk.url}/app/Collections/CollectionPlan/list/MyQueues`)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    }
  })
})
