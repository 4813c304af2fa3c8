import { describe, expect, test } from 'vitest'
import { checkDependent } from '../../../engine/fields/picklist-values.ts'
import { picklist } from '../../../engine/fields/picklist.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { picklistOptions } from './picklist-samples.ts'
import { badTexts, emptyText, goodText, oddTexts, readBackText, texts } from './text-samples.ts'

const restricted = picklistOptions('Picklist', true)
const open = picklistOptions('Picklist', false)
const badCode = 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'

fieldTypeContract({
  type: picklist,
  options: open,
  good: [emptyText, ...['Open', 'Lost', 'Anything', ...oddTexts].map(goodText)],
  bad: [...badTexts, { value: 'a'.repeat(256), code: 'STRING_TOO_LONG' }],
  badOptions: [
    { valueSet: {} },
    { valueSet: { valueSetName: 'A', valueSetDefinition: { value: [] } } },
    { scale: 2 },
  ],
  values: texts(255),
  readBack: readBackText,
  accepts: ['string'],
})

describe('a restricted picklist', () => {
  test.each(['Open', 'Won; done', 'Übergabe'])('takes its active value %s', (value) => {
    expect(picklist.check?.(value, restricted)).toBeUndefined()
  })

  test.each(['open', 'Open ', 'Other', 'toString', '__proto__'])('refuses %s', (value) => {
    expect(picklist.check?.(value, restricted)?.errorCode).toBe(badCode)
  })

  test('takes an inactive value only where it already stands', () => {
    expect(picklist.check?.('Lost', restricted)?.errorCode).toBe(badCode)
    expect(picklist.check?.('Lost', restricted, 'Open')?.errorCode).toBe(badCode)
    expect(picklist.check?.('Lost', restricted, 'Lost')).toBeUndefined()
  })

  test('keeps a value that has since left the list, as long as it is not changed', () => {
    expect(picklist.check?.('Gone', restricted, 'Gone')).toBeUndefined()
  })

  test('quotes no more than the start of what was sent', () => {
    expect(picklist.check?.('x'.repeat(200), restricted)?.message.length).toBeLessThan(100)
  })
})

describe('a dependent value', () => {
  test.each([
    ['Open', 'Retail', true],
    ['Open', 'Business', false],
    ['Open', null, false],
    ['Open', true, true],
    ['Open', false, false],
    ['Won; done', 'Business', true],
    ['Übergabe', 'Retail', false],
    ['Undeclared', 'Retail', true],
    [null, 'Business', true],
    ['', 'Business', true],
  ] as const)('%s under %s is allowed: %s', (value, controlling, allowed) => {
    expect(checkDependent(value, controlling, restricted) === undefined).toBe(allowed)
  })

  test('is refused with the name of the field that decides', () => {
    expect(checkDependent('Open', 'Business', restricted)).toMatchObject({
      errorCode: badCode,
      message: 'Open can not be chosen while Segment__c is Business.',
    })
  })

  test('is looked at value by value in a multi-select', () => {
    const several = picklistOptions('MultiselectPicklist', true)
    expect(checkDependent('Open;Undeclared', 'Retail', several)).toBeUndefined()
    expect(checkDependent('Open;Übergabe', 'Retail', several)?.message).toContain('Übergabe')
  })
})
