/** Work on the rows of a list: many get one value, cells are edited in place, rows deleted; what is refused is named and kept. */
import { beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import type { Page } from './support/browser.ts'
import { useDesk } from './support/desk.ts'

const own = '/services/fieldstone/v1'
const data = '/services/data/v67.0'

function values(...names: readonly string[]): object {
  const value = names.map((fullName) => ({ fullName, label: fullName, default: false }))
  return { valueSetDefinition: { sorted: false, value }, restricted: true }
}

/** A visit: its contact belongs to its account, its room to its building. */
const visit = {
  fullName: 'Visit__c',
  label: 'Visit',
  pluralLabel: 'Visits',
  nameField: { label: 'Visit', type: 'Text' },
  sharingModel: 'ReadWrite',
  deploymentStatus: 'Deployed',
  fields: [
    { fullName: 'Note__c', label: 'Note', type: 'Text', length: 40 },
    { fullName: 'Building__c', label: 'Building', type: 'Picklist', valueSet: values('A', 'B') },
    {
      fullName: 'Room__c',
      label: 'Room',
      type: 'Picklist',
      valueSet: {
        ...values('A1', 'B1', 'Hall'),
        controllingField: 'Building__c',
        valueSettings: [
          { controllingFieldValue: ['A'], valueName: 'A1' },
          { controllingFieldValue: ['B'], valueName: 'B1' },
          { controllingFieldValue: ['A', 'B'], valueName: 'Hall' },
        ],
      },
    },
    {
      fullName: 'Gear__c',
      label: 'Gear',
      type: 'MultiselectPicklist',
      visibleLines: 4,
      valueSet: values('Badge', 'Key', 'Helmet'),
    },
    {
      fullName: 'Account__c',
      label: 'Account',
      type: 'Lookup',
      referenceTo: ['Account'],
      relationshipName: 'Visits',
      deleteConstraint: 'SetNull',
    },
    {
      fullName: 'Contact__c',
      label: 'Guest',
      type: 'Lookup',
      referenceTo: ['Contact'],
      relationshipName: 'Visits',
      deleteConstraint: 'SetNull',
      lookupFilter: {
        active: true,
        isOptional: false,
        filterItems: [
          { field: 'Contact.AccountId', operation: 'equals', valueField: '$Source.Account__c' },
        ],
      },
    },
  ],
  validationRules: [
    {
      fullName: 'Locked',
      active: true,
      errorConditionFormula: 'AND(Name = "Visit 3", ISPICKVAL(Building__c, "A"))',
      errorDisplayField: 'Building__c',
      errorMessage: 'Building A is closed to this visit.',
    },
  ],
  listViews: [
    {
      fullName: 'All',
      label: 'All visits',
      filterScope: 'Everything',
      columns: ['Name', 'Building__c', 'Room__c', 'Gear__c', 'Contact__c', 'Note__c'],
    },
  ],
}

describe('rows of a list', () => {
  const desk = useDesk()
  let guests: readonly { readonly account: string; readonly contact: string }[]

  beforeAll(async () => {
    const changes = [{ type: 'CustomObject', fullName: visit.fullName, body: visit }]
    const plan = await send<{ id: string }>('POST', `${own}/plans`, { changes })
    await send('POST', `${own}/plans/${plan.id}/apply`, { consent: true })
    const found = await send<{ records: { Id: string; AccountId: string }[] }>(
      'GET',
      `${data}/query?q=${encodeURIComponent('SELECT Id, AccountId FROM Contact WHERE AccountId != null ORDER BY Id LIMIT 20')}`,
    )
    const byAccount = new Map(found.records.map((one) => [one.AccountId, one.Id]))
    guests = [...byAccount].map(([account, contact]) => ({ account, contact }))
  })

  async function send<Result>(method: string, path: string, body?: unknown): Promise<Result> {
    const answer = await desk.call<Result>({ method, path, body })
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    return answer.body
  }

  const makeVisits = async (): Promise<void> => {
    const records = ['Visit 1', 'Visit 2', 'Visit 3', 'Visit 4'].map((Name, index) => ({
      attributes: { type: 'Visit__c' },
      Name,
      Building__c: index < 2 ? 'A' : 'B',
      Room__c: index < 2 ? 'A1' : 'B1',
      Gear__c: index === 0 ? 'Badge;Key' : 'Key',
      Account__c: guests[index === 3 ? 1 : 0]?.account,
    }))
    await send('POST', `${data}/composite/sobjects`, { allOrNone: true, records })
  }

  const stored = async (field: string): Promise<readonly unknown[]> => {
    const soql = `SELECT ${field} FROM Visit__c ORDER BY Name`
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    const { records } = await send<{ records: Record<string, unknown>[] }>('GET', path)
    return records.map((record) => record[field])
  }

  const box = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}` })
  const dialog = (page: Page) => page.locator('fs-edit-rows, fs-delete-rows')
  const act = (page: Page, name: string) =>
    page
      .getByRole('button', { name, exact: true })
      .or(page.getByRole('checkbox', { name, exact: true }))
      .click()
  const editField = async (page: Page, label: string): Promise<void> => {
    await act(page, 'Edit field…')
    await page.getByRole('combobox', { name: 'Field', exact: true }).selectOption({ label })
  }
  const choose = async (page: Page, label: string, option: string): Promise<void> => {
    await dialog(page).getByLabel(label, { exact: true }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  const gone = (page: Page): Promise<void> => dialog(page).waitFor({ state: 'detached' })

  it('are chosen and changed in one field; what is refused is named, kept and given another value', async () => {
    await makeVisits()
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/app/Collections/Visit__c/list/All`)
    await box(page, 'Visit 1').click()
    await box(page, 'Visit 4').click({ modifiers: ['Shift'] })
    await page.getByText('4 selected').waitFor()
    expect(await axeProblems(page)).toEqual([])

    // Another order keeps the selection.
    await page.locator('vaadin-grid-sorter', { hasText: 'Building' }).click()
    await page.waitForURL(/sort=Building/)
    await page.getByText('4 selected').waitFor()

    // Only the room that both buildings have is offered.
    await editField(page, 'Room')
    await dialog(page).getByText('Only values that suit all of these rows are offered.').waitFor()
    await choose(page, 'Room', 'Hall')
    await page.setViewportSize({ width: 1440, height: 1600 })
    expect(await axeProblems(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await act(page, 'Change 4 rows')
    await gone(page)
    expect(await stored('Room__c')).toEqual(['Hall', 'Hall', 'Hall', 'Hall'])

    // A rule refuses one row: it is named and stays chosen; another value goes to it alone.
    await act(page, 'Select all loaded rows')
    await editField(page, 'Building')
    await choose(page, 'Building', 'A')
    await act(page, 'Change 4 rows')
    await dialog(page).getByRole('heading', { name: '3 changed, 1 not' }).waitFor()
    const refused = dialog(page).getByRole('listitem').filter({ hasText: 'Visit 3' })
    await refused.getByText('Building A is closed to this visit.').waitFor()
    expect(await axeProblems(page)).toEqual([])
    expect(await stored('Building__c')).toEqual(['A', 'A', 'B', 'A'])
    await act(page, 'Another value')
    await choose(page, 'Building', 'B')
    await act(page, 'Change 1 row')
    await gone(page)

    // Lists of values stay lists.
    await act(page, 'Select all loaded rows')
    await editField(page, 'Gear')
    await dialog(page).getByRole('radio', { name: 'Add values' }).check()
    await choose(page, 'Gear', 'Helmet')
    await page.keyboard.press('Tab')
    await act(page, 'Change 4 rows')
    await gone(page)
    expect(await stored('Gear__c')).toEqual([
      'Badge;Key;Helmet',
      'Key;Helmet',
      'Key;Helmet',
      'Key;Helmet',
    ])
  })

  it('get no contact of another account, and no change over one that somebody made meanwhile', async () => {
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/app/Collections/Visit__c/list/All`)
    await act(page, 'Select all loaded rows')
    await editField(page, 'Guest')
    await dialog(page).getByText('depends on Account, in which they differ').waitFor()
    await act(page, 'Cancel')
    await box(page, 'Visit 4').click()
    await editField(page, 'Guest')
    await dialog(page).getByLabel('Guest', { exact: true }).click()
    await page.getByRole('option', { name: 'Show all Contacts' }).waitFor()
    const ids = await page
      .locator('vaadin-combo-box-item:visible')
      .evaluateAll((items) => items.flatMap((item) => ('item' in item ? item.item : [])))
    expect(ids).toContainEqual(expect.objectContaining({ id: guests[0]?.contact }))
    expect(ids).not.toContainEqual(expect.objectContaining({ id: guests[1]?.contact }))
    await page.locator('vaadin-combo-box-item:visible').first().click()
    await act(page, 'Change 3 rows')
    await gone(page)
    const [guest, ...others] = await stored('Contact__c')
    expect(guest).toMatch(/^003/)
    expect(others).toEqual([guest, guest, null])

    await box(page, 'Visit 1').click()
    await box(page, 'Visit 3').click({ modifiers: ['Shift'] })
    await editField(page, 'Note')
    await dialog(page).getByLabel('Note', { exact: true }).fill('mine')
    const [first] = await stored('Id')
    await send('PATCH', `${data}/sobjects/Visit__c/${String(first)}`, { Note__c: 'theirs' })
    await act(page, 'Change 3 rows')
    await dialog(page).getByRole('heading', { name: '2 changed, 1 not' }).waitFor()
    await dialog(page).getByText('Note is now: theirs').waitFor()
    expect(await stored('Note__c')).toEqual(['theirs', 'mine', 'mine', null])
    await dialog(page).getByRole('checkbox', { name: 'Overwrite it' }).check()
    await act(page, 'Try again')
    await gone(page)
    expect(await stored('Note__c')).toEqual(['mine', 'mine', 'mine', null])
  })

  it('are edited cell by cell, kept until they are saved, and refused at their cells', async () => {
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/app/Collections/Visit__c/list/All`)
    const cell = (visit: string, field: string) =>
      page.locator(`.cell[data-of="${field}"]`).nth(Number(visit.at(-1)) - 1)
    const editor = (name: string) =>
      page.getByRole('dialog', { name, exact: true }).locator('input:visible').first()

    // A double click, the value, and on to the next cell by the keyboard.
    await cell('Visit 3', 'Building__c').dblclick()
    await editor('Edit Building of Visit 3').waitFor()
    await editor('Edit Building of Visit 3').fill('A')
    await page.getByRole('option', { name: 'A', exact: true }).click()
    await page.keyboard.press('Tab')
    // What the new building has is offered.
    await editor('Edit Room of Visit 3').click()
    await page.getByRole('option', { name: 'Hall', exact: true }).waitFor()
    expect(await page.getByRole('option', { name: 'B1', exact: true }).count()).toBe(0)
    await page.getByRole('option', { name: 'A1', exact: true }).click()
    await page.keyboard.press('Enter')
    await cell('Visit 4', 'Note__c').dblclick()
    await editor('Edit Note of Visit 4').fill('by hand')
    await page.keyboard.press('Enter')
    await page.getByText('2 rows changed, not saved yet').waitFor()
    expect(await axeProblems(page)).toEqual([])

    // Leaving asks.
    await page.getByRole('link', { name: 'Home', exact: true }).click()
    await act(page, 'Keep editing')

    // One row is saved, the other one says why not, at its cell.
    await act(page, 'Save')
    await page.getByText('1 row changed, not saved yet').waitFor()
    await page.getByRole('alert').getByText('Building A is closed to this visit.').waitFor()
    expect(await stored('Note__c')).toEqual(['mine', 'mine', 'mine', 'by hand'])
    await cell('Visit 3', 'Building__c').and(page.locator('.refused')).waitFor()
    expect(await axeProblems(page)).toEqual([])
    await act(page, 'Visit 3')
    await page.keyboard.press('F2')
    await editor('Edit Building of Visit 3').fill('B')
    await page.getByRole('option', { name: 'B', exact: true }).click()
    await page.keyboard.press('Enter')

    // Somebody else is faster with one of the cells: the user decides. The room went with its building.
    await cell('Visit 2', 'Note__c').dblclick()
    await editor('Edit Note of Visit 2').fill('dropped')
    await page.keyboard.press('Escape')
    await cell('Visit 2', 'Note__c').dblclick()
    await editor('Edit Note of Visit 2').fill('mine again')
    await page.keyboard.press('Enter')
    await page.getByText('2 rows changed, not saved yet').waitFor()
    const [, second] = await stored('Id')
    await send('PATCH', `${data}/sobjects/Visit__c/${String(second)}`, { Note__c: 'theirs' })
    await act(page, 'Save')
    await page.getByRole('heading', { name: 'Someone else changed Visit 2' }).waitFor()
    await page.getByRole('radio', { name: 'Your value' }).check()
    await act(page, 'Save with these values')
    await page.getByText('not saved yet').waitFor({ state: 'detached' })
    expect(await stored('Room__c')).toEqual(['Hall', 'Hall', null, 'Hall'])
    expect(await stored('Note__c')).toEqual(['mine', 'mine again', 'mine', 'by hand'])
  })

  it('are deleted and taken back at 390 px, in the dark', async () => {
    const { page } = await desk.sit({ clean: true, width: 390, dark: true })
    await page.goto(`${desk.url}/app/Collections/Visit__c/list/All`)
    await box(page, 'Visit 1').click()
    await box(page, 'Visit 2').click()
    expect(await axeProblems(page)).toEqual([])
    await act(page, 'Delete…')
    await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click()
    await gone(page)
    await page.getByRole('link', { name: 'Visit 1' }).waitFor({ state: 'detached' })
    expect(await stored('Name')).toEqual(['Visit 3', 'Visit 4'])
    await act(page, 'Undo')
    await page.getByRole('link', { name: 'Visit 1' }).waitFor()
    expect(await stored('Name')).toEqual(['Visit 1', 'Visit 2', 'Visit 3', 'Visit 4'])
    const widths = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ])
    expect(widths[0]).toBe(widths[1])
  })
})
