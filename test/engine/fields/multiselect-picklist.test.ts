import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FieldOptions } from '../../../engine/fields/field-type.ts'
import { multiselectPicklist } from '../../../engine/fields/multiselect-picklist.ts'
import { canonicalValues } from '../../../engine/fields/picklist-values.ts'
import { fieldTypeContract, type GoodValue } from '../../contract/field-type-contract.ts'
import { testServices } from '../../contract/field-services.ts'
import { badTexts } from './text-samples.ts'

const letters = ['Beta', 'alpha', 'Ömega', 'Old']
const options: FieldOptions = {
  fullName: 'Tags__c',
  label: 'Tags',
  type: 'MultiselectPicklist',
  visibleLines: 4,
  valueSet: { restricted: false, valueSetDefinition: { value: [] } },
  values: letters.map((value) => ({
    value,
    label: value,
    active: value !== 'Old',
    isDefault: false,
  })),
}
const restricted: FieldOptions = {
  ...options,
  valueSet: { restricted: true, valueSetDefinition: { value: [] } },
}

function good(value: string, stored: string, folded: string): GoodValue {
  return { value, stored: { '': stored, folded }, json: JSON.stringify(stored) }
}

const nothing: Pick<GoodValue, 'stored' | 'json'> = {
  stored: { '': null, folded: null },
  json: 'null',
}

fieldTypeContract({
  type: multiselectPicklist,
  options,
  good: [
    { value: '', ...nothing },
    { value: ' ; ;', ...nothing },
    good('alpha', 'alpha', 'alpha'),
    good('alpha;Beta', 'Beta;alpha', 'beta;alpha'),
    good('Ömega; Beta ;Beta;', 'Beta;Ömega', 'beta;omega'),
    good('Zeta;Old;Eta;alpha', 'alpha;Old;Eta;Zeta', 'alpha;old;eta;zeta'),
    good('a\uff1bb', 'a\uff1bb', 'a,b'),
  ],
  bad: [
    ...badTexts,
    { value: 'a'.repeat(256), code: 'STRING_TOO_LONG' },
    { value: 'ab;'.repeat(1400), code: 'STRING_TOO_LONG' },
    { value: 'a;'.repeat(501), code: 'STRING_TOO_LONG' },
  ],
  badOptions: [{ valueSet: {} }, { unique: true }],
  values: fc.subarray([...letters, 'Zeta', 'Eta']).map((chosen) => chosen.reverse().join(';')),
  readBack: (value) => canonicalValues(String(value), options) || null,
  accepts: ['string'],
})

test('refuses any value that a restricted set does not have, or no longer offers', () => {
  const code = 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'
  expect(multiselectPicklist.check?.('alpha;Beta', restricted)).toBeUndefined()
  expect(multiselectPicklist.check?.('alpha;Zeta', restricted)?.errorCode).toBe(code)
  expect(multiselectPicklist.check?.('alpha;Old', restricted)?.errorCode).toBe(code)
  expect(multiselectPicklist.check?.('alpha;Old', restricted, 'Old')).toBeUndefined()
})

test('stores the same text for the same choice, whatever its order', () => {
  fc.assert(
    fc.property(fc.subarray(letters), fc.gen(), (chosen, gen) => {
      const shuffled = gen(() => fc.shuffledSubarray(chosen, { minLength: chosen.length }))
      const write = (values: readonly string[]): unknown =>
        multiselectPicklist.toColumns(values.join(';'), options, testServices)
      expect(write(shuffled)).toEqual(write(chosen))
    }),
  )
})
