/** The one way from a name in a formula to what it means, among records and globals alike. */
import { message, withMore } from '../base/message.ts'
import { meant } from '../formula/function-entry.ts'
import { nearestName } from '../base/nearest-name.ts'
import type { PathStep } from '../formula/syntax.ts'
import type { FieldMention } from '../formula/types.ts'
import { formulaGlobals } from './formula-globals.ts'
import type { GlobalMention } from './global-mention.ts'
import { recordField, type NameContext, type NameProblem } from './formula-paths.ts'

/** A path as it was written, any letter case → what it means for records of the object. */
export function resolveName(
  object: string,
  steps: readonly PathStep[],
  context: NameContext,
): FieldMention | GlobalMention | NameProblem {
  const [first] = steps
  if (first?.name.startsWith('$') === true) return resolveGlobal(object, steps, context)
  const outline = context.index.outline(object)
  if (outline === undefined) return { problem: message('There is no object {object}', { object }) }
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
  return { problem: withMore(message('There is no global {name}', { name }), meant(near)) }
}
