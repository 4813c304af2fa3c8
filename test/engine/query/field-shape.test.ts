/** JSON shapes by field type: nothing is converted (D5). */
import { describe, expect, it } from 'vitest'
import { shapeProblem } from '../../../engine/query/field-shape.ts'
import { fieldNamed, sampleObject } from './planning.ts'

const values: Readonly<Record<string, unknown>> = {
  'an empty text': '',
  'a text': 'x',
  'the text "false"': 'false',
  'the number 0': 0,
  'the number 1': 1,
  'the boolean true': true,
  'a list': ['x'],
  'an empty list': [],
  'an object': { value: 1 },
  'an object with __proto__': JSON.parse('{"__proto__":{"x":1}}'),
  undefined,
}

const texts = [
  ...['Text__c', 'Area__c', 'Long__c', 'Html__c', 'Secret__c', 'Email__c', 'Phone__c', 'Url__c'],
  ...['Day__c', 'At__c', 'Clock__c', 'Choice__c', 'Many__c', 'Account__c', 'Above__c'],
]

describe.each([
  ...texts.map((name) => [name, ['string']] as const),
  ['Whole__c', ['string', 'number']] as const,
  ['Money__c', ['string', 'number']] as const,
  ['Rate__c', ['string', 'number']] as const,
  ['Flag__c', ['boolean']] as const,
])('%s takes %j', (name, types) => {
  const field = fieldNamed(sampleObject, name)

  it.each(Object.entries(values))('and nothing else: %s', (_what, value) => {
    const isTaken = (types as readonly string[]).includes(typeof value)
    const problem = shapeProblem(field, value)
    expect(problem?.errorCode).toBe(isTaken ? undefined : 'INVALID_TYPE_ON_FIELD_IN_RECORD')
  })

  it('and null', () => {
    expect(shapeProblem(field, null)).toBeUndefined()
  })
})

it('says what was expected and what came', () => {
  const shape = (name: string, value: unknown): string | undefined =>
    shapeProblem(fieldNamed(sampleObject, name), value)?.message
  expect(shape('Text__c', 5)).toBe('expected string, got the number 5')
  expect(shape('Whole__c', true)).toBe('expected number or string, got the boolean true')
  expect(shape('Flag__c', 'true')).toBe('expected boolean, got the string "true"')
  expect(shape('Text__c', ['x'])).toBe('expected string, got a list')
  expect(shape('Text__c', {})).toBe('expected string, got an object')
  expect(shape('Flag__c', 'x'.repeat(500))?.length).toBeLessThan(100)
})
