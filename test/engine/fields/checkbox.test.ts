import { expect, test } from 'vitest'
import { checkbox } from '../../../engine/fields/checkbox.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'

const options = { fullName: 'Active__c', label: 'Active', type: 'Checkbox' } as const

fieldTypeContract({
  type: checkbox,
  options,
  good: [
    { value: true, stored: { '': true }, json: 'true' },
    { value: false, stored: { '': false }, json: 'false' },
  ],
  bad: [null, 0, 1, 'true', 'false', ''].map((value) => ({
    value,
    code: 'INVALID_TYPE_ON_FIELD_IN_RECORD',
  })),
  badOptions: [{ unique: true }, { length: 1 }],
  accepts: ['boolean'],
})

test('compares with true and false alone', () => {
  const comparison = checkbox.comparison?.(options)
  expect(comparison?.value('true')).toMatchObject({ errorCode: 'INVALID_FIELD' })
  expect(comparison?.value(1)).toMatchObject({ errorCode: 'INVALID_FIELD' })
})
