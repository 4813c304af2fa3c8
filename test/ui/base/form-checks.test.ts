import { describe, expect, it } from 'vitest'
import { applyEdit, checkField, layoutProblems, shownFields } from '../../../ui/base/form-checks.ts'
import { newForm, setValue, valueOf } from '../../../ui/base/form-state.ts'
import { field, picklist, screenOf } from '../support/describe.ts'

const bits = (...bytes: readonly number[]): string => btoa(String.fromCharCode(...bytes))
const dependent = (name: string, controllerName: string, values: Record<string, number>) =>
  field(name, {
    type: 'picklist',
    dependentPicklist: true,
    controllerName,
    picklistValues: Object.entries(values).map(([value, byte]) => ({
      value,
      label: value,
      active: true,
      defaultValue: false,
      validFor: bits(byte),
    })),
  })

const screen = screenOf(
  picklist('Country', ['DE', 'ES']),
  dependent('City', 'Country', { Berlin: 0x80, Madrid: 0x40 }),
  dependent('District', 'City', { Mitte: 0x80 }),
  field('Amount', { type: 'currency', nillable: false, precision: 5, scale: 2 }),
  field('Mail', { type: 'email' }),
  field('Code', { length: 3 }),
)
const describeInfo = screen.describe

describe('applyEdit', () => {
  it('drops dependent values that the new controlling value forbids, down the chain', () => {
    let form = newForm(describeInfo, new Map())
    for (const [name, value] of [
      ['Country', 'DE'],
      ['City', 'Berlin'],
      ['District', 'Mitte'],
    ] as const) {
      form = applyEdit(form, { field: name, value }, describeInfo)
    }
    form = applyEdit(form, { field: 'Country', value: 'ES' }, describeInfo)
    expect([valueOf(form, 'City'), valueOf(form, 'District')]).toEqual([null, null])
  })

  it('leaves a dependent value that is still allowed', () => {
    let form = applyEdit(
      newForm(describeInfo, new Map()),
      { field: 'Country', value: 'DE' },
      describeInfo,
    )
    form = applyEdit(form, { field: 'City', value: 'Berlin' }, describeInfo)
    form = applyEdit(form, { field: 'Country', value: 'DE' }, describeInfo)
    expect(valueOf(form, 'City')).toBe('Berlin')
  })
})

describe('checkField', () => {
  const problem = (name: string, value: string | number | null): string | undefined => {
    const form = setValue(newForm(describeInfo, new Map()), { field: name, value })
    return layoutProblems(checkField(form, name, screen), describeInfo)[0]?.message
  }

  it.each([
    ['Amount', null, 'A value is required.'],
    ['Amount', 1234.5, 'At most 3 digits before the decimal separator.'],
    ['Mail', 'nobody', 'Enter an e-mail address such as name@example.com.'],
    ['Code', 'abcd', 'Shorten this to 3 characters; it has 4.'],
  ] as const)('says what is wrong with %s %s', (name, value, message) => {
    expect(problem(name, value)).toBe(message)
  })

  it('counts characters as people do', () => {
    expect(problem('Code', '👍👍👍')).toBeUndefined()
  })

  it('takes its message back when the value is right', () => {
    let form = checkField(newForm(describeInfo, new Map()), 'Amount', screen)
    expect(layoutProblems(form, describeInfo)).toHaveLength(1)
    form = checkField(setValue(form, { field: 'Amount', value: 5 }), 'Amount', screen)
    expect(layoutProblems(form, describeInfo)).toEqual([])
  })
})

describe('shownFields', () => {
  it('names the parts of a compound in its place', () => {
    const person = screenOf(
      field('Name', { createable: false, updateable: false }),
      field('FirstName', { compoundFieldName: 'Name' }),
      field('LastName', { compoundFieldName: 'Name' }),
    )
    expect(shownFields(newForm(person.describe, new Map()), person)).toEqual([
      'FirstName',
      'LastName',
    ])
  })
})
