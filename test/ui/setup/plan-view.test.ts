import { describe, expect, it } from 'vitest'
import {
  diffCounts,
  diffFile,
  figures,
  orderedChanges,
  orderedFiles,
  orderedSteps,
} from '../../../ui/setup/plan-view.ts'

const step = { description: '', needsConsent: false } as const

describe('a plan to read', () => {
  it('has the gravest steps first', () => {
    const steps = orderedSteps([
      { ...step, class: 'instant' },
      { ...step, class: 'losesData' },
      { ...step, class: 'scans' },
    ])
    expect(steps.map((entry) => entry.class)).toEqual(['losesData', 'scans', 'instant'])
  })

  it('begins with objects and fields', () => {
    const change = 'update' as const
    const ordered = orderedChanges([
      { type: 'Layout', fullName: 'L', change },
      { type: 'CustomField', fullName: 'F', change },
      { type: 'CustomObject', fullName: 'O', change },
    ])
    expect(ordered.map((entry) => entry.fullName)).toEqual(['O', 'F', 'L'])
    const files = [
      { path: 'layouts/L.json', before: null, after: '' },
      { path: 'objects/O.json', before: null, after: '' },
    ]
    expect(orderedFiles(files).map((file) => file.path)).toEqual([
      'objects/O.json',
      'layouts/L.json',
    ])
  })

  it('says how many records are concerned', () => {
    expect(figures({ ...step, class: 'scans', affected: 12, total: 40000 })).toBe(
      '12 of 40,000 records',
    )
    expect(figures({ ...step, class: 'scans', total: 1 })).toBe('1 record')
    expect(figures({ ...step, class: 'instant' })).toBeUndefined()
  })
})

describe('diffFile', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`)
  const text = (list: readonly string[]) => `${list.join('\n')}\n`

  it('shows what changed with its surroundings and says what it leaves out', () => {
    const hunks = diffFile({ path: 'f', before: text(lines), after: text(lines.with(9, 'new')) })
    expect(hunks).toHaveLength(1)
    expect(hunks?.[0]?.skipped).toBe(6)
    expect(hunks?.[0]?.lines).toContainEqual({ kind: 'removed', text: 'line 10', before: 10 })
    expect(hunks?.[0]?.lines).toContainEqual({ kind: 'added', text: 'new', after: 10 })
    expect(diffCounts(hunks ?? [])).toEqual({ added: 1, removed: 1 })
  })

  it('shows a new file as added lines alone', () => {
    const hunks = diffFile({ path: 'f', before: null, after: 'a\nb\n' })
    expect(hunks?.[0]?.lines.map((line) => line.kind)).toEqual(['added', 'added'])
  })

  it('has nothing to show of equal texts', () => {
    expect(diffFile({ path: 'f', before: 'a\n', after: 'a\n' })).toEqual([])
  })
})
