/** Changed cells of a list: kept until they are saved, marked with what was refused, merged with edits of others. */
import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../ui/base/api-error.ts'
import {
  afterSave,
  afterTheirs,
  cellError,
  conflicting,
  draftedFields,
  noDrafts,
  readyToSave,
  rowMessages,
  shownRow,
  withEdit,
  withMessage,
} from '../../../ui/base/row-drafts.ts'
import { rowBody, rowForm } from '../../../ui/base/row-forms.ts'
import { field, screenOf } from '../support/describe.ts'

const screen = screenOf(
  field('Name', { nameField: true }),
  field('Score', { type: 'double', precision: 5, scale: 0 }),
  field('Code', { nillable: false }),
  field('ParentId', { type: 'reference', relationshipName: 'Parent' }),
)
const row = rowForm(screen, { Id: '1', Name: 'One', Score: 1, Code: 'x', ParentId: null })
const drafts = withEdit(noDrafts, row, { field: 'Score', value: 2 })
const refusal = (status: number, problem: object): ApiError =>
  new ApiError(status, [{ message: 'No.', errorCode: 'X', ...problem }])

describe('drafts of rows', () => {
  it('are the cells that differ; a row that gets back what it had is none', () => {
    expect(draftedFields(drafts.get('1'))).toEqual(['Score'])
    const edited = drafts.get('1') ?? row
    expect(withEdit(drafts, edited, { field: 'Score', value: 1 }).size).toBe(0)
    expect(rowBody(edited).body).toEqual({ Score: 2, attributes: { base: { Score: 1 } } })
  })

  it('are shown in place of what is stored, lookups by their names', () => {
    const edited = drafts.get('1') ?? row
    const both = withEdit(drafts, edited, { field: 'ParentId', value: '2' }).get('1')
    const shown = shownRow(row.record, both, new Map([['2', 'Two']]))
    expect(shown).toMatchObject({ Name: 'One', Score: 2, ParentId: '2', Parent: { Name: 'Two' } })
    expect(shownRow(row.record, undefined, new Map())).toBe(row.record)
  })

  it('are kept where they are refused, with the reason at the cell or at the row', () => {
    const atCell = afterSave(drafts, new Map([['1', refusal(400, { fields: ['Score'] })]]))
    expect(cellError(atCell.get('1'), 'Score')).toBe('No.')
    const atRow = afterSave(drafts, new Map([['1', refusal(400, {})]])).get('1')
    expect(atRow && rowMessages(atRow)).toEqual(['No.'])
    expect(afterSave(drafts, new Map([['1', undefined]])).size).toBe(0)
    // Not reached is not saved.
    expect(afterSave(drafts, new Map()).size).toBe(1)
  })

  it('with what is no value wait; old refusals do not keep a row from another try', () => {
    const unreadable = withEdit(drafts, drafts.get('1') ?? row, {
      field: 'Score',
      value: null,
      unreadable: 'Enter a number.',
    })
    expect(readyToSave(unreadable).ready).toEqual([])
    expect(cellError(unreadable.get('1'), 'Score')).toBe('Enter a number.')
    const emptied = withEdit(noDrafts, row, { field: 'Code', value: null })
    expect(readyToSave(emptied).ready).toEqual([])
    const refused = afterSave(drafts, new Map([['1', refusal(400, { fields: ['Name'] })]]))
    const again = readyToSave(refused)
    expect(again.ready.map(({ id }) => id)).toEqual(['1'])
    expect(cellError(again.drafts.get('1'), 'Name')).toBeUndefined()
  })

  it('take over what others saved beside them, and tell of what both changed', () => {
    const theirs = { ...row.record, Name: 'Renamed', Score: 7 }
    const merged = afterTheirs(drafts, theirs).get('1')
    expect(merged?.form.values.get('Name')).toBe('Renamed')
    expect(merged?.form.values.get('Score')).toBe(2)
    expect(
      afterTheirs(drafts, { ...row.record, Score: 2 })
        .get('1')
        ?.form.values.get('Score'),
    ).toBe(2)
    const conflict = { field: 'Score', base: 1, yours: 2, theirs: 7 }
    const error = refusal(412, { details: { conflicts: [conflict] } })
    const told = afterSave(drafts, new Map([['1', error]]))
    expect(conflicting(told)?.conflicts).toEqual([conflict])
    expect(conflicting(withMessage(told, '1', 'Look.'))).toBeUndefined()
    expect(withMessage(drafts, '9', 'Look.')).toBe(drafts)
  })
})
