/** What somebody may do, right by right, and what gives it to him: profile, permission set or group. Pure. */
import type { PermissionSet } from '../../metadata/types.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import type { Access, FieldRight, ObjectRight } from './access.ts'
import { followsObject, rightsField, type Grants } from './compile-access.ts'

/** What gives a right: a profile or set by its name, and by which right where that is another one. */
export interface GivenBy {
  readonly type: 'Profile' | 'PermissionSet' | 'PermissionSetGroup'
  readonly name: string
  readonly label: string
  /** "ModifyAllData", "viewAllRecords"; absent where it is the right itself. */
  readonly by?: string
}

export interface EffectiveRight {
  readonly right: string
  readonly allowed: boolean
  readonly givenBy: readonly GivenBy[]
}

export interface EffectiveField {
  readonly field: string
  readonly label: string
  readonly read: boolean
  readonly edit: boolean
  readonly givenBy: readonly (GivenBy & { readonly edit: boolean })[]
  /**
   * `object`: whoever may read the object may read this; `sources`: hidden, since it is computed of a field that is
   * hidden; absent where what gives it decides.
   */
  readonly because?: 'object' | 'sources'
}

export interface EffectiveObject {
  readonly object: string
  readonly label: string
  readonly rights: readonly EffectiveRight[]
  readonly fields: readonly EffectiveField[]
}

interface Holder {
  readonly model: Model
  readonly access: Access
  readonly grants: Grants
}

type Body = Pick<PermissionSet, 'objectPermissions' | 'fieldPermissions' | 'userPermissions'>

interface Source extends GivenBy {
  readonly body: Body
}

/** The sources of somebody's rights, the profile first. */
function sourcesOf({ model, grants }: Holder): readonly Source[] {
  const { profile, permissionSets } = grants
  const first = profile && {
    type: 'Profile' as const,
    name: profile.fullName,
    label: profile.fullName,
    body: profile.body,
  }
  const sets = permissionSets.map(({ fullName, body }) => ({
    type: model.component('PermissionSet', fullName)
      ? ('PermissionSet' as const)
      : ('PermissionSetGroup' as const),
    name: fullName,
    label: body.label ?? fullName,
    body,
  }))
  return first === undefined ? sets : [first, ...sets]
}

const objectRights: readonly (readonly [ObjectRight, keyof ObjectEntry])[] = [
  ['read', 'allowRead'],
  ['create', 'allowCreate'],
  ['edit', 'allowEdit'],
  ['delete', 'allowDelete'],
  ['viewAll', 'viewAllRecords'],
  ['modifyAll', 'modifyAllRecords'],
]

type ObjectEntry = NonNullable<PermissionSet['objectPermissions']>[number]

/** Rights on all objects at once: by object, which of the six are held. */
export function effectiveObjects({ model, access }: Holder) {
  return model.objectNames.map((name) => ({
    object: name,
    label: model.object(name)?.label ?? name,
    rights: objectRights.map(([right]) => right).filter((right) => access.mayObject(name, right)),
  }))
}

export function effectiveObject(holder: Holder, object: ObjectModel): EffectiveObject {
  const sources = sourcesOf(holder)
  return {
    object: object.name,
    label: object.label,
    rights: objectRights.map(([right, flag]) => ({
      right: flag,
      allowed: holder.access.mayObject(object.name, right),
      givenBy: sources.flatMap((source) => {
        const by = objectGiver(source.body, object.name, { right, flag })
        return by === undefined ? [] : [told(source, by)]
      }),
    })),
    fields: object.fields.map((field) => effectiveField(holder, sources, { object, field })),
  }
}

/** Empty: by the right itself; undefined: not at all. */
function objectGiver(
  body: Body,
  object: string,
  { right, flag }: { readonly right: ObjectRight; readonly flag: keyof ObjectEntry },
): string | undefined {
  const entry = body.objectPermissions?.find((one) => one.object === object)
  if (entry?.[flag] === true) return ''
  if (entry?.modifyAllRecords === true) return 'modifyAllRecords'
  if (right === 'read' && entry?.viewAllRecords === true) return 'viewAllRecords'
  if (holds(body, 'ModifyAllData')) return 'ModifyAllData'
  const seesAll = right === 'read' || right === 'viewAll'
  return seesAll && holds(body, 'ViewAllData') ? 'ViewAllData' : undefined
}

function holds(body: Body, permission: string): boolean {
  return body.userPermissions?.some((one) => one.name === permission && one.enabled) === true
}

function told({ type, name, label }: Source, by: string): GivenBy {
  return by === '' ? { type, name, label } : { type, name, label, by }
}

function effectiveField(
  { access }: Holder,
  sources: readonly Source[],
  { object, field }: { readonly object: ObjectModel; readonly field: FieldModel },
): EffectiveField {
  const subject = rightsField(object, field)
  const may = (right: FieldRight) => access.mayField(object.name, field.name, right)
  const read = may('read')
  const givenBy = sources.flatMap((source) => fieldGiver(source, object, subject))
  const because =
    followsObject(subject) && read ? 'object' : !read && givenBy.length > 0 ? 'sources' : undefined
  return {
    field: field.name,
    label: field.label,
    read,
    edit: may('edit') && (field.createable || field.updateable),
    givenBy,
    ...(because === undefined ? {} : { because }),
  }
}

function fieldGiver(
  source: Source,
  object: ObjectModel,
  field: FieldModel,
): readonly EffectiveField['givenBy'][number][] {
  const name = `${object.name}.${field.name}`
  const entry = source.body.fieldPermissions?.find((one) => one.field === name)
  if (holds(source.body, 'ModifyAllData')) return [{ ...told(source, 'ModifyAllData'), edit: true }]
  if (entry === undefined || (entry.readable !== true && entry.editable !== true)) return []
  return [{ ...told(source, ''), edit: entry.editable === true }]
}

/** System and custom permissions that are held, with what gives each. */
export function effectivePermissions(holder: Holder): readonly EffectiveRight[] {
  const given = new Map<string, GivenBy[]>()
  for (const source of sourcesOf(holder)) {
    for (const { name, enabled } of source.body.userPermissions ?? []) {
      if (!enabled) continue
      const known = given.get(name) ?? []
      given.set(name, [...known, told(source, '')])
    }
  }
  return [...given]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([right, givenBy]) => ({ right, allowed: holder.access.has(right), givenBy }))
}
