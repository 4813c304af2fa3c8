/** What the metadata says of who may see and change which records of one object; pure, the same for all callers. */
import type { CustomObject, SharedTo, SharingRules } from '../../metadata/types.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'

/** What somebody may do with a record; each includes those before it. `all`: delete it and share it. */
export type RowRight = 'read' | 'edit' | 'transfer' | 'all'

/** How far a record is open: 0 not at all, then the rights in their order. */
export const rankOf: Readonly<Record<RowRight, number>> = { read: 1, edit: 2, transfer: 3, all: 4 }

export interface ObjectSharing {
  readonly object: ObjectModel
  readonly model: Model
  /** The rank that everybody inside has who may use the object at all; and everybody from outside. */
  readonly everybody: number
  readonly outsiders: number
  /** Whoever stands above somebody has the same access. */
  readonly hierarchy: boolean
  /** The lookups whose records decide instead (ControlledByParent); empty where the object decides itself. */
  readonly parents: readonly FieldModel[]
  readonly rules: readonly SharingRule[]
  readonly grants: readonly SharingGrant[]
  /** Lookups of children: whoever sees the child may read the record. */
  readonly children: readonly SharingChild[]
  /** Records that link it to others: whoever sees those may read it. */
  readonly links: readonly SharingLink[]
  /** Set where the object's own records are such links, which then decide nothing else. */
  readonly linking: SharingLink | undefined
}

/** A rule of `SharingRules`: to whom which records are opened. */
export interface SharingRule {
  readonly name: string
  readonly rank: number
  readonly to: SharedTo
  readonly from:
    | { readonly kind: 'owners'; readonly of: SharedTo }
    | { readonly kind: 'criteria'; readonly rule: CriteriaRule }
}

export type CriteriaRule = NonNullable<SharingRules['sharingCriteriaRules']>[number]

/** Records of `holder` open records of the object: shares, members of teams, participants. */
export interface SharingGrant {
  readonly holder: ObjectModel
  readonly record: FieldModel
  readonly principal: FieldModel
  readonly level: GrantField
  readonly active: readonly GrantField[]
  /** Another owner of the record ends it. */
  readonly endsWithOwner: boolean
}

/** A field of the grant's own record, or of the one that `over` leads to. */
export interface GrantField {
  readonly over: { readonly lookup: FieldModel; readonly object: ObjectModel } | undefined
  readonly field: FieldModel
}

export interface SharingChild {
  readonly object: ObjectModel
  readonly lookup: FieldModel
}

/** Records of `holder` link records of `object` to others, to people and to groups. */
export interface SharingLink {
  readonly object: ObjectModel
  readonly holder: ObjectModel
  /** Leads to the record that is opened, and to the one by which it is. */
  readonly lookup: FieldModel
  readonly record: FieldModel
  /** V, C or I. */
  readonly level: FieldModel
  readonly visibility: FieldModel | undefined
  readonly privacy: FieldModel | undefined
}

const kept = new WeakMap<ObjectModel, ObjectSharing>()

export function objectSharing(model: Model, object: ObjectModel): ObjectSharing {
  const known = kept.get(object)
  if (known?.model === model) return known
  const { declaration } = object
  const parents = declaration.sharingModel === 'ControlledByParent' ? parentsOf(object) : []
  const own = rankOfModel(object)
  const outside = declaration.externalSharingModel
  const made: ObjectSharing = {
    object,
    model,
    everybody: own,
    outsiders: outside === undefined ? own : Math.min(own, ranks[outside] ?? 0),
    hierarchy: declaration.sharingHierarchy !== false,
    parents,
    rules: rulesOf(model, object),
    grants: grantsTo(model, object),
    children: childrenOf(model, object),
    links: linksOf(model, object),
    linking: linkingOf(model, object),
  }
  kept.set(object, made)
  return made
}

const ranks: Partial<Readonly<Record<NonNullable<CustomObject['sharingModel']>, number>>> = {
  Read: rankOf.read,
  ReadWrite: rankOf.edit,
  ReadWriteTransfer: rankOf.transfer,
  FullAccess: rankOf.all,
}

/** An object that says nothing may be read and changed by whoever may use it; what has no owner has nobody above it. */
function rankOfModel({ declaration, ownerField }: ObjectModel): number {
  const { sharingModel = 'ReadWrite' } = declaration
  const isOwned = ownerField !== undefined || sharingModel === 'ControlledByParent'
  const rank = ranks[sharingModel] ?? 0
  return rank === rankOf.edit && !isOwned ? rankOf.all : rank
}

/** The lookups that decide over a record of an object that is controlled by its parent. */
function parentsOf(object: ObjectModel): readonly FieldModel[] {
  const named = object.declaration.sharingParents
  if (named !== undefined) return named.flatMap((name) => fieldIn(object, name) ?? [])
  if (object.masterFields.length > 0) return object.masterFields
  const lookups = object.fields.filter((field) => !field.system && field.reference !== undefined)
  const binding = lookups.filter(
    (field) => field.required && field.reference?.onDelete === 'Cascade',
  )
  return binding.length > 0 ? binding : lookups.slice(0, 1)
}

function fieldIn(object: ObjectModel, name: string): FieldModel | undefined {
  return object.fieldsByName.get(name.toLowerCase())
}

const levels: ReadonlyMap<string, number> = new Map([
  ['Read', rankOf.read],
  ['Edit', rankOf.edit],
  ['All', rankOf.all],
])

export function rankOfLevel(level: string | undefined): number {
  return levels.get(level ?? '') ?? 0
}

/** The words of access levels that give at least this right. */
export function levelsFrom(rank: number): readonly string[] {
  return [...levels].filter(([, one]) => one >= rank).map(([level]) => level)
}

function rulesOf(model: Model, object: ObjectModel): readonly SharingRule[] {
  const body = model.component('SharingRules', object.name)?.body
  const byOwner = (body?.sharingOwnerRules ?? []).map(
    ({ fullName, accessLevel, sharedTo = {}, sharedFrom = {} }): SharingRule => ({
      name: fullName,
      rank: rankOfLevel(accessLevel),
      to: sharedTo,
      from: { kind: 'owners', of: sharedFrom },
    }),
  )
  const byValue = (body?.sharingCriteriaRules ?? []).map((rule): SharingRule => ({
    name: rule.fullName,
    rank: rankOfLevel(rule.accessLevel),
    to: rule.sharedTo ?? {},
    from: { kind: 'criteria', rule },
  }))
  return [...byOwner, ...byValue].filter(({ rank }) => rank > 0)
}

interface Holder {
  readonly object: string
  readonly grant: NonNullable<CustomObject['sharingGrants']>[number]
}

const holders = new WeakMap<Model, readonly Holder[]>()

/** All grants that the files declare; looked through once per model. */
function allGrants(model: Model): readonly Holder[] {
  const known = holders.get(model)
  if (known !== undefined) return known
  const made = [...model.components('CustomObject')].flatMap(({ fullName, body }) =>
    (body.sharingGrants ?? []).map((grant) => ({ object: fullName, grant })),
  )
  holders.set(model, made)
  return made
}

function grantsTo(model: Model, object: ObjectModel): readonly SharingGrant[] {
  return allGrants(model).flatMap(({ object: name, grant }) => {
    const holder = model.object(name)
    const record = holder && fieldIn(holder, grant.record)
    const principal = holder && fieldIn(holder, grant.principal)
    const level = holder && grantField(model, holder, grant.accessLevel)
    if (holder === undefined || level === undefined) return []
    if (record?.reference?.targets.includes(object.name) !== true) return []
    if (principal?.reference === undefined) return []
    const active = (grant.active ?? []).map((path) => grantField(model, holder, path))
    // A condition that cannot be asked must not count as met.
    if (active.includes(undefined)) return []
    const endsWithOwner = grant.endsWithOwner === true
    const met = active.filter((one) => one !== undefined)
    return [{ holder, record, principal, level, active: met, endsWithOwner }]
  })
}

function grantField(model: Model, holder: ObjectModel, path: string): GrantField | undefined {
  const [first = '', second] = path.split('.')
  if (second === undefined) {
    const field = fieldIn(holder, first)
    return field && { over: undefined, field }
  }
  const lookup = fieldIn(holder, first)
  const object = model.object(lookup?.reference?.targets[0] ?? '')
  const field = object && fieldIn(object, second)
  return lookup && object && field && { over: { lookup, object }, field }
}

function childrenOf(model: Model, object: ObjectModel): readonly SharingChild[] {
  return (object.declaration.sharedByChildren ?? []).flatMap((qualified) => {
    const [name = '', lookupName = ''] = qualified.split('.')
    const child = model.object(name)
    const lookup = child && fieldIn(child, lookupName)
    if (child === undefined || lookup?.reference?.targets.includes(object.name) !== true) return []
    return [{ object: child, lookup }]
  })
}

function linksOf(model: Model, object: ObjectModel): readonly SharingLink[] {
  return (object.declaration.sharedByLinks ?? []).flatMap((declared) => {
    const [name = '', lookupName = ''] = declared.link.split('.')
    const holder = model.object(name)
    if (holder === undefined) return []
    const lookup = fieldIn(holder, lookupName)
    const record = fieldIn(holder, declared.record)
    const level = fieldIn(holder, declared.accessLevel)
    const visibility = fieldIn(holder, declared.visibility ?? '')
    const privacy = fieldIn(object, declared.privacy ?? '')
    // A condition that cannot be asked must not count as met.
    if (declared.visibility !== undefined && visibility === undefined) return []
    if (declared.privacy !== undefined && privacy === undefined) return []
    if (lookup?.reference?.targets.includes(object.name) !== true) return []
    if (record?.reference === undefined || level === undefined) return []
    return [{ object, holder, lookup, record, level, visibility, privacy }]
  })
}

const linkers = new WeakMap<Model, ReadonlyMap<string, string>>()

/** Object of links → the object whose records they link; looked through once per model. */
function allLinkers(model: Model): ReadonlyMap<string, string> {
  const known = linkers.get(model)
  if (known !== undefined) return known
  const made = new Map(
    [...model.components('CustomObject')].flatMap(({ fullName, body }) =>
      (body.sharedByLinks ?? []).map(
        ({ link }) => [(link.split('.')[0] ?? '').toLowerCase(), fullName] as const,
      ),
    ),
  )
  linkers.set(model, made)
  return made
}

function linkingOf(model: Model, object: ObjectModel): SharingLink | undefined {
  const linked = model.object(allLinkers(model).get(object.name.toLowerCase()) ?? '')
  return linked && linksOf(model, linked).find(({ holder }) => holder.name === object.name)
}
