/** Tables of what a type may become; each type names its own targets. */
import type { CastPlan, Conversion } from './field-type.ts'

type Casts = Readonly<Record<string, CastPlan>>

function plans(targets: readonly string[], loses: boolean, via: Conversion): Casts {
  return Object.fromEntries(targets.map((to) => [to, { to, loses, via }]))
}

/** Every value has its exact counterpart in the target. */
export function keeps(via: Conversion, ...targets: readonly string[]): Casts {
  return plans(targets, false, via)
}

/** Values that the target does not accept, or that it holds only in part, are lost. */
export function mayLose(via: Conversion, ...targets: readonly string[]): Casts {
  return plans(targets, true, via)
}
