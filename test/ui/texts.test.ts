/** The screens speak every language wholly: each text has its translation, and no translation is left over. */
import { describe, expect, it } from 'vitest'
import german from '../../ui/texts/de.json' with { type: 'json' }
import spanish from '../../ui/texts/es.json' with { type: 'json' }
import { writtenTexts } from '../support/written-texts.ts'

const said = writtenTexts('ui', new Map([['t', 0]]))
const texts = new Set(said.flatMap(({ text }) => text ?? []))

function places(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1] ?? ''))].sort()
}

describe('the texts of the screens', () => {
  it('are written out where they are said', () => {
    expect(said.filter(({ text }) => text === undefined)).toEqual([])
    expect(texts.size).toBeGreaterThan(500)
  })

  it('are said when something is drawn, not while a module loads', () => {
    expect(said.filter(({ early }) => early)).toEqual([])
  })

  describe.each([
    ['German', german],
    ['Spanish', spanish],
  ] as const)('in %s', (_language, catalogue) => {
    const entries = new Map<string, string>(Object.entries(catalogue))

    it('are all there', () => {
      expect([...texts].filter((text) => !entries.has(text)).sort()).toEqual([])
    })

    it('hold nothing that is said no more', () => {
      expect([...entries.keys()].filter((text) => !texts.has(text))).toEqual([])
    })

    it('fill in what the English fills in', () => {
      const wrong = [...entries].filter(([text, other]) => `${places(text)}` !== `${places(other)}`)
      expect(wrong).toEqual([])
    })

    it('count in the same two forms', () => {
      const wrong = [...entries].filter(
        ([text, other]) => text.includes(', plural,') && !/one \{.*\} other \{/.test(other),
      )
      expect(wrong).toEqual([])
    })
  })

  it('address people formally', () => {
    const familiar = Object.values(german).filter((text) =>
      /\b(?:[Dd]u|[Dd]ein\w*|[Dd]ir|[Dd]ich)\b/.test(text),
    )
    const tuteo = Object.values(spanish).filter((text) => /\b(?:tú|tus?|contigo|ti)\b/i.test(text))
    expect([...familiar, ...tuteo]).toEqual([])
  })
})
