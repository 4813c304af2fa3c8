/** What globals of formulas are made of: where their values come from, and the fields that stand behind their names. */
import { message, withMore, type Message } from '../base/message.ts'
import { nearestName } from '../base/nearest-name.ts'
import { meant } from '../formula/function-entry.ts'
import type { PathStep } from '../formula/syntax.ts'
import type { FieldMention } from '../formula/types.ts'
import { recordField, type NameContext, type NameProblem } from './formula-paths.ts'
import type { ObjectOutline } from './object-outline.ts'

/** Where the value of a global comes from when a formula is computed. */
export type GlobalSource =
  /** A path over the record of the user who asks: ["Department"], ["Profile", "Name"]. */
  | { readonly from: 'user'; readonly path: readonly string[] }
  | { readonly from: 'organization'; readonly path: readonly string[] }
  /** True for those who have the custom permission. */
  | { readonly from: 'permission'; readonly name: string }
  /** The same for everybody, said by the model itself; texts, or numbers as texts. */
  | { readonly from: 'model'; readonly value: string | boolean | null }
  /** A field of a custom setting, as it holds for the user who asks. */
  | { readonly from: 'setting'; readonly object: string; readonly field: string }
  /** A text of the model in the caller's language; `value` where that has none. */
  | { readonly from: 'label'; readonly name: string; readonly value: string }
  /** A field itself and no value, for functions that look records up. */
  | { readonly from: 'field'; readonly object: string; readonly field: string }

export interface GlobalMention extends FieldMention {
  readonly source: GlobalSource
}

export interface GlobalContext extends NameContext {
  /** The object to which the formula belongs. */
  readonly object: string
}

export function fromModel(value: string | boolean | null): GlobalSource {
  return { from: 'model', value }
}

export function onlyStep(steps: readonly PathStep[]): string | undefined {
  return steps.length === 1 ? steps[0]?.name : undefined
}

export function unknownName(told: Message, name: string, known: readonly string[]): NameProblem {
  return { problem: withMore(told, meant(nearestName(name, known))) }
}

export function global(mention: FieldMention, path: string, source: GlobalSource): GlobalMention {
  const { ownField: _isNone, ...rest } = mention
  return { ...rest, path, label: path, source }
}

interface GlobalPath {
  readonly name: string
  readonly steps: readonly PathStep[]
  readonly context: GlobalContext
}

/** A field of the one record of an object that the global stands for. */
export function ofObject(
  object: string,
  { name, steps, context }: GlobalPath,
  source: (path: readonly string[]) => GlobalSource,
): GlobalMention | NameProblem {
  const outline = context.index.outline(object)
  if (outline === undefined) {
    return {
      problem: message('{name} needs the object {object}, which this model lacks', {
        name,
        object,
      }),
      foreign: true,
    }
  }
  const found = recordField(outline, steps, context)
  if ('problem' in found) return found
  const mention = global(found, `${name}.${found.path}`, source(found.path.split('.')))
  return { ...mention, volatile: true }
}

interface FieldOfObject {
  readonly object: ObjectOutline
  /** Its path is the field's canonical name. */
  readonly mention: FieldMention
}

export function fieldOf(
  object: string,
  { name }: PathStep,
  context: GlobalContext,
): FieldOfObject | NameProblem {
  const outline = context.index.outline(object)
  if (outline === undefined) {
    return unknownName(message('There is no object {name}', { name: object }), object, [
      ...context.index.objectNames,
    ])
  }
  const found = recordField(outline, [{ name }], context)
  return 'problem' in found ? found : { object: outline, mention: found }
}
