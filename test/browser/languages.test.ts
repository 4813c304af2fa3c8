/** The language is changed where one stands: all words follow, what was entered stays. */
import { beforeAll, describe, expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import type { Page, Seat } from './support/browser.ts'
import { useDesk } from './support/desk.ts'

describe('the language of the screens', () => {
  const desk = useDesk()
  let seat: Seat
  let page: Page

  beforeAll(async () => {
    seat = await desk.sitDown()
    page = seat.page
  })

  const choose = async (language: string): Promise<void> => {
    await page.locator('fs-header button.avatar').click()
    await page.getByRole('menuitemradio', { name: language }).click()
  }

  it('changes in a half-filled form, which keeps its input', async () => {
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/new`)
    await page.getByLabel(/^Current Due Amount/).fill('1234.5')
    await page.keyboard.press('Tab')
    await choose('Deutsch')
    await page.getByRole('button', { name: 'Speichern', exact: true }).waitFor()
    expect(await page.getByLabel(/^Aktuell fälliger Betrag/).inputValue()).toBe('1.234,50')
    expect(await page.getByLabel('Inhaber').inputValue()).toBe('Fieldstone Administrator')
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
    expect(await axeProblems(page)).toEqual([])
  })

  it('says mistakes of the server and of the form in it', async () => {
    await page.getByLabel(/^Aktuell fälliger Betrag/).fill('')
    await page.getByRole('button', { name: 'Speichern', exact: true }).click()
    await page.getByRole('heading', { name: '1 Feld braucht Ihre Aufmerksamkeit' }).waitFor()
  })

  it('follows in lists, tabs and Setup, and is there again after a reload', async () => {
    await choose('Español')
    await page.getByRole('button', { name: 'Guardar', exact: true }).waitFor()
    await page.goto(`${desk.url}/app/Collections/CollectionPlan/list/All_Collection_Plans`)
    await page.getByRole('heading', { name: 'Todos los planes de cobro' }).waitFor()
    await page.getByRole('link', { name: 'Planes de cobro' }).first().waitFor()
    await page.goto(`${desk.url}/setup/objects`)
    await page.getByRole('heading', { name: 'Gestor de objetos' }).waitFor()
  })

  it('fits a narrow screen with its longest words', async () => {
    await choose('Deutsch')
    await page.getByRole('heading', { name: 'Objekt-Manager' }).waitFor()
    await page.setViewportSize({ width: 390, height: 844 })
    const pages = [
      '/app/Collections/home',
      '/app/Collections/CollectionPlan/list/All_Collection_Plans',
      '/app/Collections/CollectionPlan/new',
      '/setup/objects',
    ]
    for (const path of pages) {
      await page.goto(desk.url + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width, path).toBeLessThanOrEqual(390)
    }
    // Asking who is signed in is answered by 401 before the sign-in.
    expect(seat.errors.filter((error) => !error.includes('401'))).toEqual([])
  })
})
