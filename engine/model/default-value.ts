/** Default values: a literal stands as it is, anything else is a formula over globals. */
import { message, type Message } from '../base/message.ts'
import { analyseFormula, type Analysis } from '../formula/analyse-formula.ts'
import type { FormulaResult } from '../formula/result.ts'
import { printPath } from '../formula/syntax.ts'
import type { Scope as FormulaScope } from '../formula/types.ts'
import type { FieldOptions } from '../fields/field-type.ts'
import { resolveName } from './formula-names.ts'
import type { Scope } from './scope.ts'

const quoted = /^(?:"([^"\\]*)"|'([^'\\]*)')$/

/** The value that the text of a default says outright; undefined for a formula. */
export function literalOf(defaultValue: string): string | boolean | undefined {
  const text = defaultValue.trim()
  const match = quoted.exec(text)
  if (match !== null) return match[1] ?? match[2] ?? ''
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(?:\.\d+)?$/.test(text) ? text : undefined
}

export interface DefaultAnalysis {
  readonly analysis: Analysis
  /** The names that it could not find belong to the platform. */
  readonly foreign: boolean
  readonly result: FormulaResult
}

/** Undefined where the field has no default, or a literal one. */
export function analyseDefault(
  object: string,
  options: FieldOptions,
  index: Scope,
): DefaultAnalysis | undefined {
  const { defaultValue: text } = options
  if (text === undefined || text.trim() === '' || literalOf(text) !== undefined) return undefined
  let foreign: Message | undefined
  const scope = defaultScope(object, index, (problem) => (foreign = problem))
  const result = resultOf(options)
  const analysis = analyseFormula({ text, scope, context: 'default', result })
  const isForeign = foreign !== undefined && analysis.problem?.told === foreign
  return { analysis, foreign: isForeign, result }
}

/** Globals alone; `onForeign` is told of names of the platform that are not known here. */
export function defaultScope(
  object: string,
  index: Scope,
  onForeign?: (problem: Message) => void,
): FormulaScope {
  return {
    resolve: (steps) => {
      const found = resolveName(object, steps, { index })
      if ('problem' in found) {
        if (found.foreign === true) onForeign?.(found.problem)
        return found
      }
      if ('source' in found) return found
      const path = printPath(steps)
      return {
        problem: message('A default cannot use {path}: a new record has no values yet', { path }),
      }
    },
  }
}

/** What the formula must give for a field of this type; texts for all that are sent as texts. */
function resultOf({ type, scale }: FieldOptions): FormulaResult {
  switch (type) {
    case 'Checkbox':
    case 'Date':
    case 'DateTime':
    case 'Time':
      return { type }
    case 'Number':
    case 'Percent':
      return { type, scale: scale ?? 0 }
    case 'Currency':
      return { type, scale: scale ?? currencyScale }
    default:
      return { type: 'Text' }
  }
}

const currencyScale = 2
