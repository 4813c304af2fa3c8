import { describe, expect, it } from 'vitest'
import { readPending } from '../../../ui/setup/pending-files.ts'

describe('readPending', () => {
  it('finds nothing in an answer that has nothing', () => {
    const none = { plan: undefined, conflicts: [] }
    expect(readPending({ plan: null, problems: [], conflicts: [] })).toEqual(none)
    expect(readPending(undefined)).toEqual(none)
  })

  it('gives the plan that waits', () => {
    const plan = { id: 'p_1', steps: [] }
    expect(readPending({ plan, conflicts: [] }).plan).toBe(plan)
  })

  it('shows both sides of a conflict', () => {
    const conflict = {
      file: 'objects/A.json',
      path: 'A label',
      base: 'a',
      ours: 'b',
      theirs: ['c'],
    }
    expect(readPending({ plan: null, conflicts: [conflict] }).conflicts).toEqual([
      { file: 'objects/A.json', path: 'A label', before: '"a"', here: '"b"', inFile: '["c"]' },
    ])
  })
})
