/** Validation rules of an object, ready to be evaluated, and what is wrong with those that cannot be. */
import type { ValidationRule } from '../../metadata/types.ts'
import { analyseFormula } from '../formula/analyse-formula.ts'
import type { Formula } from '../formula/tree.ts'
import { recordScope } from './formula-scope.ts'
import type { FieldModel, Model, ObjectModel } from './model.ts'

export interface RuleModel {
  readonly name: string
  readonly formula: Formula
  readonly message: string
  /** The field at which the message is shown; at the top when there is none. */
  readonly displayField: FieldModel | undefined
  /** False where the declaration keeps the rule out of forms. */
  readonly inForms: boolean
}

const rulesByModel = new WeakMap<Model, Map<ObjectModel, readonly RuleModel[]>>()
const none: readonly RuleModel[] = Object.freeze([])

/** The active rules that can be evaluated, in the order of their names. */
export function rulesOf(model: Model, object: ObjectModel): readonly RuleModel[] {
  if (object.declaration.validationRules === undefined) return none
  const ofModel = rulesByModel.get(model) ?? new Map<ObjectModel, readonly RuleModel[]>()
  rulesByModel.set(model, ofModel)
  const known = ofModel.get(object)
  if (known !== undefined) return known
  const rules = object.declaration.validationRules
    .filter((rule) => rule.active !== false)
    .flatMap((rule) => compileRule(model, object, rule) ?? [])
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  ofModel.set(object, rules)
  return rules
}

/** Undefined where the rule has no condition, or one that names what this model does not have. */
export function compileRule(
  model: Model,
  object: ObjectModel,
  rule: Readonly<ValidationRule>,
): RuleModel | undefined {
  const { formula } = analyseFormula({
    text: rule.errorConditionFormula ?? '',
    scope: recordScope(model, object),
    context: 'rule',
    result: { type: 'Checkbox' },
  })
  if (formula === undefined) return undefined
  const display = rule.errorDisplayField?.toLowerCase()
  return {
    name: rule.fullName,
    formula,
    message: rule.errorMessage ?? rule.fullName,
    displayField: display === undefined ? undefined : object.fieldsByName.get(display),
    inForms: rule.shouldEvaluateOnClient !== false,
  }
}
