/** Who uses a component: the list that a refused delete shows and a rename rewrites. */
import { message, type Message } from '../base/message.ts'
import { indexOf } from './compile-model.ts'
import type { Declaration } from './declaration.ts'
import { isMemberList, membersOf } from './members.ts'
import { metadataType } from './metadata-types.ts'
import { mentionsOf, objectOf, type Mention } from './mentions.ts'
import type { Model } from './model.ts'
import type { ModelIndex } from './model-index.ts'
import { componentKey, resolveMention } from './resolve-mention.ts'

export interface Reference {
  readonly type: string
  readonly fullName: string
  /** How it uses it: "shows it", "grants rights on it". */
  readonly says: string
}

/** "CollectionPlan.Status" or "CollectionPlan" → the components that use it, each once per way of use. */
export function referencesTo(model: Model, name: string, type?: string): readonly Reference[] {
  const key = componentKey(type ?? (name.includes('.') ? 'CustomField' : 'CustomObject'), name)
  return referenceIndex(model).get(key) ?? []
}

export function describeReference({ type, fullName: name, says }: Reference): Message {
  return message('{type} {name} {says}', { type, name, says: message(says) })
}

/** How a component stands to the object that it is of. */
export const belongs = 'belongs to it'

const indexes = new WeakMap<Model, ReadonlyMap<string, readonly Reference[]>>()

/** All uses of a model by the key of what is used; made on first need. */
export function referenceIndex(model: Model): ReadonlyMap<string, readonly Reference[]> {
  const known = indexes.get(model)
  if (known !== undefined) return known
  const index = indexOf(model)
  const references = new Map<string, Reference[]>()
  for (const ofType of index.components.values()) {
    for (const declaration of ofType.values()) {
      for (const [key, list] of collectReferences(declaration, index)) {
        const known = references.get(key)
        if (known === undefined) references.set(key, [...list])
        else known.push(...list)
      }
    }
  }
  indexes.set(model, references)
  return references
}

/** What one component uses, by the key of what is used, looked up in the given model. */
export function collectReferences(
  declaration: Declaration,
  index: ModelIndex,
): ReadonlyMap<string, readonly Reference[]> {
  const into = new Map<string, Reference[]>()
  const seen = new Set<string>()
  for (const mention of mentionsOf(declaration)) {
    const resolution = resolveMention(mention, index)
    if (resolution.kind === 'missing') continue
    const user = userOf(declaration, mention)
    for (const key of resolution.keys) {
      const once = `${key}\n${user.type} ${user.fullName}\n${user.says}`
      // A member does not use itself, nor does an object its own fields.
      if (seen.has(once) || key === componentKey(user.type, user.fullName)) continue
      seen.add(once)
      const list = into.get(key) ?? []
      into.set(key, list)
      list.push(user)
    }
  }
  const object = objectOf(declaration)
  if (object !== undefined && object !== declaration.fullName) {
    const key = componentKey('CustomObject', object)
    const list = into.get(key) ?? []
    into.set(key, list)
    list.push({ type: declaration.type, fullName: declaration.fullName, says: belongs })
  }
  return into
}

/** The member in which the mention stands, or the component itself. */
function userOf(declaration: Declaration, mention: Mention): Reference {
  const [list, position] = mention.pointer
  const { says } = mention.site
  if (typeof list === 'string' && isMemberList(declaration.type, list)) {
    const type = metadataType(declaration.type)?.members.find((one) => one.property === list)?.type
    const inList = membersOf(declaration).filter((member) => member.type === type)
    const member = typeof position === 'number' ? inList[position] : undefined
    if (member !== undefined) {
      return { type: member.type, fullName: `${declaration.fullName}.${member.name}`, says }
    }
  }
  return { type: declaration.type, fullName: declaration.fullName, says }
}
