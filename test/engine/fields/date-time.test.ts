import fc from 'fast-check'
import { printInstant } from '../../../engine/fields/calendar.ts'
import { dateTime } from '../../../engine/fields/date-time.ts'
import { fieldTypeContract, type GoodValue } from '../../contract/field-type-contract.ts'

function good(value: string, utc: string): GoodValue {
  const instant = Date.parse(`${utc}Z`)
  return { value, stored: { '': instant }, json: `"${utc}+0000"` }
}

const wrong = [
  '',
  '2026-11-22',
  '2026-11-22T09:30:00',
  '2026-11-22 09:30:00Z',
  '2026-11-22T24:00:00Z',
  '2026-11-22T09:60:00Z',
  '2026-11-22T09:30:60Z',
  '2026-11-22T09:30:00.1234Z',
  '2026-02-29T09:30:00Z',
  '2026-11-22T09:30:00+15:00',
  '2026-11-22T09:30:00+05:60',
  '2026-11-22T09:30:00+05',
  '2026-11-22T09:30:00z',
  '2026-11-22TZ',
  '2026-11-22T09:30:00Z\n',
  '1763803800000',
]

fieldTypeContract({
  type: dateTime,
  options: { fullName: 'Seen__c', label: 'Seen', type: 'DateTime' },
  good: [
    good('2026-11-22T09:30:00.000+0000', '2026-11-22T09:30:00.000'),
    good('2026-11-22T09:30:00Z', '2026-11-22T09:30:00.000'),
    good('2026-11-22T09:30Z', '2026-11-22T09:30:00.000'),
    good('2026-11-22T09:30:00.5Z', '2026-11-22T09:30:00.500'),
    good('2026-11-22T09:30:00.123000Z', '2026-11-22T09:30:00.123'),
    good('2026-11-22T09:30:00.999+05:30', '2026-11-22T04:00:00.999'),
    good('2026-11-22T00:30:00-0930', '2026-11-22T10:00:00.000'),
    good('1700-01-01T00:00:00.000Z', '1700-01-01T00:00:00.000'),
    good('1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999'),
    good('4000-12-31T23:59:59.999Z', '4000-12-31T23:59:59.999'),
  ],
  bad: [
    ...wrong.map((value) => ({ value, code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' }) as const),
    { value: '1699-12-31T23:59:59Z', code: 'FIELD_INTEGRITY_EXCEPTION' },
    { value: '1700-01-01T00:00:00+01:00', code: 'FIELD_INTEGRITY_EXCEPTION' },
    { value: '4000-12-31T23:59:59-01:00', code: 'FIELD_INTEGRITY_EXCEPTION' },
  ],
  badOptions: [{ scale: 3 }],
  values: fc
    .integer({ min: Date.parse('1700-01-01'), max: Date.parse('4000-12-31') })
    .map(printInstant),
  accepts: ['string'],
})
