import { expect, test } from 'vitest'
import { autoNumber } from '../../../engine/fields/auto-number.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { emptyText, goodText } from './text-samples.ts'

const options = {
  fullName: 'Name',
  label: 'Plan Name',
  type: 'AutoNumber',
  displayFormat: 'CP-{000000}',
} as const

fieldTypeContract({
  type: autoNumber,
  options,
  good: [emptyText, ...['CP-000042', '2026/7'].map(goodText)],
  bad: [{ value: 'a'.repeat(31), code: 'STRING_TOO_LONG' }],
  badOptions: [
    { displayFormat: '' },
    { displayFormat: 'CP-' },
    { displayFormat: '{}' },
    { displayFormat: '{000}{000}' },
    { displayFormat: '{0}{yyyy}' },
    { displayFormat: '{0' },
    { displayFormat: `{0}${'x'.repeat(30)}` },
    { startingNumber: -1 },
  ],
  accepts: ['string'],
})

test.each([
  ['CP-{000000}', 42, 'CP-000042'],
  ['CP-{000}', 123_456, 'CP-123456'],
  ['{0}', 0, '0'],
  ['{YYYY}-{MM}-{DD}/{00}', 7, '2026-03-09/07'],
  ['{YY}{0000}.', 7, '260007.'],
] as const)('prints %s for %d as %s', (displayFormat, number, wanted) => {
  expect(autoNumber.generate?.({ ...options, displayFormat }, number, '2026-03-09')).toBe(wanted)
})
