import { describe, expect, it } from 'vitest'
import { acceptedLanguages, languageChain, languageOfTag } from '../../../engine/base/languages.ts'

describe('languages', () => {
  it('are looked for from the region to the language', () => {
    expect(languageChain('es_MX')).toEqual(['es_MX', 'es'])
    expect(languageChain('de')).toEqual(['de'])
  })

  it('are read from tags in the codes of the platform', () => {
    const tags = ['de-AT', 'DE', 'zh-Hans-CN', 'he', 'nb-NO', '*', 'x', '']
    expect(tags.map(languageOfTag)).toEqual([
      'de_AT',
      'de',
      'zh_CN',
      'iw',
      'no_NO',
      undefined,
      undefined,
      undefined,
    ])
  })

  it('are taken from a header by weight; a weight that makes no sense counts as none', () => {
    const header = 'en;q=0.5, de-DE, fr;q=0, es;q=x, *;q=0.1, it;q=0.8'
    expect(acceptedLanguages(header)).toEqual(['de_DE', 'es', 'it', 'en'])
  })
})
