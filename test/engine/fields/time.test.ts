import fc from 'fast-check'
import { time } from '../../../engine/fields/time.ts'
import { fieldTypeContract, type GoodValue } from '../../contract/field-type-contract.ts'

function good(value: string, milliseconds: number, read: string): GoodValue {
  return { value, stored: { '': milliseconds }, json: `"${read}"` }
}

const wrong = [
  '',
  '9:30',
  '24:00:00Z',
  '09:60:00Z',
  '09:30:61Z',
  '09:30:00+01:00',
  '09:30:00.1234Z',
  '0930',
  '09:30:00ZZ',
]

fieldTypeContract({
  type: time,
  options: { fullName: 'Opens__c', label: 'Opens', type: 'Time' },
  good: [
    good('00:00:00.000Z', 0, '00:00:00.000Z'),
    good('09:30:00.000Z', 34_200_000, '09:30:00.000Z'),
    good('09:30:05', 34_205_000, '09:30:05.000Z'),
    good('09:30Z', 34_200_000, '09:30:00.000Z'),
    good('23:59:59.999Z', 86_399_999, '23:59:59.999Z'),
  ],
  bad: wrong.map((value) => ({ value, code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' })),
  badOptions: [{ length: 8 }],
  values: fc
    .integer({ min: 0, max: 86_399_999 })
    .map((milliseconds) => `${new Date(milliseconds).toISOString().slice(11)}`),
  accepts: ['string'],
})
