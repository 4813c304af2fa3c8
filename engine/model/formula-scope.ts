/** What a name in a formula of an object means: its fields, those of its parents, and globals. */
import type { PathStep } from '../formula/syntax.ts'
import type { Scope as FormulaScope } from '../formula/types.ts'
import { indexOf } from './compile-model.ts'
import type { GlobalMention } from './global-mention.ts'
import { resolveName } from './formula-names.ts'
import type { FieldModel, Model, ObjectModel } from './model.ts'

/** The scope for the formulas of an object; in rules, defaults and flows too. */
export function recordScope(model: Model, object: ObjectModel): FormulaScope {
  const index = indexOf(model)
  return { resolve: (steps) => resolveName(object.name, steps, { index }) }
}

/** What a canonical path of a mention means in the compiled model. */
export type ResolvedMentionPath =
  | {
      readonly parents: readonly FieldModel[]
      /** The object behind each of the parents. */
      readonly objects: readonly ObjectModel[]
      readonly field: FieldModel
      readonly global: undefined
    }
  | { readonly global: GlobalMention }

/** For paths that a scope of the same model gave out; any other one is a mistake of the caller. */
export function resolveMentionPath(
  model: Model,
  object: ObjectModel,
  path: string,
): ResolvedMentionPath {
  const steps = path.split('.')
  if (path.startsWith('$')) return { global: globalAt(model, object, steps) }
  const last = steps.pop() ?? ''
  const parents: FieldModel[] = []
  const objects: ObjectModel[] = []
  let current = object
  for (const step of steps) {
    const [name = '', target] = step.split(':')
    const lookup = current.parents.get(name.toLowerCase())
    const next = model.object(target ?? lookup?.reference?.targets[0] ?? '')
    if (lookup === undefined || next === undefined) throw unresolved(object, path)
    parents.push(lookup)
    objects.push(next)
    current = next
  }
  const field = current.fieldsByName.get(last.toLowerCase())
  if (field === undefined) throw unresolved(object, path)
  return { parents, objects, field, global: undefined }
}

function globalAt(model: Model, object: ObjectModel, steps: readonly string[]): GlobalMention {
  const named = steps.map((step): PathStep => {
    const [name = '', target] = step.split(':')
    return target === undefined ? { name } : { name, target }
  })
  const found = resolveName(object.name, named, { index: indexOf(model) })
  if ('problem' in found || !('source' in found)) throw unresolved(object, steps.join('.'))
  return found
}

function unresolved(object: ObjectModel, path: string): Error {
  return new Error(`no field of ${object.name} has the path ${path}`)
}
