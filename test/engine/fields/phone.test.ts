import { phone } from '../../../engine/fields/phone.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { badTexts, emptyText, goodText } from './text-samples.ts'

fieldTypeContract({
  type: phone,
  options: { fullName: 'Phone', label: 'Phone', type: 'Phone' },
  good: [
    emptyText,
    ...['+43 1 234 56-78', '(02) 555 12', 'ask for Ana, ext. 12', '0'.repeat(40)].map(goodText),
  ],
  bad: [
    ...badTexts,
    { value: '1'.repeat(41), code: 'STRING_TOO_LONG' },
    { value: '+43\n1', code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' },
    { value: '\t1', code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' },
  ],
  badOptions: [{ unique: true }],
  accepts: ['string'],
})
