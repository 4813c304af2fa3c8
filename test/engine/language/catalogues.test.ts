/** The engine's own words are there in every language, and none is left over. */
import { describe, expect, it } from 'vitest'
import { catalogues } from '../../../engine/language/catalogue.ts'
import { quotedTexts, writtenTexts } from '../../support/written-texts.ts'

const calls = new Map([
  ['message', 0],
  ['wrongType', 0],
  ['say', 1],
])

/** Sentences that are nothing but places need no translation. */
const isWorded = (text: string): boolean => /\p{L}/u.test(text.replace(/\{\w+\}/g, ''))

const told = new Set(writtenTexts('engine', calls).flatMap(({ text }) => text ?? []))
const quoted = quotedTexts('engine')

function places(text: string): string {
  return [...text.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1] ?? '')
    .sort()
    .join()
}

describe.each([...catalogues])('the words of the engine in %s', (_language, catalogue) => {
  it('hold every sentence that people are told', () => {
    expect([...told].filter((text) => isWorded(text) && !catalogue.has(text))).toEqual([])
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
