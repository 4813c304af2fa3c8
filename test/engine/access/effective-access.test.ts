/** What somebody may do is told with what gives it, and agrees with what the gate decides. */
import { describe, expect, it } from 'vitest'
import { compareRights } from '../../../engine/access/compare-rights-of-sets.ts'
import { compileAccess, type Grants } from '../../../engine/access/compile-access.ts'
import {
  effectiveObject,
  effectiveObjects,
  effectivePermissions,
} from '../../../engine/access/effective-access.ts'
import { modelOf } from '../../support/model.ts'
import { testMetadata } from '../../support/test-objects.ts'

const model = modelOf(testMetadata)

const clerk = {
  fullName: 'Clerk',
  label: 'Clerk',
  objectPermissions: [{ object: 'Account', allowRead: true, allowEdit: true }],
  fieldPermissions: [{ field: 'Account.Website', readable: true }],
}
const seer = {
  fullName: 'Seer',
  label: 'Seer',
  userPermissions: [{ name: 'ViewAllData', enabled: true }],
  fieldPermissions: [{ field: 'Account.Website', readable: true, editable: true }],
}

function holderOf(...bodies: readonly (typeof clerk | typeof seer)[]) {
  const grants: Grants = {
    profile: undefined,
    permissionSets: bodies.map((body) => ({ fullName: body.fullName, body })),
  }
  return { model, grants, access: compileAccess({ model, userId: '005', grants }) }
}

describe('effective access', () => {
  const account = model.object('Account')
  if (account === undefined) throw new Error('no Account')

  it('names each set that gives a right, and the other right by which it does', () => {
    const { rights, fields } = effectiveObject(holderOf(clerk, seer), account)
    const read = rights.find(({ right }) => right === 'allowRead')
    expect(read?.allowed).toBe(true)
    expect(read?.givenBy).toMatchObject([{ name: 'Clerk' }, { name: 'Seer', by: 'ViewAllData' }])
    expect(rights.find(({ right }) => right === 'allowDelete')).toMatchObject({
      allowed: false,
      givenBy: [],
    })
    const website = fields.find(({ field }) => field === 'Website')
    expect(website).toMatchObject({ read: true, edit: true })
    expect(website?.givenBy).toMatchObject([
      { name: 'Clerk', edit: false },
      { name: 'Seer', edit: true },
    ])
    expect(fields.find(({ field }) => field === 'Name')).toMatchObject({
      read: true,
      because: 'object',
    })
  })

  it('says yes and no as the gate does, for every object, right and field', () => {
    for (const holder of [holderOf(), holderOf(clerk), holderOf(seer), holderOf(clerk, seer)]) {
      for (const { object: name, rights } of effectiveObjects(holder)) {
        const object = model.object(name)
        if (object === undefined || model.ledgerNames.has(name)) continue
        const told = effectiveObject(holder, object)
        expect(rights.includes('read')).toBe(holder.access.mayObject(name, 'read'))
        // What is held is given by something; what nothing gives is not held, but for what all may read.
        const unexplained = told.rights.filter(
          ({ allowed, givenBy }) => !allowed && givenBy.length > 0,
        )
        expect(unexplained).toEqual([])
        for (const { field, read } of told.fields) {
          expect(read).toBe(holder.access.mayField(name, field, 'read'))
        }
      }
    }
  })

  it('lists permissions with their givers', () => {
    expect(effectivePermissions(holderOf(clerk, seer))).toMatchObject([
      { right: 'ViewAllData', allowed: true, givenBy: [{ name: 'Seer' }] },
    ])
  })
})

describe('two permission sets', () => {
  it('differ in what only one of them grants', () => {
    expect(compareRights(clerk, seer)).toEqual([
      { list: 'objectPermissions', name: 'Account', left: ['allowRead', 'allowEdit'], right: [] },
      { list: 'fieldPermissions', name: 'Account.Website', left: [], right: ['editable'] },
      { list: 'userPermissions', name: 'ViewAllData', left: [], right: ['enabled'] },
    ])
    expect(compareRights(clerk, clerk)).toEqual([])
  })
})
