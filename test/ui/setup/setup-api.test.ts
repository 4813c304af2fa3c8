import { describe, expect, it } from 'vitest'
import { lastChanges, layoutLabel } from '../../../ui/setup/setup-api.ts'

describe('lastChanges', () => {
  const entry = {
    version: 1,
    at: '',
    by: { id: '', name: '' },
    source: 'setup',
    summary: '',
    steps: [],
    revertible: true,
    revertedBy: null,
  }
  const change = 'update' as const

  it('finds the newest entry of each object, through its members and layouts', () => {
    const last = lastChanges([
      { ...entry, number: 3, changes: [{ type: 'Layout', fullName: 'Case-Case Layout', change }] },
      { ...entry, number: 2, changes: [{ type: 'CustomField', fullName: 'Case.A__c', change }] },
      { ...entry, number: 1, changes: [{ type: 'CustomObject', fullName: 'Task', change }] },
    ])
    expect([...last].map(([object, found]) => [object, found.number])).toEqual([
      ['Case', 3],
      ['Task', 1],
    ])
  })
})

describe('layoutLabel', () => {
  it('leaves out the object and the escapes of the platform', () => {
    expect(layoutLabel('Case-Service%2C short')).toBe('Service, short')
    expect(layoutLabel('Case-100 %')).toBe('100 %')
  })
})
