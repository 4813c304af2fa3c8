/** Rights are the sum of profile and permission sets; what no source grants is closed. */
import { describe, expect, it } from 'vitest'
import type { PermissionSet, Profile } from '../../../metadata/types.ts'
import type { Access } from '../../../engine/access/access.ts'
import { compileAccess } from '../../../engine/access/compile-access.ts'
import type { Model } from '../../../engine/model/model.ts'
import { modelOf } from '../../support/model.ts'
import { testMetadata } from '../../support/test-objects.ts'

const model = modelOf(testMetadata)

interface GivenSet extends Partial<PermissionSet> {
  readonly fullName: string
}

function accessWith(
  sets: readonly GivenSet[],
  options: { readonly profile?: GivenSet; readonly userId?: string; readonly model?: Model } = {},
): Access {
  const { profile, userId = '005000000000009AAA' } = options
  return compileAccess({
    model: options.model ?? model,
    userId,
    grants: {
      profile: profile && { fullName: profile.fullName, body: profile as Profile },
      permissionSets: sets.map((set) => ({ fullName: set.fullName, body: set as PermissionSet })),
    },
  })
}

const objectRights = {
  object: 'Account',
  allowCreate: false,
  allowRead: false,
  allowEdit: false,
  allowDelete: false,
  viewAllRecords: false,
  modifyAllRecords: false,
}

const reader = { fullName: 'Reader', objectPermissions: [{ ...objectRights, allowRead: true }] }

describe('object rights', () => {
  it('are closed where nothing grants them', () => {
    const access = accessWith([])
    for (const right of ['create', 'read', 'edit', 'delete', 'viewAll', 'modifyAll'] as const) {
      expect(access.mayObject('Account', right)).toBe(false)
    }
  })

  it('on users are for those who manage users: nobody else makes himself an administrator', () => {
    const all = { allowRead: true, allowCreate: true, allowEdit: true, allowDelete: true }
    const objectPermissions = [{ ...objectRights, ...all, object: 'User' }]
    const personnel = { fullName: 'Personnel', objectPermissions }
    const manager = {
      ...personnel,
      userPermissions: [{ name: 'ManageUsers', enabled: true }],
    }
    expect(accessWith([personnel]).mayObject('User', 'read')).toBe(true)
    expect(accessWith([personnel]).mayObject('User', 'edit')).toBe(false)
    expect(accessWith([personnel]).mayObject('User', 'create')).toBe(false)
    expect(accessWith([manager]).mayObject('User', 'edit')).toBe(true)
  })

  it('add up over profile and permission sets', () => {
    const editor = { fullName: 'Editor', objectPermissions: [{ ...objectRights, allowEdit: true }] }
    const access = accessWith([editor], { profile: reader })
    expect([access.mayObject('Account', 'read'), access.mayObject('Account', 'edit')]).toEqual([
      true,
      true,
    ])
    expect(access.mayObject('Account', 'delete')).toBe(false)
    expect(access.mayObject('Contact', 'read')).toBe(false)
  })

  it('modify all contains every other right on the object, view all contains read', () => {
    const all = {
      fullName: 'All',
      objectPermissions: [{ ...objectRights, modifyAllRecords: true }],
    }
    const view = {
      fullName: 'View',
      objectPermissions: [{ ...objectRights, viewAllRecords: true }],
    }
    expect(accessWith([all]).mayObject('Account', 'delete')).toBe(true)
    expect(accessWith([view]).mayObject('Account', 'read')).toBe(true)
    expect(accessWith([view]).mayObject('Account', 'edit')).toBe(false)
  })

  it('follow from the permissions over all data', () => {
    const permission = (name: string): GivenSet => ({
      fullName: name,
      userPermissions: [{ name, enabled: true }],
    })
    expect(accessWith([permission('ViewAllData')]).mayObject('Account', 'read')).toBe(true)
    expect(accessWith([permission('ViewAllData')]).mayObject('Account', 'edit')).toBe(false)
    expect(accessWith([permission('ModifyAllData')]).mayObject('Account', 'delete')).toBe(true)
  })
})

describe('field rights', () => {
  const onField = (field: string, editable = false): GivenSet => ({
    ...reader,
    fieldPermissions: [{ field: `Account.${field}`, readable: true, editable }],
  })

  it('need the object as well', () => {
    const access = accessWith([
      {
        fullName: 'F',
        fieldPermissions: [{ field: 'Account.Code', readable: true, editable: true }],
      },
    ])
    expect(access.mayField('Account', 'Code', 'read')).toBe(false)
  })

  it('are closed for an optional field that nothing grants', () => {
    expect(accessWith([reader]).mayField('Account', 'Code', 'read')).toBe(false)
    expect(accessWith([onField('Code')]).mayField('Account', 'Code', 'read')).toBe(true)
    expect(accessWith([onField('Code')]).mayField('Account', 'Code', 'edit')).toBe(false)
    expect(accessWith([onField('Code', true)]).mayField('Account', 'Code', 'edit')).toBe(true)
  })

  it('follow the object for system fields, the name and required fields', () => {
    const access = accessWith([reader])
    for (const field of ['Id', 'CreatedDate', 'OwnerId', 'Name']) {
      expect(access.mayField('Account', field, 'read')).toBe(true)
    }
  })

  it('of a compound are those of its parts', () => {
    const access = accessWith([onField('BillingAddress')])
    expect(access.mayField('Account', 'BillingCity', 'read')).toBe(true)
    expect(accessWith([onField('BillingCity')]).mayField('Account', 'BillingCity', 'read')).toBe(
      false,
    )
  })

  it('do not exist for a field that does not exist', () => {
    expect(accessWith([onField('Nothing')]).mayField('Account', 'Nothing', 'read')).toBe(false)
  })
})

describe('the signature', () => {
  it('is equal for callers with equal rights, whoever they are', () => {
    const [one, two] = ['005000000000001AAA', '005000000000002AAA'].map((userId) =>
      accessWith([reader], { userId }),
    )
    expect(one?.signature).toBe(two?.signature)
  })

  it('does not depend on the order of the sets', () => {
    const other = { fullName: 'Other', userPermissions: [{ name: 'ApiEnabled', enabled: true }] }
    expect(accessWith([reader, other]).signature).toBe(accessWith([other, reader]).signature)
  })

  it('differs for sources that share a name and grant different things', () => {
    const same = { fullName: 'Reader', objectPermissions: [{ ...objectRights, allowEdit: true }] }
    expect(accessWith([reader]).signature).not.toBe(accessWith([same]).signature)
  })

  it('differs from model version to model version', () => {
    const next = modelOf(testMetadata, 2)
    expect(accessWith([reader]).signature).not.toBe(accessWith([reader], { model: next }).signature)
  })

  it('names of sources cannot be put together into another set of sources', () => {
    const named = (fullName: string): GivenSet => ({
      fullName,
      userPermissions: [{ name: 'ApiEnabled', enabled: fullName.length > 3 }],
    })
    expect(accessWith([named('A|B')]).signature).not.toBe(
      accessWith([named('A'), named('B')]).signature,
    )
  })
})
