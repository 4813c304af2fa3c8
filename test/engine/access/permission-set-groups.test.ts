/** Permission-set groups: what their sets give together, without what is muted. */
import { describe, expect, it } from 'vitest'
import { compileAccess } from '../../../engine/access/compile-access.ts'
import { assignedSet } from '../../../engine/access/permission-set-groups.ts'
import { modelOf } from '../../support/model.ts'
import { testMetadata, type MetadataFile } from '../../support/test-objects.ts'

const all = { allowRead: true, allowCreate: true, allowEdit: true, allowDelete: true }

function set(fullName: string, more: object): MetadataFile {
  return [`permissionsets/${fullName}.json`, { fullName, label: fullName, ...more }]
}

const files: readonly MetadataFile[] = [
  ...testMetadata,
  set('Readers', {
    objectPermissions: [{ object: 'Account', allowRead: true }],
    fieldPermissions: [{ field: 'Account.Code', readable: true, editable: true }],
    userPermissions: [{ name: 'ApiEnabled', enabled: true }],
  }),
  set('Writers', {
    objectPermissions: [
      { object: 'Account', ...all, modifyAllRecords: true },
      { object: 'Contact', ...all },
    ],
    fieldPermissions: [{ field: 'Account.Website', readable: true, editable: true }],
    userPermissions: [{ name: 'BulkApiHardDelete', enabled: true }],
  }),
  set('Muted', {
    objectPermissions: [
      { object: 'Account', allowRead: false, allowDelete: true, modifyAllRecords: true },
      { object: 'Contact', allowRead: true },
    ],
    fieldPermissions: [{ field: 'Account.Code', readable: false, editable: true }],
    userPermissions: [{ name: 'BulkApiHardDelete', enabled: true }],
  }),
  [
    'permissionsetgroups/Desk.json',
    {
      fullName: 'Desk',
      label: 'Desk',
      permissionSets: ['Readers', 'Writers'],
      mutingPermissionSets: ['Muted'],
    },
  ],
]

describe('a permission-set group', () => {
  const model = modelOf(files)
  const accessBy = (...names: string[]) =>
    compileAccess({
      model,
      userId: '005',
      grants: {
        profile: undefined,
        permissionSets: names.flatMap((fullName) => {
          const body = assignedSet(model, fullName)
          return body === undefined ? [] : [{ fullName, body }]
        }),
      },
    })

  it('gives what its sets give together, without what is muted', () => {
    const access = accessBy('Desk')
    const rights = (['read', 'create', 'edit', 'delete', 'modifyAll'] as const).filter((right) =>
      access.mayObject('Account', right),
    )
    expect(rights).toEqual(['read', 'create', 'edit'])
    expect(access.mayField('Account', 'Code', 'read')).toBe(true)
    expect(access.mayField('Account', 'Code', 'edit')).toBe(false)
    expect(access.mayField('Account', 'Website', 'edit')).toBe(true)
    expect([access.has('ApiEnabled'), access.has('BulkApiHardDelete')]).toEqual([true, false])
    // Whose reading is muted, of that nothing is left.
    expect(access.mayObject('Contact', 'edit')).toBe(false)
  })

  it('mutes its own sets alone: what somebody has besides stays his', () => {
    const access = accessBy('Desk', 'Writers')
    expect(access.mayObject('Account', 'delete')).toBe(true)
    expect(access.has('BulkApiHardDelete')).toBe(true)
    expect(access.signature).not.toBe(accessBy('Desk').signature)
    expect(assignedSet(model, 'Nobody')).toBeUndefined()
  })
})
