import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../ui/base/api-error.ts'
import { placeProblems } from '../../../ui/base/place-problems.ts'
import { field, object } from '../support/describe.ts'

const info = object(field('Status'), field('Amount'))

function place(...problems: readonly { message: string; fields?: readonly string[] }[]) {
  const error = new ApiError(
    400,
    problems.map((problem) => ({ errorCode: 'X', ...problem })),
  )
  return placeProblems(error, info, new Set(['Status']))
}

describe('placeProblems', () => {
  it('puts a message at its field, whatever the letter case', () => {
    expect([...place({ message: 'no', fields: ['status'] }).fields]).toEqual([['Status', 'no']])
  })

  it('joins two messages about one field', () => {
    const placed = place(
      { message: 'One.', fields: ['Status'] },
      { message: 'Two.', fields: ['Status'] },
    )
    expect(placed.fields.get('Status')).toBe('One. Two.')
  })

  it('shows a message about a field that is not on the form above the form', () => {
    expect(place({ message: 'hidden one', fields: ['Amount'] }).form).toEqual(['hidden one'])
    expect(place({ message: 'whole record' }).form).toEqual(['whole record'])
  })
})
