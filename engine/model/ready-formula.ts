/** Formula fields of a model, ready to be computed; each is analysed when it is first asked for. */
import { message } from '../base/message.ts'
import { analyseFormula } from '../formula/analyse-formula.ts'
import type { Formula } from '../formula/tree.ts'
import { indexOf } from './compile-model.ts'
import { analyseField } from './formula-analysis.ts'
import type { FieldFormula, FieldModel, Model } from './model.ts'

/** A formula field of a model, ready for both ends. */
export interface ReadyFormula extends FieldFormula {
  readonly formula: Formula
  /** Why the field has no effect and is always empty; undefined for all others. */
  readonly inert: string | undefined
}

const ready = new WeakMap<Model, Map<string, ReadyFormula>>()

/** The formula behind a formula field; refuses to be asked for any other. */
export function analysedFormula(model: Model, field: FieldModel): ReadyFormula {
  const known = ready.get(model) ?? new Map<string, ReadyFormula>()
  ready.set(model, known)
  const key = `${field.object}.${field.name}`
  const made = known.get(key) ?? makeReady(model, field)
  known.set(key, made)
  return made
}

function makeReady(model: Model, field: FieldModel): ReadyFormula {
  const index = indexOf(model)
  const outline = index.outline(field.object)
  const sketch = outline?.byName.get(field.name.toLowerCase())
  if (field.formula === undefined || outline === undefined || sketch?.formula === undefined) {
    throw new Error(`${field.object}.${field.name} is no formula field`)
  }
  const { analysis } = analyseField(outline, sketch, index)
  if (analysis.formula !== undefined) {
    return { ...field.formula, formula: analysis.formula, inert: undefined }
  }
  return { ...field.formula, formula: emptyFormula, inert: analysis.problem.message }
}

const emptyFormula = ((): Formula => {
  const { formula } = analyseFormula({
    text: 'null',
    context: 'field',
    scope: { resolve: () => ({ problem: message('no names here') }) },
  })
  if (formula === undefined) throw new Error('the empty formula is understood')
  return formula
})()
