/** A record type while somebody describes it, with who may use it and which layout shows it; made from and into components. */
import type { MetadataChange } from '../base/wire-metadata.ts'
import { t } from '../base/text.ts'
import type { DraftErrors } from './check-draft.ts'
import type {
  FieldBody,
  ObjectBody,
  PermissionSetBody,
  ProfileBody,
  RecordTypeBody,
} from './component-bodies.ts'
import { deriveApiName } from './derive-name.ts'
import { asBody } from './field-changes.ts'
import type { Component } from './setup-api.ts'

/** The values that a picklist offers to records of the type. */
export interface PicklistLimit {
  readonly values: ReadonlySet<string>
  /** '' for none. */
  readonly fallback: string
}

export interface ProfileUse {
  readonly visible: boolean
  /** New records of people with this profile have it. */
  readonly isDefault: boolean
  /** Full name of the layout; '' for the one of records without a type. */
  readonly layout: string
}

export interface RecordTypeDraft {
  readonly fullName: string
  readonly nameDerived: boolean
  readonly label: string
  readonly active: boolean
  readonly description: string
  readonly compactLayout: string
  /** By field; a picklist that is not in it offers all its values. */
  readonly limits: ReadonlyMap<string, PicklistLimit>
  readonly profiles: ReadonlyMap<string, ProfileUse>
  readonly permissionSets: ReadonlyMap<string, boolean>
}

/** What is around a record type. */
export interface TypeSurroundings {
  readonly object: ObjectBody
  readonly profiles: readonly Component<ProfileBody>[]
  readonly permissionSets: readonly Component<PermissionSetBody>[]
}

export const noUse: ProfileUse = { visible: false, isDefault: false, layout: '' }

export function typeDraftOf(
  type: RecordTypeBody | undefined,
  around: TypeSurroundings,
): RecordTypeDraft {
  const limits = (type?.picklistValues ?? []).map(({ picklist, values = [] }) => {
    const names = new Set(values.map((value) => decoded(value.fullName)))
    const fallback = values.find((value) => value.default === true)
    const limit = { values: names, fallback: fallback ? decoded(fallback.fullName) : '' }
    return [picklist, limit] as const
  })
  const name = `${around.object.fullName}.${type?.fullName ?? ''}`
  return {
    fullName: type?.fullName ?? '',
    nameDerived: type === undefined,
    label: type?.label ?? type?.fullName ?? '',
    active: type?.active ?? true,
    description: type?.description ?? '',
    compactLayout: type?.compactLayoutAssignment ?? '',
    limits: new Map(limits),
    profiles: new Map(around.profiles.map((one) => [one.fullName, useOf(one.body, name)])),
    permissionSets: new Map(
      around.permissionSets.map(({ fullName, body }) => {
        const uses = body.recordTypeVisibilities ?? []
        return [fullName, uses.some((use) => use.recordType === name && use.visible)]
      }),
    ),
  }
}

function useOf(profile: ProfileBody, name: string): ProfileUse {
  const use = profile.recordTypeVisibilities?.find((one) => one.recordType === name)
  const layout = profile.layoutAssignments?.find((one) => one.recordType === name)
  return {
    visible: use?.visible ?? false,
    isDefault: use?.default ?? false,
    layout: layout?.layout ?? '',
  }
}

/** The platform writes values here percent-encoded. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

export function relabelType(draft: RecordTypeDraft, label: string): RecordTypeDraft {
  return {
    ...draft,
    label,
    fullName: draft.nameDerived ? deriveApiName(label, '') : draft.fullName,
  }
}

export function checkType(draft: RecordTypeDraft, taken: readonly string[]): DraftErrors {
  const errors = new Map<string, string>()
  if (draft.label.trim() === '') errors.set('type-label', t('Enter a label.'))
  const name = draft.fullName.toLowerCase()
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(draft.fullName))
    errors.set('type-name', t('Use letters, digits and single underscores.'))
  else if (taken.some((one) => one.toLowerCase() === name))
    errors.set('type-name', t('There is a record type of this name already.'))
  for (const [field, { values }] of draft.limits)
    if (values.size === 0)
      errors.set(`limit-${field}`, t('{field}: choose at least one value.', { field }))
  return errors
}

/** Values of a picklist field; those of a global set come from `sets`. */
export function valuesOfField(
  field: FieldBody,
  sets: ReadonlyMap<string, readonly { readonly fullName: string; readonly label?: string }[]>,
): readonly { readonly name: string; readonly label: string }[] {
  const { valueSet } = field
  const own = valueSet?.valueSetDefinition?.value
  const values = own ?? sets.get(valueSet?.valueSetName ?? '') ?? []
  return values.map(({ fullName, label }) => ({ name: fullName, label: label ?? fullName }))
}

/** Components that stay as they are do not appear. */
export function typeChanges(
  draft: RecordTypeDraft,
  around: TypeSurroundings,
): readonly MetadataChange[] {
  const name = `${around.object.fullName}.${draft.fullName}`
  const before = around.object.recordTypes?.find((one) => one.fullName === draft.fullName)
  return [
    { type: 'RecordType', fullName: name, body: asBody(typeOf(draft, before)) },
    ...around.profiles.flatMap(({ fullName, body }) => {
      const use = draft.profiles.get(fullName) ?? noUse
      if (sameUse(use, useOf(body, name))) return []
      return [{ type: 'Profile', fullName, body: asBody(withUse(body, name, use)) }]
    }),
    ...around.permissionSets.flatMap(({ fullName, body }) => {
      const wanted = draft.permissionSets.get(fullName) ?? false
      const uses = body.recordTypeVisibilities ?? []
      const had = uses.some((use) => use.recordType === name && use.visible)
      if (had === wanted) return []
      const others = uses.filter((use) => use.recordType !== name)
      const visible = wanted ? [{ recordType: name, visible: true }] : []
      const changed = { ...body, recordTypeVisibilities: [...others, ...visible] }
      return [{ type: 'PermissionSet', fullName, body: asBody(changed) }]
    }),
  ]
}

function typeOf(draft: RecordTypeDraft, before: RecordTypeBody | undefined): RecordTypeBody {
  const {
    description: _was,
    compactLayoutAssignment: _had,
    ...kept
  } = before ?? {
    fullName: draft.fullName,
  }
  const description = draft.description.trim()
  return {
    ...kept,
    fullName: draft.fullName,
    label: draft.label.trim(),
    active: draft.active,
    ...(description === '' ? {} : { description }),
    ...(draft.compactLayout === '' ? {} : { compactLayoutAssignment: draft.compactLayout }),
    picklistValues: [...draft.limits].map(([picklist, { values, fallback }]) => ({
      picklist,
      values: [...values].map((value) => ({ fullName: value, default: value === fallback })),
    })),
  }
}

function sameUse(one: ProfileUse, other: ProfileUse): boolean {
  return (
    one.visible === other.visible &&
    one.isDefault === other.isDefault &&
    one.layout === other.layout
  )
}

function withUse(profile: ProfileBody, name: string, use: ProfileUse): ProfileBody {
  const object = name.split('.')[0] ?? ''
  const uses = (profile.recordTypeVisibilities ?? [])
    .filter((one) => one.recordType !== name)
    // One record type of an object is the default.
    .map((one) =>
      use.isDefault && one.recordType.startsWith(`${object}.`) ? { ...one, default: false } : one,
    )
  const shown = use.visible ? [{ recordType: name, visible: true, default: use.isDefault }] : []
  const layouts = (profile.layoutAssignments ?? []).filter((one) => one.recordType !== name)
  const layout = use.layout === '' ? [] : [{ layout: use.layout, recordType: name }]
  return {
    ...profile,
    recordTypeVisibilities: [...uses, ...shown],
    layoutAssignments: [...layouts, ...layout],
  }
}
