/** Bodies in their one canonical form, and what of them the engine keeps without acting on it. */
import type { ObjectShape, Shape } from './shape.ts'

/**
 * The same values with keys in the order of the schema, deeply frozen and without `$schema`.
 * The value has passed the schema's check.
 */
export function canonicalBody(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'list') {
    return Object.freeze(listOf(value).map((entry) => canonicalBody(shape.item, entry)))
  }
  if (shape.kind !== 'object' || !isRecord(value)) return value
  const ordered: Record<string, unknown> = {}
  for (const [key, property] of shape.properties) {
    if (!Object.hasOwn(value, key)) continue
    ordered[key] = canonicalBody(property.shape, value[key])
  }
  return Object.freeze(ordered)
}

/** Paths of elements that are kept; each once, however many entries of a list have it. */
export function keptPaths(shape: ObjectShape, body: unknown): readonly string[] {
  const paths = new Set<string>()
  collectKept(shape, body, { prefix: '', paths })
  return [...paths]
}

interface Collected {
  readonly prefix: string
  readonly paths: Set<string>
}

function collectKept(shape: Shape, value: unknown, into: Collected): void {
  if (shape.kind === 'list') {
    for (const entry of listOf(value)) collectKept(shape.item, entry, into)
    return
  }
  if (shape.kind !== 'object' || !isRecord(value)) return
  for (const key of Object.keys(value)) {
    const property = shape.properties.get(key)
    if (property === undefined) continue
    if (property.kept) into.paths.add(into.prefix + key)
    else if (hasProperties(property.shape)) {
      collectKept(property.shape, value[key], { ...into, prefix: `${into.prefix}${key}.` })
    }
  }
}

/** Most properties are plain values: the walk need not look into them. */
function hasProperties(shape: Shape): boolean {
  return shape.kind === 'object' || (shape.kind === 'list' && hasProperties(shape.item))
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
