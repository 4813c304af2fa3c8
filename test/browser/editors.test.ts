/** The contract of the editors: every stored field type can be entered, comes back as entered, and stays unchanged. */
import { beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import type { Page, Seat } from './support/browser.ts'
import { useDesk } from './support/desk.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'

interface FieldCase {
  readonly name: string
  readonly type: string
  readonly options?: Readonly<Record<string, unknown>>
  enter(page: Page, label: string): Promise<void>
  /** What the API then holds. */
  readonly value: unknown
  /** What the record page shows. */
  readonly shown: string
}

function valueSet(names: readonly string[], more: object = {}): object {
  const value = names.map((fullName) => ({ fullName, label: fullName, default: false }))
  return { restricted: true, valueSetDefinition: { sorted: false, value }, ...more }
}

const type =
  (text: string) =>
  async (page: Page, label: string): Promise<void> => {
    await page.getByLabel(label, { exact: true }).fill(text)
    await page.keyboard.press('Tab')
  }

const choose =
  (option: string) =>
  async (page: Page, label: string): Promise<void> => {
    await page.getByLabel(label, { exact: true }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }

const cities = {
  controllingField: 'Country__c',
  valueSettings: [
    { controllingFieldValue: ['Germany'], valueName: 'Berlin' },
    { controllingFieldValue: ['Spain'], valueName: 'Madrid' },
  ],
}

const cases: readonly FieldCase[] = [
  {
    name: 'Word',
    type: 'Text',
    options: { length: 80 },
    enter: type("O'Neil <b>"),
    value: "O'Neil <b>",
    shown: "O'Neil <b>",
  },
  { name: 'Area', type: 'TextArea', enter: type('Two\nlines'), value: 'Two\nlines', shown: 'Two' },
  {
    name: 'Long',
    type: 'LongTextArea',
    options: { length: 32000, visibleLines: 5 },
    enter: type('Long text'),
    value: 'Long text',
    shown: 'Long text',
  },
  {
    name: 'Rich',
    type: 'Html',
    options: { length: 32000, visibleLines: 10 },
    enter: async (page, label) => {
      await page.getByLabel(label, { exact: true }).click()
      await page.keyboard.type('Plain ')
      await page.keyboard.press('Control+b')
      await page.keyboard.type('bold')
    },
    value: '<p>Plain <strong>bold</strong></p>',
    shown: 'Plain bold',
  },
  {
    name: 'Secret',
    type: 'EncryptedText',
    options: { length: 20, maskChar: 'X', maskType: 'all' },
    enter: type('4111-1111'),
    value: '4111-1111',
    shown: '4111-1111',
  },
  {
    name: 'Mail',
    type: 'Email',
    enter: type('a@example.com'),
    value: 'a@example.com',
    shown: 'a@example.com',
  },
  {
    name: 'Phone',
    type: 'Phone',
    enter: type('+1 555 0100'),
    value: '+1 555 0100',
    shown: '+1 555 0100',
  },
  {
    name: 'Web',
    type: 'Url',
    enter: type('https://example.com/a'),
    value: 'https://example.com/a',
    shown: 'https://example.com/a',
  },
  {
    name: 'Figure',
    type: 'Number',
    options: { precision: 18, scale: 3 },
    enter: type('123,456,789.125'),
    value: 123456789.125,
    shown: '123,456,789.125',
  },
  {
    name: 'Money',
    type: 'Currency',
    options: { precision: 18, scale: 2 },
    enter: type('1,234.5'),
    value: 1234.5,
    shown: '$1,234.50',
  },
  {
    name: 'Share',
    type: 'Percent',
    options: { precision: 5, scale: 1 },
    enter: type('12.5'),
    value: 12.5,
    shown: '12.5%',
  },
  {
    name: 'Box',
    type: 'Checkbox',
    options: { defaultValue: 'false' },
    enter: (page, label) => page.getByRole('checkbox', { name: label }).check(),
    value: true,
    shown: 'Yes',
  },
  {
    name: 'Day',
    type: 'Date',
    enter: type('11/5/2026'),
    value: '2026-11-05',
    shown: 'Nov 5, 2026',
  },
  {
    name: 'Moment',
    type: 'DateTime',
    enter: async (page) => {
      const inputs = page.locator('fs-date-time-editor input')
      await inputs.nth(0).fill('11/6/2026')
      await page.keyboard.press('Tab')
      await inputs.nth(1).fill('9:30 pm')
      await page.keyboard.press('Tab')
    },
    value: '2026-11-06T21:30:00.000+0000',
    shown: 'Nov 6, 2026, 9:30 PM',
  },
  { name: 'Hour', type: 'Time', enter: type('7:15'), value: '07:15:00.000Z', shown: '7:15 AM' },
  {
    name: 'Country',
    type: 'Picklist',
    options: { valueSet: valueSet(['Germany', 'Spain']) },
    enter: choose('Spain'),
    value: 'Spain',
    shown: 'Spain',
  },
  {
    name: 'City',
    type: 'Picklist',
    options: { valueSet: valueSet(['Berlin', 'Madrid'], cities) },
    enter: choose('Madrid'),
    value: 'Madrid',
    shown: 'Madrid',
  },
  {
    name: 'Tags',
    type: 'MultiselectPicklist',
    options: { visibleLines: 4, valueSet: valueSet(['Red', 'Green', 'Blue']) },
    enter: async (page, label) => {
      await choose('Blue')(page, label)
      await page.getByRole('option', { name: 'Red', exact: true }).click()
      await page.keyboard.press('Escape')
    },
    value: 'Red;Blue',
    shown: 'Red',
  },
  {
    name: 'Customer',
    type: 'Lookup',
    options: {
      referenceTo: ['Account'],
      relationshipName: 'AllTypes',
      deleteConstraint: 'SetNull',
    },
    enter: async (page, label) => {
      await page.getByLabel(label, { exact: true }).fill('Delgado')
      await page.getByRole('option', { name: /Delgado Household/ }).click()
    },
    value: expect.stringMatching(/^001/),
    shown: 'Delgado Household',
  },
  {
    name: 'Place',
    type: 'Location',
    options: { scale: 4, displayLocationInDecimal: true },
    enter: async (page, label) => {
      await page.getByLabel(`${label} (Latitude)`).fill('52.52')
      await page.getByLabel(`${label} (Longitude)`).fill('13.405')
      await page.keyboard.press('Tab')
    },
    value: { latitude: 52.52, longitude: 13.405 },
    shown: '52.52, 13.405',
  },
]

const label = (one: FieldCase): string => `${one.name} value`

const object = {
  fullName: 'AllTypes__c',
  label: 'All Types',
  pluralLabel: 'All Types',
  nameField: { label: 'Name', type: 'Text' },
  sharingModel: 'ReadWrite',
  deploymentStatus: 'Deployed',
  fields: cases.map((one) => ({
    fullName: `${one.name}__c`,
    label: label(one),
    type: one.type,
    ...one.options,
  })),
}

describe('the editors', () => {
  const desk = useDesk()
  let seat: Seat

  beforeAll(async () => {
    const changes = [{ type: 'CustomObject', fullName: object.fullName, body: object }]
    const plan = await send<{ id: string }>('POST', `${own}/plans`, { changes })
    await send('POST', `${own}/plans/${plan.id}/apply`, { consent: true })
    seat = await desk.sitDown()
  })

  async function send<Result>(method: string, path: string, body?: unknown): Promise<Result> {
    const answer = await desk.call<Result>({ method, path, body })
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    return answer.body
  }

  it('take a value of every type', async () => {
    const { page } = seat
    await page.goto(`${desk.url}/app/Collections/AllTypes__c/new`)
    await page.getByLabel('Name', { exact: true }).fill('One of each')
    expect(await page.getByLabel('City value', { exact: true }).isDisabled()).toBe(true)
    for (const one of cases) await one.enter(page, label(one))
    // All of the form at once: what lies half under a sticky bar counts as too small a target.
    await page.setViewportSize({ width: 1440, height: 2000 })
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL(/\/AllTypes__c\/[0-9A-Za-z]{18}$/)
  })

  it.each(cases)('keep and show what was entered as $type $name', async (one) => {
    const { page } = seat
    const id = page.url().split('/').at(-1) ?? ''
    const path = `${data}/sobjects/${object.fullName}/${id}`
    const record = await send<Record<string, unknown>>('GET', path)
    expect(record[`${one.name}__c`]).toEqual(one.value)
    const cell = page
      .locator('fs-record-details .cell')
      .filter({ has: page.getByText(label(one), { exact: true }) })
    await cell.getByText(one.shown).first().waitFor()
  })

  it('change nothing by being opened and left', async () => {
    const { page } = seat
    const path = page.url()
    await page.goto(`${path}/edit`)
    await page.getByLabel('Name', { exact: true }).waitFor()
    await page.getByLabel(`Place value (Longitude)`).waitFor()
    for (let step = 0; step < 45; step++) await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.waitForURL((url) => !url.pathname.endsWith('/edit'))
    expect(seat.errors.filter((error) => !error.includes('401'))).toEqual([])
  })

  it('take what is typed right after a click on a tool as text, however late the page draws', async () => {
    const { page } = await desk.sit()
    await page.goto(`${desk.url}/app/Collections/AllTypes__c/new`)
    const text = page.getByRole('textbox', { name: 'Rich value' })
    const bold = page.getByRole('button', { name: 'Bold' })
    await text.click()
    await page.evaluate(() => {
      const draw = requestAnimationFrame
      window.requestAnimationFrame = (then) => (setTimeout(() => draw(then), 400), 0)
    })
    await bold.click()
    await page.keyboard.type('Two words')
    await bold.click()
    await page.keyboard.type(' and more')
    await expect.poll(() => text.innerHTML()).toContain('<strong>Two words</strong> and more')
  })

  it('drop a dependent value that the new controlling value does not allow', async () => {
    const { page } = seat
    await page.goto(`${page.url()}/edit`)
    await choose('Germany')(page, 'Country value')
    expect(await page.getByLabel('City value', { exact: true }).inputValue()).toBe('')
    await choose('Berlin')(page, 'City value')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL((url) => !url.pathname.endsWith('/edit'))
    await page.getByText('Berlin').first().waitFor()
  })
})
