/** Why a right is there or not: what gives it is named, and what hides a computed field only to whom it may be named. */
import { describe, expect, it } from 'vitest'
import { compileAccess, type Grants } from '../../../engine/access/compile-access.ts'
import { explainField, explainObject } from '../../../engine/access/explain-rights.ts'
import { modelOf } from '../../support/model.ts'
import { sharingObjects } from '../../support/sharing-world.ts'

const model = modelOf(sharingObjects)
const rep = model.component('PermissionSet', 'Rep')
if (rep === undefined) throw new Error('the firm has a permission set')

function holding(without?: string) {
  const body = {
    ...rep?.body,
    fullName: 'Rep',
    label: 'Rep',
    fieldPermissions: (rep?.body.fieldPermissions ?? []).filter(({ field }) => field !== without),
  }
  const grants: Grants = { profile: undefined, permissionSets: [{ fullName: 'Rep', body }] }
  return { grants, access: compileAccess({ model, userId: '005', grants }) }
}

function fieldOf(object: string, name: string) {
  const field = model.object(object)?.fieldsByName.get(name.toLowerCase())
  if (field === undefined) throw new Error(`no field ${name}`)
  return field
}

describe('explaining rights', () => {
  it('names the set that gives an object, and the object that another one follows', () => {
    const deals = model.object('Deal__c')
    const shares = model.object('Deal__Share')
    if (deals === undefined || shares === undefined) throw new Error('no deals')
    const [read] = explainObject(model, holding(), deals)
    const gives = [{ kind: 'permissionSet', name: 'Rep', given: true }]
    expect(read).toEqual({ right: 'read', given: true, reasons: gives })
    expect(explainObject(model, holding(), shares)[0]?.reasons).toEqual([
      { kind: 'leader', name: 'Deal__c', given: true },
    ])
  })

  it('names what gives a field, what follows from its object, and what hides a computed one', () => {
    const of = (object: string, name: string, without?: string, isKnown = true) =>
      explainField(model, holding(without), {
        field: fieldOf(object, name),
        knows: () => isKnown,
      })
    const [read, edit] = of('Deal__c', 'Size__c')
    expect(read?.reasons).toEqual([{ kind: 'permissionSet', name: 'Rep', given: true }])
    expect(edit?.given).toBe(true)
    expect(of('Deal__c', 'Name')[0]?.reasons).toEqual([
      { kind: 'object', name: 'Deal__c', given: true },
    ])
    const size = 'Deal__c.Size__c'
    const [hidden] = of('Note__c', 'DealSize__c', size)
    expect(hidden?.given).toBe(false)
    expect(hidden?.reasons).toContainEqual({ kind: 'source', name: size, given: false })
    // Whoever does not know of the field is not told of it.
    expect(JSON.stringify(of('Note__c', 'DealSize__c', size, false))).not.toContain(size)
    expect(of('Note__c', 'OpenSize__c', size)[0]?.given).toBe(true)
  })
})
