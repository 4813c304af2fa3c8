import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEncryption, keyIdOf } from '../../../engine/fields/encryption.ts'
import { countedBytes, testKey } from '../../contract/field-services.ts'

const oldKey = ['2025', testKey('old')] as const
const newKey = ['2026', testKey('new')] as const
const before = createEncryption({ keys: new Map([oldKey]), currentKeyId: '2025' }, countedBytes())
const after = createEncryption(
  { keys: new Map([oldKey, newKey]), currentKeyId: '2026' },
  countedBytes(),
)

test('gives back any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(after.decrypt(after.encrypt(text))).toBe(text)
    }),
  )
})

test('reads values of older keys and writes with the current one', () => {
  const stored = before.encrypt('secret')
  expect(keyIdOf(stored)).toBe('2025')
  expect(after.decrypt(stored)).toBe('secret')
  expect(keyIdOf(after.encrypt('secret'))).toBe('2026')
})

test('breaks on values that were changed, cut or given to another key', () => {
  const stored = after.encrypt('secret')
  const last = stored.at(-1) === 'A' ? 'B' : 'A'
  const changed = [
    `2025${stored.slice(4)}`,
    `2024${stored.slice(4)}`,
    `${stored.slice(0, 10)}${stored[10] === 'A' ? 'B' : 'A'}${stored.slice(11)}`,
    `${stored.slice(0, -2)}${last}${last}`,
    stored.slice(0, 20),
    'secret',
    '',
  ]
  for (const text of changed) expect(() => after.decrypt(text)).toThrow()
})

test('refuses keys of the wrong size, bad key ids and an unknown current key', () => {
  const bytes = countedBytes()
  const make = (id: string, key: Uint8Array, current = id) =>
    createEncryption({ keys: new Map([[id, key]]), currentKeyId: current }, bytes)
  expect(() => make('k', new Uint8Array(16))).toThrow('32 bytes')
  expect(() => make('a:b', testKey('x'))).toThrow('not a key id')
  expect(() => make('k', testKey('x'), 'other')).toThrow('no encryption key')
})
