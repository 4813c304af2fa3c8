import { describe, expect, it } from 'vitest'
import {
  fieldAccess,
  hasObjectRight,
  setFieldAccess,
  setObjectRight,
} from '../../../ui/setup/rights.ts'
import type { RightsBody } from '../../../ui/setup/rights.ts'

const empty: RightsBody = {}

describe('setObjectRight', () => {
  it('grants what a right needs', () => {
    const body = setObjectRight(empty, 'Case', { name: 'modifyAllRecords', allowed: true })
    for (const name of ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'] as const)
      expect(hasObjectRight(body, 'Case', name)).toBe(true)
    expect(hasObjectRight(body, 'Case', 'allowCreate')).toBe(false)
  })

  it('takes away what needs a right', () => {
    const full = setObjectRight(empty, 'Case', { name: 'modifyAllRecords', allowed: true })
    const body = setObjectRight(full, 'Case', { name: 'allowEdit', allowed: false })
    expect(hasObjectRight(body, 'Case', 'allowRead')).toBe(true)
    expect(hasObjectRight(body, 'Case', 'allowDelete')).toBe(false)
    expect(hasObjectRight(body, 'Case', 'modifyAllRecords')).toBe(false)
  })

  it('drops an entry without any right', () => {
    const read = setObjectRight(empty, 'Case', { name: 'allowRead', allowed: true })
    const body = setObjectRight(read, 'Case', { name: 'allowRead', allowed: false })
    expect(body.objectPermissions).toEqual([])
  })

  it('keeps the order of the file', () => {
    const body = {
      objectPermissions: [
        { object: 'Task', allowRead: true },
        { object: 'Account', allowRead: true },
      ],
    }
    const changed = setObjectRight(body, 'Task', { name: 'allowEdit', allowed: true })
    expect(changed.objectPermissions.map((right) => right.object)).toEqual(['Task', 'Account'])
  })
})

describe('setFieldAccess', () => {
  const body: RightsBody = {
    fieldPermissions: [
      { field: 'Case.Subject', readable: true, editable: true },
      { field: 'Account.Name', readable: true, editable: false },
    ],
  }

  it('says what is held', () => {
    expect(fieldAccess(body, 'Case.Subject')).toBe('edit')
    expect(fieldAccess(body, 'Account.Name')).toBe('read')
    expect(fieldAccess(body, 'Account.Phone')).toBe('none')
  })

  it('puts a new entry beside the others of its object', () => {
    const changed = setFieldAccess(body, 'Case.Status', 'read')
    expect(changed.fieldPermissions?.map((right) => right.field)).toEqual([
      'Case.Subject',
      'Case.Status',
      'Account.Name',
    ])
  })

  it('removes the entry when nothing is granted', () => {
    const changed = setFieldAccess(body, 'Case.Subject', 'none')
    expect(changed.fieldPermissions?.map((right) => right.field)).toEqual(['Account.Name'])
  })
})
