/**
 * A collections agent takes the most urgent plan, notes a call and a promise to pay; one instalment is kept, one is broken in
 * the night and makes the plan more urgent. Beside it a client with three late invoices.
 */
import { expect } from 'vitest'
import type { Desk } from '../support/desk.ts'
import { processAt } from '../support/run-process.ts'
import { playScene, type Person, type Scene } from '../support/scene.ts'

const objects = ['CollectionPlan', 'Task']
const own = '/services/fieldstone/v1'
const patience = { timeout: 60_000, interval: 100 }

export function playCollections(desk: Desk): void {
  playScene('a late plan is worked by its urgency', { desk, objects }, async (scene) => {
    const agent = await scene.person('tomas.rivera@example.com')
    const plan = await acceptNext(scene, agent)
    await noteCall(scene, agent, plan)
    const items = await promise(scene, agent, plan)
    await keepAndBreak(scene, plan, items)
    await seeOutcome(scene, agent, plan)
  })
}

interface Plan {
  readonly Id: string
  readonly Name: string
  readonly CurrentDueAmount: number
  readonly PriorityScore: number
}

interface Item {
  readonly Id: string
  readonly Status: string
}

async function acceptNext(scene: Scene, { page }: Person): Promise<Plan> {
  const [first] = await scene.desk.rows<Plan>(
    "SELECT Id, Name, CurrentDueAmount, PriorityScore FROM CollectionPlan WHERE Owner.Name = 'Collections' ORDER BY PriorityScore DESC, CreatedDate, Id LIMIT 1",
  )
  if (first === undefined) throw new Error('plans wait in the queue')
  await page.goto(`${scene.desk.url}/app/Collections/CollectionPlan/list/MyQueues`)
  const name = scene.listView('CollectionPlan', 'MyQueues')
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await page.getByText(first.Name).waitFor()
  await scene.look(page)
  await scene.picture(page, 'collections-queue')
  await page.getByRole('button', { name: scene.say('Accept next') }).click()
  await page.waitForURL(`**/CollectionPlan/${first.Id}`)
  await scene.picture(page, 'collections-plan')
  return first
}

async function noteCall(scene: Scene, { page }: Person, plan: Plan): Promise<void> {
  const process = processAt(scene, page, 'Log_Collection_Call')
  await process.start('Call')
  await process.choose(
    'Outcome',
    scene.value('CollectionPlan.InteractionOutcome', 'Callback Agreed'),
  )
  await process.next()
  await process.submit()
  const calls = `SELECT Subject, CallType FROM Task WHERE WhatId = '${plan.Id}' AND TaskSubtype = 'Call'`
  expect(await scene.desk.rows(calls)).toMatchObject([
    { Subject: 'Call: Callback Agreed', CallType: 'Outbound' },
  ])
}

/** What the client will pay, in two instalments. */
async function promise(scene: Scene, { page }: Person, plan: Plan): Promise<readonly Item[]> {
  const process = processAt(scene, page, 'Promise_To_Pay')
  await page.goto(`${scene.desk.url}/app/Collections/CollectionPlan/${plan.Id}`)
  await process.start('Promise')
  await process.type('Amount', '100')
  await process.next('Instalments')
  for (const [at, days] of [3, 9].entries()) {
    const entry = await process.entry('Instalments', at + 1)
    await process.type('PayOn', scene.typedDay(dayAfter(days)), entry)
    await process.type('InstalmentAmount', '50', entry)
  }
  await scene.look(page)
  await scene.picture(page, 'collections-promise')
  await process.next()
  await process.submit()
  const items = await scene.desk.rows<Item>(
    `SELECT Id, Status FROM PaymentScheduleItem WHERE PaymentSchedule.ReferenceEntityId = '${plan.Id}' ORDER BY TargetPaymentProcessingDate`,
  )
  const ready = { Status: 'Ready for Processing' }
  expect(items).toMatchObject([ready, ready])
  return items
}

function dayAfter(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

/** Money comes for the first; the day of the second passes, which the night finds. */
async function keepAndBreak({ desk }: Scene, plan: Plan, items: readonly Item[]): Promise<void> {
  const change = async (id: string, body: object): Promise<void> => {
    const path = `/services/data/v67.0/sobjects/PaymentScheduleItem/${id}`
    expect((await desk.call({ method: 'PATCH', path, body })).status).toBe(204)
  }
  const [kept, broken] = items.map(({ Id }) => Id)
  await change(kept ?? '', { PaymentsReceived: 50 })
  const urgency = `SELECT PriorityScore FROM CollectionPlan WHERE Id = '${plan.Id}'`
  const [promised] = await desk.rows<Plan>(urgency)
  await change(broken ?? '', { TargetPaymentProcessingDate: dayAfter(-1) })
  const night = encodeURIComponent('Flow Collections_Instalments_Overdue')
  await desk.call({ method: 'POST', path: `${own}/scheduled-jobs/${night}/run` })
  const status = `SELECT Status FROM PaymentScheduleItem WHERE Id = '${broken}'`
  await expect.poll(() => desk.rows(status), patience).toMatchObject([{ Status: 'Failed' }])
  const [after] = await desk.rows<Plan>(urgency)
  expect(after?.PriorityScore).toBeGreaterThan(promised?.PriorityScore ?? Infinity)
}

async function seeOutcome(scene: Scene, { page }: Person, plan: Plan): Promise<void> {
  await page.goto(`${scene.desk.url}/app/Collections/CollectionPlan/list/My_Open_Collection_Plans`)
  await page.getByText(plan.Name, { exact: true }).waitFor()
  if (scene.isWhole) await seeInvoices(scene, page)
  const totals =
    'SELECT CurrentDueAmount, BrokenPromiseCount, PromiseToPayCount FROM CollectionPlan'
  expect(await scene.desk.rows(`${totals} WHERE Id = '${plan.Id}'`)).toMatchObject([
    { CurrentDueAmount: plan.CurrentDueAmount - 50, BrokenPromiseCount: 1, PromiseToPayCount: 1 },
  ])
}

/** A client with three late invoices has one plan with three items. */
async function seeInvoices(scene: Scene, page: Person['page']): Promise<void> {
  const three = "Account.Name LIKE 'Brightwater%'"
  const items = `SELECT Id FROM CollectionPlanItem WHERE CollectionPlan.${three}`
  expect(await scene.desk.rows(items)).toHaveLength(3)
  await page.goto(await scene.addressOf('Collections', 'CollectionPlan', three))
  await page.getByRole('heading', { level: 1 }).waitFor()
  await scene.look(page)
  await scene.picture(page, 'collections-invoices')
}
