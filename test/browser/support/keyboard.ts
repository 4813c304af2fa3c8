/** People without a mouse: they press Tab until they are where they want to be. */
import type { Page } from 'playwright-core'

const tabsMax = 120

/** Presses Tab until the focused control has this name; the keyboard alone must get there. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = []
  for (let tab = 0; tab < tabsMax; tab++) {
    await page.keyboard.press('Tab')
    const focused = await focusedName(page)
    if (name.test(focused)) return
    passed.push(focused)
  }
  throw new Error(`Tab never reached ${String(name)}; it passed ${passed.join(' | ')}`)
}

/** What the control that has the focus is called: its label, or its text. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    if (!active) return ''
    const labels = 'labels' in active ? [...(active.labels as NodeListOf<HTMLElement>)] : []
    const root = active.getRootNode() as Document | ShadowRoot
    const named = (active.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => root.getElementById(id))
    const text = [...labels, ...named].map((label) => label?.textContent ?? '').join(' ')
    const name = active.getAttribute('aria-label') ?? (text.trim() || active.textContent)
    return (name ?? '').replaceAll(/\s+/g, ' ').trim()
  })
}
