/** A page as it looks to people at other screens: narrow and wide, light and dark. */
import { expect } from 'vitest'
import { axeProblems } from './axe.ts'
import type { Page } from './browser.ts'

export interface Look {
  readonly dark: boolean
  readonly width: number
  /** As high as the page, where what lies half under a sticky bar would count as too small a target. */
  readonly height?: number
}

export const narrowDark: Look = { dark: true, width: 390 }
export const wideLight: Look = { dark: false, width: 1440 }

/** In each look nothing sticks out to the right, and axe finds nothing. */
export async function expectCleanIn(
  page: Page,
  looks: readonly Look[],
  about?: string,
): Promise<void> {
  for (const look of looks) {
    const place = await expectFitsIn(page, look, about)
    expect(await axeProblems(page), place).toEqual([])
  }
}

/** Nothing sticks out to the right; says of what that was asked. */
export async function expectFitsIn(page: Page, look: Look, about?: string): Promise<string> {
  await takeOn(page, look)
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  const place = `${about ?? page.url()} ${look.dark ? 'dark' : 'light'} at ${look.width} px`
  expect(overflow, `pixels that stick out to the right: ${place}`).toBeLessThanOrEqual(0)
  return place
}

/** As if the page lay on that screen. */
export async function takeOn(page: Page, { dark, width, height = 900 }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height })
  // Drawn anew, and no colour still on its way to another.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
    const all = [document, ...shadowsOf(document)].flatMap((root) => root.getAnimations())
    const ending = all.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map((animation) => animation.finished))

    function shadowsOf(root: Document | ShadowRoot): ShadowRoot[] {
      return [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
        shadowRoot === null ? [] : [shadowRoot, ...shadowsOf(shadowRoot)],
      )
    }
  })
}
