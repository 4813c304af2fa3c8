/** Defaults by formula and filters of lookups: made in Setup by mouse and keyboard, held by the form of a record. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Page } from './support/browser.ts'
import { useDesk } from './support/desk.ts'
import { expectClean, writeFormula } from './support/setup-steps.ts'

const plan = '/setup/objects/CollectionPlan'

describe('the wizard of a field', () => {
  const desk = useDesk()
  let page: Page

  beforeEach(async () => {
    page = (await desk.sit({ clean: true })).page
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const formulaText = (label: string) => page.getByRole('textbox', { name: label, exact: true })

  it('gives a lookup a filter, which the form then follows', async () => {
    await page.goto(`${desk.url}${plan}/fields/new`)
    await page.getByRole('radio', { name: /^Lookup/ }).focus()
    await page.keyboard.press('Space')
    await button('Next').click()
    await page
      .getByRole('textbox', { name: /^Label/ })
      .first()
      .fill('Payer')
    await page.getByLabel(/^Points to/).fill('Contact')
    await page.getByRole('option', { name: 'Contact', exact: true }).click()
    await page.keyboard.press('Escape')
    const filter = page.locator('fs-setup-lookup-filter')
    await filter.getByRole('button', { name: 'Add filter' }).click()
    await filter.getByLabel('Field of filter 1').selectOption('Contact.AccountId')
    await filter.getByLabel('What filter 1 compares with').selectOption('field')
    await filter.getByLabel('Other field of filter 1').selectOption('$Source.AccountId')
    await filter.getByText('The filter is right.').waitFor()
    // A second condition by keyboard; what is wrong with it is said at it.
    await filter.getByRole('button', { name: 'Add filter' }).focus()
    await page.keyboard.press('Enter')
    await filter.getByLabel('Field of filter 2').selectOption('Contact.LastName')
    await filter.getByLabel('Comparison of filter 2').selectOption('includes')
    await filter.getByText('Last Name has one value: use equals').waitFor()
    await button('Next').click()
    await page
      .getByText(/Put the lookup filter right/)
      .first()
      .waitFor()
    await filter.getByLabel('Comparison of filter 2').selectOption('notEqual')
    await filter.getByLabel('Value of filter 2').fill('Nobody')
    await filter.getByLabel('How the conditions combine').fill('1 AND 3')
    await filter.getByText(/3/).first().waitFor()
    await filter.getByLabel('How the conditions combine').fill('1 AND 2')
    await filter.getByText('The filter is right.').waitFor()
    await filter.getByLabel('Error message').fill('The payer belongs to the account.')
    await filter.getByLabel('Note beside the lookup').fill('Contacts of the account')
    await expectClean(page)
    for (const step of ['Next', 'Next', 'Review the plan']) await button(step).click()
    await button('Save').click()
    await page.getByText('The field Payer was added.').waitFor()

    await page.goto(`${desk.url}/app/Collections/CollectionPlan/new`)
    const payer = page.getByLabel('Payer', { exact: true })
    const offered = async (): Promise<readonly string[]> => {
      await payer.click()
      await page.keyboard.press('ArrowDown')
      const options = page.locator('vaadin-combo-box-item:visible')
      await options.last().waitFor()
      const texts = await options.allTextContents()
      await page.keyboard.press('Escape')
      return texts.map((text) => text.trim()).filter((text) => !/^(?:Show all|New)\b/.test(text))
    }
    const choose = async (account: string): Promise<void> => {
      const box = page.getByLabel('Account', { exact: true })
      await box.fill(account)
      await page.getByRole('option', { name: new RegExp(`^${account}`) }).click()
    }
    await page.getByText('Contacts of the account').waitFor()
    expect(await offered()).toEqual([])
    for (const account of ['Delgado Household', 'Bergmann Household']) {
      await choose(account)
      await expect.poll(async () => (await offered()).length).toBeGreaterThan(0)
      const name = account.split(' ')[0] ?? ''
      expect((await offered()).filter((text) => !text.includes(name))).toEqual([])
    }
  })

  it('keeps what is typed when the answer for an earlier object comes late', async () => {
    let letGo = (): void => undefined
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const late = /\/metadata\/CustomObject\/Account$/
    await page.route(late, async (route) => {
      await held
      await route.continue()
    })
    const asked = page.waitForRequest(late)
    await page.goto(`${desk.url}/setup/objects/Account/fields/new`)
    await asked
    await page.evaluate((path) => {
      history.pushState(null, '', path)
      dispatchEvent(new PopStateEvent('popstate'))
    }, `${plan}/fields/new`)
    await page
      .getByRole('radio', { name: /^Text\b/ })
      .first()
      .focus()
    await page.keyboard.press('Space')
    await button('Next').click()
    const label = page.getByRole('textbox', { name: /^Label/ }).first()
    await label.fill('Kept')
    const answered = page.waitForResponse(late)
    letGo()
    await (await answered).finished()
    // Whatever the page does with the answer is done before this one is back.
    await page.evaluate(async () => (await fetch('/services/fieldstone/v1/session')).text())
    expect(await label.inputValue()).toBe('Kept')
  })

  it('gives a field a default by formula, which new forms begin with', async () => {
    await page.goto(`${desk.url}${plan}/fields/new`)
    await page
      .getByRole('radio', { name: /^Text\b/ })
      .first()
      .focus()
    await page.keyboard.press('Space')
    await button('Next').click()
    await page
      .getByRole('textbox', { name: /^Label/ })
      .first()
      .fill('Opened With')
    await page.getByLabel('What a formula gives').focus()
    await page.keyboard.press('Space')
    await writeFormula(page, 'Formula of the default', 'CurrentDueAmount & "!"')
    await page
      .getByText(/a new record has no values yet/)
      .first()
      .waitFor()
    await formulaText('Formula of the default').click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('"For " & $User.LastN')
    await page.getByRole('option', { name: /^LastName/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('output').getByText('For Administrator').waitFor()
    await expectClean(page)
    for (const step of ['Next', 'Next', 'Review the plan']) await button(step).click()
    await button('Save').click()
    await page.getByText('The field Opened With was added.').waitFor()
    // A fixed text next, in quotes only where files hold it.
    await page.goto(`${desk.url}${plan}/fields/Opened_With__c`)
    expect(await formulaText('Formula of the default').textContent()).toContain('$User.LastName')
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/new`)
    const opened = page.getByLabel('Opened With', { exact: true })
    await expect.poll(() => opened.inputValue()).toBe('For Administrator')
    await page.goto(`${desk.url}${plan}/fields/Opened_With__c`)
    await page.getByLabel('A fixed value').check()
    await page.getByLabel('Default value').fill('By hand')
    await button('Review the plan').click()
    await button('Save').click()
    await page.getByText('The field Opened With was saved.').waitFor()
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/new`)
    await expect.poll(() => opened.inputValue()).toBe('By hand')
  })
})
