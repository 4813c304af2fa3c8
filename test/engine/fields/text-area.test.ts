import { textArea } from '../../../engine/fields/text-area.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import {
  badTexts,
  emptyText,
  goodText,
  lineTexts,
  oddTexts,
  readBackText,
  texts,
} from './text-samples.ts'

fieldTypeContract({
  type: textArea,
  options: { fullName: 'Street__c', label: 'Street', type: 'TextArea' },
  good: [emptyText, ...[...oddTexts, ...lineTexts, 'a'.repeat(255)].map(goodText)],
  bad: [...badTexts, { value: 'a'.repeat(256), code: 'STRING_TOO_LONG' }],
  badOptions: [{ unique: true }, { scale: 2 }],
  values: texts(255),
  readBack: readBackText,
  accepts: ['string'],
})
