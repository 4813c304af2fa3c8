/**
 * The hub of a business client's plan: objectives and measures as a picture, figures that follow opportunities, what works towards
 * them in place, and all of it on paper.
 */
import { expect } from 'vitest'
import type { Page } from '../support/browser.ts'
import type { Desk } from '../support/desk.ts'
import { playScene, type Person, type Scene } from '../support/scene.ts'
import { begins } from '../support/scene-words.ts'

const planName = 'Kastell Maschinenbau: a second plant'
const opportunity = "Name = 'Kastell: payments for the new plant'"
const review = 'Kastell: yearly review'
const objective = "Name = 'Win the payments of the new plant'"
/** What was won before: the fixed energy price. */
const wonBefore = 95_000
const wonNow = { en: 180_000, de: 190_000, es: 200_000 }
const patience = { timeout: 60_000 }

export function playAccountPlan(desk: Desk): void {
  const objects = ['AccountPlanObjective', 'ActionPlan', 'InteractionSummary', 'Opportunity']
  playScene('a plan shows how far it is, and prints', { desk, objects }, async (scene) => {
    const banker = await scene.person('ingrid.falk@example.com')
    const deal = await scene.hand('Opportunity', opportunity, banker)
    await scene.hand('AccountPlan', `Name = '${planName}'`, banker)
    const measure = await addMeasure(scene)
    await startPlan(scene, banker)
    const { page } = banker
    const plan = `Name = '${planName}'`
    await page.goto(await scene.addressOf('RelationshipManagement', 'AccountPlan', plan))
    await seeHub(scene, page)
    // The figure follows the opportunity while the page is open.
    const won = { StageName: 'Closed Won', Amount: wonNow[scene.language] }
    await send(scene, 'PATCH', `sobjects/Opportunity/${deal}`, won)
    const figure = new Intl.NumberFormat(scene.locale.replace('_', '-')).format(
      wonBefore + wonNow[scene.language],
    )
    const line = page.locator('fs-plan-hub').getByRole('listitem').filter({ hasText: measure })
    await line.getByText(figure).last().waitFor(patience)
    await scene.look(page)
    await scene.picture(page, 'account-plan')
    await printed(scene, page)
  })
}

async function send(scene: Scene, method: string, path: string, body: unknown): Promise<void> {
  const answer = await scene.desk.call({ method, path: `/services/data/v67.0/${path}`, body })
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
}

/** One that the product counts itself. */
async function addMeasure(scene: Scene): Promise<string> {
  const Name = scene.own('Won payments')
  const [counted] = await scene.desk.rows<{ Id: string }>(
    "SELECT Id FROM AccountPlanObjMeasCalcDef WHERE DeveloperName = 'Amount_of_Won_Opportunities'",
  )
  const [whose] = await scene.desk.rows<{ Id: string }>(
    `SELECT Id FROM AccountPlanObjective WHERE ${objective}`,
  )
  await send(scene, 'POST', 'sobjects/AccountPlanObjectiveMeasure', {
    AccountPlanObjectiveId: whose?.Id,
    Name,
    ValueType: 'Currency',
    TargetValue: 400_000,
    AccountPlanObjMeasCalcDefId: counted?.Id,
  })
  return Name
}

async function startPlan(scene: Scene, banker: Person): Promise<void> {
  const [version] = await scene.desk.rows<{ Id: string }>(
    "SELECT Id FROM ActionPlanTemplateVersion WHERE Status = 'Final' AND ActionPlanTemplate.UniqueName = 'Financial_Plan_Review'",
  )
  const [account] = await scene.desk.rows<{ AccountId: string }>(
    `SELECT AccountId FROM AccountPlan WHERE Name = '${planName}'`,
  )
  const input = {
    actionPlanTemplateVersionId: version?.Id,
    targetId: account?.AccountId,
    name: scene.own(review),
    startDate: '2027-03-01',
    ownerId: banker.id,
  }
  await send(scene, 'POST', 'actions/standard/createActionPlan', { inputs: [input] })
}

async function seeHub(scene: Scene, page: Page): Promise<void> {
  const { say, value } = scene
  const hub = page.locator('fs-plan-hub')
  await hub.getByRole('img', { name: begins(say('Progress of the plan')) }).waitFor()
  for (const name of ['Finance the new plant', 'Fix the price of energy']) {
    await hub.getByRole('link', { name }).waitFor()
  }
  const closed = hub.getByRole('listitem').filter({ hasText: 'Fix the price of energy' })
  await closed.getByText(value('AccountPlanObjective.Status', 'Closed')).first().waitFor()
  const suppliers = say('{current} of {target}', { current: '5', target: '12' })
  await hub.getByText(suppliers, { exact: true }).waitFor()
  for (const [object, name] of [
    ['Opportunity', 'Kastell: payments for the new plant'],
    ['InteractionSummary', 'Kastell: account review'],
    ['ActionPlan', scene.own(review)],
  ] as const) {
    // What colleagues noted for themselves stays theirs.
    if (object === 'InteractionSummary' && !scene.isWhole) continue
    await hub
      .getByRole('table', { name: scene.objects(object) })
      .getByText(name)
      .waitFor()
  }
  if (!scene.isWhole) return
  const told = say('{count, plural, one {# measure} other {# measures}} worked out.', { count: 2 })
  await hub.getByRole('button', { name: say('Work out the measures') }).click()
  await page.getByText(told).waitFor()
}

/** Whatever can be clicked stays on the screen; what is folded or on another tab is on paper. */
async function printed({ say, ...scene }: Scene, page: Page): Promise<void> {
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', 'yes')
  })
  await page
    .getByRole('button', { name: say('More actions') })
    .first()
    .click()
  await page.getByRole('menuitem', { name: say('Print') }).click()
  await page.locator('html[data-printed=yes]').waitFor({ state: 'attached' })
  await page.setViewportSize({ width: 718, height: 1000 })
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  await page.locator('fs-header').waitFor({ state: 'hidden' })
  await page.locator('fs-related-card').first().waitFor({ state: 'attached' })
  await page.getByRole('heading', { level: 1, name: planName }).waitFor()
  await page.getByRole('img', { name: begins(say('Progress of the plan')) }).waitFor()
  expect(await page.locator('.button:visible, .icon-button:visible').count()).toBe(0)
  if (scene.isWhole) {
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, 'what sticks out of the paper').toBeLessThanOrEqual(0)
  }
  await page.emulateMedia({ media: null })
}
