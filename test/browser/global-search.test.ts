/** The search box of the header finds records of all objects by their words. */
import { expect, it } from 'vitest'
import { axeProblems } from './support/axe.ts'
import { useDesk } from './support/desk.ts'

const desk = useDesk()

it('finds a record by the beginning of any word, by keyboard alone', async () => {
  const { page } = await desk.sit()
  for (const body of [
    { Name: 'Zürcher Kantonalbank' },
    { Name: 'Other', Website: 'zurcher.example' },
  ]) {
    await desk.call({ method: 'POST', path: '/services/data/v67.0/sobjects/Account', body })
  }
  await page.goto(`${desk.url}/app/Collections/CollectionPlan`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('combobox', { name: 'Search all records' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('zurch')
  const options = page.locator('fs-global-search').getByRole('option')
  await options.first().waitFor()
  expect(await options.allInnerTexts()).toEqual([
    expect.stringMatching(/^Zürcher Kantonalbank\s+Account$/),
    expect.stringMatching(/^Other\s+Account$/),
  ])
  expect(await axeProblems(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/Account\/001/)
  await page.getByRole('heading', { name: 'Zürcher Kantonalbank' }).waitFor()
})
