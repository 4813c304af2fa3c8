/** All checks of one component, whatever it was read from: schema, names and double entries. */
import { message } from '../../base/message.ts'
import { bodyProblem, quote, type BodyProblem, type Pointer } from './body-problem.ts'
import { canonicalBody, isRecord, keptPaths, listOf } from './canonical-body.ts'
import { checkName } from './naming.ts'
import { checkShape } from './check-shape.ts'
import type { Declaration, KeptElement, MetadataTypeName } from '../declaration.ts'
import { metadataType, type MemberList, type MetadataType } from '../metadata-types.ts'
import { shapeOf } from './shape.ts'

export interface CheckedComponent {
  /** Absent when there are problems. */
  readonly declaration?: Declaration
  readonly problems: readonly BodyProblem[]
  readonly kept: readonly KeptElement[]
}

/** Checks a value as the body of the component; the value is safe to walk recursively. */
export function checkComponent(
  typeName: MetadataTypeName,
  fullName: string,
  value: unknown,
): CheckedComponent {
  const type = metadataType(typeName)
  if (type === undefined) throw new Error(`no metadata type ${typeName}`)
  const problems = [
    ...checkShape(shapeOf(typeName), value),
    ...checkFullName(type, fullName, value),
    ...type.members.flatMap((list) => checkMemberNames(list, value)),
    ...checkPreviousNames(type, value),
  ]
  if (problems.length > 0) return { problems, kept: [] }
  const body = canonicalBody(shapeOf(typeName), value)
  // The schema of this type has accepted the value: that is what the type says.
  const declaration = { type: typeName, fullName, body } as Declaration
  return { declaration, problems, kept: keptElements(type, fullName, body) }
}

function checkFullName(
  type: MetadataType,
  fullName: string,
  value: unknown,
): readonly BodyProblem[] {
  const pointer = ['fullName']
  const written = isRecord(value) ? value['fullName'] : undefined
  const problem = checkName(type.naming, fullName)
  const found =
    problem === undefined ? [] : [bodyProblem({ pointer }, problem.reason, problem.suggestion)]
  if (typeof written !== 'string' || written === fullName) return found
  const reason = message('the full name {written} is not that of the file, {fullName}', {
    written: quote(written),
    fullName: quote(fullName),
  })
  return [...found, bodyProblem({ pointer }, reason, message('write the same name in both places'))]
}

function checkMemberNames(list: MemberList, value: unknown): readonly BodyProblem[] {
  const entries = isRecord(value) ? listOf(value[list.property]) : []
  return entries.flatMap((entry, index) => {
    if (!isRecord(entry)) return []
    const pointer = [list.property, index]
    return [
      ...checkNameAt([...pointer, list.key], list, entry[list.key]),
      ...checkNameList([...pointer, 'previousNames'], list, entry['previousNames']),
    ]
  })
}

function checkPreviousNames(type: MetadataType, value: unknown): readonly BodyProblem[] {
  if (type.naming !== 'object' || !isRecord(value)) return []
  return checkNameList(['previousNames'], type, value['previousNames'])
}

function checkNameList(
  pointer: Pointer,
  kind: Pick<MemberList, 'naming'>,
  value: unknown,
): readonly BodyProblem[] {
  return listOf(value).flatMap((name, index) => checkNameAt([...pointer, index], kind, name))
}

function checkNameAt(
  pointer: Pointer,
  kind: Pick<MemberList, 'naming'>,
  name: unknown,
): readonly BodyProblem[] {
  if (typeof name !== 'string') return []
  const problem = checkName(kind.naming, name)
  return problem === undefined ? [] : [bodyProblem({ pointer }, problem.reason, problem.suggestion)]
}

/** The component as people know it: an object by its name, all others with their type. */
export function componentName(type: MetadataTypeName, fullName: string): string {
  return type === 'CustomObject' ? fullName : `${type}:${fullName}`
}

/** The component or member that a place in a body belongs to. */
export function componentAt(
  type: MetadataTypeName,
  fullName: string,
  place: { readonly body: unknown; readonly pointer: Pointer },
): string {
  const [property, index] = place.pointer
  const component = componentName(type, fullName)
  const list = metadataType(type)?.members.find((member) => member.property === property)
  if (list === undefined || typeof index !== 'number' || !isRecord(place.body)) return component
  const entry = listOf(place.body[list.property])[index]
  const name = isRecord(entry) ? entry[list.key] : undefined
  return typeof name === 'string' ? `${component}.${name}` : component
}

function keptElements(type: MetadataType, fullName: string, body: unknown): readonly KeptElement[] {
  const component = componentName(type.name, fullName)
  const shape = shapeOf(type.name)
  if (shape.kept) return [{ component, path: '' }]
  if (!isRecord(body)) return []
  const lists = new Set(type.members.map((list) => list.property))
  const direct = Object.fromEntries(Object.entries(body).filter(([key]) => !lists.has(key)))
  return [
    ...keptPaths(shape, direct).map((path) => ({ component, path })),
    ...type.members.flatMap((list) => keptInMembers(list, { type, fullName, body })),
  ]
}

function keptInMembers(
  list: MemberList,
  of: {
    readonly type: MetadataType
    readonly fullName: string
    readonly body: Readonly<Record<string, unknown>>
  },
): readonly KeptElement[] {
  const property = shapeOf(of.type.name).properties.get(list.property)
  if (property?.shape.kind !== 'list' || property.shape.item.kind !== 'object') return []
  const item = property.shape.item
  return listOf(of.body[list.property]).flatMap((entry, index) => {
    const place = { body: of.body, pointer: [list.property, index] }
    const component = componentAt(of.type.name, of.fullName, place)
    if (property.kept) return [{ component, path: '' }]
    return keptPaths(item, entry).map((path) => ({ component, path }))
  })
}
