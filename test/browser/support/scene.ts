/**
 * One written scene, played in English, German and Spanish on one server: words come by their English, people by the user of
 * the sample organisation whose rights they have, each in the language of the scene.
 */
import { writeFileSync } from 'node:fs'
import { it } from 'vitest'
import { textLanguages } from '../../../ui/base/text.ts'
import type { Page } from './browser.ts'
import type { Desk } from './desk.ts'
import { expectCleanIn, narrowDark, takeOn, wideLight } from './looks.ts'
import { smallPng } from './small-png.ts'
import { userInLanguage, type SceneUser } from './users.ts'
import { wordsIn, type SceneWords } from './scene-words.ts'

export interface Person extends SceneUser {
  readonly page: Page
}

export interface Scene extends SceneWords {
  readonly desk: Desk
  /** In English; what no language can change is looked at there alone. */
  readonly isWhole: boolean
  /** The name of something that is made, other than those of the other languages. */
  own(name: string): string
  /** At a screen: in English the user of this name, else a colleague with the same role and rights. */
  person(username: string): Promise<Person>
  /** Makes the first record of these the person's own: what the sample user owns, colleagues may not see. */
  hand(object: string, where: string, to: SceneUser): Promise<string>
  /** The address of the only record, or the first one, of these. */
  addressOf(app: string, object: string, where: string): Promise<string>
  /** A picture for docs/tour.md, drawn where TOUR is set. */
  picture(page: Page, name: string): Promise<void>
  /** Nothing sticks out and axe finds nothing, narrow in the dark and wide in the light. */
  look(page: Page): Promise<void>
}

export interface Setting {
  readonly desk: Desk
  /** Whose words the scene asks for. */
  readonly objects?: readonly string[]
}

export const tourFolder = 'docs/tour'

const titles = { en: 'in English', de: 'in German', es: 'in Spanish' }

export function playScene(
  title: string,
  { desk, objects = [] }: Setting,
  play: (scene: Scene) => Promise<void>,
): void {
  for (const language of textLanguages) {
    it(`${title} (${titles[language]})`, async () => {
      const words = await wordsIn(language, desk, objects)
      await play(sceneOf(desk, words))
    })
  }
}

function sceneOf(desk: Desk, words: SceneWords): Scene {
  const isWhole = words.language === 'en'
  return {
    ...words,
    desk,
    isWhole,
    own: (name) => (isWhole ? name : `${name} (${words.language})`),
    async person(username) {
      const user = await userInLanguage(desk, username, words)
      const { page } = await desk.sit({ clean: true, user })
      return { ...user, page }
    },
    async hand(object, where, to) {
      const id = await firstId(desk, object, where)
      const path = `/services/data/v67.0/sobjects/${object}/${id}`
      const { status, body } = await desk.call({ method: 'PATCH', path, body: { OwnerId: to.id } })
      if (status !== 204) throw new Error(`${path}: ${JSON.stringify(body)}`)
      return id
    },
    async addressOf(app, object, where) {
      return `${desk.url}/app/${app}/${object}/${await firstId(desk, object, where)}`
    },
    async picture(page, name) {
      if (!isWhole || process.env['TOUR'] === undefined) return
      await takeOn(page, wideLight)
      // What is still being fetched shows as grey bars.
      await page.waitForFunction(nothingIsFetched)
      const path = `${tourFolder}/${name}.png`
      const png = await page.screenshot({ animations: 'disabled', caret: 'hide' })
      writeFileSync(path, smallPng(png))
    },
    async look(page) {
      if (!isWhole) return
      // As high as the page: what lies half under a bar would count as too small.
      const high = { height: 3000 }
      await expectCleanIn(page, [
        { ...narrowDark, ...high },
        { ...wideLight, ...high },
      ])
    },
  }
}

/** In the page: no bars anywhere, shadow roots included. */
function nothingIsFetched(): boolean {
  const hasBars = (root: Document | ShadowRoot): boolean =>
    root.querySelector('fs-skeleton') !== null ||
    [...root.querySelectorAll('*')].some(
      ({ shadowRoot }) => shadowRoot !== null && hasBars(shadowRoot),
    )
  return !hasBars(document)
}

async function firstId(desk: Desk, object: string, where: string): Promise<string> {
  const soql = `SELECT Id FROM ${object} WHERE ${where} ORDER BY Id LIMIT 1`
  const [row] = await desk.rows<{ Id: string }>(soql)
  if (row === undefined) throw new Error(`no record: ${soql}`)
  return row.Id
}
