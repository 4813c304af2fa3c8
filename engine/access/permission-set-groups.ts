/** A permission-set group as one set: all that its sets give, without what its muting sets take away again. */
import type { PermissionSet, PermissionSetGroup } from '../../metadata/types.ts'
import type { Model } from '../model/model.ts'

type Body = Readonly<PermissionSet>

const kept = new WeakMap<Model, Map<string, Body | undefined>>()

/** The rights that somebody has by a permission set or a group of this name; undefined where there is none. */
export function assignedSet(model: Model, name: string): Body | undefined {
  const set = model.component('PermissionSet', name)
  if (set !== undefined) return set.body
  const known = kept.get(model) ?? new Map<string, Body | undefined>()
  kept.set(model, known)
  if (known.has(name)) return known.get(name)
  const group = model.component('PermissionSetGroup', name)
  const made = group && groupAsSet(model, group.body)
  known.set(name, made)
  return made
}

export function groupAsSet(model: Model, group: Readonly<PermissionSetGroup>): Body {
  const bodies = (names: readonly string[] | undefined): readonly Body[] =>
    (names ?? []).flatMap((name) => model.component('PermissionSet', name)?.body ?? [])
  const given = bodies(group.permissionSets)
  const muted = bodies(group.mutingPermissionSets)
  return Object.freeze({
    fullName: group.fullName,
    label: group.label ?? group.fullName,
    objectPermissions: merged(given, muted, objects),
    fieldPermissions: merged(given, muted, fields),
    userPermissions: merged(
      given,
      muted,
      named((body) => body.userPermissions),
    ),
    customPermissions: merged(
      given,
      muted,
      named((body) => body.customPermissions),
    ),
    customSettingAccesses: merged(
      given,
      muted,
      named((body) => body.customSettingAccesses),
    ),
    recordTypeVisibilities: merged(given, muted, recordTypes),
    applicationVisibilities: merged(given, muted, applications),
  })
}

/** Lists of rights that are alike: by what each is about, and by which of its members say yes. */
interface RightList<Entry extends object> {
  of(body: Body): readonly Entry[] | undefined
  key(entry: Entry): string
  readonly flags: readonly (keyof Entry)[]
  /** Without this one there is none of the others. */
  readonly first: keyof Entry
}

const objects: RightList<NonNullable<PermissionSet['objectPermissions']>[number]> = {
  of: (body) => body.objectPermissions,
  key: (entry) => entry.object,
  flags: [
    'allowRead',
    'allowCreate',
    'allowEdit',
    'allowDelete',
    'viewAllRecords',
    'modifyAllRecords',
  ],
  first: 'allowRead',
}

const fields: RightList<NonNullable<PermissionSet['fieldPermissions']>[number]> = {
  of: (body) => body.fieldPermissions,
  key: (entry) => entry.field,
  flags: ['readable', 'editable'],
  first: 'readable',
}

const recordTypes: RightList<NonNullable<PermissionSet['recordTypeVisibilities']>[number]> = {
  of: (body) => body.recordTypeVisibilities,
  key: (entry) => entry.recordType,
  flags: ['visible'],
  first: 'visible',
}

const applications: RightList<NonNullable<PermissionSet['applicationVisibilities']>[number]> = {
  of: (body) => body.applicationVisibilities,
  key: (entry) => entry.application,
  flags: ['visible'],
  first: 'visible',
}

function named<Entry extends { name: string; enabled: boolean }>(
  of: (body: Body) => readonly Entry[] | undefined,
): RightList<Entry> {
  return { of, key: (entry) => entry.name, flags: ['enabled'], first: 'enabled' }
}

function merged<Entry extends object>(
  given: readonly Body[],
  muted: readonly Body[],
  list: RightList<Entry>,
): Entry[] {
  const byKey = new Map<string, Entry>()
  for (const entry of given.flatMap((body) => list.of(body) ?? [])) {
    const known = byKey.get(list.key(entry))
    const yes = list.flags.filter((flag) => entry[flag] === true || known?.[flag] === true)
    byKey.set(list.key(entry), having(known ?? entry, list, yes))
  }
  for (const entry of muted.flatMap((body) => list.of(body) ?? [])) {
    const known = byKey.get(list.key(entry))
    if (known === undefined) continue
    const yes = list.flags.filter((flag) => known[flag] === true && entry[flag] !== true)
    byKey.set(list.key(entry), having(known, list, yes))
  }
  return [...byKey.values()].filter((entry) => entry[list.first] === true)
}

/** The same entry with these flags alone. */
function having<Entry extends object>(
  entry: Entry,
  { flags }: RightList<Entry>,
  yes: readonly (keyof Entry)[],
): Entry {
  return { ...entry, ...Object.fromEntries(flags.map((flag) => [flag, yes.includes(flag)])) }
}
