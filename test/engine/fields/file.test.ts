import { file } from '../../../engine/fields/file.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'

const reference = `content:${'0123456789abcdef'.repeat(2)}`

fieldTypeContract({
  type: file,
  options: { fullName: 'VersionData', label: 'Version Data', type: 'File' },
  good: [{ value: reference, stored: { '': reference }, json: JSON.stringify(reference) }],
  bad: [
    // What callers send is taken in before; base64 that is left over never came in.
    { value: 'aGVsbG8=', code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' },
    { value: `${reference}0`, code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' },
    { value: '', code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' },
  ],
  badOptions: [{ length: 20 }, { unique: true }],
  accepts: ['string'],
})
