import { expect, test } from 'vitest'
import { percent } from '../../../engine/fields/percent.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { testServices } from '../../contract/field-services.ts'
import { badDecimals, decimals, goodDecimals, roundedDecimals } from './decimal-samples.ts'

const options = {
  fullName: 'Value__c',
  label: 'Value',
  type: 'Percent',
  precision: 18,
  scale: 2,
} as const

fieldTypeContract({
  type: percent,
  options,
  good: goodDecimals,
  bad: badDecimals,
  badOptions: [{ precision: 19 }, { scale: 16 }, { length: 5 }, { valueSet: {} }],
  values: decimals,
  readBackText: String,
  accepts: ['number', 'string'],
})

test.each(roundedDecimals)('rounds %s to %s', (value, rounded) => {
  expect(percent.check?.(value, options)).toBeUndefined()
  expect(percent.toColumns(value, options, testServices)).toEqual({ '': rounded })
})
