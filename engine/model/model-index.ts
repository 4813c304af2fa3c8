/** Everything of a model that is known before any object is compiled: components, outlines, relations. */
import type { CustomObject, Layout } from '../../metadata/types.ts'
import type { Declaration, MetadataTypeName } from './declaration.ts'
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
  readonly layouts: ReadonlyMap<string, readonly Readonly<Layout>[]>
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
  const outlines = new Map<string, ObjectOutline>()
  for (const declaration of sortedObjects(components)) {
    outlines.set(declaration.fullName.toLowerCase(), outlineOf(declaration, onOutline))
  }
  const aliases = aliasesOf(outlines)
  const outline = (name: string): ObjectOutline | undefined => {
    const folded = name.toLowerCase()
    return outlines.get(folded) ?? outlines.get(aliases.get(folded) ?? '')
  }
  return {
    components,
    outlines,
    outline,
    objectNames: Object.freeze([...outlines.values()].map((one) => one.name).sort()),
    hasFormerNames: [...outlines.values()].some((one) => one.hasFormerNames),
    children: childrenOf(outlines, outline),
    layouts: layoutsOf(components),
    component: (type, fullName) => ofTypeName(components, type)?.get(fullName),
    componentNames: (type) => ofTypeName(components, type)?.keys() ?? [],
  }
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
