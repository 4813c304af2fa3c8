/** An administrator builds "Report a lost card" by clicks, tries it and publishes it; an agent runs it at once. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Page } from '../support/browser.ts'
import type { Desk } from '../support/desk.ts'
import { playScene, type Scene } from '../support/scene.ts'
import { begins } from '../support/scene-words.ts'

const question = 'Which card is it'

export function playStudio(desk: Desk): void {
  playScene('a process is built and run', { desk, objects: ['Case'] }, async (scene) => {
    const name = `Report a lost card ${scene.language}`
    await build(scene, name)
    await run(scene, name)
  })
}

async function build(scene: Scene, name: string): Promise<void> {
  const { say, desk, language } = scene
  const { page } = await desk.sit({ clean: true })
  const button = (text: string) => page.getByRole('button', { name: text, exact: true })
  const restore = await speakTo(scene, page, language)
  await page.goto(`${desk.url}/setup/processes`)
  await page.getByRole('link', { name: say('New process') }).click()
  await page.getByRole('textbox', { name: begins(say('Name')) }).fill(name)
  await button(say('Next')).click()
  await page.getByLabel(say('Name of the new step')).fill('The card')
  await button(say('Add step')).click()
  await page.getByLabel(say('New question of “{step}”', { step: 'The card' })).fill(question)
  await button(say('Add question to “{step}”', { step: 'The card' })).click()
  await page.getByLabel(say('“{question}” must be answered', { question })).check()
  await scene.look(page)
  await scene.picture(page, 'studio-questions')
  await button(say('Next')).click()
  await page.getByLabel(say('Object of the new record')).selectOption('Case')
  await button(say('Add record')).click()
  await button(say('Add field of {object}', { object: scene.object('Case') })).click()
  await page
    .getByLabel(say('Field {number}', { number: 1 }), { exact: true })
    .selectOption('Subject')
  const value = say('Value of field {number}', { number: 1 })
  await page.getByLabel(value, { exact: true }).selectOption('Which_card_is_it')
  await scene.picture(page, 'studio-records')
  await button(say('Next')).click()
  await answer(scene, page, `A preview (${language})`)
  await page.getByRole('heading', { name: say('This would be made') }).waitFor()
  await scene.picture(page, 'studio-preview')
  await button(say('Save and publish')).click()
  const review = page.locator('fs-setup-review')
  await review.getByRole('button', { name: say('Save'), exact: true }).click()
  await page.getByRole('link', { name }).waitFor()
  await restore()
  const file = `${name.replaceAll(' ', '_')}.json`
  expect(existsSync(join(desk.server.metadataDir, 'serviceProcesses', file))).toBe(true)
}

/** The administrator is one for all languages. */
async function speakTo(
  { desk }: Scene,
  page: Page,
  language: string,
): Promise<() => Promise<unknown>> {
  const session = `${desk.url}/services/fieldstone/v1/session`
  const speak = (code: string) =>
    page.request.patch(session, {
      data: { language: code },
      headers: { 'X-Fieldstone-Request': '1' },
    })
  await speak(language === 'en' ? 'en_US' : language)
  return () => speak('en_US')
}

async function answer({ say }: Scene, page: Page, text: string): Promise<void> {
  const runner = page.locator('fs-process-runner')
  await runner.getByLabel(begins(question)).fill(text)
  await runner.getByRole('button', { name: say('Next'), exact: true }).click()
  await runner.getByRole('button', { name: say('Submit'), exact: true }).click()
}

/** The preview made nothing. */
async function run(scene: Scene, name: string): Promise<void> {
  const { page } = await scene.person('luz.ibarra@example.com')
  await page.goto(`${scene.desk.url}/process/${name.replaceAll(' ', '_')}`)
  await answer(scene, page, `The blue one (${scene.language})`)
  await page.getByRole('heading', { name: scene.say('Submitted') }).waitFor()
  await scene.picture(page, 'studio-submitted')
  const cases = `SELECT Subject FROM Case WHERE Subject LIKE '%(${scene.language})' AND CreatedDate = TODAY`
  const subjects = (await scene.desk.rows<{ Subject: string }>(cases)).map((one) => one.Subject)
  expect(subjects).toContain(`The blue one (${scene.language})`)
  expect(subjects).not.toContain(`A preview (${scene.language})`)
}
