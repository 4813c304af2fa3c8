/** Three-way merge of a component's body: member by member, attribute by attribute. */
import { metadataType } from './metadata-types.ts'

export interface MergeInput {
  /** What both sides started from; undefined when the component was not there. */
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
}

export interface MergeConflict {
  /** "CollectionPlan.Status label": component or member, and the attribute. */
  readonly path: string
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
}

export interface Merged {
  /** With our value wherever both sides differ. */
  readonly body: unknown
  readonly conflicts: readonly MergeConflict[]
}

type Body = Readonly<Record<string, unknown>>

export function mergeBodies(
  component: { readonly type: string; readonly fullName: string },
  { base, ours, theirs }: MergeInput,
): Merged {
  if (same(ours, theirs) || same(base, theirs)) return { body: ours, conflicts: [] }
  if (same(base, ours)) return { body: theirs, conflicts: [] }
  if (!isBody(ours) || !isBody(theirs)) {
    return { body: ours, conflicts: [{ path: component.fullName, base, ours, theirs }] }
  }
  const keys = new Map(
    (metadataType(component.type)?.members ?? []).map((list) => [list.property, list.key]),
  )
  return mergeAttributes(component.fullName, { base: isBody(base) ? base : {}, ours, theirs }, keys)
}

interface Sides {
  readonly base: Body
  readonly ours: Body
  readonly theirs: Body
}

function mergeAttributes(
  path: string,
  { base, ours, theirs }: Sides,
  lists: ReadonlyMap<string, string>,
): Merged {
  const body: Record<string, unknown> = {}
  const conflicts: MergeConflict[] = []
  for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const key = lists.get(name)
    const sides = { base: base[name], ours: ours[name], theirs: theirs[name] }
    const merged =
      key === undefined ? mergeValue(`${path} ${name}`, sides) : mergeList(path, sides, key)
    if (merged.body !== undefined) body[name] = merged.body
    conflicts.push(...merged.conflicts)
  }
  return { body, conflicts }
}

function mergeValue(path: string, { base, ours, theirs }: MergeInput): Merged {
  if (same(ours, theirs) || same(base, theirs)) return { body: ours, conflicts: [] }
  if (same(base, ours)) return { body: theirs, conflicts: [] }
  return { body: ours, conflicts: [{ path, base, ours, theirs }] }
}

/** Members are merged by name; the order is ours, with what they added at the end. */
function mergeList(path: string, sides: MergeInput, key: string): Merged {
  const base = byName(sides.base, key)
  const ours = byName(sides.ours, key)
  const theirs = byName(sides.theirs, key)
  const conflicts: MergeConflict[] = []
  const entries: unknown[] = []
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const entry = { base: base.get(name), ours: ours.get(name), theirs: theirs.get(name) }
    const merged = mergeMember(`${path}.${name}`, entry)
    if (merged.body !== undefined) entries.push(merged.body)
    conflicts.push(...merged.conflicts)
  }
  const isAbsent = entries.length === 0 && sides.ours === undefined
  return { body: isAbsent ? undefined : entries, conflicts }
}

function mergeMember(path: string, { base, ours, theirs }: MergeInput): Merged {
  if (!isBody(ours) || !isBody(theirs)) return mergeValue(path, { base, ours, theirs })
  return mergeAttributes(path, { base: isBody(base) ? base : {}, ours, theirs }, new Map())
}

function byName(list: unknown, key: string): ReadonlyMap<string, unknown> {
  const entries: readonly unknown[] = Array.isArray(list) ? list : []
  return new Map(entries.map((entry) => [isBody(entry) ? String(entry[key]) : '', entry]))
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function same(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b)
}

/** Sides may come from places that order keys differently. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      isBody(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'undefined'
  )
}
