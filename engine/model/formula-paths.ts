/** Names in formulas that mean fields of the record itself or of its parents. */
import { message, withMore } from '../base/message.ts'
import { meant } from '../formula/function-entry.ts'
import { limits } from '../base/limits.ts'
import { nearestName } from '../base/nearest-name.ts'
import type { PathStep } from '../formula/syntax.ts'
import { printPath } from '../formula/syntax.ts'
import type { FieldMention, ScopeProblem } from '../formula/types.ts'
import { isKnownStandardField } from './known-standard-names.ts'
import type { FieldSketch, ObjectOutline, OutlineReference } from './object-outline.ts'
import { followedTarget } from './people-lookup.ts'
import type { Scope } from './scope.ts'

/** `foreign`: the name is one that the platform has and this model does not, so it is no slip. */
export interface NameProblem extends ScopeProblem {
  readonly foreign?: boolean
}

/** Traits of a formula field that only its own formula can tell. */
export type FormulaTraits = Pick<FieldMention, 'markup' | 'volatile'>

export interface NameContext {
  readonly index: Scope
  /** What the formula of another field says of its value. */
  readonly traits?: (outline: ObjectOutline, field: FieldSketch) => FormulaTraits
}

/** A field of a record, or of one of its parents over any number of lookups. */
export function recordField(
  outline: ObjectOutline,
  steps: readonly PathStep[],
  context: NameContext,
): FieldMention | NameProblem {
  if (steps.length - 1 > limits.formulaParentsMax) {
    const most = limits.formulaParentsMax
    return {
      problem: message('A path leads over at most {most} parents (formulaParentsMax)', { most }),
    }
  }
  const walked: string[] = []
  let current = outline
  for (const step of steps.slice(0, -1)) {
    const next = parentStep(current, step, context.index)
    if ('problem' in next) return next
    walked.push(next.name)
    current = next.outline
  }
  const last = steps.at(-1)
  if (last === undefined || last.target !== undefined) {
    return { problem: message('{path} names no field', { path: printPath(steps) }) }
  }
  const field = ownField(current, last.name)
  if ('problem' in field) return field
  return mentionOf({ outline: current, field, walked }, context)
}

interface ParentStep {
  /** As it stands in canonical paths. */
  readonly name: string
  readonly outline: ObjectOutline
}

function parentStep(
  outline: ObjectOutline,
  step: PathStep,
  index: Scope,
): ParentStep | NameProblem {
  const folded = step.name.toLowerCase()
  const reference = outline.references.find((one) => one.path.toLowerCase() === folded)
  if (reference === undefined) return unknownParent(outline, step)
  const target = targetOf(reference, step, index)
  if (typeof target === 'object') return target
  const next = index.outline(target)
  if (next === undefined) {
    return {
      problem: message('{path} leads to {target}, which is not in this model', {
        path: printPath([step]),
        target,
      }),
      foreign: true,
    }
  }
  const isPlain = reference.targets.length === 1
  return { name: isPlain ? reference.path : `${reference.path}:${next.name}`, outline: next }
}

/** The object to which a step leads; where there are several, the formula has to name it. */
function targetOf(reference: OutlineReference, step: PathStep, index: Scope): string | NameProblem {
  const { targets } = reference
  const wanted = step.target?.toLowerCase()
  const followed = followedTarget(targets)
  if (wanted === undefined && followed !== undefined) return followed
  const found = targets.find((target) => target.toLowerCase() === wanted)
  if (found !== undefined) return found
  const choices = targets.map((target) => `${reference.path}:${target}`).join(', ')
  if (wanted === undefined) {
    return {
      problem: message('{path} leads to several objects: write one of {choices}', {
        path: reference.path,
        choices,
      }),
    }
  }
  const isForeign = index.outline(step.target ?? '') === undefined
  const problem = message('{path} does not lead to {target}: it leads to {choices}', {
    path: reference.path,
    target: step.target ?? '',
    choices,
  })
  return { problem, foreign: isForeign }
}

function unknownParent(outline: ObjectOutline, { name }: PathStep): NameProblem {
  const asField = outline.byName.get(name.toLowerCase())
  const own = outline.references.find((one) => one.field === asField)
  if (own !== undefined) {
    return {
      problem: message('{name} is the lookup itself: its record is reached by {path}', {
        name,
        path: own.path,
      }),
    }
  }
  const near = nearestName(
    name,
    outline.references.map((one) => one.path),
  )
  const foreign =
    (outline.partial && !isCustom(name)) || isKnownStandardField(outline.name, `${name}Id`)
  const told = message('{object} has no parent {name}', { object: outline.name, name })
  return { problem: withMore(told, meant(near)), foreign }
}

function isCustom(name: string): boolean {
  return /__[a-z]+$/i.test(name)
}

function ownField(outline: ObjectOutline, name: string): FieldSketch | NameProblem {
  const folded = name.toLowerCase()
  const found = outline.byName.get(folded)
  if (found !== undefined) return found
  const kept = outline.kept.get(folded)
  if (kept !== undefined) {
    const field = `${outline.name}.${kept.name}`
    return { problem: message('{field} {reason}', { field, reason: kept.reason }), foreign: true }
  }
  const names = [...outline.fields, ...outline.kept.values()].map((field) => field.name)
  const near = nearestName(name, names)
  const foreign = (outline.partial && !isCustom(name)) || isKnownStandardField(outline.name, name)
  const told = message('{object} has no field {name}', { object: outline.name, name })
  return { problem: withMore(told, meant(near)), foreign }
}

interface FoundField {
  readonly outline: ObjectOutline
  readonly field: FieldSketch
  /** Canonical names of the parents on the way. */
  readonly walked: readonly string[]
}

export function mentionOf(
  { outline, field, walked }: FoundField,
  context: NameContext,
): FieldMention {
  const use = field.type.formulaUse?.(field.options) ?? { kind: 'unusable' as const }
  return {
    ...use,
    ...(field.formula === undefined ? {} : context.traits?.(outline, field)),
    path: [...walked, field.name].join('.'),
    label: {
      text: field.options.label ?? field.name,
      object: outline.name,
      part: 'field',
      name: field.name,
    },
    ...(walked.length === 0 ? { ownField: true } : {}),
  }
}
