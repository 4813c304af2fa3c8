/** What every decimal field must keep, round or refuse, for scale 2 and precision 18. */
import fc from 'fast-check'
import type { ApiValue } from '../../../engine/fields/field-type.ts'
import type { BadValue, GoodValue } from '../../contract/field-type-contract.ts'

function good(value: ApiValue, text: string): GoodValue {
  return { value, stored: { '': text }, json: text }
}

export const goodDecimals: readonly GoodValue[] = [
  good(0, '0.00'),
  good(-0, '0.00'),
  good('-0', '0.00'),
  good('-0.00', '0.00'),
  good(0.1, '0.10'),
  good(-0.05, '-0.05'),
  good(12.5, '12.50'),
  good('0012.5', '12.50'),
  good(1e3, '1000.00'),
  good(1234567890123.45, '1234567890123.45'),
  good('9999999999999999.99', '9999999999999999.99'),
  good('-9999999999999999.99', '-9999999999999999.99'),
  good('9007199254740993', '9007199254740993.00'),
]

/** Surplus digits are rounded half-up, away from zero, as the platform does. */
export const roundedDecimals: readonly (readonly [ApiValue, string])[] = [
  [1.005, '1.01'],
  [-1.005, '-1.01'],
  [2.345, '2.35'],
  [-0.004, '0.00'],
  [5e-324, '0.00'],
  ['0.0049999999999999999999999', '0.00'],
  ['9999999999999999.994', '9999999999999999.99'],
]

export const badDecimals: readonly BadValue[] = [
  ...[
    0.1 + 0.2,
    2 ** 53 + 1,
    1e18,
    1e21,
    -1e21,
    Number.MAX_VALUE,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '10000000000000000',
    '9999999999999999.995',
    '1'.repeat(19),
    '1'.repeat(99),
  ].map((value) => ({ value, code: 'NUMBER_OUTSIDE_VALID_RANGE' }) as const),
  ...[
    '',
    ' 1',
    '1 ',
    '1e3',
    '1,5',
    '1.',
    '.5',
    '+1',
    '0x10',
    '--1',
    'NaN',
    '1_000',
    '١',
    '1'.repeat(101),
  ].map((value) => ({ value, code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' }) as const),
]

/** Any decimal that fits, as a string. */
export const decimals: fc.Arbitrary<ApiValue> = fc
  .bigInt(-(10n ** 18n) + 1n, 10n ** 18n - 1n)
  .map((units) => {
    const digits = (units < 0n ? -units : units).toString().padStart(3, '0')
    return `${units < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
  })
