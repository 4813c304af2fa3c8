/** The one way from a name in a formula to what it means, among records and globals alike. */
import { nearestName } from '../base/nearest-name.ts'
import type { PathStep } from '../formula/syntax.ts'
import type { FieldMention } from '../formula/types.ts'
import { formulaGlobals, type GlobalMention } from './formula-globals.ts'
import { didYouMean, recordField, type NameContext, type NameProblem } from './formula-paths.ts'

/** A path as it was written, any letter case → what it means for records of the object. */
export function resolveName(
  object: string,
  steps: readonly PathStep[],
  context: NameContext,
): FieldMention | GlobalMention | NameProblem {
  const [first] = steps
  if (first?.name.startsWith('$') === true) return resolveGlobal(object, steps, context)
  const outline = context.index.outline(object)
  if (outline === undefined) return { problem: `There is no object ${object}` }
  return recordField(outline, steps, context)
}

function resolveGlobal(
  object: string,
  steps: readonly PathStep[],
  context: NameContext,
): FieldMention | GlobalMention | NameProblem {
  const [first, ...rest] = steps
  const name = first?.name ?? ''
  const known = formulaGlobals.find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (known !== undefined) return known.resolve(rest, { ...context, object })
  const near = nearestName(
    name,
    formulaGlobals.map((one) => one.name),
  )
  return { problem: `There is no global ${name}${didYouMean(near)}` }
}
