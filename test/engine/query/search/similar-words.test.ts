/** Distances of words as people mistype them, and words with wildcards. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  editsAllowed,
  editsBetween,
  fitsPattern,
  mayBeNear,
} from '../../../../engine/query/search/similar-words.ts'

it('counts letters left out, added, replaced and swapped as one slip each', () => {
  const pairs = ['moler', 'mollier', 'mopler', 'mloer', 'moller']
  expect(pairs.map((word) => editsBetween(word, 'moller', 2))).toEqual([1, 1, 1, 2, 0])
  expect(editsBetween('omller', 'moller', 1)).toBe(1)
  expect(editsBetween('abcdef', 'moller', 2)).toBeUndefined()
  expect(editsBetween('mo', 'moller', 2)).toBeUndefined()
  expect(['abc', 'abcd', 'abcdefg', 'abcdefgh', '00001234'].map(editsAllowed)).toEqual([
    0, 1, 1, 2, 0,
  ])
})

it('never leaves out a near word by its letters', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcdefä1'), minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(letters, letters, (one, other) => {
      const isNear = editsBetween(one, other, 2) !== undefined
      expect(isNear && !mayBeNear(one, 2)(other)).toBe(false)
    }),
  )
})

it('fits wildcards without trying every way', () => {
  expect(fitsPattern('gartnerei', 'g?rtn*ei')).toBe(true)
  expect(fitsPattern('gartner', 'g?rtn*ei')).toBe(false)
  expect(fitsPattern('ab', 'a?b')).toBe(false)
  expect(fitsPattern('a'.repeat(200), `${'a*'.repeat(90)}b`)).toBe(false)
})
