/** Default values: a literal stands as it is, anything else is a formula over globals. */
import { analyseFormula, type Analysis } from '../formula/analyse-formula.ts'
import type { FormulaResult } from '../formula/result.ts'
import type { Formula } from '../formula/tree.ts'
import { printPath, type PathStep } from '../formula/syntax.ts'
import type { FieldOptions } from '../fields/field-type.ts'
import { indexOf } from './compile-model.ts'
import { resolveName } from './formula-names.ts'
import type { FieldModel, Model, ObjectModel } from './model.ts'
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
  let foreign: string | undefined
  const resolve = (steps: readonly PathStep[]): ReturnType<typeof resolveName> => {
    const found = resolveName(object, steps, { index })
    if ('problem' in found) {
      if (found.foreign === true) foreign = found.problem
      return found
    }
    if ('source' in found) return found
    const path = printPath(steps)
    return { problem: `A default cannot use ${path}: a new record has no values yet` }
  }
  const result = resultOf(options)
  const analysis = analyseFormula({ text, scope: { resolve }, context: 'default', result })
  const isForeign = foreign !== undefined && analysis.problem?.message === foreign
  return { analysis, foreign: isForeign, result }
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

export interface DefaultFormula {
  readonly field: FieldModel
  readonly formula: Formula
  readonly result: FormulaResult
}

const defaultsByModel = new WeakMap<Model, Map<ObjectModel, readonly DefaultFormula[]>>()

/** The fields of an object whose defaults are computed. */
export function defaultFormulas(model: Model, object: ObjectModel): readonly DefaultFormula[] {
  const ofModel = defaultsByModel.get(model) ?? new Map<ObjectModel, readonly DefaultFormula[]>()
  defaultsByModel.set(model, ofModel)
  const known = ofModel.get(object)
  if (known !== undefined) return known
  const index = indexOf(model)
  const made = object.fields.flatMap((field): readonly DefaultFormula[] => {
    if (!field.createable || field.values.some((entry) => entry.isDefault)) return []
    const found = analyseDefault(object.name, field.options, index)
    const formula = found?.analysis.formula
    return found === undefined || formula === undefined
      ? []
      : [{ field, formula, result: found.result }]
  })
  ofModel.set(object, made)
  return made
}
