/** Which component was called how: read from `previousNames`, or asked for outright. */
import type { Declaration } from './declaration.ts'
import { isObject } from './model-index.ts'
import type { ModelIndex } from './model-index.ts'
import { componentKey } from './resolve-mention.ts'

/** Old name → new name of objects; of fields by the object's *old* name; of others by component key. */
export interface Renames {
  readonly objects: ReadonlyMap<string, string>
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly others: ReadonlyMap<string, string>
}

export const noRenames: Renames = { objects: new Map(), fields: new Map(), others: new Map() }

export function inverse(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...names].map(([from, to]) => [to, from]))
}

export function hasRenames(renames: Renames): boolean {
  return renames.objects.size + renames.fields.size + renames.others.size > 0
}

interface Named {
  readonly fullName: string
  readonly previousNames?: readonly string[]
}

/**
 * The renames that the wanted declarations ask for. A previous name counts when it is new in the list, so a list that
 * has been carried out, also that of two swapped names, asks for nothing any more.
 */
export function findRenames(now: ModelIndex, wanted: Iterable<Declaration>): Renames {
  const objects: Declaration<'CustomObject'>[] = [...wanted].filter(isObject)
  const before = [...now.outlines.values()].map((outline) => outline.declaration.body)
  const objectRenames = pairNames(
    before,
    objects.map((one) => one.body),
  )
  const fields = new Map<string, ReadonlyMap<string, string>>()
  const others = new Map<string, string>()
  const oldNames = inverse(objectRenames)
  for (const declaration of objects) {
    const oldName = oldNames.get(declaration.fullName) ?? declaration.fullName
    const former = now.outlines.get(oldName.toLowerCase())?.declaration.body
    if (former === undefined || former === declaration.body) continue
    const pairs = pairNames(fieldsOf(former), fieldsOf(declaration.body))
    if (pairs.size > 0) fields.set(oldName, pairs)
  }
  return { objects: objectRenames, fields, others }
}

function fieldsOf(body: Declaration<'CustomObject'>['body']): readonly Named[] {
  const { nameField } = body
  const named =
    nameField === undefined ? [] : [{ ...nameField, fullName: nameField.fullName ?? 'Name' }]
  return [...named, ...(body.fields ?? [])]
}

function pairNames(before: readonly Named[], after: readonly Named[]): ReadonlyMap<string, string> {
  const former = new Map(before.map((one) => [one.fullName, one]))
  const pairs = new Map<string, string>()
  for (const one of after) {
    const known = former.get(one.fullName)?.previousNames ?? []
    const from = (one.previousNames ?? []).find(
      (name) => former.has(name) && !known.includes(name) && name !== one.fullName,
    )
    if (from !== undefined) pairs.set(from, one.fullName)
  }
  const names = new Set(after.map((one) => one.fullName))
  const takenOver = new Set(pairs.values())
  for (const from of pairs.keys()) {
    // The old name stays in use and nobody else's values come there: then nothing was renamed.
    if (names.has(from) && !takenOver.has(from)) pairs.delete(from)
  }
  return pairs
}

/** Components that are named after an object and therefore renamed with it, by component key. */
export function dependentRenames(
  now: ModelIndex,
  objects: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const others = new Map<string, string>()
  for (const [from, to] of objects) {
    for (const type of ['Layout', 'CustomObjectTranslation']) {
      for (const name of now.componentNames(type)) {
        if (!name.startsWith(`${from}-`)) continue
        const renamed = to + name.slice(from.length)
        others.set(componentKey(type, name), componentKey(type, renamed))
      }
    }
    for (const type of ['SharingRules', 'AssignmentRules', 'ScoringRules']) {
      if (now.component(type, from) === undefined) continue
      others.set(componentKey(type, from), componentKey(type, to))
    }
  }
  return others
}
