import fc from 'fast-check'
import { cleanHtml } from '../../../engine/fields/clean-html.ts'
import { html } from '../../../engine/fields/html.ts'
import { fieldTypeContract, type GoodValue } from '../../contract/field-type-contract.ts'
import { badTexts } from './text-samples.ts'

function good(value: string, cleaned: string): GoodValue {
  return { value, stored: { '': cleaned }, json: JSON.stringify(cleaned) }
}

fieldTypeContract({
  type: html,
  options: { fullName: 'Offer__c', label: 'Offer', type: 'Html', length: 2000, visibleLines: 10 },
  good: [
    { value: '', stored: { '': null }, json: 'null' },
    { value: '<script>alert(1)</script>', stored: { '': null }, json: 'null' },
    good('<p>Dear <b>Ana</b></p>', '<p>Dear <b>Ana</b></p>'),
    good('plain & simple', 'plain &amp; simple'),
    good('<p onclick="x()">a</p>', '<p>a</p>'),
  ],
  bad: [...badTexts, { value: 'a'.repeat(2001), code: 'STRING_TOO_LONG' }],
  badOptions: [{ length: 0 }, { unique: true }],
  values: fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
  readBack: (value) => {
    const cleaned = cleanHtml(String(value))
    return cleaned === '' ? null : cleaned
  },
  accepts: ['string'],
})
