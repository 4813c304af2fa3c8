/** Object Manager from a new object to a restored field, as an administrator goes through it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import type { Page, Seat } from './support/browser.ts'
import { useDesk } from './support/desk.ts'
import { tabTo } from './support/keyboard.ts'

const data = '/services/data/v67.0'
const object = 'Promise_to_Pay__c'

interface Described {
  readonly label: string
  readonly fields: readonly {
    readonly name: string
    readonly type: string
    readonly label: string
  }[]
}

/** A kind as the wizard names it, and what has to be answered beyond the label. */
const kinds: readonly (readonly [
  kind: string,
  label: string,
  type: string,
  answer?: (page: Page) => Promise<void>,
])[] = [
  ['Text', 'Reference', 'string'],
  ['Number', 'Instalments', 'double'],
  ['Currency', 'Amount', 'currency'],
  ['Checkbox', 'Confirmed', 'boolean'],
  ['Date', 'Due On', 'date'],
  ['Long text area', 'Agreement', 'textarea'],
  [
    'Multi-select picklist',
    'Channels',
    'multipicklist',
    async (page) => {
      await page.getByLabel('Values, one per line').fill('Phone\nLetter')
      await page.getByRole('button', { name: 'Take over' }).click()
    },
  ],
  [
    'Lookup',
    'Customer',
    'reference',
    async (page) => {
      await page.getByRole('combobox', { name: 'Points to' }).fill('Account')
      await page.getByRole('option', { name: 'Account', exact: true }).click()
      await page.keyboard.press('Escape')
    },
  ],
]

describe('Object Manager', () => {
  const desk = useDesk()
  let seat: Seat
  let page: Page

  beforeAll(async () => {
    seat = await desk.sitDown()
    page = seat.page
  })

  const ask = async <Result>(path: string): Promise<{ status: number; body: Result }> =>
    desk.call<Result>({ path: `${data}${path}` })
  const describeObject = async (): Promise<Described> =>
    (await ask<Described>(`/sobjects/${object}/describe`)).body
  const fieldsPath = `/setup/objects/${object}/fields`
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const save = (name = 'Save') => button(name).click()

  async function fieldMenu(label: string, item: string): Promise<void> {
    await page.getByRole('button', { name: `Actions for ${label}` }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  it('makes an object by keyboard alone, usable at once without another screen', async () => {
    await page.goto(`${desk.url}/setup/objects`)
    await page.getByRole('heading', { level: 1, name: 'Object Manager' }).waitFor()
    await tabTo(page, /^New object$/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'New object' }).waitFor()
    await tabTo(page, /^Label/)
    await page.keyboard.type('Promise to Pay')
    await tabTo(page, /^Plural label/)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Promises')
    await tabTo(page, /^Collections$/)
    await page.keyboard.press('Space')
    await tabTo(page, /^Review the plan$/)
    await page.keyboard.press('Enter')
    await button('Create object').waitFor()
    expect(await axeProblems(page)).toEqual([])
    await tabTo(page, /^Create object$/)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${desk.url}${fieldsPath}`)

    await page.goto(`${desk.url}/app/Collections/home`)
    await page
      .getByRole('link', { name: 'Promises', exact: true })
      .or(button('More'))
      .first()
      .click()
    await page.goto(`${desk.url}/app/Collections/${object}/new`)
    await page.getByLabel('Promise to Pay name').fill('First promise')
    await save()
    await page.waitForURL(/Promise_to_Pay__c\/[0-9A-Za-z]{18}$/)
    await page.goto(`${desk.url}/app/Collections/${object}/list/All`)
    await page.getByRole('link', { name: 'First promise' }).waitFor()
  })

  it('makes fields of the main types in steps that end with the plan', async () => {
    await page.goto(`${desk.url}${fieldsPath}/new`)
    for (const [kind, label, , answer] of kinds) {
      const radio = page.getByRole('radio', { name: new RegExp(`^${kind}`) }).first()
      await radio.focus()
      await page.keyboard.press('Space')
      await save('Next')
      await page
        .getByRole('textbox', { name: /^Label/ })
        .first()
        .fill(label)
      await answer?.(page)
      await save('Next')
      await save('Next')
      await save('Review the plan')
      await page.getByText(`Add the field ${label} to Promise to Pay`).waitFor()
      await save('Save and new')
      await page.getByRole('heading', { level: 2, name: 'Kind' }).waitFor()
    }
    const { fields } = await describeObject()
    const made = fields.filter((field) => kinds.some(([, label]) => label === field.label))
    expect(made.map(({ label, type }) => [label, type])).toEqual(
      kinds.map(([, label, type]) => [label, type]),
    )
  }, 240_000)

  it('edits a field', async () => {
    await page.goto(`${desk.url}${fieldsPath}`)
    await page.getByRole('link', { name: 'Instalments' }).click()
    await page
      .getByRole('textbox', { name: /^Label/ })
      .first()
      .fill('Number of Instalments')
    await save('Review the plan')
    await save()
    await page.waitForURL(`${desk.url}${fieldsPath}`)
    const { fields } = await describeObject()
    expect(fields.find((field) => field.name === 'Instalments__c')?.label).toBe(
      'Number of Instalments',
    )
  })

  it('renames a field; its page tells what it was called', async () => {
    await page.goto(`${desk.url}${fieldsPath}`)
    await fieldMenu('Reference', 'Rename')
    await page.getByLabel('New API name').fill('Agreement_Number__c')
    await save('Review the plan')
    await save('Rename')
    await page.getByText('Reference__c is now called Agreement_Number__c.').waitFor()
    const query = encodeURIComponent(`SELECT Reference__c FROM ${object}`)
    expect((await ask(`/query?q=${query}`)).status).toBe(200)
    await page.goto(`${desk.url}${fieldsPath}/Agreement_Number__c`)
    await page.getByText('Former name: Reference__c').waitFor()
  })

  it('deletes a field with its uses after the name was typed, and restores it with its values', async () => {
    const records = `/sobjects/${object}`
    const body = { Name: 'Second promise', Agreement_Number__c: 'A-17' }
    await desk.call({ method: 'POST', path: `${data}${records}`, body })
    const sorted = `${desk.url}/app/Collections/${object}/list/All?sort=Agreement_Number__c%20desc`
    await page.goto(sorted)
    await page.getByRole('link', { name: 'Second promise' }).waitFor()

    await page.goto(`${desk.url}${fieldsPath}`)
    await fieldMenu('Reference', 'Delete')
    await page
      .getByText(/cannot be removed/)
      .first()
      .waitFor()
    await button('Take it out of layouts, lists and permission sets too').click()
    await page.getByLabel(/Type Agreement_Number__c to confirm/).fill('Agreement_Number__c')
    await save('Delete')
    await page.getByRole('heading', { name: 'Deleted fields' }).waitFor()
    const names = (await describeObject()).fields.map((field) => field.name)
    expect(names).not.toContain('Agreement_Number__c')

    // R2: whoever had sorted by the field opens the list as ever.
    await page.goto(sorted)
    await page.getByRole('link', { name: 'Second promise' }).waitFor()

    await page.goto(`${desk.url}${fieldsPath}`)
    await button('Restore').click()
    await page.locator('fs-setup-review').getByRole('button', { name: 'Restore' }).click()
    await page.getByText('Agreement_Number__c is back.').waitFor()
    const query = encodeURIComponent(
      `SELECT Name FROM ${object} WHERE Agreement_Number__c = 'A-17'`,
    )
    const found = await ask<{ totalSize: number }>(`/query?q=${query}`)
    expect(found.body.totalSize).toBe(1)
    expect(seat.errors.filter((error) => !error.includes('401'))).toEqual([])
  })
})
