/** Runs axe in the page, shadow roots included. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeWindow {
  readonly axe: {
    run(options: unknown): Promise<{
      readonly violations: readonly {
        readonly id: string
        readonly help: string
        readonly nodes: readonly { readonly target: readonly unknown[] }[]
      }[]
    }>
  }
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What breaks WCAG 2.2 AA, in one line each: rule, words, place. */
export async function axeProblems(page: Page): Promise<readonly string[]> {
  // The page's policy forbids inline script; the debugging channel is not the page.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const found = await page.evaluate(async (values) => {
    const { axe } = window as unknown as AxeWindow
    // What passes is not written down: on long pages that is most of the work.
    const options = { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }
    return (await axe.run(options)).violations
  }, tags)
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${JSON.stringify(node.target)})`),
  )
}
