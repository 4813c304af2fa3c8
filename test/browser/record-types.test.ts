/** Record types on the screens: chosen before a form opens, seen in layouts and lists, changed. */
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { addLoans } from '../support/loan-metadata.ts'
import { startServerProcess, type ServerProcess } from '../support/server-process.ts'
import { axeProblems } from './support/axe.ts'
import type { Page } from './support/browser.ts'
import { useDesk } from './support/desk.ts'

const data = '/services/data/v67.0'

/** Serves the shipped metadata with an object that has record types. */
async function loanServer(): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'server-'))
  cpSync('metadata', join(folder, 'metadata'), { recursive: true })
  await addLoans(join(folder, 'metadata'))
  return startServerProcess({ folder })
}

describe('record types', () => {
  const desk = useDesk(loanServer)
  let page: Page

  beforeEach(async () => {
    page = (await desk.sit()).page
  })

  const at = (rest: string): string => `${desk.url}/app/Collections/Loan__c/${rest}`
  const save = () => page.getByRole('button', { name: 'Save', exact: true })
  const next = () => page.getByRole('button', { name: 'Next' })
  const options = async (label: string): Promise<readonly string[]> => {
    await page.getByRole('combobox', { name: label }).click()
    const list = page.getByRole('option')
    await list.first().waitFor()
    const found = await list.allTextContents()
    await page.keyboard.press('Escape')
    return found.map((text) => text.trim())
  }
  const recordOf = async (id: string): Promise<Record<string, unknown>> => {
    const path = `${data}/sobjects/Loan__c/${id}`
    return (await desk.call<Record<string, unknown>>({ method: 'GET', path })).body
  }
  const idInAddress = (): string => new URL(page.url()).pathname.split('/').at(-1) ?? ''

  it('one is chosen before a new record, by keyboard too, and remembered', async () => {
    await page.goto(at('new'))
    await next().waitFor()
    expect(await page.getByRole('radio').count()).toBe(2)
    expect(await page.getByRole('radio', { name: /^Private Loan/ }).isChecked()).toBe(true)
    expect(await axeProblems(page)).toEqual([])
    await page.getByRole('radio', { name: /^Private Loan/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByLabel(/^Loan Name/).fill('A truck')
    await save().click()
    await page.waitForURL(/\/Loan__c\/[0-9A-Za-z]{18}$/)
    // The layout of this type shows the record type.
    await page.getByText('Business Loan').first().waitFor()
    await page.goto(at('new'))
    await next().waitFor()
    expect(await page.getByRole('radio', { name: /^Business Loan/ }).isChecked()).toBe(true)
  })

  it('the form offers the values of the type and begins with its defaults', async () => {
    await page.goto(at('new'))
    await page.getByRole('radio', { name: /^Private Loan/ }).check()
    await next().click()
    const stage = page.getByRole('combobox', { name: 'Stage' })
    expect(await stage.inputValue()).toBe('New')
    expect(await options('Stage')).toEqual(['New', 'Paid Out'])
    await page.getByLabel(/^Loan Name/).fill('A house')
    await save().click()
    await page.waitForURL(/\/Loan__c\/[0-9A-Za-z]{18}$/)
    expect(await recordOf(idInAddress())).toMatchObject({ Stage__c: 'New', Purposes__c: 'House' })
  })

  it('a record gets another type, and what does not fit is asked for', async () => {
    await page.goto(at('new'))
    await page.getByRole('radio', { name: /^Business Loan/ }).check()
    await next().click()
    await page.getByLabel(/^Loan Name/).fill('A machine')
    await save().click()
    await page.waitForURL(/\/Loan__c\/[0-9A-Za-z]{18}$/)
    const id = idInAddress()
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Change record type' }).click()
    await page.getByRole('radio', { name: /^Private Loan/ }).waitFor()
    expect(await page.getByRole('radio').count()).toBe(1)
    await next().click()
    await save().click()
    await page
      .getByText('Offered can not be chosen for the record type Private Loan.')
      .first()
      .waitFor()
    const stage = page.getByRole('combobox', { name: 'Stage' })
    await stage.fill('Paid Out')
    await page.getByRole('option', { name: 'Paid Out' }).click()
    await save().click()
    await page.waitForURL(new RegExp(`/Loan__c/${id}$`))
    expect(await recordOf(id)).toMatchObject({ Stage__c: 'Paid Out' })
  })

  it('is chosen in the dialog of a lookup too, by keyboard', async () => {
    const body = {
      fullName: 'Pledge__c',
      label: 'Pledge',
      pluralLabel: 'Pledges',
      nameField: { label: 'Pledge Name', type: 'Text' },
      sharingModel: 'ReadWrite',
      deploymentStatus: 'Deployed',
      fields: [
        {
          fullName: 'Loan__c',
          label: 'Loan',
          type: 'Lookup',
          referenceTo: ['Loan__c'],
          relationshipName: 'Pledges',
        },
      ],
    }
    const changes = [{ type: 'CustomObject', fullName: 'Pledge__c', body }]
    const own = '/services/fieldstone/v1/plans'
    const plan = await desk.call<{ id: string }>({ method: 'POST', path: own, body: { changes } })
    const path = `${own}/${plan.body.id}/apply`
    await desk.call({ method: 'POST', path, body: { consent: true } })
    await page.goto(`${desk.url}/app/Collections/Pledge__c/new`)
    await page.getByLabel('Loan', { exact: true }).fill('A barn')
    await page.getByRole('option', { name: 'New Loan' }).click()
    const dialog = page.locator('fs-new-record-dialog')
    await dialog.getByRole('radio', { name: /^Private Loan/ }).focus()
    expect(await dialog.getByRole('radio').count()).toBe(2)
    expect(await axeProblems(page)).toEqual([])
    await dialog.getByRole('radio', { name: /^Private Loan/ }).check()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const name = dialog.getByLabel(/^Loan Name/)
    await expect.poll(() => name.inputValue()).toBe('A barn')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByLabel(/^Pledge Name/).fill('For the barn')
    await save().click()
    await page.waitForURL(/\/Pledge__c\/[0-9A-Za-z]{18}$/)
    const soql = encodeURIComponent(
      "SELECT RecordType.Name, Stage__c FROM Loan__c WHERE Name = 'A barn'",
    )
    const made = await desk.call<{ records: unknown[] }>({ path: `${data}/query?q=${soql}` })
    expect(made.body.records).toMatchObject([
      { RecordType: { Name: 'Business Loan' }, Stage__c: 'Offered' },
    ])
  })

  it('is chosen on a narrow screen as well', async () => {
    const narrow = await desk.sit({ width: 390, dark: true })
    await narrow.page.goto(at('new'))
    await narrow.page.getByRole('button', { name: 'Next' }).waitFor()
    expect(await axeProblems(narrow.page)).toEqual([])
    expect(
      await narrow.page.evaluate(() => document.documentElement.scrollWidth),
    ).toBeLessThanOrEqual(390)
  })
})
