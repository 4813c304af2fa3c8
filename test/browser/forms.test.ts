/** Forms never lose input: mistakes, conflicts, leaving, ended sessions. */
import { beforeEach, describe, expect, it } from 'vitest'
import { administrator } from '../support/server-process.ts'
import type { Page, Seat } from './support/browser.ts'
import { useDesk } from './support/desk.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const savedPath = /\/CollectionPlan\/0cP[0-9A-Za-z]{15}$/

interface LayoutBody {
  readonly layoutSections: {
    readonly layoutColumns: { readonly layoutItems: object[] }[]
  }[]
}

describe('forms', () => {
  const desk = useDesk()
  let seat: Seat
  let page: Page

  beforeEach(async () => {
    seat = await desk.sit()
    page = seat.page
  })

  const newForm = (): Promise<unknown> =>
    page.goto(`${desk.url}/app/Collections/CollectionPlan/new`)
  const amount = () => page.getByLabel(/^Current Due Amount/)
  const save = () => page.getByRole('button', { name: 'Save', exact: true })
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      let active = document.activeElement
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
      return active?.textContent?.trim() ?? ''
    })

  async function apply(changes: readonly object[]): Promise<void> {
    const plan = await desk.call<{ id: string }>({
      method: 'POST',
      path: `${own}/plans`,
      body: { changes },
    })
    const path = `${own}/plans/${plan.body.id}/apply`
    const applied = await desk.call({ method: 'POST', path, body: { consent: true } })
    expect(applied.status, JSON.stringify([plan.body, applied.body])).toBe(200)
  }

  async function createPlan(body: object): Promise<string> {
    const path = `${data}/sobjects/CollectionPlan`
    return (await desk.call<{ id: string }>({ method: 'POST', path, body })).body.id
  }

  it('list their problems and lead to the field', async () => {
    await newForm()
    await page.getByLabel('Auto Debit Request Count').fill('12x')
    await save().click()
    await page.getByRole('heading', { name: '2 fields need attention' }).waitFor()
    expect(await focused()).toBe('2 fields need attention')
    await page.getByRole('button', { name: /^Current Due Amount: / }).click()
    await page.keyboard.type('10')
    expect(await amount().inputValue()).toBe('10')
    expect(await page.getByLabel('Auto Debit Request Count').inputValue()).toBe('12x')
  })

  it('ask before input is thrown away, by a link and by the back button', async () => {
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/list/All_Collection_Plans`)
    await page.getByRole('link', { name: 'New', exact: true }).click()
    await amount().fill('5')
    await page.getByRole('link', { name: 'Accounts', exact: true }).click()
    await page.getByRole('button', { name: 'Keep editing' }).click()
    await page.goBack()
    await page.getByRole('button', { name: 'Keep editing' }).click()
    expect(await amount().inputValue()).toBe('5.00')
    expect(page.url()).toMatch(/\/new$/)
    await page.goBack()
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await page.waitForURL(/\/list\/All_Collection_Plans/)
  })

  it('save with Ctrl+S and go back past the form', async () => {
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/list/All_Collection_Plans`)
    await page.getByRole('link', { name: 'New', exact: true }).click()
    await amount().fill('5')
    await page.keyboard.press('Control+s')
    await page.waitForURL(savedPath)
    await page.goBack()
    await page.waitForURL(/\/list\/All_Collection_Plans/)
  })

  it('take over what others changed elsewhere, and let the user choose where both changed', async () => {
    const id = await createPlan({ CurrentDueAmount: 10, CollectionPlanSegment: 'Reminder' })
    const path = `${data}/sobjects/CollectionPlan/${id}`
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/${id}/edit`)
    await amount().fill('11')
    const theirs = { CurrentDueAmount: 99, CollectionPlanSegment: 'Recovery' }
    await desk.call({ method: 'PATCH', path, body: theirs })
    await page.getByText('Someone else changed this record; taken over:').waitFor()
    expect(await page.getByLabel('Collection Plan Segment').inputValue()).toBe('Recovery')
    expect(await amount().inputValue()).toBe('11')
    await save().click()
    await page.getByRole('group', { name: 'Current Due Amount' }).waitFor()
    await page.getByRole('radio', { name: /Your value/ }).check()
    await page.getByRole('button', { name: 'Save with these values' }).click()
    await page.waitForURL(savedPath)
    const { body } = await desk.call<Record<string, unknown>>({ path })
    expect(body).toMatchObject({ CurrentDueAmount: 11, CollectionPlanSegment: 'Recovery' })
  })

  it('go on after signing in again when the session has ended', async () => {
    await newForm()
    await amount().fill('31.5')
    await seat.context.clearCookies()
    await save().click()
    await page.getByText('Your session has ended.').waitFor()
    await page.getByLabel('User name', { exact: true }).fill(administrator.username)
    await page.getByLabel('Password').fill(administrator.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    expect(await amount().inputValue()).toBe('31.50')
    await save().click()
    await page.waitForURL(savedPath)
  })

  it('show a failing rule at its field and one of the whole record at the top, before anything is sent', async () => {
    await apply([
      {
        type: 'ValidationRule',
        fullName: 'CollectionPlan.Risk_Needs_Reason',
        body: {
          fullName: 'Risk_Needs_Reason',
          active: true,
          errorConditionFormula: 'RiskScore > 90 && CollectionPlanReasonId = NULL',
          errorMessage: 'Say why the risk is that high.',
        },
      },
    ])
    let sent = 0
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/sobjects/CollectionPlan')) sent++
    })
    await newForm()
    await amount().fill('-5')
    await page.getByLabel('Risk Score', { exact: true }).fill('95')
    await save().click()
    const summary = page.locator('fs-error-summary')
    await summary.getByText('Say why the risk is that high.').waitFor()
    await summary.getByText(/The amount due cannot be below zero/).waitFor()
    const field = page
      .locator('fs-field-editor, fs-number-editor')
      .filter({ has: amount() })
      .first()
    await field.getByText(/The amount due cannot be below zero/).waitFor()
    expect(sent).toBe(0)
    await amount().fill('5')
    await page.getByLabel('Risk Score', { exact: true }).fill('50')
    await save().click()
    await page.waitForURL(savedPath)
    expect(sent).toBe(1)
  })

  it('are no place to wait: an open record shows what children of others made of it', async () => {
    const layout = 'CollectionPlan-Collection Plan Layout'
    const { body } = await desk.call<LayoutBody>({ path: `${own}/metadata/Layout/${layout}` })
    const items = body.layoutSections[0]?.layoutColumns[0]?.layoutItems
    items?.push({ behavior: 'Readonly', field: 'Twice__c' })
    const formula = {
      fullName: 'Twice__c',
      label: 'Twice The Items',
      type: 'Currency',
      precision: 18,
      scale: 2,
      formula: 'ItemTotal * 2',
    }
    await apply([
      { type: 'CustomField', fullName: 'CollectionPlan.Twice__c', body: formula },
      { type: 'Layout', fullName: layout, body },
    ])
    const id = await createPlan({ CurrentDueAmount: 10 })
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/${id}`)
    const value = (label: string) =>
      page.locator('fs-record-details').locator('.cell', { hasText: label }).first()
    await value('Twice The Items').getByText(/0\.00/).waitFor()
    let loads = 0
    page.on('load', () => loads++)
    const query = `${data}/query?q=${encodeURIComponent('SELECT Id FROM Invoice LIMIT 1')}`
    const invoices = await desk.call<{ records: { Id: string }[] }>({ path: query })
    const item = { CollectionPlanId: id, Invoice: invoices.body.records[0]?.Id, DueAmount: 61.25 }
    const path = `${data}/sobjects/CollectionPlanItem`
    expect((await desk.call({ method: 'POST', path, body: item })).status).toBe(201)
    await value('Item Total')
      .getByText(/61\.25/)
      .waitFor()
    await value('Twice The Items')
      .getByText(/122\.50/)
      .waitFor()
    expect(loads).toBe(0)
  })
})
