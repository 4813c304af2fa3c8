/** Approval processes and scoring rules as their pages change them: what is not asked about stays. */
import { describe, expect, it } from 'vitest'
import {
  approvalName,
  chosenActions,
  submitterChoice,
  withActions,
  withEntryCriteria,
} from '../../../ui/setup/approval-draft.ts'
import { criteriaValue } from '../../../ui/setup/criteria-value.ts'
import { pointsOf, withPoints, withScoring } from '../../../ui/setup/scoring-draft.ts'

const body = { fullName: 'Account.Size', processOrder: 3, allowedSubmitters: [{ type: 'owner' }] }
const process = body as Parameters<typeof withActions>[0]

describe('an approval process', () => {
  it('gets actions and loses them, each at its moment', () => {
    const chosen = ['FieldUpdate:Good', 'FlowAction:Tell']
    const changed = withActions(process, 'recallActions', chosen)
    expect(chosenActions(changed.recallActions)).toEqual(chosen)
    expect(changed).toMatchObject(body)
    expect(withActions(changed, 'recallActions', [])).toEqual(body)
  })

  it('asks by conditions or by a formula, never by both', () => {
    const items = [{ field: 'Account.Name', operation: 'equals', value: 'x' }] as const
    const asked = withEntryCriteria(process, { items, logic: '1', formula: undefined })
    expect(asked.entryCriteria).toEqual({ criteriaItems: items })
    const other = withEntryCriteria(asked, { items: [], logic: '', formula: 'TRUE' })
    expect(other.entryCriteria).toEqual({ formula: 'TRUE' })
    expect(withEntryCriteria(other, criteriaValue(undefined))).toEqual(body)
  })

  it('keeps submitters that the form has no words for, and takes a free name', () => {
    expect(submitterChoice(process)).toBe('owner')
    expect(submitterChoice({ ...process, allowedSubmitters: [{ type: 'role' }] })).toBe('others')
    expect(approvalName('Account', 'Size', ['Account.Size', 'Case.Size_2'])).toBe('Account.Size_2')
  })
})

describe('a scoring rule', () => {
  it('scores by a number or a formula, whichever was typed', () => {
    const entry = withPoints({ label: 'Late', score: 1 }, 'MIN(Days, 9)')
    expect(entry).toEqual({ label: 'Late', scoreFormula: 'MIN(Days, 9)' })
    expect(withPoints(entry, ' -60 ')).toEqual({ label: 'Late', score: -60 })
    expect(pointsOf(withPoints(entry, ''))).toBe('')
  })

  it('takes the place of that of the same name, beside the others', () => {
    const rule = (fullName: string, scoreField: string) => ({ fullName, scoreField })
    const file = { fullName: 'Case', scoringRule: [rule('A', 'X'), rule('B', 'Y')] }
    const { scoringRule } = withScoring('Case', file, rule('A', 'Z'))
    expect(scoringRule).toEqual([rule('A', 'Z'), rule('B', 'Y')])
    expect(withScoring('Case', undefined, rule('A', 'Z')).scoringRule).toHaveLength(1)
  })
})
