import { describe, expect, it } from 'vitest'
import {
  addPasted,
  changeRow,
  findValueFaults,
  marksOfSet,
  moveRow,
  rowOf,
  rowsOf,
  storedValuesOf,
} from '../../../ui/setup/picklist-values.ts'

describe('addPasted', () => {
  it('reads one value per line, with a tab before the API name', () => {
    const rows = addPasted([], 'Illness\r\n\n  Job loss  \nOther\tother_reason')
    expect(rows.map(({ label, name }) => [label, name])).toEqual([
      ['Illness', 'Illness'],
      ['Job loss', 'Job loss'],
      ['Other', 'other_reason'],
    ])
  })

  it('leaves out what is there already, and empty rows', () => {
    const rows = addPasted([rowOf('Illness'), rowOf('')], 'illness\nDivorce')
    expect(rows.map((row) => row.label)).toEqual(['Illness', 'Divorce'])
  })
})

describe('changeRow', () => {
  it('lets an untouched name follow its label', () => {
    expect(changeRow([rowOf('A')], 0, { label: 'B' })[0]).toMatchObject({ label: 'B', name: 'B' })
  })

  it('keeps a name that was written by hand', () => {
    const named = changeRow([rowOf('A')], 0, { name: 'a1' })
    expect(changeRow(named, 0, { label: 'B' })[0]).toMatchObject({ label: 'B', name: 'a1' })
  })

  it('takes the default from the others', () => {
    const first = changeRow([rowOf('A'), rowOf('B')], 0, { isDefault: true })
    const second = changeRow(first, 1, { isDefault: true })
    expect(second.map((row) => row.isDefault)).toEqual([false, true])
  })
})

describe('findValueFaults', () => {
  it('names missing, duplicate and surplus default values at their rows', () => {
    const rows = [
      { ...rowOf('A'), isDefault: true },
      rowOf('a'),
      rowOf(''),
      { ...rowOf('B'), isDefault: true },
    ]
    expect([...findValueFaults(rows)]).toEqual([
      [1, 'duplicate'],
      [2, 'missing'],
      [3, 'two defaults'],
    ])
  })

  it('asks for at least one value', () => {
    expect(findValueFaults([]).get(-1)).toBe('none')
  })
})

describe('storedValuesOf', () => {
  it('comes back as it was, with what the table does not show', () => {
    const stored = [
      { fullName: 'new', label: 'New', default: true, color: '#00AA00' },
      { fullName: 'old', label: 'Old', default: false, isActive: false },
    ]
    expect(storedValuesOf(rowsOf(stored), stored)).toEqual(stored)
  })

  it('forgets "inactive" when a value is active again', () => {
    const stored = [{ fullName: 'old', label: 'Old', default: false, isActive: false }]
    const rows = changeRow(rowsOf(stored), 0, { active: true })
    expect(storedValuesOf(rows, stored)).toEqual([
      { fullName: 'old', label: 'Old', default: false },
    ])
  })
})

describe('the marks of standard sets', () => {
  const stored = [
    { fullName: 'Open', label: 'Open', default: true },
    { fullName: 'Done', label: 'Done', default: false, closed: true, won: true },
  ]
  const marks = marksOfSet('OpportunityStage')

  it('are known for the sets that decide something', () => {
    expect(marks).toEqual(['closed', 'won'])
    expect(marksOfSet('Industry')).toEqual([])
  })

  it('come back as they were, are set and taken away', () => {
    const rows = rowsOf(stored, marks)
    expect(storedValuesOf(rows, stored)).toEqual(stored)
    const turned = changeRow(changeRow(rows, 0, { marks: ['closed'] }), 1, { marks: ['closed'] })
    expect(storedValuesOf(turned, stored)).toEqual([
      { fullName: 'Open', label: 'Open', default: true, closed: true },
      { fullName: 'Done', label: 'Done', default: false, closed: true },
    ])
  })

  it('are left alone where nothing shows them', () => {
    expect(storedValuesOf(rowsOf(stored), stored)).toEqual(stored)
  })
})

describe('moveRow', () => {
  it('moves a row and stays within the list', () => {
    expect(moveRow(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moveRow(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
    expect(moveRow(['a', 'b'], 1, 2)).toEqual(['a', 'b'])
  })
})
