import { expect, test } from 'vitest'
import { currency } from '../../../engine/fields/currency.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { testServices } from '../../contract/field-services.ts'
import { badDecimals, decimals, goodDecimals, roundedDecimals } from './decimal-samples.ts'

const options = {
  fullName: 'Value__c',
  label: 'Value',
  type: 'Currency',
  precision: 18,
  scale: 2,
} as const

fieldTypeContract({
  type: currency,
  options,
  good: goodDecimals,
  bad: badDecimals,
  badOptions: [{ precision: 19 }, { scale: 16 }, { length: 5 }, { valueSet: {} }],
  values: decimals,
  readBackText: String,
  accepts: ['number', 'string'],
})

test.each(roundedDecimals)('rounds %s to %s', (value, rounded) => {
  expect(currency.check?.(value, options)).toBeUndefined()
  expect(currency.toColumns(value, options, testServices)).toEqual({ '': rounded })
})
