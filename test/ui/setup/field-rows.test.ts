import { describe, expect, it } from 'vitest'
import { declaredType, deletedFields, fieldRows } from '../../../ui/setup/field-rows.ts'

const described = { nillable: true, createable: true, updateable: true }

describe('fieldRows', () => {
  const object = {
    fullName: 'Plan',
    fields: [
      { fullName: 'Why__c', label: 'Why', type: 'Text' as const, length: 80, unique: true },
      {
        fullName: 'AccountId',
        label: 'Account',
        type: 'Lookup' as const,
        referenceTo: ['Account'],
      },
      { fullName: 'Place', label: 'Place', type: 'Address' as const },
    ],
  }
  const rows = fieldRows(
    object,
    [
      { ...described, name: 'Id', label: 'Record id', type: 'id', nillable: false },
      { ...described, name: 'Why__c', label: 'Why', type: 'string' },
      {
        ...described,
        name: 'PlaceCity',
        label: 'City',
        type: 'string',
        compoundFieldName: 'Place',
      },
    ],
    { records: 4, fields: { Why__c: { filled: 1, usedBy: ['Layout L'] } } },
  )

  it('shows declared and system fields in the order of their labels, parts of compounds not', () => {
    expect(rows.map((row) => [row.name, row.origin])).toEqual([
      ['AccountId', 'shipped'],
      ['Place', 'shipped'],
      ['Id', 'system'],
      ['Why__c', 'custom'],
    ])
  })

  it('says what is unique, indexed, filled and used', () => {
    expect(rows.at(-1)).toMatchObject({
      isUnique: true,
      isIndexed: true,
      filled: 0.25,
      usedBy: ['Layout L'],
      type: 'Text (80)',
    })
    expect(rows[0]).toMatchObject({ isIndexed: true, filled: undefined })
  })
})

describe('declaredType', () => {
  it.each([
    [{ fullName: 'A', type: 'Currency', precision: 18, scale: 2 } as const, 'Currency (16, 2)'],
    [
      { fullName: 'A', type: 'Number', precision: 9, scale: 0, formula: '1' } as const,
      'Formula (Number)',
    ],
    [
      { fullName: 'A', type: 'Lookup', referenceTo: ['Lead', 'Contact'] } as const,
      'Lookup (Lead, Contact)',
    ],
    [{ fullName: 'A', type: 'Summary' } as const, 'Roll-up summary'],
  ])('%j', (field, text) => {
    expect(declaredType(field)).toBe(text)
  })
})

describe('deletedFields', () => {
  const entry = {
    version: 1,
    at: '',
    by: { id: '', name: '' },
    source: 'setup',
    summary: '',
    steps: [],
    revertible: true,
    revertedBy: null,
  }
  const change = (name: string, kind: 'create' | 'delete') => ({
    type: 'CustomField',
    fullName: name,
    change: kind,
  })

  it('lists what was deleted last and can come back', () => {
    const journal = [
      { ...entry, number: 4, changes: [change('Plan.Gone__c', 'delete')] },
      { ...entry, number: 3, changes: [change('Plan.Back__c', 'delete')] },
      { ...entry, number: 2, changes: [change('Case.Other__c', 'delete')] },
      { ...entry, number: 1, changes: [change('Plan.Gone__c', 'delete')] },
    ]
    const found = deletedFields('Plan', ['Back__c'], journal)
    expect(found.map((field) => [field.name, field.entry.number])).toEqual([['Gone__c', 4]])
  })

  it('leaves out what was taken back', () => {
    const journal = [
      { ...entry, number: 1, revertedBy: 2, changes: [change('Plan.A__c', 'delete')] },
    ]
    expect(deletedFields('Plan', [], journal)).toEqual([])
  })
})
