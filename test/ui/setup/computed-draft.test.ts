import { describe, expect, it } from 'vitest'
import { checkDraft } from '../../../ui/setup/check-draft.ts'
import { draftOf, fieldOf, startDraft } from '../../../ui/setup/field-draft.ts'
import type { FieldBody } from '../../../ui/setup/component-bodies.ts'

const context = { controllingValues: [] }
const around = { takenNames: [], takenRelationships: new Map(), isNew: true }

describe('a formula', () => {
  const field: FieldBody = {
    fullName: 'Grade__c',
    label: 'Grade',
    type: 'Number',
    precision: 18,
    scale: 1,
    formula: 'Amount__c * 2',
    formulaTreatBlanksAs: 'BlankAsZero',
    externalId: false,
  }

  it('is read and written as what it gives, with attributes that nobody asks about kept', () => {
    const draft = draftOf(field)
    expect(draft.type).toBe('Formula')
    expect(fieldOf(draft, { ...context, before: field })).toEqual(field)
  })

  it('leaves the shape of numbers behind when it gives a text', () => {
    const draft = draftOf(field)
    const text = { ...draft, formula: { ...draft.formula, gives: 'Text' as const } }
    expect(fieldOf(text, { ...context, before: field })).toEqual({
      fullName: 'Grade__c',
      label: 'Grade',
      type: 'Text',
      formula: 'Amount__c * 2',
      formulaTreatBlanksAs: 'BlankAsZero',
      externalId: false,
    })
  })

  it('is not taken while it is empty or wrong', () => {
    const draft = { ...startDraft('Formula'), label: 'Grade', apiName: 'Grade__c' }
    expect([...checkDraft(draft, around).keys()]).toEqual(['formula'])
    const wrong = { ...draft, formula: { ...draft.formula, text: '1 +', problem: 'unfinished' } }
    expect(checkDraft(wrong, around).get('formula')).toContain('unfinished')
    const right = { ...draft, formula: { ...draft.formula, text: '1', gives: 'Number' as const } }
    expect(checkDraft(right, around).size).toBe(0)
    const scale = { ...right, formula: { ...right.formula, scale: '99' } }
    expect([...checkDraft(scale, around).keys()]).toEqual(['formulaScale'])
  })
})

describe('a roll-up summary', () => {
  const field: FieldBody = {
    fullName: 'Total__c',
    label: 'Total',
    type: 'Summary',
    summaryForeignKey: 'Item__c.Plan__c',
    summaryOperation: 'sum',
    summarizedField: 'Item__c.Amount__c',
    summaryFilterItems: [{ field: 'Item__c.Status__c', operation: 'equals', value: 'Open' }],
  }

  it('is read and written as it was', () => {
    expect(fieldOf(draftOf(field), { ...context, before: field })).toEqual(field)
  })

  it('sums up no field when it counts', () => {
    const draft = draftOf(field)
    const count = { ...draft, summary: { ...draft.summary, operation: 'count' as const } }
    expect(fieldOf(count, context)).not.toHaveProperty('summarizedField')
  })

  it('needs its children, and a field unless it counts', () => {
    const draft = { ...startDraft('Summary'), label: 'Total', apiName: 'Total__c' }
    expect([...checkDraft(draft, around).keys()]).toEqual(['summary'])
    const children = { ...draft, summary: { ...draft.summary, foreignKey: 'Item__c.Plan__c' } }
    expect(checkDraft(children, around).size).toBe(0)
    const sum = { ...children, summary: { ...children.summary, operation: 'sum' as const } }
    expect([...checkDraft(sum, around).keys()]).toEqual(['summary'])
  })
})
