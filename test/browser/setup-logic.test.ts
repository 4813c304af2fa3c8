/** The editors of logic in Setup: formulas, rules, record types, value sets; each ends with the plan and takes effect. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Page } from './support/browser.ts'
import { useDesk } from './support/desk.ts'
import { expectCleanIn, narrowDark, takeOn } from './support/looks.ts'
import { expectClean, writeFormula } from './support/setup-steps.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'
const plan = '/setup/objects/CollectionPlan'

describe('Setup', () => {
  const desk = useDesk()
  let page: Page

  beforeEach(async () => {
    page = (await desk.sit({ clean: true })).page
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const formulaText = (label: string) => page.getByRole('textbox', { name: label, exact: true })

  it('makes a formula field with completion, a live check and the value on a record', async () => {
    await page.goto(`${desk.url}${plan}/fields/new`)
    await page.getByRole('radio', { name: /^Formula/ }).focus()
    await page.keyboard.press('Space')
    await button('Next').click()
    await page
      .getByRole('textbox', { name: /^Label/ })
      .first()
      .fill('Twice Due')
    await page.getByLabel('The formula gives').selectOption('Currency')
    await formulaText('Formula').click()
    await page.keyboard.type('CurrentDue')
    await page.getByRole('option', { name: /^CurrentDueAmount/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type(' * Nope')
    await page.getByText(/Line 1, column 20: .*Nope/).waitFor()
    await button('Next').click()
    await page
      .getByText(/Put the formula right/)
      .first()
      .waitFor()
    await writeFormula(page, 'Formula', 'CurrentDueAmount * 2')
    await page.getByText('The formula is right: it gives a number.').waitFor()
    await page.getByLabel('Try it on a record').fill('CP-')
    await page.getByRole('option', { name: /^CP-/ }).first().click()
    await page
      .locator('output')
      .getByText(/^\d+\.\d\d$/)
      .waitFor()
    await expectClean(page)
    for (const step of ['Next', 'Next', 'Review the plan']) await button(step).click()
    await button('Save').click()
    await page.getByText('The field Twice Due was added.').waitFor()
    const soql = encodeURIComponent(
      'SELECT CurrentDueAmount, Twice_Due__c FROM CollectionPlan WHERE CurrentDueAmount > 0 LIMIT 1',
    )
    const answer = await desk.call<{ records: Record<string, number>[] }>({
      path: `${data}/query?q=${soql}`,
    })
    const [record = {}] = answer.body.records
    expect(record['Twice_Due__c']).toBe(2 * (record['CurrentDueAmount'] ?? 0))
  })

  it('finds functions with their documentation, and fields of parents', async () => {
    await page.goto(`${desk.url}${plan}/validation-rules`)
    await button('New rule').click()
    await page.getByRole('tab', { name: 'Functions' }).click()
    await page.getByLabel('Find a function').fill('last day')
    await page.getByLabel('Find a function').fill('ISCHANGED')
    await page.getByRole('button', { name: /^ISCHANGED\(field\)/ }).click()
    await page.getByRole('tab', { name: 'Fields' }).click()
    await page.getByRole('button', { name: /^Fields of Account behind Account/ }).click()
    await page.getByRole('button', { name: /^Account Name/ }).click()
    expect(await formulaText('The record is refused when this is true').textContent()).toBe(
      'ISCHANGED(Account.Name)',
    )
  })

  it('makes a validation rule that then holds, and deactivates it', async () => {
    await page.goto(`${desk.url}${plan}/validation-rules`)
    await button('New rule').click()
    await button('Review the plan').click()
    await page
      .getByRole('heading', { name: /3 /, level: 2 })
      .or(page.getByText('Write what people shall read.'))
      .first()
      .waitFor()
    await page.getByRole('textbox', { name: /^Name/ }).fill('Not a million')
    await writeFormula(
      page,
      'The record is refused when this is true',
      'CurrentDueAmount >= 1000000',
    )
    await page.getByText(/it gives true or false/).waitFor()
    await page.getByRole('textbox', { name: /^Message/ }).fill('No plan is that large.')
    await page.getByLabel('Where the message is shown').selectOption('CurrentDueAmount')
    await expectClean(page)
    await button('Review the plan').click()
    await button('Save').click()
    await page.getByText('The validation rules were saved.').waitFor()
    const create = () =>
      desk.call<unknown>({
        method: 'POST',
        path: `${data}/sobjects/CollectionPlan`,
        body: { CurrentDueAmount: 2_000_000 },
      })
    const refused = await create()
    expect([refused.status, refused.body]).toMatchObject([
      400,
      [{ message: 'No plan is that large.', fields: ['CurrentDueAmount'] }],
    ])
    await button('Actions for Not_a_million').click()
    await page.getByRole('menuitem', { name: 'Deactivate' }).click()
    await button('Save').click()
    await page.getByText('Inactive').waitFor()
    expect((await create()).status).toBe(201)
  })

  it('makes a roll-up summary over some of the children', async () => {
    await page.goto(`${desk.url}${plan}/fields/new`)
    await page.getByRole('radio', { name: /^Roll-up summary/ }).focus()
    await page.keyboard.press('Space')
    await button('Next').click()
    await page
      .getByRole('textbox', { name: /^Label/ })
      .first()
      .fill('Number of Items')
    await button('Next').click()
    await page.getByText('Choose which records are summed up.').first().waitFor()
    await page
      .getByLabel('Records that are summed up')
      .selectOption('CollectionPlanItem.CollectionPlanId')
    await page.getByRole('radio', { name: 'The sum of a field' }).check()
    await page.getByRole('combobox', { name: 'Field' }).waitFor()
    await page.getByRole('radio', { name: 'How many there are' }).check()
    await expectClean(page)
    for (const step of ['Next', 'Next', 'Review the plan']) await button(step).click()
    await button('Save').click()
    await page.getByText('The field Number of Items was added.').waitFor()
    const post = async (object: string, body: object): Promise<string> => {
      const path = `${data}/sobjects/${object}`
      const made = await desk.call<{ id: string }>({ method: 'POST', path, body })
      expect(made.status, JSON.stringify(made.body)).toBe(201)
      return made.body.id
    }
    const id = await post('CollectionPlan', { CurrentDueAmount: 3 })
    const invoices = await desk.call<{ records: { Id: string }[] }>({
      path: `${data}/query?q=${encodeURIComponent('SELECT Id FROM Invoice LIMIT 2')}`,
    })
    expect(invoices.body.records).toHaveLength(2)
    for (const invoice of invoices.body.records)
      await post('CollectionPlanItem', { CollectionPlanId: id, Invoice: invoice.Id })
    const path = `${data}/sobjects/CollectionPlan/${id}?fields=Number_of_Items__c`
    const { body } = await desk.call<Record<string, unknown>>({ path })
    expect(body['Number_of_Items__c']).toBe(2)
  })

  it('makes a record type with values of its own, for a profile', async () => {
    await page.goto(`${desk.url}${plan}/record-types`)
    await button('New record type').click()
    await page.getByRole('textbox', { name: /^Label/ }).fill('Field test')
    const segment = page.locator('details').filter({ hasText: 'Collection Plan Segment' })
    await segment.locator('summary').click()
    await segment.getByRole('button', { name: 'None' }).click()
    await button('Review the plan').click()
    await page.getByText('choose at least one value').first().waitFor()
    await segment.getByRole('checkbox').first().check()
    await page.getByRole('checkbox', { name: 'Standard User may use it' }).check()
    await expectClean(page)
    await button('Review the plan').click()
    const consent = page.getByLabel('I agree that access to existing data changes.')
    await page.locator('fs-setup-review fs-setup-plan').waitFor()
    if ((await consent.count()) > 0) await consent.check()
    await button('Save').click()
    await page.getByText('The record types were saved.').waitFor()
    const path = `${own}/metadata/RecordType/CollectionPlan.Field_test`
    const { body } = await desk.call<{ picklistValues: { values: unknown[] }[] }>({
      path,
    })
    expect(body.picklistValues).toMatchObject([
      { picklist: 'CollectionPlanSegment', values: [expect.anything()] },
    ])
    await page.goto(`${desk.url}${plan}/record-types/Field_test`)
    await page.getByRole('heading', { level: 2, name: 'Field test' }).waitFor()
    expect(await page.getByRole('checkbox', { name: 'Standard User may use it' }).isChecked()).toBe(
      true,
    )
  })

  it('makes a value set, and replaces a value in the records that hold it', async () => {
    await page.goto(`${desk.url}/setup/value-sets`)
    await page.getByRole('link', { name: 'New value set' }).click()
    await page.getByRole('textbox', { name: /^Label/ }).fill('Channels')
    await page.getByLabel('Values, one per line').fill('Phone\nLetter\nFax')
    await button('Review the plan').click()
    await button('Save').click()
    await page.getByRole('link', { name: 'Channels' }).waitFor()
    const field = {
      fullName: 'Channel__c',
      label: 'Channel',
      type: 'Picklist',
      valueSet: { restricted: true, valueSetName: 'Channels' },
    }
    const path = `${own}/metadata/CustomField/CollectionPlan.Channel__c`
    await desk.call({ method: 'PUT', path, body: field })
    const record = { CurrentDueAmount: 1, Channel__c: 'Fax' }
    const made = await desk.call<{ id: string }>({
      method: 'POST',
      path: `${data}/sobjects/CollectionPlan`,
      body: record,
    })
    await page.getByRole('link', { name: 'Channels' }).click()
    await button('Replace a value…').click()
    await page.getByLabel('Value that gives way').selectOption('Fax')
    await page.getByLabel('Value that takes its place').selectOption('Letter')
    const dialog = page.locator('fs-setup-replace-value')
    await dialog.getByRole('button', { name: 'Review the plan' }).click()
    await dialog.getByText(/\b1\b/).first().waitFor()
    const boxes = dialog.getByRole('checkbox')
    if ((await boxes.count()) > 0) await boxes.first().check()
    await dialog.getByRole('button', { name: 'Replace', exact: true }).click()
    await page.getByText('The value was replaced.').waitFor()
    const kept = await desk.call<Record<string, unknown>>({
      path: `${data}/sobjects/CollectionPlan/${made.body.id}`,
    })
    expect(kept.body['Channel__c']).toBe('Letter')
  })

  it('shows its editors cleanly', async () => {
    const narrow = { width: 390, height: 3200 }
    const looks = [
      { ...narrow, dark: true },
      { ...narrow, dark: false },
      { width: 1440, height: 3200, dark: true },
    ]
    const other = await desk.sit(narrowDark)
    const open = async (path: string, start: string): Promise<void> => {
      await takeOn(other.page, narrowDark)
      await other.page.goto(desk.url + path)
      await other.page.getByRole('button', { name: start }).click()
      await expectCleanIn(other.page, looks)
    }
    await open(`${plan}/validation-rules`, 'New rule')
    await open(`${plan}/record-types`, 'New record type')
    await open('/setup/value-sets/new', 'Add value')
  })

  it('sets what holds for everybody and for one user, and takes it back', async () => {
    await page.goto(`${desk.url}/setup/custom-settings`)
    await page.getByRole('link', { name: 'Collections Setting' }).click()
    await button('New values').click()
    const owner = page.getByLabel('Holds for', { exact: true })
    const users = owner.locator('option', { hasText: /^\s*User / })
    await owner.selectOption((await users.first().getAttribute('value')) ?? '')
    await page.getByLabel('Longest Promise in Days').fill('30')
    await button('Save').click()
    const row = page.getByRole('row').filter({ hasText: /User / })
    await row.getByText('30', { exact: true }).waitFor()
    await row.getByRole('button', { name: /^Edit / }).click()
    await page.getByLabel('Longest Promise in Days').fill('40')
    await button('Save').click()
    await row.getByText('40', { exact: true }).waitFor()
    await expectClean(page)
    await row.getByRole('button', { name: /^Delete / }).click()
    await button('Delete').click()
    await row.waitFor({ state: 'detached' })
  })
})
