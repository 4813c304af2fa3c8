/** Lists: sort, filter, more rows on scrolling, deletion with a way back, changes of others, imports and exports. */
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import type { Page } from './support/browser.ts'
import { useDesk } from './support/desk.ts'

describe('lists', () => {
  const desk = useDesk()
  let page: Page

  beforeEach(async () => {
    page = (await desk.sit()).page
    await page.goto(`${desk.url}/app/Collections/Account/list/All_Accounts`)
    await page.getByRole('link', { name: 'Abernathy Household' }).waitFor()
  })

  it('say that there are more rows without counting them, and load them on scrolling', async () => {
    await page.getByText('50+ items').waitFor()
    await page.locator('vaadin-grid').hover()
    for (let step = 0; step < 8; step++) await page.mouse.wheel(0, 1000)
    await page.getByText(/^(5[1-9]|[6-9]\d) items/).waitFor()
  })

  it('sort by a click on the heading, in the address too', async () => {
    const sorter = page.locator('vaadin-grid-sorter', { hasText: 'Account Name' })
    await sorter.click()
    await page.waitForURL(/sort=Name\+desc/)
    await page
      .getByRole('columnheader', { name: 'Account Name' })
      .and(page.locator('[aria-sort="descending"]'))
      .waitFor()
    await page.reload()
    await page.locator('[aria-sort="descending"]').waitFor()
  })

  it('filter by rows of field, operator and value, and clear again', async () => {
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Account Name' })
    await page.getByRole('textbox', { name: 'Value' }).fill('delgado')
    await page.keyboard.press('Tab')
    await page.getByText('1 item ·').waitFor()
    await page.getByRole('textbox', { name: 'Value' }).fill("no' such%")
    await page.keyboard.press('Tab')
    await page.getByRole('heading', { name: 'The filter hides everything' }).waitFor()
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await page.getByText('50+ items').waitFor()
  })

  it('delete a row after asking, and take it back', async () => {
    const path = '/services/data/v67.0/sobjects/Account'
    const body = { Name: 'Aaa to be deleted' }
    await desk.call({ method: 'POST', path, body })
    const row = page.getByRole('link', { name: body.Name })
    await row.waitFor()
    await page.getByRole('button', { name: `Actions for ${body.Name}` }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.waitFor()
  })

  it('bring rows of a file in: mapped, rehearsed, run and taken back, and survives a reload in between', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Import' }).click()
    const text =
      'Account Name;Phone;Annual Revenue;Remark\nFrom a file;030 1;1.234,5;x\n;030 2;1,5;y\n'
    const file = { name: 'households.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
    await page.locator('input[type=file]').setInputFiles(file)
    const rehearse = page.getByRole('button', { name: 'Rehearse' })
    await rehearse.waitFor()
    expect(await axeProblems(page)).toEqual([])
    const numbers = page.getByRole('combobox', { name: 'Numbers' })
    expect(await numbers.inputValue()).toBe(',')
    // By the keyboard, from the last choice on.
    await numbers.focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'What the import would do' }).waitFor()
    await page.reload()
    await page.getByText('Required fields are missing').waitFor()
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Import all but the refused rows' }).click()
    await page.getByRole('heading', { name: 'What was imported' }).waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the refused rows' }).click()
    expect(readFileSync(await (await saved).path(), 'utf8')).toContain('030 2')
    await page.getByRole('tab', { name: 'Added' }).click()
    await page.getByRole('link', { name: 'Added' }).click()
    await page.getByRole('heading', { name: 'From a file' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Take the import back' }).click()
    await page.getByRole('button', { name: 'Take it back', exact: true }).click()
    await page.getByRole('heading', { name: 'What was taken back' }).waitFor()
    await page.getByRole('link', { name: 'Back to the list' }).click()
    await page.getByRole('link', { name: 'Abernathy Household' }).waitFor()
    const exported = page.waitForEvent('download')
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
    const csv = readFileSync(await (await exported).path(), 'utf8')
    expect(csv).toContain('Abernathy Household')
    // All rows, not only those that the list has loaded.
    expect(csv.split('\r\n').length).toBeGreaterThan(52)
    expect(csv).not.toContain('From a file')
  })
})
