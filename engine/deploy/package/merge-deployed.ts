/**
 * What a client deploys over what is there: members that come are put in place of those of their name, others stay;
 * attributes of ours, which the public types do not have, stay where nothing takes their place.
 */
import type { MetadataTypeName } from '../../model/declaration.ts'
import { metadataType } from '../../model/metadata-types.ts'
import { isRecord, listOf } from '../../model/source/canonical-body.ts'
import { shapeOf, type ObjectShape, type Shape } from '../../model/source/shape.ts'

type Body = Readonly<Record<string, unknown>>

/** Profiles come in parts: only what the package is about. */
const partial: ReadonlySet<MetadataTypeName> = new Set(['Profile'])

export function mergeDeployed(type: MetadataTypeName, present: unknown, incoming: Body): Body {
  if (!isRecord(present)) return incoming
  const shape = shapeOf(type)
  const lists = new Map(
    (metadataType(type)?.members ?? []).map((list) => [list.property, list.key]),
  )
  if (partial.has(type)) return mergePartial(shape, present, incoming)
  if (lists.size === 0) return withOwn(shape, present, incoming)
  const body: Record<string, unknown> = { ...present }
  for (const [name, value] of Object.entries(incoming)) {
    const key = lists.get(name)
    const property = shape.properties.get(name)?.shape
    body[name] =
      key === undefined
        ? withOwnValue(property, present[name], value)
        : mergeMembers(property, { present: present[name], incoming: value, key: keyOf(key) })
  }
  return body
}

/** One member on its own. */
export function mergeDeployedMember(shape: ObjectShape, present: unknown, incoming: Body): Body {
  return isRecord(present) ? withOwn(shape, present, incoming) : incoming
}

interface Lists {
  readonly present: unknown
  readonly incoming: unknown
  readonly key: KeyOf
}

type KeyOf = (entry: Body) => unknown

/** A page for an object and record type takes the place of the one before. */
const layoutKey: KeyOf = ({ layout, recordType }) =>
  `${String(layout).split('-', 1)[0] ?? ''} ${String(recordType ?? '')}`

function mergeMembers(shape: Shape | undefined, { present, incoming, key }: Lists): unknown {
  const item = shape?.kind === 'list' ? shape.item : undefined
  const waiting = new Map(listOf(incoming).map((entry) => [nameOf(entry, key), entry]))
  const merged = listOf(present).map((entry) => {
    const name = nameOf(entry, key)
    const next = waiting.get(name)
    if (next === undefined) return entry
    waiting.delete(name)
    return withOwnValue(item, entry, next)
  })
  return [...merged, ...waiting.values()]
}

function keyOf(attribute: string): KeyOf {
  // Entries without a name are never taken for each other.
  return (entry) => entry[attribute] ?? entry
}

function nameOf(entry: unknown, key: KeyOf): unknown {
  return isRecord(entry) ? key(entry) : entry
}

function mergePartial(shape: ObjectShape, present: Body, incoming: Body): Body {
  const body: Record<string, unknown> = { ...present }
  for (const [name, value] of Object.entries(incoming)) {
    const property = shape.properties.get(name)?.shape
    const named = property?.kind === 'list' ? property.key : undefined
    const key =
      name === 'layoutAssignments' ? layoutKey : named === undefined ? undefined : keyOf(named)
    body[name] =
      key === undefined
        ? value
        : mergeMembers(property, { present: present[name], incoming: value, key })
  }
  return body
}

/** The incoming body with the attributes of ours that it does not speak of. */
function withOwn(shape: ObjectShape, present: Body, incoming: Body): Body {
  const body: Record<string, unknown> = { ...incoming }
  for (const [name, property] of shape.properties) {
    if (property.own && body[name] === undefined && present[name] !== undefined) {
      body[name] = present[name]
    } else if (name in body) body[name] = withOwnValue(property.shape, present[name], body[name])
  }
  return body
}

function withOwnValue(shape: Shape | undefined, present: unknown, incoming: unknown): unknown {
  const isObject = shape?.kind === 'object' && isRecord(present) && isRecord(incoming)
  return isObject ? withOwn(shape, present, incoming) : incoming
}
