import { describe, expect, it } from 'vitest'
import { allowCells, isAllowed, matrixOf, settingsOf } from '../../../ui/setup/dependency-matrix.ts'

const settings = [
  { valueName: 'Illness', controllingFieldValue: ['New', 'Open'] },
  { valueName: 'Other', controllingFieldValue: ['Open'] },
]

describe('the matrix of a dependent picklist', () => {
  it('comes back as it was read', () => {
    expect(settingsOf(matrixOf(settings), ['Illness', 'Other'], ['New', 'Open'])).toEqual(settings)
  })

  it('sets a whole column at once', () => {
    const matrix = allowCells(
      matrixOf(settings),
      { values: ['Illness', 'Other'], controlling: ['Closed'] },
      true,
    )
    expect(isAllowed(matrix, 'Other', 'Closed')).toBe(true)
    expect(isAllowed(matrix, 'Other', 'New')).toBe(false)
  })

  it('does not write values that no longer exist', () => {
    expect(settingsOf(matrixOf(settings), ['Other'], ['New'])).toEqual([])
  })

  it('does not change the matrix it started from', () => {
    const matrix = matrixOf(settings)
    allowCells(matrix, { values: ['Illness'], controlling: ['New'] }, false)
    expect(isAllowed(matrix, 'Illness', 'New')).toBe(true)
  })
})
