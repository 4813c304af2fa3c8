/** Wildcards stay, everything else is folded and matches itself alone. */
import { describe, expect, it } from 'vitest'
import { escapeWildcards, foldPattern } from '../../../engine/query/like-pattern.ts'

describe('foldPattern', () => {
  it.each([
    ['Är%', 'ar%'],
    ['a_B', 'a_b'],
    ['%', '%'],
    ['', ''],
    ['50\\%', '50\\%'],
    ['a\\_b', 'a\\_b'],
    ['back\\\\slash', 'back\\\\slash'],
    ['\\\\%', '\\\\%'],
    ['\\\\\\%', '\\\\\\%'],
    ['STRASSE_straße', 'strasse_strasse'],
    ['line\nÉ%', 'line\ne%'],
    // Compatibility forms of the wildcards are characters: they are stored folded, and matched as such.
    ['50％', '50\\%'],
    ['a＿b', 'a\\_b'],
    ['a＼b', 'a\\\\b'],
    ['％%＿_', '\\%%\\__'],
  ])('%j becomes %j', (pattern, folded) => {
    expect(foldPattern(pattern)).toBe(folded)
  })
})

describe('escapeWildcards', () => {
  it('makes a pattern that matches just the text', () => {
    expect(escapeWildcards('50% of a_b\\c')).toBe('50\\% of a\\_b\\\\c')
  })
})
