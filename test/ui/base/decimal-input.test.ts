import { describe, expect, it } from 'vitest'
import { countDigits, decimalValue, parseDecimal } from '../../../ui/base/decimal-input.ts'

describe('parseDecimal', () => {
  it.each([
    ['1,234.50', 'en-US', '1234.50'],
    ['1.234,50', 'de-DE', '1234.50'],
    ['1 234,5', 'fr-FR', '1234.5'],
    ["1'234.5", 'de-CH', '1234.5'],
    ['-0', 'en-US', '0'],
    ['−5', 'en-US', '-5'],
    ['007', 'en-US', '7'],
    ['.5', 'en-US', '0.5'],
    ['5.', 'en-US', '5'],
  ])('reads %s in %s', (input, locale, expected) => {
    expect(parseDecimal(input, locale)).toBe(expected)
  })

  it.each(['', '-', '.', '12x', '1e5', '1..2', 'NaN'])('refuses %s', (input) => {
    expect(parseDecimal(input, 'en-US')).toBeUndefined()
  })
})

describe('decimalValue', () => {
  it('sends a number where it is exact and text where it is not', () => {
    expect(decimalValue('12.50')).toBe(12.5)
    expect(decimalValue('123456789012.345')).toBe(123456789012.345)
    expect(decimalValue('1234567890123.456')).toBe('1234567890123.456')
    expect(decimalValue('1234567890123456.78')).toBe('1234567890123456.78')
  })
})

describe('countDigits', () => {
  it('counts before and after the separator', () => {
    expect(countDigits('-123.45')).toEqual({ whole: 3, fraction: 2 })
    expect(countDigits('0.5')).toEqual({ whole: 0, fraction: 1 })
  })
})
