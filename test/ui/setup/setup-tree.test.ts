import { describe, expect, it } from 'vitest'
import { findInTree, setupTree } from '../../../ui/setup/setup-tree.ts'

function found(search: string): readonly string[] {
  return findInTree(setupTree(), search).flatMap((group) =>
    group.entries.map((entry) => entry.label),
  )
}

describe('quick find in Setup', () => {
  it.each([
    ['', setupTree().flatMap(({ entries }) => entries).length],
    ['hierarchy', 2],
    ['undelete', 1],
    ['who can see', 1],
    ['zebra', 0],
  ])('%j finds %i pages', (search, count) => {
    expect(found(search)).toHaveLength(count)
  })

  it('matches other words for a page, whatever the letter case', () => {
    expect(found('PICKLIST')).toEqual(['Object Manager', 'Value sets'])
    expect(found('audit')).toEqual(['Audit trail', 'Plans and history'])
  })
})
