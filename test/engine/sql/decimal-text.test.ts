/** Decimals are read and rounded as exact texts. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalText, scaledDecimal } from '../../../engine/sql/decimal-text.ts'

const money = { precision: 18, scale: 2 }

test.each<readonly [string | number, string]>([
  ['12.5', '12.50'],
  ['.5', '0.50'],
  ['5.', '5.00'],
  ['+5', '5.00'],
  ['-0.004', '0.00'],
  ['-0.005', '-0.01'],
  ['0.004999999999999999999', '0.00'],
  [1e-7, '0.00'],
  [0.1 + 0.2, '0.30'],
  ['1e3', '1000.00'],
  ['1234567890123456.78', '1234567890123456.78'],
])('%s is %s', (value, text) => {
  expect(decimalText(value, money)).toBe(text)
})

test.each(['', '.', '-', 'abc', '1,5', '1 ', '0x10', 'NaN', 'Infinity', '1e9999', '1'.repeat(500)])(
  '%j is no decimal',
  (value) => {
    expect(() => decimalText(value, money)).toThrow('not a decimal number')
  },
)

test.each(['10000000000000000', '9999999999999999.995', '1e21', '-1e16'])(
  '%s is out of range',
  (value) => {
    expect(() => decimalText(value, money)).toThrow('out of range')
  },
)

test('every scaled number comes back from its text', () => {
  const scaled = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n })
  fc.assert(
    fc.property(scaled, fc.integer({ min: 0, max: 18 }), (value, scale) => {
      const shape = { precision: 18, scale }
      const sign = value < 0n ? '-' : ''
      const digits = value
        .toString()
        .replace('-', '')
        .padStart(scale + 1, '0')
      const point = digits.length - scale
      const text = `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
      expect(scaledDecimal(text, shape)).toBe(value)
      expect(scaledDecimal(decimalText(text, shape), shape)).toBe(value)
    }),
  )
})
