/** A guided process at a screen, in the words of the scene. */
import type { Locator, Page } from './browser.ts'
import { begins, type ProcessWords } from './scene-words.ts'
import type { Scene } from './scene.ts'

export interface Run {
  readonly words: ProcessWords
  /** From the menu of the page that is open. */
  start(firstStep: string): Promise<void>
  /** A choice of a list, by what it says. */
  choose(question: string, choice: string, within?: Locator): Promise<void>
  /** A record, found by its name. */
  find(question: string, name: string, within?: Locator): Promise<void>
  type(question: string, text: string, within?: Locator): Promise<void>
  /** The part of one entry of a repeated group, made where it is not there. */
  entry(group: string, number: number): Promise<Locator>
  next(step?: string): Promise<void>
  submit(): Promise<void>
}

export function processAt({ say, process }: Scene, page: Page, name: string): Run {
  const words = process(name)
  const button = (text: string) => page.getByRole('button', { name: text, exact: true })
  const heading = (text: string) => page.getByRole('heading', { level: 2, name: text, exact: true })
  const control = (question: string, within: Locator | Page = page) =>
    within.getByLabel(begins(words.question(question))).first()
  const pick = (option: string) => page.getByRole('option', { name: begins(option) }).first()
  return {
    words,
    async start(firstStep) {
      await button(say('More actions')).click()
      await page.getByRole('menuitem', { name: words.label, exact: true }).click()
      await heading(words.step(firstStep)).waitFor()
    },
    async choose(question, choice, within) {
      await control(question, within).click()
      await pick(choice).click()
    },
    async find(question, record, within) {
      await control(question, within).fill(record)
      await pick(record).click()
    },
    async type(question, text, within) {
      await control(question, within).fill(text)
    },
    async entry(group, number) {
      const entry = words.entry(group)
      const part = page.getByRole('region', {
        name: say('{entry} {number}', { entry, number }),
        exact: true,
      })
      if ((await part.count()) === 0) await button(say('Add {entry}', { entry })).click()
      await part.waitFor()
      return part
    },
    async next(step) {
      await button(say('Next')).click()
      await heading(step === undefined ? say('Review') : words.step(step)).waitFor()
    },
    async submit() {
      await button(say('Submit')).click()
      await heading(say('Submitted')).waitFor()
      await page.getByText(words.closing).waitFor()
    },
  }
}
