import fc from 'fast-check'
import { expect, test } from 'vitest'
import { email } from '../../../engine/fields/email.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { badTexts, emptyText, goodText } from './text-samples.ts'
import { leastProcessorMs } from '../../support/processor-ms.ts'

const options = { fullName: 'Email__c', label: 'Email', type: 'Email', unique: true } as const

const wrong = [
  'ana',
  'ana@',
  '@example.com',
  'ana@example',
  'ana@@example.com',
  'a b@example.com',
  '.ana@example.com',
  'ana.@example.com',
  'a..b@example.com',
  'ana@-example.com',
  'ana@example-.com',
  'ana@example..com',
  'ana@127.0.0.1',
  'ana@example.com\nBcc: eva@example.com',
  'ana@example.com,eva@example.com',
  'Ana <ana@example.com>',
  `${'a'.repeat(65)}@example.com`,
]

fieldTypeContract({
  type: email,
  options,
  good: [
    emptyText,
    ...[
      'ana@example.com',
      'Ana.Maria+Test@Sub.Example.co',
      "o'hara@ex-ample.museum",
      'a@xn--bcher-kva.example',
    ].map(goodText),
  ],
  bad: [
    ...badTexts,
    ...wrong.map((value) => ({ value, code: 'INVALID_EMAIL_ADDRESS' }) as const),
    { value: `${'a'.repeat(40)}@${'b'.repeat(40)}.com`, code: 'STRING_TOO_LONG' },
  ],
  badOptions: [{ scale: 1 }],
  values: fc.stringMatching(/^[a-z0-9]{1,20}(\.[a-z0-9]{1,5}){0,3}@[a-z]{1,9}\.[a-z]{2,6}$/),
  accepts: ['string'],
})

test('answers within a moment, however the text is made', async () => {
  const long = { ...options, length: 255 }
  const texts = [`${'a.'.repeat(100)}@`, `a@${'a-'.repeat(100)}`, `a@${'a.'.repeat(100)}`]
  const [, took] = await leastProcessorMs(() => {
    for (const text of texts) email.check?.(text, long)
  })
  expect(took).toBeLessThan(50)
})
