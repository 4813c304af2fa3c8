/** Every object that is made of the model instead of a table; a new one is one line here. */
import type { Gate } from '../resolve.ts'
import { componentObjects } from './component-objects.ts'
import { entityDefinition } from './entity-definition.ts'
import { fieldDefinition } from './field-definition.ts'
import { picklistObjects } from './picklist-objects.ts'
import type { VirtualObject } from './virtual-object.ts'

const all: readonly VirtualObject[] = [
  entityDefinition,
  fieldDefinition,
  ...componentObjects,
  ...picklistObjects,
]

const byName = new Map(all.map((object) => [object.name.toLowerCase(), object]))

/** In any letter case; undefined as well for callers who may not know of it. */
export function virtualObject(gate: Gate, name: string): VirtualObject | undefined {
  const object = byName.get(name.toLowerCase())
  return object !== undefined && mayKnow(gate, object) ? object : undefined
}

export function virtualObjects(gate: Gate): readonly VirtualObject[] {
  return all.filter((object) => mayKnow(gate, object))
}

function mayKnow(gate: Gate, { permission, isThere }: VirtualObject): boolean {
  if (permission !== undefined && !gate.access.has(permission)) return false
  return isThere === undefined || isThere(gate)
}

const mention = new RegExp(`\\bfrom\\s+(?:${[...byName.keys()].join('|')})\\b`, 'i')

/** Cheap: false for nearly every query, true for those that are worth reading for it. */
export function mayBeVirtual(soql: string): boolean {
  return mention.test(soql)
}
