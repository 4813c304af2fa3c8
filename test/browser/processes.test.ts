/** Guided processes at work: two payments are disputed from the client's page; an administrator builds one and it runs at once. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import { useDesk } from './support/desk.ts'

const data = '/services/data/v67.0'

describe('guided processes', { timeout: 300_000 }, () => {
  const desk = useDesk()

  const rows = async <Row>(soql: string): Promise<readonly Row[]> => {
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    return (await desk.call<{ records: readonly Row[] }>({ path })).body.records
  }

  it('a dispute of two payments becomes case, dispute and items', async () => {
    const [party] = await rows<{ AccountId: string; FinancialAccount: { Name: string } }>(
      "SELECT AccountId, FinancialAccount.Name FROM FinancialAccountParty WHERE FinancialAccount.Name = 'Everyday Card Delgado' AND AccountId != null LIMIT 1",
    )
    const before = (await rows('SELECT Id FROM DisputeItem')).length
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/app/Service/Account/${party?.AccountId}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Transaction dispute' }).click()
    await page.getByRole('heading', { level: 2, name: 'Client and account' }).waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    // Nothing is sent while an answer is missing: it is said where it belongs.
    await page.getByText('A value is required.').waitFor()
    await page.getByRole('combobox', { name: /Account with the payments/ }).click()
    await page.getByRole('option', { name: /Everyday Card Delgado/ }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    const boxes = page.getByRole('checkbox')
    await boxes.first().check()
    await boxes.nth(1).check()
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { level: 2, name: 'What happened' }).waitFor()
    // Asked for fraud alone.
    expect(await page.getByText('Cancel the card').count()).toBe(0)
    await page.getByRole('combobox', { name: /Kind of dispute/ }).click()
    await page.getByRole('option', { name: 'Fraud' }).click()
    await page.getByText('Cancel the card').waitFor()
    await page.getByRole('combobox', { name: /^Reason/ }).click()
    await page.getByRole('option', { name: 'Fraudulent Transaction' }).click()
    await page.getByLabel(/In the client's words/).fill('I was at home.')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { level: 2, name: 'Review' }).waitFor()
    await page.getByText('I was at home.').waitFor()
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('heading', { name: 'Submitted' }).waitFor()
    expect(await axeProblems(page)).toEqual([])
    expect((await rows('SELECT Id FROM DisputeItem')).length).toBe(before + 2)
    // The same address shows what was made, and makes nothing more.
    await page.reload()
    await page.getByRole('heading', { name: 'Submitted' }).waitFor()
    expect((await rows('SELECT Id FROM DisputeItem')).length).toBe(before + 2)
  })

  it('is asked in the language of its user', async () => {
    for (const [language, step] of [
      ['de', 'Reklamierte Zahlungen'],
      ['es', 'Pagos en disputa'],
    ] as const) {
      const { page } = await desk.sit()
      const session = `${desk.url}/services/fieldstone/v1/session`
      const headers = { 'X-Fieldstone-Request': '1' }
      await page.request.patch(session, { data: { language }, headers })
      await page.goto(`${desk.url}/process/Transaction_Dispute`)
      await page.getByText(step).first().waitFor()
      await page.request.patch(session, { data: { language: 'en_US' }, headers })
    }
  })

  it('one is built by clicks, tried, published, and run at once', async () => {
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/setup/processes`)
    await page.getByRole('link', { name: 'New process' }).click()
    await page.getByLabel(/Name\s+\(required\)/).fill('Report a lost key')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Name of the new step').fill('The loss')
    await page.getByRole('button', { name: 'Add step' }).click()
    await page.getByLabel('New question of “The loss”').fill('What happened')
    await page.getByRole('button', { name: 'Add question to “The loss”' }).click()
    await page.getByLabel('“What happened” must be answered').check()
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Object of the new record').selectOption('Case')
    await page.getByRole('button', { name: 'Add record' }).click()
    await page.getByRole('button', { name: 'Add field of Case' }).click()
    await page.getByLabel('Field 1', { exact: true }).selectOption('Subject')
    await page.getByLabel('Value of field 1', { exact: true }).selectOption('What_happened')
    await page.getByRole('button', { name: 'Next' }).click()
    const runner = page.locator('fs-process-runner')
    await runner.getByLabel(/What happened/).fill('A preview')
    await runner.getByRole('button', { name: 'Next' }).click()
    await runner.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('heading', { name: 'This would be made' }).waitFor()
    await page.getByRole('button', { name: 'Save and publish' }).click()
    await page.locator('fs-setup-review').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Report a lost key' }).waitFor()
    const file = join(desk.server.metadataDir, 'serviceProcesses', 'Report_a_lost_key.json')
    expect(existsSync(file)).toBe(true)
    await page.goto(`${desk.url}/process/Report_a_lost_key`)
    await page.getByLabel(/What happened/).fill('Fell into the lake')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('heading', { name: 'Submitted' }).waitFor()
    const made = await rows(
      "SELECT Subject FROM Case WHERE Subject IN ('A preview', 'Fell into the lake')",
    )
    expect(made).toMatchObject([{ Subject: 'Fell into the lake' }])
  })
})
