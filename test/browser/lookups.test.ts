/** Lookups: what the list does not hold is a dialog away, a parent that is missing is made on the spot. */
import { beforeEach, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import type { Page } from './support/browser.ts'
import { useDesk } from './support/desk.ts'
import { createUser } from './support/users.ts'

const data = '/services/data/v67.0'
const savedPath = /\/CollectionPlan\/0cP[0-9A-Za-z]{15}$/

describe('a lookup', () => {
  const desk = useDesk()
  let page: Page

  beforeEach(async () => {
    page = (await desk.sit()).page
  })

  const newPlan = (target = page): Promise<unknown> =>
    target.goto(`${desk.url}/app/Collections/CollectionPlan/new`)
  const account = (target = page) => target.getByLabel('Account', { exact: true })
  // Slotted: what it holds does not stand below the native dialog.
  const dialog = (target = page) => target.locator('fs-lookup-dialog, fs-new-record-dialog')
  const due = () => page.getByLabel(/^Current Due Amount/)

  it('makes the record it lacks in a dialog, chooses it, and the form keeps its input', async () => {
    await newPlan()
    await due().fill('42')
    await account().fill('Lighthouse Bakery')
    await page.getByRole('option', { name: 'New Account' }).click()
    await page.getByRole('heading', { name: 'New Account' }).waitFor()
    await dialog().getByRole('button', { name: 'Next' }).click()
    const name = dialog().getByLabel('Account Name')
    expect(await name.inputValue()).toBe('Lighthouse Bakery')
    await page.setViewportSize({ width: 1440, height: 3000 })
    expect(await axeProblems(page)).toEqual([])
    await name.fill('')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await dialog().getByRole('heading', { name: '1 field needs attention' }).waitFor()
    await name.fill('Lighthouse Bakery')
    await page.keyboard.press('Control+Enter')
    await dialog().waitFor({ state: 'detached' })
    await expect.poll(() => account().inputValue()).toBe('Lighthouse Bakery')
    expect(await due().inputValue()).toBe('42.00')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL(savedPath)
    const path = `${data}/query?q=${encodeURIComponent("SELECT Id FROM CollectionPlan WHERE Account.Name = 'Lighthouse Bakery' AND CurrentDueAmount = 42")}`
    const { body } = await desk.call<{ totalSize: number }>({ path })
    expect(body.totalSize).toBe(1)
  })

  it('asks before what was entered for the new record is thrown away', async () => {
    await newPlan()
    await account().fill('Nobody')
    await page.getByRole('option', { name: 'New Account' }).click()
    await dialog().getByRole('button', { name: 'Next' }).click()
    await dialog().getByLabel('Account Name').fill('Somebody')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep editing' }).click()
    expect(await dialog().getByLabel('Account Name').inputValue()).toBe('Somebody')
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await dialog().waitFor({ state: 'detached' })
    expect(await account().inputValue()).toBe('')
  })

  it('shows all results in a table, by keyboard alone', async () => {
    await newPlan()
    await account().fill('Household')
    await page.getByRole('option', { name: 'Show all results for “Household”' }).waitFor()
    // Upwards from the field: the actions stand at the end.
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await dialog()
      .getByText(/\d+\+? items/)
      .waitFor()
    expect(await dialog().getByLabel('Search Accounts').inputValue()).toBe('Household')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Delgado')
    await dialog().getByText('1 item', { exact: true }).waitFor()
    expect(await axeProblems(page)).toEqual([])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await dialog().waitFor({ state: 'detached' })
    expect(await account().inputValue()).toBe('Delgado Household')
  })

  it('sorts the table by its headings and takes a row by a click', async () => {
    await newPlan()
    await account().click()
    await page.getByRole('option', { name: 'Show all Accounts' }).click()
    await dialog().getByText('50+ items').waitFor()
    await dialog().locator('vaadin-grid-sorter').first().click()
    const first = dialog().locator('.name.pick').first()
    await expect.poll(() => first.textContent()).toMatch(/^[U-Z]/)
    const name = (await first.textContent()) ?? ''
    await dialog().getByText(name, { exact: true }).click()
    await dialog().waitFor({ state: 'detached' })
    expect(await account().inputValue()).toBe(name)
  })

  it('to several objects shows them as tabs', async () => {
    await page.goto(`${desk.url}/app/Collections/Task/new`)
    await page.getByRole('button', { name: 'Next' }).click()
    const related = page.getByLabel('Related To', { exact: true })
    await related.click()
    await page.getByRole('option', { name: 'Show all Accounts' }).click()
    await dialog().getByRole('tab', { name: 'Invoices' }).click()
    await dialog().getByText(/items/).waitFor()
    const first = dialog().locator('.name.pick').first()
    const name = (await first.textContent()) ?? ''
    await first.click()
    await dialog().waitFor({ state: 'detached' })
    expect(await related.inputValue()).toBe(name)
    const editor = page.locator('fs-lookup-editor').filter({ has: related })
    expect(await editor.getByRole('combobox', { name: 'Object', exact: true }).inputValue()).toBe(
      'Invoice',
    )
  })

  it('offers a new record to those alone who may create it', async () => {
    const user = await createUser(desk.url, desk.token, 'CollectionsAgent')
    const agent = await desk.sit({ user })
    await newPlan(agent.page)
    await account(agent.page).fill('Delgado')
    await agent.page.getByRole('option', { name: /^Show all results/ }).waitFor()
    expect(await agent.page.getByRole('option', { name: /^New / }).count()).toBe(0)
    await agent.page.getByRole('option', { name: /^Show all results/ }).click()
    await dialog(agent.page).getByText('1 item').waitFor()
    expect(await dialog(agent.page).getByRole('button', { name: /^New / }).count()).toBe(0)
  })

  it('does all this at 390 px, in the dark', async () => {
    const phone = await desk.sit({ width: 390, dark: true })
    await newPlan(phone.page)
    await account(phone.page).fill('Delgado')
    await phone.page.getByRole('option', { name: /^Show all results/ }).click()
    await dialog(phone.page).getByRole('button', { name: 'Delgado Household' }).waitFor()
    expect(await axeProblems(phone.page)).toEqual([])
    await dialog(phone.page).getByRole('button', { name: 'Delgado Household' }).click()
    await dialog(phone.page).waitFor({ state: 'detached' })
    expect(await account(phone.page).inputValue()).toBe('Delgado Household')
    const widths = await phone.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ])
    expect(widths[0]).toBe(widths[1])
  })
})
