/** What a save knows of an object. */
import { expect, it } from 'vitest'
import { fieldNamed, saveIndex } from '../../../engine/records/save-index.ts'
import { accountObject, objectNamed, sampleObject } from '../query/planning.ts'

const names = (fields: Iterable<{ readonly name: string }>): readonly string[] =>
  [...fields].map((field) => field.name)

it('is worked out once per object', () => {
  expect(saveIndex(accountObject)).toBe(saveIndex(accountObject))
})

it('knows required and numbered fields, defaults, dependents and compounds', () => {
  expect(names(saveIndex(accountObject).required)).toEqual(['Name'])
  expect(names(saveIndex(objectNamed('Contact')).required)).toEqual(['LastName'])
  expect(names(saveIndex(sampleObject).numbered)).toEqual(['Serial__c'])
  expect(saveIndex(accountObject).defaults.map(([field, value]) => [field.name, value])).toEqual([
    ['IsActive', true],
    ['Segment', 'Retail'],
  ])
  const [[controlling, dependents] = []] = saveIndex(sampleObject).dependents
  expect([controlling?.name, names(dependents ?? [])]).toEqual(['Choice__c', ['Shade__c']])
  expect(names(saveIndex(sampleObject).compounds.keys())).toEqual(['Place__c'])
})

it('knows the columns that the engine fills, the owner’s where there is one', () => {
  expect(saveIndex(accountObject).stamps.owner?.name.name).toBe('OwnerId')
  expect(saveIndex(objectNamed('InvoiceLine')).stamps.owner).toBeUndefined()
  expect(saveIndex(accountObject).stamps.modstamp.name.name).toBe('SystemModstamp')
})

it('knows the columns of references', () => {
  expect(names(saveIndex(sampleObject).references.values())).toEqual(
    expect.arrayContaining([
      'CreatedById',
      'LastModifiedById',
      'OwnerId',
      'Account__c',
      'Above__c',
    ]),
  )
})

it('a name that the model does not know is a bug here', () => {
  expect(() => fieldNamed(accountObject, 'Nothing')).toThrow('Account has no field Nothing')
})
