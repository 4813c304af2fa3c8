import { expect, test } from 'vitest'
import { number } from '../../../engine/fields/number.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { testServices } from '../../contract/field-services.ts'
import { badDecimals, decimals, goodDecimals, roundedDecimals } from './decimal-samples.ts'

const options = {
  fullName: 'Value__c',
  label: 'Value',
  type: 'Number',
  precision: 18,
  scale: 2,
} as const

fieldTypeContract({
  type: number,
  options,
  good: goodDecimals,
  bad: badDecimals,
  badOptions: [{ precision: 19 }, { scale: 16 }, { length: 5 }, { valueSet: {} }],
  values: decimals,
  readBackText: String,
  accepts: ['number', 'string'],
})

test.each(roundedDecimals)('rounds %s to %s', (value, rounded) => {
  expect(number.check?.(value, options)).toBeUndefined()
  expect(number.toColumns(value, options, testServices)).toEqual({ '': rounded })
})

test('advises a string where a JSON number may have lost digits', () => {
  expect(number.check?.(2 ** 53 + 1, options)?.message).toContain('as a string')
  expect(number.check?.(1e21, options)?.message).toContain('at most 16 digits')
})

test('keeps the bounds that a compound sets', () => {
  const latitude = { ...options, minimum: -90, maximum: 90 }
  expect(number.check?.(90, latitude)).toBeUndefined()
  expect(number.check?.('90.001', latitude)?.errorCode).toBe('NUMBER_OUTSIDE_VALID_RANGE')
  expect(number.check?.(-90.01, latitude)?.message).toContain('-90 to 90')
})

test('has no decimal places unless the declaration says so', () => {
  const whole = { fullName: 'Count__c', type: 'Number', precision: 3 } as const
  expect(number.toColumns(99.5, whole, testServices)).toEqual({ '': '100' })
  expect(number.check?.(999.5, whole)?.errorCode).toBe('NUMBER_OUTSIDE_VALID_RANGE')
})
