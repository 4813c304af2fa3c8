/** A flow in Setup: read as an outline, tried on a record without a trace, looked on while it runs, switched off; jobs beside it. */
import { describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import { useDesk } from './support/desk.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'

const flow = {
  fullName: 'Rate',
  label: 'Rate an account',
  status: 'Active',
  start: {
    object: 'Account',
    triggerType: 'RecordBeforeSave',
    recordTriggerType: 'CreateAndUpdate',
    connector: { targetReference: 'Set_site' },
  },
  assignments: [
    {
      name: 'Set_site',
      label: 'Set the site',
      assignmentItems: [
        {
          assignToReference: '$Record.Site',
          operator: 'Assign',
          value: { stringValue: 'Rated' },
        },
      ],
    },
  ],
}

describe('flows in Setup', { timeout: 300_000 }, () => {
  const desk = useDesk()

  it('one is read, tried, looked on, and switched off', async () => {
    const path = `${own}/metadata/Flow/Rate`
    expect((await desk.call({ method: 'PUT', path, body: flow })).status).toBeLessThan(300)
    const { page } = await desk.sit()
    await page.goto(`${desk.url}/setup/flows`)
    await page.getByRole('link', { name: 'Rate an account' }).click()
    await page.getByText('$Record.Site = “Rated”').waitFor()
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('tab', { name: 'Try it' }).click()
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('Nothing of it was kept.').waitFor()
    await page.getByText('The record would get').waitFor()
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('tab', { name: 'Runs' }).click()
    await page.getByRole('button', { name: 'Log every step for 30 minutes' }).click()
    await page.getByText('Every run is logged').waitFor()
    const body = { Name: 'Looked at' }
    await desk.call({ method: 'POST', path: `${data}/sobjects/Account`, body })
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByText('1 step').click()
    await page.getByText('Set the site').waitFor()
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('tab', { name: 'JSON' }).click()
    await page.getByText('As stored.').waitFor()
    await page.getByRole('button', { name: 'Deactivate' }).click()
    await page.locator('fs-setup-review').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Activate' }).waitFor()
    await page.goto(`${desk.url}/setup/jobs`)
    await page
      .getByRole('button', { name: /^Pause: / })
      .first()
      .click()
    await page
      .getByRole('button', { name: /^Resume: / })
      .first()
      .click()
    await page
      .getByRole('button', { name: /^Change times: / })
      .first()
      .click()
    await page.getByLabel('Cron expression').fill('at noon')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('The schedule is not understood').waitFor()
    await page.getByLabel('Cron expression').fill('0 0 3 * * ?')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Every day at 03:00').waitFor()
  })
  it('an approval process and an entry of a scoring rule are built by clicks, and hold', async () => {
    const { page } = await desk.sit({ clean: true })
    const save = async () => {
      await page.getByRole('button', { name: 'Review the plan' }).click()
      await page.locator('fs-setup-review').getByRole('button', { name: 'Save' }).click()
    }
    await page.goto(`${desk.url}/setup/approvals`)
    await page.getByRole('link', { name: 'Provisional credit' }).waitFor()
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('link', { name: 'New approval process' }).click()
    await page.getByRole('combobox', { name: /^Object/ }).selectOption('Account')
    await page
      .getByRole('textbox', { name: /^Label/ })
      .first()
      .fill('Large clients')
    const asked = page.getByRole('group', { name: 'Which records can be submitted' })
    await asked.getByLabel('Those that meet conditions').check()
    await page.getByLabel('Field of filter 1').selectOption('Account.NumberOfEmployees')
    await page.getByLabel('Comparison of filter 1').selectOption('greaterThan')
    await page.getByLabel('Value of filter 1').fill('100')
    await page.getByLabel('Approver 1', { exact: true }).selectOption('user')
    await page.getByRole('textbox', { name: /^Name of approver 1/ }).fill('admin@example.com')
    await page.getByLabel('Active', { exact: true }).check()
    expect(await axeProblems(page)).toEqual([])
    await save()
    await page.getByRole('link', { name: 'Large clients' }).waitFor()
    const made = await desk.call<{ id: string }>({
      method: 'POST',
      path: `${data}/sobjects/Account`,
      body: { Name: 'Large', NumberOfEmployees: 101 },
    })
    const requests = [{ actionType: 'Submit', contextId: made.body.id }]
    const path = `${data}/process/approvals`
    const told = await desk.call({ method: 'POST', path, body: { requests } })
    expect(told.body).toMatchObject([{ instanceStatus: 'Pending' }])

    await page.goto(`${desk.url}/setup/scoring`)
    await page.getByRole('link', { name: 'Urgency of collection plans' }).click()
    await page.getByRole('button', { name: 'Add entry' }).click()
    const entry = page.getByRole('region', { name: 'Entry 9' })
    await entry.getByRole('textbox', { name: /^Points/ }).fill('MIN(DaysPastDue, ')
    await entry.getByLabel('Why it scores').fill('Very late')
    await page.getByRole('button', { name: 'Review the plan' }).click()
    // What is wrong with a formula is told before anything is saved.
    await page.getByText(/Unexpected end of the formula/).waitFor()
    await page.keyboard.press('Escape')
    await page
      .getByRole('region', { name: 'Very late' })
      .getByRole('textbox', { name: /^Points/ })
      .fill('7')
    await save()
    await page.getByRole('link', { name: 'Urgency of collection plans' }).waitFor()
    const rules = await desk.call({ path: `${own}/metadata/ScoringRules/CollectionPlan` })
    expect(JSON.stringify(rules.body)).toContain('{"label":"Very late","score":7}')
  })
})
