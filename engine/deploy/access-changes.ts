/** Rights that a plan opens on objects and fields that are there already; pure. */
import type { Profile } from '../../metadata/types.ts'
import { groupAsSet } from '../access/permission-set-groups.ts'
import type { ModelPair } from './field-changes.ts'

export interface OpenedRight {
  readonly grantor: string
  readonly on: string
  readonly rights: readonly string[]
}

const objectRights = [
  ['allowCreate', 'create'],
  ['allowRead', 'read'],
  ['allowEdit', 'edit'],
  ['allowDelete', 'delete'],
  ['viewAllRecords', 'view all'],
  ['modifyAllRecords', 'modify all'],
] as const

const fieldRights = [
  ['readable', 'read'],
  ['editable', 'edit'],
] as const

type Grantor = Pick<
  Profile,
  'fullName' | 'fieldPermissions' | 'objectPermissions' | 'userPermissions'
>

/** What permission sets and profiles that people may hold already grant beyond what they did. */
export function openedRights(
  models: ModelPair,
  keptFields: ReadonlySet<string>,
): readonly OpenedRight[] {
  const opened: OpenedRight[] = []
  for (const type of ['PermissionSet', 'Profile'] as const) {
    for (const { fullName, body } of models.wanted.components(type)) {
      const former = models.now.component(type, fullName)
      // A set that is new is nobody's yet.
      if (former === undefined || former.body === body) continue
      opened.push(...openedBy(former.body, body, { models, keptFields }))
    }
  }
  for (const { fullName, body } of models.wanted.components('PermissionSetGroup')) {
    const former = models.now.component('PermissionSetGroup', fullName)
    if (former === undefined) continue
    const before = groupAsSet(models.now, former.body)
    opened.push(...openedBy(before, groupAsSet(models.wanted, body), { models, keptFields }))
  }
  return opened
}

interface Context {
  readonly models: ModelPair
  readonly keptFields: ReadonlySet<string>
}

function openedBy(
  before: Readonly<Grantor>,
  after: Readonly<Grantor>,
  context: Context,
): OpenedRight[] {
  const { models } = context
  const grantor = after.fullName
  const opened: OpenedRight[] = []
  const objects = new Map(before.objectPermissions?.map((one) => [one.object, one]))
  for (const permission of after.objectPermissions ?? []) {
    if (models.now.object(permission.object) === undefined) continue
    const known = objects.get(permission.object)
    const rights = objectRights.flatMap(([key, name]) =>
      permission[key] === true && known?.[key] !== true ? [name] : [],
    )
    if (rights.length > 0) opened.push({ grantor, on: permission.object, rights })
  }
  const fields = new Map(before.fieldPermissions?.map((one) => [one.field, one]))
  for (const permission of after.fieldPermissions ?? []) {
    if (!holdsData(permission.field, context)) continue
    const known = fields.get(permission.field)
    const rights = fieldRights.flatMap(([key, name]) =>
      permission[key] === true && known?.[key] !== true ? [name] : [],
    )
    if (rights.length > 0) opened.push({ grantor, on: permission.field, rights })
  }
  const system = new Set(
    before.userPermissions?.filter((one) => one.enabled).map((one) => one.name),
  )
  for (const { name, enabled } of after.userPermissions ?? []) {
    if (enabled && !system.has(name)) opened.push({ grantor, on: 'the system', rights: [name] })
  }
  return opened
}

/** A field that is new in the same plan has no data yet, unless it takes up the columns of a deleted one. */
function holdsData(qualified: string, { models, keptFields }: Context): boolean {
  if (keptFields.has(qualified)) return true
  const dot = qualified.indexOf('.')
  const object = models.now.object(qualified.slice(0, dot))
  return object?.fieldsByName.has(qualified.slice(dot + 1).toLowerCase()) === true
}

/** From closed to open. */
const sharingOrder = [
  'ControlledByParent',
  'Private',
  'Read',
  'ReadWrite',
  'ReadWriteTransfer',
  'FullAccess',
]

/** True when records are shown to more people than before. */
export function opensSharing(before: string | undefined, after: string | undefined): boolean {
  const unset = 'ReadWrite'
  return sharingOrder.indexOf(after ?? unset) > sharingOrder.indexOf(before ?? unset)
}
