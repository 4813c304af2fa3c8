/** Action plans on screen: a template is taken further and published, a plan is started, worked off and shifted. */
import { expect, describe, it } from 'vitest'
import { useDesk } from './support/desk.ts'

const data = '/services/data/v67.0'

describe('action plans', () => {
  const desk = useDesk()

  async function query(soql: string): Promise<readonly Record<string, unknown>[]> {
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    const { body } = await desk.call<{ records: readonly Record<string, unknown>[] }>({ path })
    return body.records
  }

  async function addressOf(object: string, where: string): Promise<string> {
    const [row] = await query(`SELECT Id FROM ${object} WHERE ${where} ORDER BY Id LIMIT 1`)
    return `${desk.url}/app/RelationshipManagement/${object}/${String(row?.['Id'])}`
  }

  it('are built from a template, started on a client, worked off and shifted', async () => {
    const { page } = await desk.sit({ clean: true })
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
    const toast = (text: string) => page.getByText(text).first().waitFor()
    const shot = async (name: string) => {
      const folder = process.env['SHOTS']
      if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
    }

    // A published version is changed by a new one.
    const review = "ActionPlanTemplate.UniqueName = 'Financial_Plan_Review'"
    await page.goto(await addressOf('ActionPlanTemplateVersion', `${review} AND Status = 'Final'`))
    await page.getByText('This version stays as it is.').waitFor()
    await shot('published')
    await button('New version').click()
    await button('Publish').waitFor()
    await button('Add step').click()
    await page.getByLabel('What is to be done').fill('Send the summary')
    await page.getByLabel('Days after the start').fill('2')
    await page.getByLabel('Who does it').selectOption('creator')
    await page.getByRole('checkbox', { name: 'Schedule the meeting' }).check()
    await shot('step')
    await button('Save').click()
    await page.getByText(/2 days · after Schedule the meeting/).waitFor()
    await shot('draft')
    await button('Publish').click()
    await page.locator('fs-dialog').getByRole('button', { name: 'Publish' }).click()
    await toast('The version is published.')
    await page.getByText('This version stays as it is.').waitFor()

    // The plan: in work days, from a Friday.
    await page.goto(await addressOf('Account', "Name = 'Stanhope Household'"))
    await button('More actions').click()
    await page.getByRole('menuitem', { name: 'Start action plan' }).click()
    await page.getByLabel('Template').selectOption({ label: 'Financial Plan Review' })
    await page.getByLabel('Name of the plan').fill('Stanhope: next review')
    await page.getByLabel('Start', { exact: true }).fill('2026-11-27')
    await shot('start')
    await button('Start plan').click()
    await page.getByRole('heading', { name: 'Stanhope: next review' }).waitFor()
    const line = (text: string) => page.getByRole('listitem').filter({ hasText: text })
    // Five work days after a Friday.
    await line('Prepare the review').getByText('due Dec 4, 2026').waitFor()
    await line('Send the summary').getByText('Waits for others').waitFor()
    await shot('plan')
    await button('Complete Prepare the review').click()
    await line('Prepare the review').getByText('Done').waitFor()
    await button('Complete Collect income documents').click()
    await button('Complete Schedule the meeting').click()
    await button('Complete Send the summary').waitFor()
    await page.getByText(/^3 of \d+ done$/).waitFor()

    // Another start: what is open follows, what is done stays.
    await button('Shift start…').click()
    await page.getByLabel('New start').fill('2026-11-30')
    await page.getByLabel('Move the open deadlines too').waitFor()
    await shot('shift')
    await page.locator('fs-dialog').getByRole('button', { name: 'Shift start' }).click()
    await page.locator('fs-dialog').waitFor({ state: 'detached' })
    const [plan] = await query(
      "SELECT StartDate, ActionPlanState FROM ActionPlan WHERE Name = 'Stanhope: next review'",
    )
    expect(plan).toMatchObject({ StartDate: '2026-11-30', ActionPlanState: 'In Progress' })
    await shot('shifted')

    await button('Cancel plan…').click()
    await page.locator('fs-dialog').getByRole('button', { name: 'Cancel plan' }).click()
    await line('Send the summary').getByText('Canceled').waitFor()
    await button('Shift start…').waitFor({ state: 'detached' })
  })
})
