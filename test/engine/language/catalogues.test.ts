/** The engine's own words are there in every language, and none is left over. */
import { describe, expect, it } from 'vitest'
import { catalogues } from '../../../engine/language/catalogue.ts'
import { formulaFunctions } from '../../../engine/formula/functions/index.ts'
import { formulaGlobals } from '../../../engine/model/formula-globals.ts'
import { translates } from '../../../engine/model/mention-sites.ts'
import { belongs } from '../../../engine/model/references.ts'
import { quotedTexts, writtenTexts } from '../../support/written-texts.ts'

const calls = new Map([
  ['message', 0],
  ['wrongType', 0],
  ['say', 1],
  // How a reference stands to what it mentions.
  ['site', 2],
])

/** Sentences that are nothing but places need no translation. */
const isWorded = (text: string): boolean => /\p{L}/u.test(text.replace(/\{\w+\}/g, ''))

const told = new Set(writtenTexts('engine', calls).flatMap(({ text }) => text ?? []))
const quoted = quotedTexts('engine')

/** Said from registries and tables, not by a call that has the words in it. */
const listed = [
  translates,
  belongs,
  ...[...formulaFunctions.values()].map(({ doc }) => doc),
  ...formulaGlobals.map(({ purpose }) => purpose),
]

function places(text: string): string {
  return [...text.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1] ?? '')
    .sort()
    .join()
}

describe.each([...catalogues])('the words of the engine in %s', (_language, catalogue) => {
  it('hold every sentence that people are told', () => {
    const all = [...told, ...listed]
    expect(all.filter((text) => isWorded(text) && !catalogue.has(text))).toEqual([])
    expect(told.size).toBeGreaterThan(50)
  })

  it('hold nothing that the engine does not say', () => {
    expect([...catalogue.keys()].filter((text) => !quoted.has(text))).toEqual([])
  })

  it('fill in what the English fills in', () => {
    const wrong = [...catalogue].filter(([text, other]) => places(text) !== places(other))
    expect(wrong).toEqual([])
  })
})

it('administrators are refused nothing in English alone', () => {
  const plain = writtenTexts('engine/deploy', new Map([['refuse', 1]])).filter(
    ({ path, text }) => text !== undefined && !path.includes('/package/'),
  )
  expect(plain).toEqual([])
})
