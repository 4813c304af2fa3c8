/** Profile and permission sets → what one caller may see and change. */
import { createHash } from 'node:crypto'
import type { PermissionSet, Profile } from '../../metadata/types.ts'
import { holdsComponents, isReadByAll } from '../model/component-objects.ts'
import { customSettings } from '../model/custom-settings.ts'
import { sourcesOf } from '../model/computed-sources.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import type { Access, FieldRight, ObjectRight } from './access.ts'
import {
  assignmentObject,
  decidesRights,
  mayByDelegation,
  mayFieldByDelegation,
  membershipObject,
  userObject,
  type Delegation,
} from './delegation.ts'
import { objectSharing, rankOf, type ObjectSharing, type RowRight } from './object-sharing.ts'

export interface Grants {
  readonly profile: { readonly fullName: string; readonly body: Profile } | undefined
  readonly permissionSets: readonly { readonly fullName: string; readonly body: PermissionSet }[]
}

interface ObjectGrant {
  readonly rights: Set<ObjectRight>
  readonly readable: Set<string>
  readonly editable: Set<string>
}

interface Merged {
  readonly objects: Map<string, ObjectGrant>
  readonly permissions: Set<string>
  /** Custom settings that may be read. */
  readonly settings: Set<string>
  /** Apart from the others: a custom one may have any name. */
  readonly custom: Set<string>
}

function grantOf(merged: Merged, object: string): ObjectGrant {
  const known = merged.objects.get(object)
  if (known !== undefined) return known
  const grant = {
    rights: new Set<ObjectRight>(),
    readable: new Set<string>(),
    editable: new Set<string>(),
  }
  merged.objects.set(object, grant)
  return grant
}

type GrantSource = Pick<PermissionSet, 'objectPermissions' | 'fieldPermissions' | 'userPermissions'>

function addObjectRights(merged: Merged, source: GrantSource): void {
  for (const entry of source.objectPermissions ?? []) {
    const { rights } = grantOf(merged, entry.object)
    if (entry.allowRead) rights.add('read')
    if (entry.allowCreate) rights.add('create')
    if (entry.allowEdit) rights.add('edit')
    if (entry.allowDelete) rights.add('delete')
    if (entry.viewAllRecords) rights.add('viewAll')
    if (entry.modifyAllRecords) rights.add('modifyAll')
  }
}

function addFieldRights(merged: Merged, source: GrantSource): void {
  for (const entry of source.fieldPermissions ?? []) {
    const dot = entry.field.indexOf('.')
    const grant = grantOf(merged, entry.field.slice(0, dot))
    const field = entry.field.slice(dot + 1)
    if (entry.readable || entry.editable) grant.readable.add(field)
    if (entry.editable) grant.editable.add(field)
  }
}

function merge(grants: Grants): Merged {
  const merged: Merged = {
    objects: new Map(),
    permissions: new Set(),
    settings: new Set(),
    custom: new Set(),
  }
  const sources = [...(grants.profile ? [grants.profile] : []), ...grants.permissionSets]
  for (const { body } of sources) {
    addObjectRights(merged, body)
    addFieldRights(merged, body)
    for (const permission of body.userPermissions ?? []) {
      if (permission.enabled) merged.permissions.add(permission.name)
    }
    for (const setting of body.customSettingAccesses ?? []) {
      if (setting.enabled) merged.settings.add(setting.name)
    }
    for (const permission of body.customPermissions ?? []) {
      if (permission.enabled) merged.custom.add(permission.name)
    }
  }
  return merged
}

/**
 * A right that cannot be taken from whoever has the object: system fields, the name, required fields and the link to
 * the master, as on the platform.
 */
export function followsObject(field: FieldModel): boolean {
  return field.system || field.isName || field.required || field.reference?.kind === 'MasterDetail'
}

/** Parts of a compound follow it: rights on BillingAddress are rights on BillingCity. */
export function rightsField(object: ObjectModel, field: FieldModel): FieldModel {
  const compound =
    field.compound === undefined ? undefined : object.fieldsByName.get(field.compound.toLowerCase())
  return compound ?? field
}

/** Whoever changes what decides rights could make himself an administrator: no right on the object is enough. */
function isKept({ permissions }: Merged, object: string): boolean {
  if (holdsComponents(object)) return true
  const mayManage = permissions.has('ManageUsers') || permissions.has('ModifyAllData')
  return decidesRights.has(object) && !mayManage
}

const changes: ReadonlySet<ObjectRight> = new Set(['create', 'edit', 'delete', 'modifyAll'])

/** Pure; cheap enough to be made for every user and model version and kept. */
export function compileAccess(input: {
  readonly model: Model
  readonly userId: string
  readonly grants: Grants
  /** A customer or a partner, for whom the external sharing models hold. */
  readonly outside?: boolean
  readonly delegations?: readonly Delegation[]
}): Access {
  const { model, userId, grants, outside = false, delegations = [] } = input
  const merged = merge(grants)
  const isDelegate = delegations.length > 0
  const has = (permission: string): boolean => merged.permissions.has(permission)
  const modifyAll = has('ModifyAllData')
  const viewAll = modifyAll || has('ViewAllData')

  const settings = customSettings(model)
  const leaders = rightsLeaders(model)
  const mayObject = (object: string, right: ObjectRight): boolean => {
    if (model.ledgerNames.has(object)) return mayLedger({ model, has, mayObject }, object, right)
    if (changes.has(right) && isKept(merged, object)) {
      return isDelegate && mayByDelegation(object, right)
    }
    if (isDelegate && mayByDelegation(object, right)) return true
    if (right === 'read' && isReadByAll(object)) return true
    if (modifyAll || (viewAll && (right === 'read' || right === 'viewAll'))) return true
    const leader = leaders.get(object)
    if (leader !== undefined) return mayObject(leader, rightLed[right])
    if (settings.has(object)) return maySetting(merged, object, right)
    const rights = merged.objects.get(object)?.rights
    if (rights === undefined) return false
    return (
      rights.has(right) || rights.has('modifyAll') || (right === 'read' && rights.has('viewAll'))
    )
  }
  const mayField = (objectName: string, fieldName: string, right: FieldRight): boolean => {
    if (model.ledgerNames.has(objectName)) return right === 'read' && mayObject(objectName, right)
    if (!mayObject(objectName, 'read')) return false
    if (modifyAll) return true
    const object = model.object(objectName)
    const field = object?.fieldsByName.get(fieldName.toLowerCase())
    if (object === undefined || field === undefined) return false
    const subject = rightsField(object, field)
    if (followsObject(subject) || leaders.has(objectName)) return true
    if (isDelegate && mayFieldByDelegation(objectName, subject.name, right)) return true
    if (right === 'read' && isReadByAll(objectName)) return true
    if (settings.has(objectName)) return maySetting(merged, objectName, right)
    const grant = merged.objects.get(objectName)
    const granted = (right === 'read' ? grant?.readable : grant?.editable)?.has(subject.name)
    return granted === true && maySources(field)
  }
  const maySources = sourceRights(model, mayField)
  const open = { settings, viewAll, modifyAll, outside, mayObject, isDelegate }
  const rows: Access['rows'] = (object, right) => sharingFor(model, open, { object, right })
  const groups = delegations.map(({ group }) => `${group}.`).join('')
  const signature = `${model.version}:${outside ? 'outside.' : ''}${groups}${signatureOf(grants)}`
  const types = recordTypeAccess(model, grants, { all: modifyAll, mayObject })
  const hasCustom = (permission: string): boolean => merged.custom.has(permission)
  const own = { userId, signature, modelVersion: model.version, outside, delegations }
  return Object.freeze({ ...own, mayObject, mayField, rows, has, hasCustom, ...types })
}

/** A computed value tells of the fields it is made of, so whoever may not read one of them may not read it. */
function sourceRights(model: Model, mayField: Access['mayField']): (field: FieldModel) => boolean {
  const derived = new Map<FieldModel, boolean>()
  return (field) => {
    if (field.options.discloses === true) return true
    const known = derived.get(field)
    if (known !== undefined) return known
    const sources = sourcesOf(model, field)
    const may = sources.every((source) => mayField(source.object, source.field, 'read'))
    derived.set(field, may)
    return may
  }
}

type LedgerAccess = Pick<Access, 'has' | 'mayObject'> & { readonly model: Model }

/** What the engine writes for good is read with what it is about, or by permission; nobody changes it. */
function mayLedger(
  { model, has, mayObject }: LedgerAccess,
  name: string,
  right: ObjectRight,
): boolean {
  const readers = model.object(name)?.ledger
  if (readers === undefined || (right !== 'read' && right !== 'viewAll')) return false
  if (readers.kind === 'readers of') return mayObject(readers.object.name, right)
  if (readers.kind === 'everybody') return true
  if (readers.kind === 'parties') return right === 'read' || has(readers.permission)
  return has(readers.permission) || (right === 'read' && readers.own !== undefined)
}

/** Who may read the leading object may do all with the led one, as far as its rows are open. */
const rightLed: Readonly<Record<ObjectRight, ObjectRight>> = {
  create: 'read',
  read: 'read',
  edit: 'read',
  delete: 'read',
  viewAll: 'viewAll',
  modifyAll: 'modifyAll',
}

const ledBy = new WeakMap<Model, ReadonlyMap<string, string>>()

/** Object → the object whose rights hold for it too. */
export function rightsLeaders(model: Model): ReadonlyMap<string, string> {
  const known = ledBy.get(model)
  if (known !== undefined) return known
  const made = new Map(
    [...model.components('CustomObject')].flatMap(({ fullName, body }) =>
      body.rightsFollow === undefined ? [] : [[fullName, body.rightsFollow] as const],
    ),
  )
  ledBy.set(model, made)
  return made
}

interface OpenRows extends Pick<Access, 'mayObject' | 'outside'> {
  readonly settings: ReadonlyMap<string, unknown> | ReadonlySet<string>
  readonly viewAll: boolean
  readonly modifyAll: boolean
  readonly isDelegate: boolean
}

/** Undefined for callers and objects to whom and of which all rows are open. */
function sharingFor(
  model: Model,
  { settings, viewAll, modifyAll, outside, mayObject, isDelegate }: OpenRows,
  { object, right }: { readonly object: ObjectModel; readonly right: RowRight },
): ObjectSharing | undefined {
  const { name } = object
  if (right === 'read' ? viewAll : modifyAll) return undefined
  if (mayObject(name, right === 'read' ? 'viewAll' : 'modifyAll')) return undefined
  if (holdsComponents(name) || settings.has(name)) return undefined
  // Which users those are is asked of every save.
  if (isDelegate && right !== 'read' && changedByDelegates.get(name)?.has(right)) return undefined
  const sharing = objectSharing(model, object)
  const everybody = outside ? sharing.outsiders : sharing.everybody
  return everybody >= rankOf[right] ? undefined : sharing
}

const changedByDelegates: ReadonlyMap<string, ReadonlySet<RowRight>> = new Map([
  [userObject, new Set<RowRight>(['edit'])],
  [assignmentObject, new Set<RowRight>(['edit', 'all'])],
  [membershipObject, new Set<RowRight>(['edit', 'all'])],
  // Whoever may not change groups puts people into them all the same.
  ['Group', new Set<RowRight>(['edit'])],
])

/** As on the platform: settings are read by whom they are opened to, and changed by those who set the product up. */
function maySetting(
  { permissions, settings }: Merged,
  object: string,
  right: ObjectRight | FieldRight,
): boolean {
  if (permissions.has('CustomizeApplication')) return true
  if (right !== 'read' && right !== 'viewAll') return false
  return permissions.has('ViewAllCustomSettings') || settings.has(object)
}

/** Whoever may change all data may use every active record type. */
function recordTypeAccess(
  model: Model,
  grants: Grants,
  { all, mayObject }: { readonly all: boolean; readonly mayObject: Access['mayObject'] },
): Pick<Access, 'recordTypes' | 'defaultRecordType' | 'objectsWithRecordTypes'> {
  const visible = new Set<string>()
  const defaults = new Set<string>()
  for (const one of grants.profile?.body.recordTypeVisibilities ?? []) {
    if (one.visible) visible.add(one.recordType)
    if (one.default) defaults.add(one.recordType)
  }
  for (const { body } of grants.permissionSets) {
    for (const one of body.recordTypeVisibilities ?? []) {
      if (one.visible) visible.add(one.recordType)
    }
  }
  const recordTypes: Access['recordTypes'] = (object) =>
    object.recordTypes.filter(
      (type) => type.active && (all || visible.has(`${object.name}.${type.name}`)),
    )
  return {
    recordTypes,
    objectsWithRecordTypes: () =>
      [...model.components('CustomObject')]
        .filter(({ body }) => (body.recordTypes ?? []).length > 0)
        .map(({ fullName }) => fullName)
        .filter((name) => mayObject(name, 'read')),
    defaultRecordType: (object) => {
      const open = recordTypes(object)
      return open.find((type) => defaults.has(`${object.name}.${type.name}`)) ?? open[0]
    },
  }
}

/** Made of what is granted, not of names alone: two sources of one name must never pass for each other. */
function signatureOf(grants: Grants): string {
  const sources = [...(grants.profile ? [grants.profile] : []), ...grants.permissionSets]
  return sources
    .map(({ body }) => digestOf(body))
    .sort()
    .join('.')
}

/** Bodies are frozen and shared by many users: each is read once. */
const digests = new WeakMap<GrantSource, string>()

function digestOf(body: GrantSource): string {
  const known = digests.get(body)
  if (known !== undefined) return known
  const made = createHash('sha256').update(JSON.stringify(body)).digest('base64url')
  digests.set(body, made)
  return made
}
