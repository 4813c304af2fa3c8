/** What the suites of Setup do again and again. */
import { expect } from 'vitest'
import { axeProblems } from './axe.ts'
import type { Page } from './browser.ts'

/** Puts a formula in the place of what stands in the editor. */
export async function writeFormula(page: Page, label: string, formula: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(formula)
}

/** axe finds nothing, and nothing sticks out to the right. */
export async function expectClean(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 2400 })
  expect(await axeProblems(page)).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
}
