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

  it('G5: files that would act are saved or shown as text: nothing of them runs, wherever they are opened', async () => {
    const { page, context } = await desk.sit()
    await page.goto(`${desk.url}/app/RelationshipManagement/home`)
    const ran: string[] = []
    context.on('page', (other) => other.on('dialog', (dialog) => void take(dialog)))
    const take = async (dialog: { message(): string; dismiss(): Promise<void> }): Promise<void> => {
      ran.push(dialog.message())
      await dialog.dismiss()
    }
    page.on('dialog', (dialog) => void take(dialog))
    const alarm = "<script>alert('ran')</script>"
    const sheet = `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?><x xmlns:h="http://www.w3.org/1999/xhtml"><h:script>alert('ran')</h:script></x>`
    const files: Readonly<Record<string, string>> = {
      'page.html': `<!doctype html><html><body>${alarm}</body></html>`,
      'picture.svg': `<svg xmlns="http://www.w3.org/2000/svg" onload="alert('ran')">${alarm}</svg>`,
      'sheet.xml': sheet,
      'page.xhtml': `<html xmlns="http://www.w3.org/1999/xhtml"><body>${alarm}</body></html>`,
      'paper.pdf':
        "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert('ran'))>>>>endobj\ntrailer<</Root 1 0 R>>",
      'notes.txt': `<!doctype html><html>${alarm}</html>`,
      'run.js': "alert('ran')",
    }
    for (const [PathOnClient, text] of Object.entries(files)) {
      const VersionData = Buffer.from(text).toString('base64')
      const body = { PathOnClient, Title: PathOnClient, VersionData }
      const path = `${data}/sobjects/ContentVersion`
      const made = await desk.call<{ id: string }>({ method: 'POST', path, body })
      // What is not what its name says is not even taken.
      if (made.status !== 201) continue
      const address = `${path}/${made.body.id}/VersionData`
      for (const url of [address, `${address}?preview=true`]) {
        const tab = await context.newPage()
        await tab.goto(desk.url + url).catch(() => undefined)
        await tab.close()
        const told = await page.evaluate(async (one) => {
          const response = await fetch(one)
          const frame = document.createElement('iframe')
          const loaded = new Promise((done) => frame.addEventListener('load', done))
          frame.src = one
          document.body.append(frame)
          // A download never loads into the frame, nor does what the browser has no viewer for.
          const isShown = response.headers.get('content-disposition')?.startsWith('inline')
          if (isShown && response.headers.get('content-type')?.startsWith('text/')) await loaded
          const script = document.createElement('script')
          const failed = new Promise((done) => {
            script.addEventListener('error', () => done(true))
            script.addEventListener('load', () => done(false))
          })
          script.src = one
          document.body.append(script)
          return {
            type: response.headers.get('content-type') ?? '',
            disposition: response.headers.get('content-disposition') ?? '',
            policy: response.headers.get('content-security-policy') ?? '',
            sniffing: response.headers.get('x-content-type-options'),
            isNoScript: await failed,
          }
        }, url)
        expect(told.sniffing).toBe('nosniff')
        expect(told.policy).toMatch(/default-src 'none'/)
        if (!told.type.includes('pdf')) expect(told.policy).toMatch(/sandbox/)
        expect(told.type).not.toMatch(/html|xml|svg|script/)
        expect(told.isNoScript).toBe(true)
        if (url === address) expect(told.disposition).toMatch(/^attachment/)
      }
    }
    expect(ran).toEqual([])
  })
})
