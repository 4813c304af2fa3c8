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
  const others = entries.filter((right) => right.object !== object)
  const held = objectRightNames.some((name) => after[name])
  return { ...body, objectPermissions: sortBy(held ? [...others, after] : others, (r) => r.object) }
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
  const others = (body.fieldPermissions ?? []).filter((entry) => entry.field !== field)
  const right = { field, readable: access !== 'none', editable: access === 'edit' }
  const entries = access === 'none' ? others : [...others, right]
  return { ...body, fieldPermissions: sortBy(entries, (entry) => entry.field) }
}

function sortBy<Entry>(entries: readonly Entry[], key: (entry: Entry) => string): readonly Entry[] {
  return entries.toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
}
