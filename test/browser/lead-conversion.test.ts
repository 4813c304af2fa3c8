/** A lead becomes a customer on its page: with a new account and an opportunity, or with an account that is there. */
import { describe, expect, it } from 'vitest'
import type { Page } from './support/browser.ts'
import { useDesk } from './support/desk.ts'
import { expectCleanIn, narrowDark, wideLight } from './support/looks.ts'

const data = '/services/data/v67.0'

describe('converting leads', () => {
  const desk = useDesk()

  const make = async (object: string, body: object): Promise<string> => {
    const path = `${data}/sobjects/${object}`
    const made = await desk.call<{ readonly id: string }>({ method: 'POST', path, body })
    expect(made.status).toBe(201)
    return made.body.id
  }
  const open = async (page: Page, id: string) => {
    await page.goto(`${desk.url}/app/RelationshipManagement/Lead/${id}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Convert', exact: true }).click()
    return page.locator('fs-convert-dialog')
  }
  const leadOf = async (id: string) => {
    const fields = 'IsConverted, ConvertedAccountId, ConvertedOpportunityId'
    const [lead] = await desk.rows<Record<string, unknown>>(
      `SELECT ${fields}, ConvertedAccount.Name, ConvertedOpportunity.Name FROM Lead WHERE Id = '${id}'`,
    )
    return lead
  }

  it('makes account, contact and opportunity, and offers it once', async () => {
    const lead = { FirstName: 'Ada', LastName: 'Byron', Company: 'Analytical Engines' }
    const id = await make('Lead', lead)
    const { page } = await desk.sit({ clean: true })
    const dialog = await open(page, id)
    const name = dialog.getByLabel('Name of the opportunity')
    await name.waitFor()
    expect(await name.inputValue()).toBe('Analytical Engines')
    await dialog.getByText('Leave it empty to create the account Analytical Engines.').waitFor()
    await expectCleanIn(page, [narrowDark, wideLight])
    await name.fill('First engine')
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click()
    await page.getByText('Ada Byron is a customer now.').waitFor()
    expect(await leadOf(id)).toMatchObject({
      IsConverted: true,
      ConvertedAccount: { Name: 'Analytical Engines' },
      ConvertedOpportunity: { Name: 'First engine' },
    })
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Print' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Convert', exact: true }).count()).toBe(0)
  })

  it('takes an account that is there and makes no opportunity', async () => {
    const account = await make('Account', { Name: 'Known already' })
    const id = await make('Lead', { LastName: 'Later' })
    const { page } = await desk.sit()
    const dialog = await open(page, id)
    await dialog.getByText('The lead names no company: choose its account.').waitFor()
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click()
    await dialog.getByRole('alert').getByText('say which account it belongs to').waitFor()
    await dialog.getByRole('combobox', { name: 'Existing account' }).fill('Known al')
    await page.getByRole('option', { name: /Known already/ }).click()
    await dialog.getByLabel('Create an opportunity').uncheck()
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click()
    await page.getByText('Later is a customer now.').waitFor()
    expect(await leadOf(id)).toMatchObject({
      IsConverted: true,
      ConvertedAccountId: account,
      ConvertedOpportunityId: null,
    })
  })
})
