/** What is kept for a model is found for that model alone, and not without bound. */
import { expect, it } from 'vitest'
import { createModelCache } from '../../../engine/records/model-cache.ts'
import { modelOf } from '../../support/model.ts'
import { testMetadata } from '../../support/test-objects.ts'

const one = modelOf(testMetadata, 1)
const two = modelOf(testMetadata, 2)

it('a model finds what was kept for it, another one nothing', () => {
  const cache = createModelCache<{ text: string }>({ entriesMax: 10 })
  cache.set(one, 'key', { text: 'of one' })
  expect(cache.get(one, 'key')).toEqual({ text: 'of one' })
  expect(cache.get(two, 'key')).toBeUndefined()
  expect(cache.get(one, 'other')).toBeUndefined()
})

it('two models can be served side by side', () => {
  const cache = createModelCache<{ text: string }>({ entriesMax: 10 })
  cache.set(one, 'key', { text: 'of one' })
  cache.set(two, 'key', { text: 'of two' })
  expect([cache.get(one, 'key')?.text, cache.get(two, 'key')?.text]).toEqual(['of one', 'of two'])
})

it('the oldest entries go first', () => {
  const cache = createModelCache<{ text: string }>({ entriesMax: 2 })
  for (const key of ['a', 'b', 'c']) cache.set(one, key, { text: key })
  expect(['a', 'b', 'c'].map((key) => cache.get(one, key)?.text)).toEqual([undefined, 'b', 'c'])
})

it('entries are bounded by their characters too, keys included', () => {
  const cache = createModelCache<{ text: string }>({
    entriesMax: 100,
    charsMax: 100,
    charsOf: ({ text }) => text.length,
  })
  for (const key of ['a', 'b', 'c']) cache.set(one, key, { text: 'x'.repeat(40) })
  expect(['a', 'b', 'c'].map((key) => cache.get(one, key) !== undefined)).toEqual([
    false,
    true,
    true,
  ])
  cache.set(one, 'k'.repeat(200), { text: '' })
  expect(cache.get(one, 'k'.repeat(200))).toBeUndefined()
})
