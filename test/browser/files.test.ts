/** Files and the timeline on a record: a call is logged, files are uploaded, looked at and followed by new versions. */
import { describe, expect, it } from 'vitest'
import { useDesk } from './support/desk.ts'

const data = '/services/data/v67.0'

describe('a record', () => {
  const desk = useDesk()

  async function query(soql: string): Promise<readonly Record<string, unknown>[]> {
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    const { body } = await desk.call<{ records: readonly Record<string, unknown>[] }>({ path })
    return body.records
  }

  it('has a timeline that calls are logged in, and files', async () => {
    const { page } = await desk.sit()
    const shot = async (name: string) => {
      const folder = process.env['SHOTS']
      if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
    }
    const [row] = await query("SELECT Id FROM Account WHERE Name = 'Stanhope Household'")
    await page.goto(`${desk.url}/app/RelationshipManagement/Account/${String(row?.['Id'])}`)
    const timeline = page.locator('fs-timeline')
    await timeline.getByRole('button', { name: 'Log a call' }).click()
    await timeline.getByLabel('Subject').fill('Rang about the mortgage')
    await timeline.getByLabel('Notes').fill('Wants a second offer.')
    await timeline.getByRole('button', { name: 'Save' }).click()
    await timeline.getByRole('link', { name: 'Rang about the mortgage' }).waitFor()

    const card = page.locator('fs-file-card')
    const give = (name: string, text: string) =>
      card.locator('input[type=file]').setInputFiles({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(text),
      })
    await give('Mortgage offer.txt', 'First offer: 3.1 %')
    await card.getByRole('button', { name: 'Mortgage offer', exact: true }).waitFor()
    await give('Holiday.png', 'MZ this is no picture')
    await page
      .getByText(/Holiday|named \.png/)
      .first()
      .waitFor()
    await shot('files')
    await card.getByRole('button', { name: 'Mortgage offer', exact: true }).click()
    await page.locator('fs-dialog').getByText('First offer: 3.1 %').waitFor()
    await shot('preview')
    await page.keyboard.press('Escape')
    await page.locator('fs-dialog').waitFor({ state: 'detached' })

    const chooser = page.waitForEvent('filechooser')
    await card.getByRole('button', { name: 'Actions for Mortgage offer' }).click()
    await page.getByRole('menuitem', { name: 'New version…' }).click()
    const buffer = Buffer.from('Second offer: 2.9 %')
    await (await chooser).setFiles({ name: 'Mortgage offer 2.txt', mimeType: 'text/plain', buffer })
    await card.getByRole('button', { name: 'Mortgage offer 2', exact: true }).waitFor()
    const versions = await query(
      "SELECT VersionNumber FROM ContentVersion WHERE ContentDocument.Title = 'Mortgage offer 2' ORDER BY VersionNumber",
    )
    expect(versions.map((version) => version['VersionNumber'])).toEqual(['1', '2'])
  })
})
