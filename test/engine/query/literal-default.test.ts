/** Defaults as they stand in declarations. */
import { describe, expect, it } from 'vitest'
import type { FieldModel } from '../../../engine/model/model.ts'
import { literalDefault } from '../../../engine/query/literal-default.ts'
import { accountObject, fieldNamed, sampleObject } from './planning.ts'

function withDefault(defaultValue: string): FieldModel {
  const field = fieldNamed(sampleObject, 'Text__c')
  return { ...field, options: { ...field.options, defaultValue } }
}

describe('literalDefault', () => {
  it.each([
    ['"Hello"', 'Hello'],
    ["'Hello'", 'Hello'],
    ['""', ''],
    ['"%s {{x}} --"', '%s {{x}} --'],
    ['true', true],
    ['false', false],
    [' 12.50 ', '12.50'],
    ['-3', '-3'],
  ])('%s gives %j', (text, value) => {
    expect(literalDefault(withDefault(text))).toBe(value)
  })

  it.each(['TODAY()', 'Name', '1 + 1', '"a" & "b"', '$User.Id', 'NULL'])(
    '%s is a formula and none of ours',
    (text) => {
      expect(literalDefault(withDefault(text))).toBeUndefined()
    },
  )

  it('a picklist gives its default value, others nothing', () => {
    expect(literalDefault(fieldNamed(accountObject, 'Segment'))).toBe('Retail')
    expect(literalDefault(fieldNamed(accountObject, 'Product'))).toBeUndefined()
    expect(literalDefault(fieldNamed(accountObject, 'Website'))).toBeUndefined()
  })

  it('several default values of a multi-select come together, inactive ones not at all', () => {
    const many = fieldNamed(sampleObject, 'Many__c')
    const values = many.values.map((entry, index) => ({
      ...entry,
      isDefault: true,
      active: index !== 1,
    }))
    expect(literalDefault({ ...many, values })).toBe('A;C')
  })
})
