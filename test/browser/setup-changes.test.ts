/** Rights, history and JSON: what Setup changes can be seen, taken back, and is refused where it is wrong. */
import { beforeEach, describe, expect, it } from 'vitest'
import { call, tokenOf } from '../support/server-process.ts'
import { axeProblems } from './support/axe.ts'
import type { Page } from './support/browser.ts'
import { useDesk } from './support/desk.ts'
import { expectCleanIn, narrowDark, takeOn, wideLight } from './support/looks.ts'
import { createUser } from './support/users.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'

describe('Setup', () => {
  const desk = useDesk()
  let page: Page

  beforeEach(async () => {
    page = (await desk.sit()).page
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })

  it('gives and takes rights in a table; whoever has the set notices at once', async () => {
    const user = await createUser(desk.url, desk.token, 'CollectionsAgent')
    const agent = await tokenOf(desk.url, user)
    const mayCreate = async (): Promise<number> => {
      const path = `${data}/sobjects/Invoice/describe`
      const { body } = await call<{ createable: boolean }>(desk.url, agent, { path })
      return Number(body.createable)
    }
    expect(await mayCreate()).toBe(0)
    await page.goto(`${desk.url}/setup/permission-sets/CollectionsAgent`)
    const box = page.getByRole('checkbox', { name: 'Invoice: Create' })
    await box.focus()
    await page.keyboard.press('Space')
    await button('Review the plan').click()
    await page
      .getByText(/access/i)
      .first()
      .waitFor()
    const consent = page.getByLabel('I agree that access to existing data changes.')
    if ((await consent.count()) > 0) await consent.check()
    await button('Save').click()
    await page.getByText('The permission set was saved.').waitFor()
    expect(await mayCreate()).toBe(1)
  })

  it('shows the rights of fields below their object', async () => {
    await page.goto(`${desk.url}/setup/permission-sets/CollectionsAgent`)
    await page.getByRole('button', { name: 'Fields of Account', exact: true }).click()
    await page.getByRole('checkbox', { name: 'Account Phone: read', exact: true }).waitFor()
    expect(await axeProblems(page)).toEqual([])
  })

  it('lists each change and takes it back', async () => {
    const path = `${own}/metadata/CustomField/Account.Shoe_Size__c`
    const body = { fullName: 'Shoe_Size__c', label: 'Shoe Size', type: 'Text', length: 10 }
    await desk.call({ method: 'PUT', path, body })
    await page.goto(`${desk.url}/setup/history`)
    await page
      .getByRole('link', { name: /Shoe Size/ })
      .first()
      .click()
    await page.getByRole('heading', { level: 2, name: 'What was changed' }).waitFor()
    expect(await axeProblems(page)).toEqual([])
    await button('Revert').click()
    const review = page.locator('fs-setup-review')
    const typed = review.getByRole('checkbox')
    await review.getByRole('button', { name: 'Revert' }).waitFor()
    if ((await typed.count()) > 0) await typed.first().check()
    await review.getByRole('button', { name: 'Revert' }).click()
    await page.getByText(/was taken back/).waitFor()
    expect((await desk.call({ path })).status).toBe(404)
  })

  it('edits JSON, with each error at its line', async () => {
    await page.goto(`${desk.url}/setup/components/CustomField/Account.Phone`)
    const editor = page.getByRole('textbox', { name: /JSON of Account.Phone/ })
    await editor.click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText('{\n  "fullName": "Phone",\n  "label" "Phone"\n}')
    await page.getByText(/Line 3, column \d+/).waitFor()
    expect(await button('Review the plan').isDisabled()).toBe(true)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(
      '{\n  "fullName": "Phone",\n  "label": "Phone",\n  "type": "Fone"\n}',
    )
    await button('Review the plan').click()
    await page.getByText(/Fone/).first().waitFor()
    expect(
      await page.locator('fs-setup-review').getByRole('button', { name: 'Save' }).isDisabled(),
    ).toBe(true)
  })

  it('is clean where things are edited', async () => {
    const other = await desk.sit(narrowDark)
    const paths = [
      '/setup/permission-sets/CollectionsAgent',
      '/setup/objects/Account/fields/Phone',
      '/setup/objects/Account/layouts',
      '/setup/objects/Account/compact-layouts',
      '/setup/objects/Account/list-views',
      '/setup/objects/Account/json',
      '/setup/components/CustomField/Account.Phone',
    ]
    for (const path of paths) {
      await takeOn(other.page, narrowDark)
      await other.page.goto(desk.url + path)
      await other.page.getByRole('heading', { level: 1 }).first().waitFor()
      await other.page.locator('fs-skeleton').first().waitFor({ state: 'detached' })
      await expectCleanIn(other.page, [narrowDark, wideLight])
    }
    expect(other.errors.filter((error) => !error.includes('401'))).toEqual([])
  })
})
