import { describe, expect, it } from 'vitest'
import { fieldChanges } from '../../../ui/setup/field-changes.ts'

const agent = { fullName: 'Agent', label: 'Agent', body: { fullName: 'Agent', label: 'Agent' } }
const other = { fullName: 'Other', label: 'Other', body: { fullName: 'Other' } }
const layout = {
  fullName: 'Plan-Layout',
  label: 'Plan-Layout',
  body: {
    fullName: 'Plan-Layout',
    layoutSections: [{ label: 'One', layoutColumns: [{ layoutItems: [{ field: 'Name' }] }] }],
  },
}
const field = { fullName: 'Why__c', label: 'Why', type: 'Text' as const, length: 80 }

describe('fieldChanges', () => {
  it('is one plan of field, rights and layouts; what is not chosen is not touched', () => {
    const changes = fieldChanges({
      object: 'Plan',
      field,
      access: new Map([['Agent', 'edit']]),
      permissionSets: [agent, other],
      placements: new Map([['Plan-Layout', 0]]),
      layouts: [layout],
    })
    expect(changes).toEqual([
      { type: 'CustomField', fullName: 'Plan.Why__c', body: field },
      {
        type: 'PermissionSet',
        fullName: 'Agent',
        body: {
          ...agent.body,
          fieldPermissions: [{ field: 'Plan.Why__c', readable: true, editable: true }],
        },
      },
      {
        type: 'Layout',
        fullName: 'Plan-Layout',
        body: {
          fullName: 'Plan-Layout',
          layoutSections: [
            {
              label: 'One',
              layoutColumns: [
                { layoutItems: [{ field: 'Name' }, { field: 'Why__c', behavior: 'Edit' }] },
              ],
            },
          ],
        },
      },
    ])
  })

  it('puts a required field on the layout as required', () => {
    const changes = fieldChanges({
      object: 'Plan',
      field: { ...field, required: true },
      access: new Map(),
      permissionSets: [],
      placements: new Map([['Plan-Layout', 0]]),
      layouts: [layout],
    })
    expect(JSON.stringify(changes.at(-1))).toContain('"behavior":"Required"')
  })
})
