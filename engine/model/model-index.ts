/** Everything of a model that is known before any object is compiled: components, outlines, relations. */
import type { CustomObject, Layout } from '../../metadata/types.ts'
import type { Declaration, MetadataTypeName } from './declaration.ts'
import { linkSummaries, type FindOutline } from './link-summaries.ts'
import { objectOf } from './mentions.ts'
import type { ChildRelationship } from './model.ts'
import { outlineOf, type ObjectOutline } from './object-outline.ts'
import type { Scope } from './scope.ts'

export type Components = ReadonlyMap<MetadataTypeName, ReadonlyMap<string, Declaration>>

export interface ModelIndex extends Scope {
  readonly components: Components
  /** By lower-case name, without aliases. */
  readonly outlines: ReadonlyMap<string, ObjectOutline>
  readonly objectNames: readonly string[]
  readonly hasFormerNames: boolean
  /** By the parent's canonical name; lists are the same object as long as nothing in them changes. */
  readonly children: ReadonlyMap<string, readonly ChildRelationship[]>
  /** By the child's canonical name: the summaries that are made of its records. */
  readonly summaries: ReadonlyMap<string, readonly SummaryName[]>
  /** By canonical name: how many levels of summaries lie below. */
  readonly summaryHeights: ReadonlyMap<string, number>
  readonly layouts: ReadonlyMap<string, readonly Readonly<Layout>[]>
}

/** A roll-up summary by its place. */
export interface SummaryName {
  readonly object: string
  readonly field: string
}

export function groupByType(declarations: Iterable<Declaration>): Components {
  const byType = new Map<MetadataTypeName, Map<string, Declaration>>()
  for (const declaration of declarations) {
    const ofType = byType.get(declaration.type) ?? new Map<string, Declaration>()
    byType.set(declaration.type, ofType)
    ofType.set(declaration.fullName, declaration)
  }
  return byType
}

export function isObject(declaration: Declaration): declaration is Declaration<'CustomObject'> {
  return declaration.type === 'CustomObject'
}

export function indexModel(
  components: Components,
  onOutline: (object: string) => void,
): ModelIndex {
  const { outlines, outline } = outlinesOf(sortedObjects(components), onOutline)
  return {
    components,
    outlines,
    outline,
    objectNames: Object.freeze([...outlines.values()].map((one) => one.name).sort()),
    hasFormerNames: [...outlines.values()].some((one) => one.hasFormerNames),
    children: childrenOf(outlines, outline),
    summaries: summariesOf(outlines),
    summaryHeights: heightsOf(outlines),
    layouts: layoutsOf(components),
    component: (type, fullName) => ofTypeName(components, type)?.get(fullName),
    componentNames: (type) => ofTypeName(components, type)?.keys() ?? [],
  }
}

export interface Outlines {
  /** By lower-case name, without aliases. */
  readonly outlines: ReadonlyMap<string, ObjectOutline>
  /** Any letter case; previous names too. */
  readonly outline: FindOutline
}

/** The outlines of all objects, with what their summaries take from each other. */
export function outlinesOf(
  declarations: Iterable<Declaration<'CustomObject'>>,
  onOutline?: (object: string) => void,
): Outlines {
  const alone = new Map<string, ObjectOutline>()
  for (const declaration of declarations) {
    alone.set(declaration.fullName.toLowerCase(), outlineOf(declaration, onOutline))
  }
  const aliases = aliasesOf(alone)
  const finder =
    (among: ReadonlyMap<string, ObjectOutline>): FindOutline =>
    (name) => {
      const folded = name.toLowerCase()
      return among.get(folded) ?? among.get(aliases.get(folded) ?? '')
    }
  const outlines = linkSummaries(alone, finder(alone))
  return { outlines, outline: finder(outlines) }
}

/** Type names of mentions are texts; an unknown one has no components. */
function ofTypeName(
  components: Components,
  type: string,
): ReadonlyMap<string, Declaration> | undefined {
  const byText: ReadonlyMap<string, ReadonlyMap<string, Declaration>> = components
  return byText.get(type)
}

function sortedObjects(components: Components): Declaration<'CustomObject'>[] {
  const objects = [...(components.get('CustomObject')?.values() ?? [])].filter(isObject)
  return objects.sort((a, b) => (a.fullName < b.fullName ? -1 : 1))
}

function aliasesOf(outlines: ReadonlyMap<string, ObjectOutline>): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>()
  for (const [folded, outline] of outlines) {
    for (const previous of outline.declaration.body.previousNames ?? []) {
      if (!outlines.has(previous.toLowerCase())) aliases.set(previous.toLowerCase(), folded)
    }
  }
  return aliases
}

function childrenOf(
  outlines: ReadonlyMap<string, ObjectOutline>,
  outline: (name: string) => ObjectOutline | undefined,
): ReadonlyMap<string, readonly ChildRelationship[]> {
  const children = new Map<string, ChildRelationship[]>()
  for (const child of outlines.values()) {
    for (const { targets, relation } of child.references) {
      if (relation === undefined) continue
      for (const target of targets) {
        const parent = outline(target)?.name ?? target
        const list = children.get(parent)
        if (list === undefined) children.set(parent, [relation])
        else list.push(relation)
      }
    }
  }
  return children
}

function summariesOf(
  outlines: ReadonlyMap<string, ObjectOutline>,
): ReadonlyMap<string, readonly SummaryName[]> {
  const byChild = new Map<string, SummaryName[]>()
  for (const outline of outlines.values()) {
    for (const field of outline.fields) {
      const child = field.options.summary?.child
      if (child === undefined) continue
      const list = byChild.get(child) ?? []
      byChild.set(child, list)
      list.push({ object: outline.name, field: field.name })
    }
  }
  return byChild
}

function heightsOf(outlines: ReadonlyMap<string, ObjectOutline>): ReadonlyMap<string, number> {
  const heights = new Map<string, number>()
  const heightOf = (outline: ObjectOutline): number => {
    const known = heights.get(outline.name)
    if (known !== undefined) return known
    // Until it is known; whoever comes back here has gone in a circle.
    heights.set(outline.name, 0)
    const below = outline.fields.flatMap(({ options: { summary } }) => {
      const child = summary && outlines.get(summary.child.toLowerCase())
      return child === undefined || child === outline ? [] : [heightOf(child) + 1]
    })
    const height = Math.max(0, ...below)
    heights.set(outline.name, height)
    return height
  }
  for (const outline of outlines.values()) {
    if (outline.fields.some(({ options }) => options.summary !== undefined)) heightOf(outline)
  }
  return heights
}

function layoutsOf(components: Components): ReadonlyMap<string, readonly Readonly<Layout>[]> {
  const byObject = new Map<string, Readonly<Layout>[]>()
  for (const declaration of components.get('Layout')?.values() ?? []) {
    const object = objectOf(declaration)
    if (object === undefined) continue
    const list = byObject.get(object.toLowerCase()) ?? []
    byObject.set(object.toLowerCase(), list)
    // The map of layouts holds declarations of that type alone.
    list.push(declaration.body as Readonly<Layout>)
  }
  for (const list of byObject.values()) list.sort((a, b) => (a.fullName < b.fullName ? -1 : 1))
  return byObject
}

export type { CustomObject }
