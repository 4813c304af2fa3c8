import fc from 'fast-check'
import { expect, test } from 'vitest'
import { date } from '../../../engine/fields/date.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'

const options = { fullName: 'Due__c', label: 'Due', type: 'Date' } as const
const days = ['2026-11-22', '2024-02-29', '2000-02-29', '1700-01-01', '4000-12-31']
const wrong = [
  '',
  '2026-02-29',
  '1900-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '2026-1-1',
  '22.11.2026',
  '2026-11-22T00:00:00Z',
  ' 2026-11-22',
  '2026-11-22\n',
  '20261122',
  '٢٠٢٦-١١-٢٢',
]

fieldTypeContract({
  type: date,
  options,
  good: days.map((value) => ({ value, stored: { '': value }, json: `"${value}"` })),
  bad: [
    ...wrong.map((value) => ({ value, code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' }) as const),
    { value: '1699-12-31', code: 'FIELD_INTEGRITY_EXCEPTION' },
    { value: '4001-01-01', code: 'FIELD_INTEGRITY_EXCEPTION' },
    { value: '0000-01-01', code: 'FIELD_INTEGRITY_EXCEPTION' },
  ],
  badOptions: [{ length: 10 }],
  values: fc
    .date({ min: new Date('1700-01-01'), max: new Date('4000-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  accepts: ['string'],
})

test('is not compared with anything but a day', () => {
  const comparison = date.comparison?.(options)
  expect(comparison?.value('2026-11-22T00:00:00Z')).toMatchObject({ errorCode: 'INVALID_FIELD' })
  expect(comparison?.value(20_261_122)).toMatchObject({ errorCode: 'INVALID_FIELD' })
  expect(comparison?.value(null)).toBeNull()
})
