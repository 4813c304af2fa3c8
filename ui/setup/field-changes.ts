/** The changes of one plan that add a field: the field itself, who may see it, where it stands. */
import type { ComponentBody, MetadataChange } from '../base/wire-metadata.ts'
import type { FieldBody, PageLayoutBody, PermissionSetBody } from './component-bodies.ts'
import { isComputed, kindOf } from './kind-of.ts'
import { addField, findField } from './layout-edit.ts'
import { fieldAccess, setFieldAccess } from './rights.ts'
import type { FieldAccess } from './rights.ts'
import type { Component } from './setup-api.ts'

/** Section index by layout; layouts that are left out do not get the field. */
export type Placements = ReadonlyMap<string, number>
export type AccessChoices = ReadonlyMap<string, FieldAccess>

/** Sets whose access stays as it is, and layouts that have the field already, are not touched. */
export function fieldChanges(options: {
  readonly object: string
  readonly field: FieldBody
  readonly access: AccessChoices
  readonly permissionSets: readonly Component<PermissionSetBody>[]
  readonly placements: Placements
  readonly layouts: readonly Component<PageLayoutBody>[]
}): readonly MetadataChange[] {
  const { object, field } = options
  const fullName = `${object}.${field.fullName}`
  return [
    { type: 'CustomField', fullName, body: asBody(field) },
    ...options.permissionSets.flatMap((set) => {
      const access = options.access.get(set.fullName) ?? 'none'
      if (fieldAccess(set.body, fullName) === access) return []
      const body = asBody(setFieldAccess(set.body, fullName, access))
      return [{ type: 'PermissionSet', fullName: set.fullName, body }]
    }),
    ...options.layouts.flatMap((layout) => {
      const section = options.placements.get(layout.fullName)
      if (section === undefined || findField(layout.body, field.fullName) !== undefined) return []
      const behavior = isComputedField(field) ? 'Readonly' : field.required ? 'Required' : 'Edit'
      const body = asBody(addField(layout.body, section, { field: field.fullName, behavior }))
      return [{ type: 'Layout', fullName: layout.fullName, body }]
    }),
  ]
}

function isComputedField(field: FieldBody): boolean {
  return isComputed(kindOf(field))
}

/** A body of a known type as what goes over the wire. */
export function asBody(body: object): ComponentBody {
  return { ...body }
}
