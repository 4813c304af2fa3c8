/** What formulas name that stand beside a record: its fields, alone or after their object (`Name`, `Case.Name`). */
import type { Message } from '../base/message.ts'
import type { PathStep } from '../formula/syntax.ts'
import type { Scope as FormulaScope } from '../formula/types.ts'
import { resolveName } from './formula-names.ts'
import type { Scope } from './scope.ts'

/** Globals are looked at from some object or other. */
export const anyObject = 'User'

/** Without an object globals alone are known; `none` says why of everything else. */
export function qualifiedScope(
  index: Scope,
  object: string | undefined,
  none: Message,
): FormulaScope {
  return {
    resolve: (steps: readonly PathStep[]) => {
      const [first, ...rest] = steps
      if (object === undefined) {
        if (first?.name.startsWith('$') === true) return resolveName(anyObject, steps, { index })
        return { problem: none }
      }
      const own = resolveName(object, steps, { index })
      const isQualified =
        rest.length > 0 && first?.name.toLowerCase() === object.toLowerCase() && 'problem' in own
      return isQualified ? resolveName(object, rest, { index }) : own
    },
  }
}
