/** Object and field rights of a permission set, changed as a whole body that can go into a plan. */
export interface ObjectRight {
  readonly object: string
  readonly allowRead?: boolean
  readonly allowCreate?: boolean
  readonly allowEdit?: boolean
  readonly allowDelete?: boolean
  readonly viewAllRecords?: boolean
  readonly modifyAllRecords?: boolean
}

export interface FieldRight {
  /** `Object.Field`. */
  readonly field: string
  readonly readable?: boolean
  readonly editable?: boolean
}

export interface RightsBody {
  readonly objectPermissions?: readonly ObjectRight[]
  readonly fieldPermissions?: readonly FieldRight[]
}

export const objectRightNames = [
  'allowRead',
  'allowCreate',
  'allowEdit',
  'allowDelete',
  'viewAllRecords',
  'modifyAllRecords',
] as const
export type ObjectRightName = (typeof objectRightNames)[number]

/** What must also be held for a right to make sense; read from left to right it is complete. */
const needs: Readonly<Record<ObjectRightName, readonly ObjectRightName[]>> = {
  allowRead: [],
  allowCreate: ['allowRead'],
  allowEdit: ['allowRead'],
  allowDelete: ['allowRead', 'allowEdit'],
  viewAllRecords: ['allowRead'],
  modifyAllRecords: ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
}

export type FieldAccess = 'none' | 'read' | 'edit'

export function hasObjectRight(body: RightsBody, object: string, name: ObjectRightName): boolean {
  return body.objectPermissions?.find((right) => right.object === object)?.[name] ?? false
}

/** Granting a right grants what it needs; taking one away takes what needs it. */
export function setObjectRight<Body extends RightsBody>(
  body: Body,
  object: string,
  change: { readonly name: ObjectRightName; readonly allowed: boolean },
): Body {
  const affected = change.allowed
    ? [change.name, ...needs[change.name]]
    : objectRightNames.filter((name) => name === change.name || needs[name].includes(change.name))
  const entries = body.objectPermissions ?? []
  const before = entries.find((right) => right.object === object) ?? { object }
  const after: ObjectRight = affected.reduce(
    (right, name) => ({ ...right, [name]: change.allowed }),
    before,
  )
  const held = objectRightNames.some((name) => after[name])
  const isSame = (right: ObjectRight) => right.object === object
  const objectPermissions = held
    ? put(entries, after, { isSame, isNear: isSame })
    : entries.filter((right) => !isSame(right))
  return { ...body, objectPermissions }
}

export function fieldAccess(body: RightsBody, field: string): FieldAccess {
  const right = body.fieldPermissions?.find((entry) => entry.field === field)
  if (right?.editable) return 'edit'
  return right?.readable ? 'read' : 'none'
}

export function setFieldAccess<Body extends RightsBody>(
  body: Body,
  field: string,
  access: FieldAccess,
): Body {
  const entries = body.fieldPermissions ?? []
  const isSame = (entry: FieldRight) => entry.field === field
  if (access === 'none')
    return { ...body, fieldPermissions: entries.filter((entry) => !isSame(entry)) }
  const object = field.slice(0, field.indexOf('.') + 1)
  const isNear = (entry: FieldRight) => entry.field.startsWith(object)
  const right = { field, readable: true, editable: access === 'edit' }
  return { ...body, fieldPermissions: put(entries, right, { isSame, isNear }) }
}

/** In the place of the same entry, else after its near ones, else at the end: files change little. */
function put<Entry>(
  entries: readonly Entry[],
  entry: Entry,
  like: { isSame(entry: Entry): boolean; isNear(entry: Entry): boolean },
): readonly Entry[] {
  const at = entries.findIndex((other) => like.isSame(other))
  if (at >= 0) return entries.with(at, entry)
  const near = entries.findLastIndex((other) => like.isNear(other))
  return near < 0 ? [...entries, entry] : entries.toSpliced(near + 1, 0, entry)
}
