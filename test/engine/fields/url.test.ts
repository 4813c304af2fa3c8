import fc from 'fast-check'
import { expect, test } from 'vitest'
import { url } from '../../../engine/fields/url.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { emptyText, goodText } from './text-samples.ts'
import { leastProcessorMs } from '../../support/processor-ms.ts'

const options = { fullName: 'Website', label: 'Website', type: 'Url' } as const

const wrong = [
  'javascript:alert(1)',
  'JavaScript://example.com/%0aalert(1)',
  'java\tscript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'mailto:ana@example.com',
  'file:///etc/passwd',
  '//example.com',
  '/path',
  'example',
  'http://',
  'http:///path',
  'https://ana:secret@example.com',
  'https://example.com@evil.example',
  'http://exa mple.com',
  'http:\\\\example.com',
  'https://example.com/\u202egnp.exe',
  'https://example.com/a\nb',
  'https://exa<mple.com',
  'https://example.com:port/',
  'https://example.com:99999/',
  'https://.example.com',
  'a\0b',
  'https://example.com/\ud83d',
]

fieldTypeContract({
  type: url,
  options,
  good: [
    emptyText,
    ...[
      'https://example.com',
      'HTTP://Example.com:8080/a/b?c=d&e=%20#f',
      'ftp://files.example.com/x.txt',
      'www.example.com/path?q=a@b',
      'example.com:8080',
      'http://localhost:3000/',
      'http://[2001:db8::1]:8080/',
      'https://bücher.example/straße',
    ].map(goodText),
  ],
  bad: [
    ...wrong.map((value) => ({ value, code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' }) as const),
    { value: `https://example.com/${'a'.repeat(240)}`, code: 'STRING_TOO_LONG' },
  ],
  badOptions: [{ externalId: true }],
  values: fc.webUrl({ withQueryParameters: true }).filter((text) => text.length <= 255),
  accepts: ['string'],
})

test('answers within a moment, however the text is made', async () => {
  const long = { ...options, length: 2000 }
  const texts = ['a.'.repeat(999), `http://${'['.repeat(999)}`, ':'.repeat(1999)]
  const [, took] = await leastProcessorMs(() => {
    for (const text of texts) url.check?.(text, long)
  })
  expect(took).toBeLessThan(50)
})
