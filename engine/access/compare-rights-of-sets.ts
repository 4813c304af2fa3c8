/** What one profile or permission set grants and another does not. Pure. */
import type { PermissionSet, Profile } from '../../metadata/types.ts'

export type RightsHolder = Pick<
  PermissionSet | Profile,
  | 'objectPermissions'
  | 'fieldPermissions'
  | 'userPermissions'
  | 'customPermissions'
  | 'recordTypeVisibilities'
  | 'applicationVisibilities'
  | 'customSettingAccesses'
>

export interface RightDifference {
  /** "objectPermissions", "fieldPermissions" … */
  readonly list: string
  /** The object, field, permission … */
  readonly name: string
  /** The rights on it that only the one side has; empty where it has none beyond the other. */
  readonly left: readonly string[]
  readonly right: readonly string[]
}

type Flags = ReadonlyMap<string, readonly string[]>

const lists: readonly (readonly [string, (of: RightsHolder) => Flags])[] = [
  ['objectPermissions', (of) => flagsOf(of.objectPermissions, (entry) => entry.object)],
  ['fieldPermissions', (of) => flagsOf(of.fieldPermissions, (entry) => entry.field)],
  ['userPermissions', (of) => flagsOf(of.userPermissions, (entry) => entry.name)],
  ['customPermissions', (of) => flagsOf(of.customPermissions, (entry) => entry.name)],
  [
    'recordTypeVisibilities',
    (of) => flagsOf(of.recordTypeVisibilities, (entry) => entry.recordType),
  ],
  [
    'applicationVisibilities',
    (of) => flagsOf(of.applicationVisibilities, (entry) => entry.application),
  ],
  ['customSettingAccesses', (of) => flagsOf(of.customSettingAccesses, (entry) => entry.name)],
]

/** Defaults are preferences, no rights. */
const noRight: ReadonlySet<string> = new Set(['default', 'personAccountDefault'])

function flagsOf<Entry extends object>(
  entries: readonly Entry[] | undefined,
  key: (entry: Entry) => string,
): Flags {
  return new Map(
    (entries ?? []).map((entry) => [
      key(entry),
      Object.entries(entry).flatMap(([flag, value]) =>
        value === true && !noRight.has(flag) ? [flag] : [],
      ),
    ]),
  )
}

/** Ordered by list and name; what both grant alike is left out. */
export function compareRights(left: RightsHolder, right: RightsHolder): readonly RightDifference[] {
  return lists.flatMap(([list, flags]) => {
    const [ofLeft, ofRight] = [flags(left), flags(right)]
    const names = [...new Set([...ofLeft.keys(), ...ofRight.keys()])].sort()
    return names.flatMap((name) => {
      const [one, other] = [ofLeft.get(name) ?? [], ofRight.get(name) ?? []]
      const onlyLeft = one.filter((flag) => !other.includes(flag))
      const onlyRight = other.filter((flag) => !one.includes(flag))
      const differs = onlyLeft.length > 0 || onlyRight.length > 0
      return differs ? [{ list, name, left: onlyLeft, right: onlyRight }] : []
    })
  })
}
