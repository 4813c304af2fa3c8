import { expect, test } from 'vitest'
import type { FieldOptions } from '../../../engine/fields/field-type.ts'
import { personName } from '../../../engine/fields/person-name.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'
import { testServices } from '../../contract/field-services.ts'

const options: FieldOptions = { fullName: 'Name', label: 'Full Name', type: 'PersonName' }

fieldTypeContract({
  type: personName,
  options,
  good: [],
  bad: [{ value: 'Ana Maier', code: 'INVALID_FIELD_FOR_INSERT_UPDATE' }],
  badOptions: [{ length: 80 }],
  accepts: [],
})

test('is made of its five parts, of which the last name is required', () => {
  const parts = personName.components?.(options) ?? []
  expect(parts.map((part) => [part.fullName, part.length, part.required ?? false])).toEqual([
    ['Salutation', undefined, false],
    ['FirstName', 40, false],
    ['MiddleName', 40, false],
    ['LastName', 80, true],
    ['Suffix', 40, false],
  ])
  expect(parts[0]?.values?.map((entry) => entry.value)).toContain('Dr.')
})

test.each([
  [{ Salutation: 'Dr.', FirstName: 'Ana', LastName: 'Maier' }, 'Ana Maier'],
  [{ FirstName: 'Ana', MiddleName: 'M.', LastName: 'Maier', Suffix: 'Jr.' }, 'Ana M. Maier Jr.'],
  [{ FirstName: null, LastName: 'Maier', Suffix: '' }, 'Maier'],
  [{ Salutation: 'Dr.' }, null],
  [{}, null],
])('derives the name of %j as %s', (components, name) => {
  expect(personName.derive?.(components)).toBe(name)
})

test('stores the derived name with its folded form', () => {
  expect(personName.toColumns('Ána Größe', options, testServices)).toEqual({
    '': 'Ána Größe',
    folded: 'ana grosse',
  })
})
