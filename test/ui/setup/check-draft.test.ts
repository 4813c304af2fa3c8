import { describe, expect, it } from 'vitest'
import { checkDraft } from '../../../ui/setup/check-draft.ts'
import type { FieldTypeName } from '../../../ui/setup/component-bodies.ts'
import { startDraft } from '../../../ui/setup/field-draft.ts'
import type { FieldDraft } from '../../../ui/setup/field-draft.ts'
import { rowOf } from '../../../ui/setup/picklist-values.ts'

function faults(type: FieldTypeName, change: Partial<FieldDraft>): readonly string[] {
  const draft = { ...startDraft(type), label: 'A', apiName: 'A__c', ...change }
  const takenRelationships = new Map([['Account', new Set(['plans'])]])
  return [
    ...checkDraft(draft, { takenNames: ['Taken__c'], takenRelationships, isNew: true }).keys(),
  ]
}

describe('checkDraft', () => {
  it.each<[string, FieldTypeName, Partial<FieldDraft>, readonly string[]]>([
    ['a text field as it starts', 'Text', {}, []],
    ['a field without label', 'Text', { label: ' ' }, ['label']],
    ['a name that is taken', 'Text', { apiName: 'taken__c' }, ['apiName']],
    ['a text that is too long', 'Text', { length: '256' }, ['length']],
    ['a long text that is too short', 'LongTextArea', { length: '255' }, ['length']],
    [
      'a default longer than the field',
      'Text',
      { length: '3', defaultValue: 'long' },
      ['defaultValue'],
    ],
    ['a number without digits', 'Number', { integerDigits: '' }, ['integerDigits']],
    ['too many digits', 'Currency', { integerDigits: '17', scale: '2' }, ['scale']],
    ['a default that is no number', 'Number', { defaultValue: '1,5' }, ['defaultValue']],
    ['a picklist without values', 'Picklist', {}, ['values']],
    ['a picklist with values', 'Picklist', { values: [rowOf('x')] }, []],
    ['a picklist from a value set', 'Picklist', { valueSetName: 'S' }, []],
    [
      'a dependent picklist that allows nothing',
      'Picklist',
      { values: [rowOf('x')], controllingField: 'Status' },
      ['controllingField'],
    ],
    ['a lookup to nothing', 'Lookup', { relationshipName: 'Rows' }, ['targets']],
    [
      'a relationship name that the target knows',
      'Lookup',
      { targets: ['Account'], relationshipName: 'Plans' },
      ['relationshipName'],
    ],
    [
      'a required lookup that would be emptied',
      'Lookup',
      { targets: ['Account'], relationshipName: 'Rows', required: true },
      ['deleteConstraint'],
    ],
    ['a display format without number', 'AutoNumber', { displayFormat: 'INV' }, ['displayFormat']],
    ['a display format with a date', 'AutoNumber', { displayFormat: '{YYYY}-{000}' }, []],
  ])('%s', (_, type, change, names) => {
    expect(faults(type, change)).toEqual(names)
  })

  it('does not look at the name of a saved field', () => {
    const draft = { ...startDraft('Text'), label: 'A', apiName: 'Status' }
    const context = { takenNames: [], takenRelationships: new Map(), isNew: false }
    expect(checkDraft(draft, context).size).toBe(0)
  })
})
