import { describe, expect, it } from 'vitest'
import {
  addedLabels,
  adoptModel,
  adoptRecord,
  changedFields,
  cloneForm,
  editForm,
  isDirty,
  newForm,
  resolveConflicts,
  sameValue,
  saveBody,
  setValue,
  valueOf,
} from '../../../ui/base/form-state.ts'
import { field, object, picklist, screenOf } from '../support/describe.ts'

const status = {
  ...picklist('Status', ['New', 'Open']),
  picklistValues: [
    { value: 'New', label: 'New', active: true, defaultValue: true },
    { value: 'Open', label: 'Open', active: true, defaultValue: false },
  ],
}
const plan = object(
  field('Id', { type: 'id', createable: false, updateable: false }),
  field('Name', { autoNumber: true, createable: false, updateable: false }),
  field('AccountId', { type: 'reference' }),
  status,
  field('Amount', { type: 'currency', scale: 2 }),
  field('Urgent', { type: 'boolean', defaultValue: false }),
)
const record = { Id: '1', Name: 'CP-1', Status: 'Open', Amount: 12.5, Urgent: true }

describe('newForm', () => {
  it('starts from the defaults and is not dirty with them', () => {
    const form = newForm(plan, new Map())
    expect([valueOf(form, 'Status'), valueOf(form, 'Urgent')]).toEqual(['New', false])
    expect(isDirty(form, plan)).toBe(false)
  })

  it('takes a prefilled parent, but nothing into fields that cannot be set', () => {
    const form = newForm(
      plan,
      new Map([
        ['AccountId', '001'],
        ['Name', 'x'],
        ['Nonsense', 'y'],
      ]),
    )
    expect(valueOf(form, 'AccountId')).toBe('001')
    expect(valueOf(form, 'Name')).toBeNull()
    expect(saveBody(form, plan)).toEqual({ AccountId: '001', Status: 'New', Urgent: false })
  })

  it('makes the user the owner of what is created', () => {
    const owned = object(...plan.fields, field('OwnerId', { type: 'reference' }))
    expect(valueOf(newForm(owned, new Map(), { userId: '005' }), 'OwnerId')).toBe('005')
  })
})

describe('saveBody', () => {
  it('sends what was changed, and the values it was changed from', () => {
    let form = editForm(plan, record)
    form = setValue(form, { field: 'Amount', value: 20 })
    form = setValue(form, { field: 'AccountId', value: '001' })
    expect(saveBody(form, plan)).toEqual({
      Amount: 20,
      AccountId: '001',
      attributes: { base: { Amount: 12.5, AccountId: null } },
    })
  })

  it('empties a field with null', () => {
    const form = setValue(editForm(plan, record), { field: 'Amount', value: '' })
    expect(saveBody(form, plan)).toEqual({ Amount: null, attributes: { base: { Amount: 12.5 } } })
  })

  it('sends the parts of a compound, not the compound', () => {
    const person = object(
      field('Name', { fieldstone: { editor: 'person-name', type: 'PersonName' } }),
      field('LastName', { compoundFieldName: 'Name' }),
    )
    const form = setValue(newForm(person, new Map()), { field: 'LastName', value: 'Ria' })
    expect(saveBody(form, person)).toEqual({ LastName: 'Ria' })
  })
})

describe('changes', () => {
  it('are none when a value is set back', () => {
    let form = setValue(editForm(plan, record), { field: 'Status', value: 'New' })
    expect(changedFields(form, plan)).toEqual(['Status'])
    form = setValue(form, { field: 'Status', value: 'Open' })
    expect(isDirty(form, plan)).toBe(false)
  })

  it('count what cannot be read as input that would be lost', () => {
    const edit = { field: 'Amount', value: null, unreadable: 'Enter a number.' }
    const form = setValue(editForm(plan, record), edit)
    expect(valueOf(form, 'Amount')).toBe(12.5)
    expect(isDirty(form, plan)).toBe(true)
  })

  it('clear the message of the field that was changed', () => {
    const form = {
      ...editForm(plan, record),
      errors: new Map([
        ['Status', 'no'],
        ['Amount', 'no'],
      ]),
    }
    expect([...setValue(form, { field: 'Status', value: 'New' }).errors.keys()]).toEqual(['Amount'])
  })
})

describe('cloneForm', () => {
  it('copies what can be set and is dirty from the start', () => {
    const form = cloneForm(plan, record)
    expect(saveBody(form, plan)).toEqual({
      Status: 'Open',
      Amount: 12.5,
      Urgent: true,
      attributes: { isClone: true },
    })
    expect(isDirty(form, plan)).toBe(true)
  })
})

describe('adoptModel', () => {
  const wider = object(...plan.fields, {
    ...picklist('Hardship__c', ['Illness']),
    picklistValues: [{ value: 'Illness', label: 'Illness', active: true, defaultValue: true }],
  })

  it('keeps all input and brings the default of a new field', () => {
    const form = setValue(newForm(plan, new Map()), { field: 'Amount', value: 99 })
    const after = adoptModel(form, plan, wider)
    expect([valueOf(after, 'Amount'), valueOf(after, 'Hardship__c')]).toEqual([99, 'Illness'])
  })

  it('keeps the value of a field that went away, without sending it', () => {
    const form = setValue(newForm(plan, new Map()), { field: 'Amount', value: 99 })
    const narrower = object(...plan.fields.filter((one) => one.name !== 'Amount'))
    const after = adoptModel(form, plan, narrower)
    expect(saveBody(after, narrower)).not.toHaveProperty('Amount')
    expect(saveBody(adoptModel(after, narrower, plan), plan)).toHaveProperty('Amount', 99)
  })

  it('names the fields that the layout has gained', () => {
    const labels = addedLabels(
      screenOf(...plan.fields).layout.sections,
      screenOf(...wider.fields).layout.sections,
      wider,
    )
    expect(labels).toEqual(['Hardship__c'])
  })
})

describe('adoptRecord', () => {
  it('takes over what the user did not touch and keeps what both changed', () => {
    const form = setValue(editForm(plan, record), { field: 'Status', value: 'New' })
    const theirs = { ...record, Status: 'Closed', Amount: 77 }
    const { state, merged, overlap } = adoptRecord(form, plan, theirs)
    expect([merged, overlap]).toEqual([['Amount'], ['Status']])
    expect([valueOf(state, 'Status'), valueOf(state, 'Amount')]).toEqual(['New', 77])
    expect(saveBody(state, plan)).toEqual({
      Status: 'New',
      attributes: { base: { Status: 'Open' } },
    })
  })
})

describe('resolveConflicts', () => {
  const conflict = {
    field: 'Status',
    base: 'Open',
    yours: 'New',
    theirs: 'Closed',
    changedBy: '005',
  }
  const form = setValue(editForm(plan, record), { field: 'Status', value: 'New' })

  it('sends my value from theirs when I keep mine', () => {
    const kept = resolveConflicts(form, [conflict], new Set(['Status']))
    expect(saveBody(kept, plan)).toEqual({
      Status: 'New',
      attributes: { base: { Status: 'Closed' } },
    })
  })

  it('sends nothing when I take theirs', () => {
    const taken = resolveConflicts(form, [conflict], new Set())
    expect(valueOf(taken, 'Status')).toBe('Closed')
    expect(changedFields(taken, plan)).toEqual([])
  })
})

describe('sameValue', () => {
  it('knows that nothing is nothing and 12.50 is 12.5', () => {
    expect(sameValue(null, '')).toBe(true)
    expect(sameValue('12.50', 12.5)).toBe(true)
    expect(sameValue('12.50', '12.5')).toBe(false)
    expect(sameValue(false, null)).toBe(false)
  })
})
