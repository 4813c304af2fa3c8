/** The fields of an object whose defaults are computed, ready for evaluation. */
import type { FormulaResult } from '../formula/result.ts'
import type { Formula } from '../formula/tree.ts'
import { indexOf } from './compile-model.ts'
import { analyseDefault } from './default-value.ts'
import type { FieldModel, Model, ObjectModel } from './model.ts'

export interface DefaultFormula {
  readonly field: FieldModel
  readonly formula: Formula
  readonly result: FormulaResult
}

const defaultsByModel = new WeakMap<Model, Map<ObjectModel, readonly DefaultFormula[]>>()

/** None for the many objects that have literal defaults alone. */
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
