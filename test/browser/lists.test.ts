/** Lists: sort, filter, more rows on scrolling, deletion with a way back, changes of others. */
import { beforeEach, describe, it } from 'vitest'
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
})
