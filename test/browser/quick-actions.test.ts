/** Quick actions on pages: a small form with values in it, by the rules of the large one, by keyboard as well. */
import { describe, expect, it } from 'vitest'
import { useDesk } from './support/desk.ts'
import { expectCleanIn, narrowDark, wideLight } from './support/looks.ts'

const data = '/services/data/v67.0'

describe('quick actions', () => {
  const desk = useDesk()

  const make = async (object: string, body: object): Promise<string> => {
    const path = `${data}/sobjects/${object}`
    const made = await desk.call<{ readonly id: string }>({ method: 'POST', path, body })
    expect(made.status).toBe(201)
    return made.body.id
  }
  it('make a case of an account, by the keyboard alone', async () => {
    const id = await make('Account', { Name: 'Analytical Engines' })
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/app/RelationshipManagement/Account/${id}`)
    await page.getByRole('button', { name: 'New case' }).press('Enter')
    const dialog = page.locator('fs-quick-action-dialog')
    const subject = dialog.getByLabel('Subject')
    await subject.waitFor()
    await expectCleanIn(page, [narrowDark, wideLight])
    // What the form demands is told before anything is saved.
    await page.keyboard.press('Control+Enter')
    await dialog.getByRole('alert').first().waitFor()
    await subject.fill('Cold tea')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Case created.').waitFor()
    const made = await desk.rows<Record<string, unknown>>(
      `SELECT Subject, AccountId FROM Case WHERE AccountId = '${id}'`,
    )
    expect(made).toMatchObject([{ Subject: 'Cold tea', AccountId: id }])
    expect(await dialog.count()).toBe(0)
  })

  it('begin with values of the record that they start from', async () => {
    const account = await make('Account', { Name: 'Difference Engines' })
    const contact = await make('Contact', { LastName: 'Byron', AccountId: account })
    const { page } = await desk.sit({ clean: true })
    await page.setViewportSize({ width: 390, height: 800 })
    await page.goto(`${desk.url}/app/RelationshipManagement/Contact/${contact}`)
    await page.getByRole('button', { name: 'Actions', exact: true }).click()
    await page.getByRole('menuitem', { name: 'New case' }).click()
    const dialog = page.locator('fs-quick-action-dialog')
    await dialog.getByLabel('Subject').fill('Warm tea')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Case created.').waitFor()
    const made = await desk.rows<Record<string, unknown>>(
      `SELECT AccountId FROM Case WHERE ContactId = '${contact}'`,
    )
    expect(made).toMatchObject([{ AccountId: account }])
  })

  it('change the record that they start from, and the page shows it', async () => {
    const id = await make('Case', { Subject: 'Cold tea', Status: 'New' })
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/app/Service/Case/${id}`)
    await page.getByRole('button', { name: 'Change status' }).click()
    const dialog = page.locator('fs-quick-action-dialog')
    const status = dialog.getByRole('combobox', { name: 'Status' })
    await status.waitFor()
    await status.fill('Working')
    await page.getByRole('option', { name: 'Working' }).click()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Case saved.').waitFor()
    const [changed] = await desk.rows<Record<string, unknown>>(
      `SELECT Status, Subject FROM Case WHERE Id = '${id}'`,
    )
    expect(changed).toMatchObject({ Status: 'Working', Subject: 'Cold tea' })
  })

  it('stand on the start page where they need no record', async () => {
    const { page } = await desk.sit({ clean: true })
    await page.goto(`${desk.url}/app/RelationshipManagement/home`)
    await page.getByRole('button', { name: 'New event' }).click()
    const dialog = page.locator('fs-quick-action-dialog')
    await dialog.getByLabel('Subject').fill('Tea')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Event created.').waitFor()
  })
})
