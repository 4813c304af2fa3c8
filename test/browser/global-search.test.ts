/** The search box of the header and its page of results: records of all objects by their words. */
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
  // The first search of an organisation makes the indexes; nobody at a screen is to wait for that here.
  const first = `/services/data/v67.0/search?q=${encodeURIComponent('FIND {zurch*}')}`
  await desk.call({ path: first })
  const misspelt = `/services/fieldstone/v1/ui/search?q=${encodeURIComponent('zurcehr kantonalbakn')}`
  const corrected = async (): Promise<unknown> =>
    (await desk.call<{ readonly corrected: unknown }>({ path: misspelt })).body.corrected
  await expect.poll(corrected).toBe('zurcher kantonalbank')
  await page.goto(`${desk.url}/app/Collections/CollectionPlan`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('combobox', { name: 'Search all records' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('zurch')
  const options = page.locator('fs-global-search').getByRole('option')
  await options.filter({ hasText: 'Kantonalbank' }).waitFor()
  expect(await options.allInnerTexts()).toEqual([
    expect.stringMatching(/^Zürcher Kantonalbank\s+Account$/),
    expect.stringMatching(/^Other\s+Account$/),
    expect.stringMatching(/^Search for “zurch”\s*$/),
  ])
  expect(await axeProblems(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/Account\/001/)
  await page.getByRole('heading', { name: 'Zürcher Kantonalbank' }).waitFor()

  // What was looked at last is offered before anything is typed.
  await page.keyboard.press('Control+k')
  await options.filter({ hasText: 'Kantonalbank' }).waitFor()

  // All results, and what is meant by a misspelt word.
  await page.keyboard.type('zurcehr kantonalbakn')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/search\?q=/)
  const found = page.locator('fs-search-page')
  await found.getByRole('link', { name: /^Did you mean “zurcher kantonalbank”/ }).click()
  await page.waitForURL(/q=zurcher/)
  await found.getByRole('heading', { name: 'Results for “zurcher kantonalbank”' }).waitFor()
  const row = found.getByRole('row').filter({ hasText: 'Kantonalbank' })
  await row.waitFor()
  expect(await row.locator('mark').allInnerTexts()).toEqual(['Zürcher', 'Kantonalbank'])
  expect(await axeProblems(page)).toEqual([])
  await page.goto(`${desk.url}/search?q=zurch&object=Account`)
  await found.getByRole('row').filter({ hasText: 'Other' }).waitFor()
  expect(await found.locator('.excerpt mark').allInnerTexts()).toEqual(['zurcher'])
  await page.goto(`${desk.url}/search?q=nosuchword`)
  await found.getByRole('heading', { name: 'Nothing found' }).waitFor()
})
