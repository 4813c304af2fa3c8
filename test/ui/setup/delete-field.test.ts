import { describe, expect, it } from 'vitest'
import { deleteFieldChanges } from '../../../ui/setup/delete-field.ts'

const body = {
  fullName: 'Plan',
  listViews: [
    { fullName: 'All', columns: ['Name', 'Why__c'] },
    { fullName: 'Mine', columns: ['Name'] },
    {
      fullName: 'Open',
      columns: ['Name'],
      filters: [{ field: 'Why__c', operation: 'equals' as const, value: 'x' }],
    },
  ],
  compactLayouts: [{ fullName: 'High', fields: ['Why__c', 'Name'] }],
}
const set = {
  fullName: 'Agent',
  label: 'Agent',
  body: { fullName: 'Agent', fieldPermissions: [{ field: 'Plan.Why__c', readable: true }] },
}
const layout = {
  fullName: 'Plan-L',
  label: 'L',
  body: {
    fullName: 'Plan-L',
    layoutSections: [{ layoutColumns: [{ layoutItems: [{ field: 'Why__c' }] }] }],
  },
}

describe('deleteFieldChanges', () => {
  it('takes the field out of everything that shows it, and touches nothing else', () => {
    const changes = deleteFieldChanges({
      object: 'Plan',
      field: 'Why__c',
      body,
      layouts: [layout, { ...layout, fullName: 'Plan-M', body: { fullName: 'Plan-M' } }],
      permissionSets: [set, { ...set, fullName: 'Other', body: { fullName: 'Other' } }],
    })
    expect(changes).toEqual([
      { type: 'CustomField', fullName: 'Plan.Why__c', delete: true },
      {
        type: 'Layout',
        fullName: 'Plan-L',
        body: {
          fullName: 'Plan-L',
          layoutSections: [{ layoutColumns: [{ layoutItems: [] }] }],
        },
      },
      {
        type: 'ListView',
        fullName: 'Plan.All',
        body: { fullName: 'All', columns: ['Name'] },
      },
      {
        type: 'ListView',
        fullName: 'Plan.Open',
        body: { fullName: 'Open', columns: ['Name'], filters: [] },
      },
      {
        type: 'CompactLayout',
        fullName: 'Plan.High',
        body: { fullName: 'High', fields: ['Name'] },
      },
      {
        type: 'PermissionSet',
        fullName: 'Agent',
        body: { fullName: 'Agent', fieldPermissions: [] },
      },
    ])
  })
})
