import { longTextArea } from '../../../engine/fields/long-text-area.ts'
import { fieldTypeContract, type GoodValue } from '../../contract/field-type-contract.ts'
import { badTexts, lineTexts, oddTexts, readBackText, texts } from './text-samples.ts'

function good(value: string): GoodValue {
  return { value, stored: { '': value }, json: JSON.stringify(value) }
}

fieldTypeContract({
  type: longTextArea,
  options: {
    fullName: 'Notes__c',
    label: 'Notes',
    type: 'LongTextArea',
    length: 1000,
    visibleLines: 5,
  },
  good: [
    { value: '', stored: { '': null }, json: 'null' },
    ...[...oddTexts, ...lineTexts, 'a'.repeat(1000)].map(good),
  ],
  bad: [...badTexts, { value: 'a'.repeat(1001), code: 'STRING_TOO_LONG' }],
  badOptions: [{ length: 200_000 }, { visibleLines: 0 }, { externalId: true }],
  values: texts(1000),
  readBack: readBackText,
  accepts: ['string'],
})
