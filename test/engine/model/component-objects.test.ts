/** Objects whose rows stand for components. */
import { describe, expect, it } from 'vitest'
import { compileAccess } from '../../../engine/access/compile-access.ts'
import { holdsComponents, rowObjects } from '../../../engine/model/component-objects.ts'
import { modelOf } from '../../support/model.ts'
import { testMetadata } from '../../support/test-objects.ts'

describe('holdsComponents', () => {
  it('knows every object of the table and no other', () => {
    // Groups are made as records too.
    const all = [...rowObjects.values()].flat().filter((name) => name !== 'Group')
    for (const name of all) expect(holdsComponents(name)).toBe(true)
    expect(['Account', 'Group'].map(holdsComponents)).toEqual([false, false])
  })

  it('keeps even administrators from changing a component as a record', () => {
    const model = modelOf(testMetadata)
    const profile = model.component('Profile', 'System Administrator')
    const access = compileAccess({
      model,
      userId: '005000000000001AAA',
      grants: {
        profile: profile && { fullName: profile.fullName, body: profile.body },
        permissionSets: [],
      },
    })
    const rights = ['read', 'create', 'edit', 'delete'] as const
    expect(rights.map((right) => access.mayObject('Profile', right))).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})
