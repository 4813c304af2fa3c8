import { expect, test } from 'vitest'
import { text } from '../../../engine/fields/text.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { testServices } from '../../contract/field-services.ts'
import { badTexts, emptyText, goodText, oddTexts, readBackText, texts } from './text-samples.ts'

const options = { fullName: 'Code__c', label: 'Code', type: 'Text', length: 60 } as const

fieldTypeContract({
  type: text,
  options,
  good: [emptyText, ...[...oddTexts, 'a'.repeat(60), '😀'.repeat(30)].map(goodText)],
  bad: [
    ...badTexts,
    { value: 'a'.repeat(61), code: 'STRING_TOO_LONG' },
    { value: '😀'.repeat(31), code: 'STRING_TOO_LONG' },
  ],
  badOptions: [{ length: 0 }, { length: 5000 }, { precision: 5 }, { referenceTo: ['Account'] }],
  values: texts(60),
  readBack: readBackText,
  accepts: ['string'],
})

test('says how long a text is and how long it may be', () => {
  expect(text.check?.('a'.repeat(61), options)?.message).toContain('61 characters (max length=60)')
})

test('needs a length', () => {
  expect(text.options).toMatchObject({ required: ['length'] })
})

test('is unique without case, unless the declaration asks for case', () => {
  expect(text.uniqueColumn?.(options)).toBe('folded')
  expect(text.uniqueColumn?.({ ...options, caseSensitive: true })).toBe('')
})

test('compares without case and accents', () => {
  const comparison = text.comparison?.(options)
  expect(comparison?.value('STRASSE')).toBe(comparison?.value('straße'))
  expect(comparison?.value('')).toBeNull()
  expect(comparison?.value('ΟΔΟΣ%')).toBe('οδοσ%')
})

test('refuses filters that no stored text can equal', () => {
  const comparison = text.comparison?.(options)
  for (const filter of ['a\0b', '\ud83d', 5, true, { a: 1 }]) {
    expect(comparison?.value(filter)).toMatchObject({ errorCode: 'INVALID_FIELD' })
  }
})

test('cuts a folded form that grows beyond what an index holds', () => {
  const long = { ...options, length: 255 }
  const columns = text.toColumns('\ufdfa'.repeat(255), long, testServices)
  expect(String(columns['folded']).length).toBe(800)
})
