import { expect, test } from 'vitest'
import { encryptedText } from '../../../engine/fields/encrypted-text.ts'
import type { ApiValue, FieldOptions } from '../../../engine/fields/field-type.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { testServices } from '../../contract/field-services.ts'
import { badTexts, oddTexts, readBackText, texts } from './text-samples.ts'

const options = {
  fullName: 'Card__c',
  label: 'Card',
  type: 'EncryptedText',
  length: 60,
  maskType: 'creditCard',
  maskChar: 'X',
} as const

fieldTypeContract({
  type: encryptedText,
  options,
  good: [
    { value: '', stored: { '': null }, json: 'null' },
    ...oddTexts.map((value) => ({ value, json: JSON.stringify(value) })),
  ],
  bad: [...badTexts, { value: 'a'.repeat(61), code: 'STRING_TOO_LONG' }],
  badOptions: [{ maskType: 'half' }, { maskChar: '#' }, { length: 176 }, { unique: true }],
  values: texts(60),
  readBack: readBackText,
  accepts: ['string'],
})

function read(plain: string, shape: Partial<FieldOptions>, viewEncrypted: boolean): ApiValue {
  const all = { ...options, ...shape }
  const stored = encryptedText.toColumns(plain, all, testServices)['']
  return (
    encryptedText.afterRead?.(stored ?? null, all, { services: testServices, viewEncrypted }) ??
    null
  )
}

test('lays nothing of the secret into the database, and never the same text twice', () => {
  const write = (): string => String(encryptedText.toColumns('4111', options, testServices)[''])
  expect(write()).not.toContain('4111')
  expect(write()).not.toBe(write())
})

test.each([
  ['all', 'asterisk', 'secret', '******'],
  ['lastFour', 'asterisk', '123456789', '*****6789'],
  ['lastFour', 'X', '1234', 'XXXX'],
  ['creditCard', 'X', '4111111111111111', 'XXXX-XXXX-XXXX-1111'],
  ['creditCard', 'X', '12', 'XXXX-XXXX-XXXX-XXXX'],
  ['ssn', 'X', '123-45-6789', 'XXX-XX-6789'],
  ['sin', 'asterisk', '123456789', '***-***-789'],
  ['nino', 'X', 'AB123456C', 'XX XX XX XX X'],
] as const)('masks by %s with %s: %s as %s', (maskType, maskChar, plain, masked) => {
  expect(read(plain, { maskType, maskChar }, false)).toBe(masked)
  expect(read(plain, { maskType, maskChar }, true)).toBe(plain)
})

test('can neither be compared, sorted nor turned into another type', () => {
  expect(encryptedText.comparison).toBeUndefined()
  expect(encryptedText.sortColumns).toBeUndefined()
  expect(encryptedText.casts).toBeUndefined()
})
