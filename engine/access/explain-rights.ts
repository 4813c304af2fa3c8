/** Why somebody may (not) use an object or a field: which profile, permission set or rule of the product gives it; pure. */
import type { PermissionSet } from '../../metadata/types.ts'
import { sourcesOf } from '../model/computed-sources.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import type { Access, FieldRight, ObjectRight } from './access.ts'
import { followsObject, rightsField, rightsLeaders, type Grants } from './compile-access.ts'

export interface Held {
  readonly access: Access
  readonly grants: Grants
}

/** `profile`, `permissionSet`, `permission`, `leader` (rights follow another object), `object` (the field follows its object), `source` (a field it is made of). */
export interface RightReason {
  readonly kind: 'profile' | 'permissionSet' | 'permission' | 'leader' | 'object' | 'source'
  readonly name: string
  readonly given: boolean
}

export interface RightExplanation {
  readonly right: string
  readonly given: boolean
  readonly reasons: readonly RightReason[]
}

interface NamedSource {
  readonly kind: 'profile' | 'permissionSet'
  readonly name: string
  readonly body: Pick<PermissionSet, 'objectPermissions' | 'fieldPermissions' | 'userPermissions'>
}

function sourcesIn({ profile, permissionSets }: Grants): readonly NamedSource[] {
  return [
    ...(profile === undefined
      ? []
      : [{ kind: 'profile' as const, name: profile.fullName, body: profile.body }]),
    ...permissionSets.map(({ fullName, body }) => ({
      kind: 'permissionSet' as const,
      name: fullName,
      body,
    })),
  ]
}

const objectRights: readonly ObjectRight[] = ['read', 'create', 'edit', 'delete']

export function explainObject(
  model: Model,
  held: Held,
  object: ObjectModel,
): readonly RightExplanation[] {
  const leader = rightsLeaders(model).get(object.name)
  return objectRights.map((right) => ({
    right,
    given: held.access.mayObject(object.name, right),
    reasons: [
      ...(leader === undefined ? [] : [{ kind: 'leader' as const, name: leader, given: true }]),
      ...byPermissions(held, right),
      ...sourcesIn(held.grants)
        .filter(({ body }) => givesObject(body, object.name, right))
        .map(({ kind, name }) => ({ kind, name, given: true })),
    ],
  }))
}

function byPermissions({ access }: Held, right: ObjectRight | FieldRight): readonly RightReason[] {
  const names = right === 'read' ? ['ModifyAllData', 'ViewAllData'] : ['ModifyAllData']
  return names
    .filter((name) => access.has(name))
    .map((name) => ({ kind: 'permission', name, given: true }))
}

const flags = {
  read: ['allowRead', 'viewAllRecords', 'modifyAllRecords'],
  create: ['allowCreate', 'modifyAllRecords'],
  edit: ['allowEdit', 'modifyAllRecords'],
  delete: ['allowDelete', 'modifyAllRecords'],
  viewAll: ['viewAllRecords', 'modifyAllRecords'],
  modifyAll: ['modifyAllRecords'],
} as const

function givesObject(body: NamedSource['body'], object: string, right: ObjectRight): boolean {
  return (body.objectPermissions ?? []).some(
    (entry) => entry.object === object && flags[right].some((flag) => entry[flag] === true),
  )
}

export interface FieldQuestion {
  readonly field: FieldModel
  /** Asked of every field that is named: the answer tells the asker of none that he may not read. */
  knows(object: string, field: string): boolean
}

export function explainField(
  model: Model,
  held: Held,
  { field, knows }: FieldQuestion,
): readonly RightExplanation[] {
  const object = model.object(field.object)
  if (object === undefined) return []
  const subject = rightsField(object, field)
  return (['read', 'edit'] as const).map((right) => ({
    right,
    given: held.access.mayField(object.name, field.name, right),
    reasons: [
      ...(followsObject(subject)
        ? [{ kind: 'object' as const, name: object.name, given: objectGives(held, object, right) }]
        : []),
      ...(right === 'edit' ? byPermissions(held, right) : []),
      ...sourcesIn(held.grants)
        .filter(({ body }) => givesField(body, `${object.name}.${subject.name}`, right))
        .map(({ kind, name }) => ({ kind, name, given: true })),
      ...hiddenSources(model, held, field).flatMap((source) =>
        knows(source.object, source.field)
          ? [{ kind: 'source' as const, name: `${source.object}.${source.field}`, given: false }]
          : [],
      ),
    ],
  }))
}

function objectGives({ access }: Held, object: ObjectModel, right: FieldRight): boolean {
  return access.mayObject(object.name, right)
}

function givesField(body: NamedSource['body'], field: string, right: FieldRight): boolean {
  return (body.fieldPermissions ?? []).some(
    (entry) =>
      entry.field === field &&
      (entry.editable === true || (right === 'read' && entry.readable === true)),
  )
}

/** Fields that a computed one is made of and that he may not read: with one of them he may not read it either. */
function hiddenSources(
  model: Model,
  { access }: Held,
  field: FieldModel,
): readonly { readonly object: string; readonly field: string }[] {
  if (field.options.discloses === true) return []
  return sourcesOf(model, field).filter((one) => !access.mayField(one.object, one.field, 'read'))
}
