import { describe, expect, it } from 'vitest'
import type { FieldBody } from '../../../ui/setup/component-bodies.ts'
import { draftOf, fieldOf, startDraft, withDerivedNames } from '../../../ui/setup/field-draft.ts'

const noneControls = { controllingValues: [] }

const stored: readonly FieldBody[] = [
  { fullName: 'A__c', label: 'A', type: 'Text', length: 80, unique: true, caseSensitive: false },
  { fullName: 'B__c', label: 'B', type: 'Currency', precision: 18, scale: 2, required: true },
  { fullName: 'C__c', label: 'C', type: 'Checkbox', defaultValue: 'true' },
  {
    fullName: 'D__c',
    label: 'D',
    type: 'Lookup',
    referenceTo: ['Account', 'Contact'],
    relationshipName: 'Plans',
    deleteConstraint: 'Restrict',
    indexed: true,
  },
  {
    fullName: 'E__c',
    label: 'E',
    type: 'Picklist',
    valueSet: {
      restricted: false,
      valueSetDefinition: {
        sorted: true,
        value: [{ fullName: 'x', label: 'X', default: true }],
      },
      controllingField: 'Status',
      valueSettings: [{ valueName: 'x', controllingFieldValue: ['New'] }],
    },
  },
  {
    fullName: 'F__c',
    label: 'F',
    type: 'Picklist',
    valueSet: { restricted: true, valueSetName: 'S' },
  },
  { fullName: 'G__c', label: 'G', type: 'AutoNumber', displayFormat: 'G-{000}', startingNumber: 7 },
  { fullName: 'H__c', label: 'H', type: 'Location', scale: 6, displayLocationInDecimal: true },
  {
    fullName: 'I__c',
    label: 'I',
    type: 'EncryptedText',
    length: 20,
    maskType: 'all',
    maskChar: 'X',
  },
  { fullName: 'J__c', label: 'J', type: 'Html', length: 32768, visibleLines: 10 },
  { fullName: 'K__c', label: 'K', type: 'Date', defaultValue: 'TODAY() + 7' },
  { fullName: 'L__c', label: 'L', type: 'Text', length: 80, defaultValue: '"It’s new"' },
  { fullName: 'M__c', label: 'M', type: 'Text', length: 80, defaultValue: '$User.LastName' },
  {
    fullName: 'N__c',
    label: 'N',
    type: 'Lookup',
    referenceTo: ['Contact'],
    relationshipName: 'Plans',
    deleteConstraint: 'SetNull',
    lookupFilter: {
      active: false,
      isOptional: false,
      description: 'Kept',
      booleanFilter: '1 OR 2',
      errorMessage: 'Of another account',
      infoMessage: 'Those of the account',
      filterItems: [
        { field: 'Contact.AccountId', operation: 'equals', valueField: '$Source.AccountId' },
        { field: 'Contact.Title', operation: 'equals', value: 'CFO' },
      ],
    },
  },
]

describe('a field that is edited', () => {
  it.each(stored.map((field) => [field.type ?? '', field] as const))(
    '%s comes back as it was',
    (_, field) => {
      const draft = draftOf(field)
      const controllingValues = ['New']
      expect(fieldOf(draft, { before: field, controllingValues })).toEqual(field)
    },
  )

  it('keeps what the form does not ask about', () => {
    const field: FieldBody = {
      fullName: 'A__c',
      label: 'A',
      type: 'Text',
      length: 80,
      previousNames: ['Old__c'],
      complianceGroup: 'GDPR',
    }
    expect(
      fieldOf({ ...draftOf(field), label: 'New' }, { before: field, ...noneControls }),
    ).toEqual({
      ...field,
      label: 'New',
    })
  })

  it('drops what its new kind does not have', () => {
    const field: FieldBody = {
      fullName: 'A__c',
      label: 'A',
      type: 'Text',
      length: 80,
      unique: true,
    }
    const draft = { ...startDraft('Date', draftOf(field)), unique: true }
    expect(fieldOf(draft, { before: field, ...noneControls })).toEqual({
      fullName: 'A__c',
      label: 'A',
      type: 'Date',
    })
  })
})

describe('a new field', () => {
  it('keeps what was said of it when another kind is chosen', () => {
    const text = { ...startDraft('Text'), label: 'Reason', help: 'Why' }
    expect(startDraft('Picklist', text)).toMatchObject({
      type: 'Picklist',
      label: 'Reason',
      help: 'Why',
      length: '',
    })
  })

  it('gives existing records the default only when there is one', () => {
    const draft = { ...startDraft('Text'), apiName: 'A__c', label: 'A', fillExisting: true }
    expect(fieldOf(draft, noneControls)).not.toHaveProperty('populateExistingRows')
    expect(fieldOf({ ...draft, defaultValue: 'x' }, noneControls)).toMatchObject({
      defaultValue: '"x"',
      populateExistingRows: true,
    })
  })

  it.each([
    ['Hello', '"Hello"'],
    ['true', '"true"'],
    ['5', '"5"'],
    ['a "b"', `'a "b"'`],
    [`a "b" 'c'`, `"a \\"b\\" 'c'"`],
  ])('writes the fixed text %s as %s, which formulas read as it', (typed, written) => {
    const draft = { ...startDraft('Text'), apiName: 'A__c', label: 'A', defaultValue: typed }
    const field = fieldOf(draft, noneControls)
    expect(field.defaultValue).toBe(written)
    const { defaultValue, defaultFormula } = draftOf(field)
    expect(defaultFormula.used ? defaultFormula.text : defaultValue).toBe(
      defaultFormula.used ? written : typed,
    )
  })

  it('loses the filter with its last condition, and what a single one does not need', () => {
    const [field] = stored.filter(({ fullName }) => fullName === 'N__c')
    const draft = draftOf({ ...field, fullName: 'N__c' })
    const { items } = draft.lookupFilter
    const withItems = (kept: typeof items, optional = false) =>
      fieldOf(
        { ...draft, lookupFilter: { ...draft.lookupFilter, items: kept, optional } },
        { ...noneControls, ...(field ? { before: field } : {}) },
      ).lookupFilter
    expect(withItems([])).toBeUndefined()
    expect(withItems(items.slice(0, 1))).not.toHaveProperty('booleanFilter')
    expect(withItems(items, true)).toMatchObject({ isOptional: true, description: 'Kept' })
    expect(withItems(items, true)).not.toHaveProperty('errorMessage')
  })
})

describe('withDerivedNames', () => {
  const context = { objectPlural: 'Collection Plans', taken: new Map() }

  it('lets the API name follow the label until it is written by hand', () => {
    const draft = { ...startDraft('Text'), label: 'Why?' }
    expect(withDerivedNames(draft, context).apiName).toBe('Why__c')
    const named = { ...draft, apiName: 'Own__c', nameDerived: false }
    expect(withDerivedNames(named, context).apiName).toBe('Own__c')
  })

  it('puts the role before the plural when the target has such a list already', () => {
    const draft = { ...startDraft('Lookup'), label: 'Payer', targets: ['Account'] }
    expect(withDerivedNames(draft, context).relationshipName).toBe('Collection_Plans')
    const taken = new Map([['Account', new Set(['collection_plans'])]])
    expect(withDerivedNames(draft, { ...context, taken }).relationshipName).toBe(
      'Payer_Collection_Plans',
    )
  })
})
