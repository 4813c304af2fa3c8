/** Models, rights and gates for tests of planning; nothing here needs a database. */
import type { Access } from '../../../engine/access/access.ts'
import { compileAccess } from '../../../engine/access/compile-access.ts'
import { Refusal } from '../../../engine/base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../../../engine/model/model.ts'
import type { Gate } from '../../../engine/query/resolve.ts'
import { modelOf } from '../../support/model.ts'
import { everyTypeMetadata } from './every-type.ts'

export const model: Model = modelOf(everyTypeMetadata)

export function accessBy(
  source: { readonly profile?: string; readonly permissionSets?: readonly string[] },
  of: Model = model,
): Access {
  const profile = source.profile === undefined ? undefined : of.component('Profile', source.profile)
  return compileAccess({
    model: of,
    userId: '005000000000001AAA',
    grants: {
      profile,
      permissionSets: (source.permissionSets ?? []).flatMap(
        (name) => of.component('PermissionSet', name) ?? [],
      ),
    },
  })
}

export const admin = accessBy({ profile: 'System Administrator' })
export const rep = accessBy({ permissionSets: ['Rep'] })

export const adminGate: Gate = { model, access: admin }
export const repGate: Gate = { model, access: rep }

export function objectNamed(name: string, of: Model = model): ObjectModel {
  const object = of.object(name)
  if (object === undefined) throw new Error(`no object ${name}`)
  return object
}

export function fieldNamed(object: ObjectModel, name: string): FieldModel {
  const field = object.fieldsByName.get(name.toLowerCase())
  if (field === undefined) throw new Error(`no field ${object.name}.${name}`)
  return field
}

export const accountObject = objectNamed('Account')
export const sampleObject = objectNamed('Sample__c')

/** What the work refuses; anything else that it does fails the test. */
export function refusalOf(work: () => unknown): Refusal {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('expected a refusal')
}
