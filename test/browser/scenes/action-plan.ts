/**
 * A manager takes a template further and publishes it; an adviser starts the plan before the meeting, hands in what is
 * asked for, works it off and moves it.
 */
import { beforeAll, expect } from 'vitest'
import type { Desk } from '../support/desk.ts'
import { playScene, type Person, type Scene } from '../support/scene.ts'

/** What the manager calls the new step. */
const summaries = {
  en: 'Send the summary',
  de: 'Zusammenfassung senden',
  es: 'Enviar el resumen',
}

const planName = 'Stanhope: next review'

/** A Friday; five days of work later it is the Monday after next, for Wednesday is a holiday. */
const start = '2027-03-05'
const holiday = '2027-03-10'
const preparedBy = '2027-03-15'

export function playActionPlan(desk: Desk): void {
  beforeAll(async () => {
    const body = { Name: 'Founders’ Day', ActivityDate: holiday, IsAllDay: true }
    await desk.call({ method: 'POST', path: '/services/data/v67.0/sobjects/Holiday', body })
  })

  const objects = ['DocumentChecklistItem']
  playScene(
    'a plan is published, started, worked off and shifted',
    { desk, objects },
    async (scene) => {
      await publishTemplate(scene, await scene.person('noor.haddad@example.com'))
      const adviser = await scene.person('anke.brandt@example.com')
      await startPlan(scene, adviser)
      const plan = adviser.page.url()
      await handIn(scene, adviser)
      await adviser.page.goto(plan)
      await workOff(scene, adviser)
      await shiftPlan(scene, adviser)
      if (!scene.isWhole) return
      await addStep(scene, adviser)
      await cancelPlan(scene, adviser)
    },
  )
}

/** A published version is changed by a new one. */
async function publishTemplate(
  { say, language, ...scene }: Scene,
  { page }: Person,
): Promise<void> {
  const button = (english: string) => page.getByRole('button', { name: say(english), exact: true })
  const review = "ActionPlanTemplate.UniqueName = 'Financial_Plan_Review' AND Status = 'Final'"
  await page.goto(await scene.addressOf('BusinessSetup', 'ActionPlanTemplateVersion', review))
  const fixed = 'This version stays as it is. Make a new version to change the template.'
  await page.getByText(say(fixed)).waitFor()
  await button('New version').click()
  await button('Publish').waitFor()
  await button('Add step').click()
  await page.getByLabel(say('What is to be done')).fill(summaries[language])
  await page.getByLabel(say('Days after the start')).fill('2')
  await page.getByLabel(say('Who does it')).selectOption('creator')
  await page.getByRole('checkbox', { name: 'Schedule the meeting' }).check()
  await button('Save').click()
  const days = say('{count, plural, one {# day} other {# days}}', { count: 2 })
  const after = say('after {names}', { names: 'Schedule the meeting' })
  await page.getByText(`${days} · ${after}`).last().waitFor()
  await scene.picture(page, 'action-plan-template')
  await button('Publish').click()
  await page
    .locator('fs-dialog')
    .getByRole('button', { name: say('Publish') })
    .click()
  await page.getByText(say(fixed)).waitFor()
}

async function startPlan({ say, day, ...scene }: Scene, { page }: Person): Promise<void> {
  await page.goto(
    await scene.addressOf('RelationshipManagement', 'Account', "Name = 'Stanhope Household'"),
  )
  await page.getByRole('button', { name: say('More actions') }).click()
  await page.getByRole('menuitem', { name: say('Start action plan') }).click()
  await page.getByLabel(say('Template')).selectOption({ label: 'Financial Plan Review' })
  await page.getByLabel(say('Name of the plan')).fill(scene.own(planName))
  await page.getByLabel(say('Start'), { exact: true }).fill(start)
  await scene.picture(page, 'action-plan-start')
  await page.getByRole('button', { name: say('Start plan'), exact: true }).click()
  await page.getByRole('heading', { level: 1, name: scene.own(planName) }).waitFor()
  const due = say('due {day}', { day: day(preparedBy) })
  await line(page, 'Prepare the review').getByText(due).waitFor()
}

function line(page: Person['page'], name: string) {
  return page.getByRole('listitem').filter({ hasText: name })
}

/** What was asked for comes in as a file. */
async function handIn({ value, ...scene }: Scene, { page }: Person): Promise<void> {
  await line(page, 'Collect income documents').getByRole('link').click()
  const card = page.locator('fs-file-card')
  await card.locator('input[type=file]').setInputFiles({
    name: 'Payslips.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('January, February, March'),
  })
  await card.getByRole('button', { name: 'Payslips', exact: true }).waitFor()
  const pending = value('DocumentChecklistItem.Status', 'Pending')
  await page.getByText(pending, { exact: true }).first().waitFor()
  await scene.picture(page, 'action-plan-document')
}

async function workOff({ say, language, ...scene }: Scene, { page }: Person): Promise<void> {
  const of = (english: string, name: string) =>
    page.getByRole('button', { name: say(english, { name }), exact: true })
  await line(page, summaries[language]).getByText(say('Waits for others')).waitFor()
  const all = await page.locator('fs-plan-panel').getByRole('listitem').count()
  const progress = (done: number) => page.getByText(say('{done} of {all} done', { done, all }))
  await progress(0).waitFor()
  await of('Accept document {name}', 'Collect income documents').click()
  await progress(1).waitFor()
  await of('Complete {name}', 'Prepare the review').click()
  await progress(2).waitFor()
  await scene.look(page)
  await scene.picture(page, 'action-plan')
}

/** Another start: what is open follows over weekend and holiday, what is done stays. */
async function shiftPlan({ say, day, language, ...scene }: Scene, { page }: Person): Promise<void> {
  await page.getByRole('button', { name: say('Shift start…') }).click()
  await page.getByLabel(say('New start')).fill('2027-03-08')
  const [from, to] = [day('2027-03-17'), day('2027-03-18')]
  await page.getByText(`${from} → ${to}`).waitFor()
  await scene.picture(page, 'action-plan-shift')
  const dialog = page.locator('fs-dialog')
  await dialog.getByRole('button', { name: say('Shift start') }).click()
  await dialog.waitFor({ state: 'detached' })
  await line(page, 'Schedule the meeting')
    .getByText(say('due {day}', { day: to }))
    .waitFor()
  const stays = say('due {day}', { day: day(preparedBy) })
  await line(page, 'Prepare the review').getByText(stays).waitFor()
  const [plan] = await scene.desk.rows(
    `SELECT StartDate, ActionPlanState FROM ActionPlan WHERE Name = '${scene.own(planName)}'`,
  )
  expect(plan).toMatchObject({ StartDate: '2027-03-08', ActionPlanState: 'In Progress' })
  // What waits is made when all before it is done, with days of its own.
  const name = 'Schedule the meeting'
  await page.getByRole('button', { name: say('Complete {name}', { name }), exact: true }).click()
  const next = { name: summaries[language] }
  await page.getByRole('button', { name: say('Complete {name}', next), exact: true }).waitFor()
}

/** Of one's own, where the template lets people. */
async function addStep({ say }: Scene, { page }: Person): Promise<void> {
  const panel = page.locator('fs-plan-panel')
  await panel.getByRole('button', { name: say('Add step') }).click()
  await panel.getByLabel(say('What is to be done')).fill('Order flowers')
  await panel.getByRole('button', { name: say('Save') }).click()
  await line(page, 'Order flowers').getByText(say('Open')).waitFor()
  // The panel alone shows the steps: none stands on the page twice.
  expect(await page.getByRole('link', { name: 'Order flowers' }).count()).toBe(1)
}

async function cancelPlan({ say, language }: Scene, { page }: Person): Promise<void> {
  await page.getByRole('button', { name: say('Cancel plan…') }).click()
  await page
    .locator('fs-dialog')
    .getByRole('button', { name: say('Cancel plan') })
    .click()
  await line(page, summaries[language]).getByText(say('Canceled')).waitFor()
  await page.getByRole('button', { name: say('Shift start…') }).waitFor({ state: 'detached' })
}
