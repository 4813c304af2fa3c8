/** The main job: an administrator adds a field while an agent has a half-filled form open, and the field is there. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Page, Seat } from './support/browser.ts'
import { useDesk } from './support/desk.ts'

interface QueryAnswer {
  readonly records: readonly Record<string, unknown>[]
}

interface Describe {
  readonly fields: readonly {
    readonly name: string
    readonly picklistValues: readonly { readonly value: string }[]
  }[]
}

const plan = 'objects/CollectionPlan.json'
const data = '/services/data/v67.0'

describe('adding a field while a form is open', () => {
  const desk = useDesk()

  const get = async <Result>(path: string): Promise<Result> =>
    (await desk.call<Result>({ path })).body
  const readPlanFile = (): string => readFileSync(join(desk.server.metadataDir, plan), 'utf8')

  /** An agent with a half-filled form; the caret stands in the amount. */
  async function openHalfFilledForm(seat: Seat, amount: string): Promise<void> {
    const { page } = seat
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/new`)
    const account = page.getByLabel('Account', { exact: true })
    await account.fill('Delgado')
    await page.getByRole('option', { name: /Delgado Household/ }).click()
    await page.getByLabel(/^Current Due Amount/).fill(amount)
  }

  async function expectInputKept(page: Page, amount: string): Promise<void> {
    expect(await page.getByLabel('Account', { exact: true }).inputValue()).toBe('Delgado Household')
    expect(await page.getByLabel(/^Current Due Amount/).inputValue()).toBe(amount)
    expect(page.url()).toBe(`${desk.url}/app/Collections/CollectionPlan/new`)
  }

  it('shows the plan in Setup, applies it, and the field appears in the open form with the input kept', async () => {
    const agent = await desk.sit()
    const admin = await desk.sit()
    await openHalfFilledForm(agent, '150.25')
    let loads = 0
    agent.page.on('load', () => loads++)

    const { page } = admin
    await page.goto(`${desk.url}/setup/objects/CollectionPlan/fields`)
    await page
      .getByRole('link', { name: 'New field' })
      .or(page.getByRole('button', { name: 'New field' }))
      .first()
      .click()
    await page.getByRole('radio', { name: /^Picklist/ }).check({ force: true })
    await page.getByRole('button', { name: 'Next' }).click()
    await page
      .getByRole('textbox', { name: /^Label/ })
      .first()
      .fill('Hardship Reason')
    await fillValues(page, ['Illness', 'Unemployment', 'Separation'])
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Review the plan' }).click()
    const review = page.locator('main')
    await review.getByText('Hardship_Reason__c').first().waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page
      .getByText(/Hardship Reason/)
      .first()
      .waitFor()

    const field = agent.page.getByLabel('Hardship Reason', { exact: true })
    await field.waitFor()
    await expectInputKept(agent.page, '150.25')
    expect(loads).toBe(0)

    await field.click()
    await agent.page.getByRole('option', { name: 'Illness' }).click()
    await agent.page.getByRole('button', { name: 'Save', exact: true }).click()
    await agent.page.waitForURL(/\/CollectionPlan\/0cP[0-9A-Za-z]{15}$/)
    await agent.page.getByText('Illness').first().waitFor()
    expect(agent.errors.filter((error) => !error.includes('401'))).toEqual([])
  })

  it('gives the value through REST and describe, and keeps it in the file', async () => {
    const { records } = await get<QueryAnswer>(
      `${data}/query?q=${encodeURIComponent("SELECT Hardship_Reason__c, CurrentDueAmount, Account.Name FROM CollectionPlan WHERE Hardship_Reason__c = 'Illness'")}`,
    )
    expect(records).toMatchObject([
      {
        Hardship_Reason__c: 'Illness',
        CurrentDueAmount: 150.25,
        Account: { Name: 'Delgado Household' },
      },
    ])
    const { fields } = await get<Describe>(`${data}/sobjects/CollectionPlan/describe`)
    const described = fields.find((field) => field.name === 'Hardship_Reason__c')
    expect(described?.picklistValues.map((entry) => entry.value)).toEqual([
      'Illness',
      'Unemployment',
      'Separation',
    ])
    expect(JSON.parse(readPlanFile())).toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({ fullName: 'Hardship_Reason__c', type: 'Picklist' }),
      ]),
    })
  })

  it('does the same after a hand edit of the files', async () => {
    const agent = await desk.sit()
    await openHalfFilledForm(agent, '77.10')
    editJson(join(desk.server.metadataDir, plan), (object) => {
      object.fields.push({ fullName: 'Callback_Date__c', label: 'Callback Date', type: 'Date' })
    })
    editJson(
      join(desk.server.metadataDir, 'layouts/CollectionPlan-Collection Plan Layout.json'),
      (layout) => {
        layout.layoutSections[0]?.layoutColumns[0]?.layoutItems.push({
          behavior: 'Edit',
          field: 'Callback_Date__c',
        })
      },
    )
    editJson(join(desk.server.metadataDir, 'permissionsets/CollectionsAgent.json'), (set) => {
      set.fieldPermissions.push({
        editable: true,
        field: 'CollectionPlan.Callback_Date__c',
        readable: true,
      })
    })
    await agent.page.getByLabel('Callback Date', { exact: true }).waitFor()
    await expectInputKept(agent.page, '77.10')
    await agent.page.getByLabel('Callback Date', { exact: true }).fill('12/1/2026')
    await agent.page.keyboard.press('Tab')
    await agent.page.getByRole('button', { name: 'Save', exact: true }).click()
    await agent.page.waitForURL(/\/CollectionPlan\/0cP[0-9A-Za-z]{15}$/)
    const { records } = await get<QueryAnswer>(
      `${data}/query?q=${encodeURIComponent('SELECT Callback_Date__c FROM CollectionPlan WHERE Callback_Date__c != null')}`,
    )
    expect(records).toMatchObject([{ Callback_Date__c: '2026-12-01' }])
  })

  it('survives a restart', async () => {
    await desk.crash()
    const { records } = await get<QueryAnswer>(
      `${data}/query?q=${encodeURIComponent("SELECT Hardship_Reason__c FROM CollectionPlan WHERE Hardship_Reason__c = 'Illness'")}`,
    )
    expect(records).toHaveLength(1)
    const seat = await desk.sit()
    await seat.page.goto(`${desk.url}/app/Collections/CollectionPlan/new`)
    await seat.page.getByLabel('Hardship Reason', { exact: true }).waitFor()
    await seat.page.getByLabel('Callback Date', { exact: true }).waitFor()
  })
})

interface Editable {
  readonly fields: unknown[]
  readonly fieldPermissions: unknown[]
  readonly layoutSections: readonly {
    readonly layoutColumns: readonly { readonly layoutItems: unknown[] }[]
  }[]
}

function editJson(file: string, edit: (body: Editable) => void): void {
  const body = JSON.parse(readFileSync(file, 'utf8')) as Editable
  edit(body)
  writeFileSync(file, `${JSON.stringify(body, null, 2)}\n`)
}

/** Types the values of a picklist the way the editor takes them. */
async function fillValues(page: Page, values: readonly string[]): Promise<void> {
  await page.getByLabel('Values, one per line').fill(values.join('\n'))
  await page.getByRole('button', { name: 'Take over' }).click()
}
