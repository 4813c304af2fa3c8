/** The formulas of template values: the documented deadline, a role of the team, or any formula over the plan. */
import { message, type Message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { analyseFormula } from '../../formula/analyse-formula.ts'
import { ownResult } from '../../formula/result.ts'
import type { Formula } from '../../formula/tree.ts'
import { recordScope } from '../../model/formula-scope.ts'
import type { FieldModel, Model } from '../../model/model.ts'
import { refuse } from '../../base/refusal.ts'
import type { PlanUnit } from './plan-unit.ts'

export const planObject = 'ActionPlan'

export type ValueFormula =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'field'; readonly field: FieldModel }
  | { readonly kind: 'formula'; readonly formula: Formula }

const daysPattern = /^\s*StartDate\s*(?:\+\s*(\d{1,9}))?\s*$/i
const rolePattern = /^\s*TEAMROLE\(\s*"([^"]{1,255})"\s*\)\s*$/i
const namePattern = /^\s*(\w+)\s*$/

/** What it means, or what is wrong with it. */
export function readValueFormula(model: Model, text: string): ValueFormula | Message {
  const days = daysPattern.exec(text)
  if (days !== null) {
    const count = Number(days[1] ?? 0)
    if (count <= limits.planDaysMax) return { kind: 'days', days: count }
    return message('A deadline lies at most {max} days after the start.', {
      max: limits.planDaysMax,
    })
  }
  const role = rolePattern.exec(text)?.[1]
  if (role !== undefined) return { kind: 'role', role }
  const object = model.object(planObject)
  if (object === undefined) return message('There are no action plans.')
  const field = object.fieldsByName.get((namePattern.exec(text)?.[1] ?? '').toLowerCase())
  if (field !== undefined && field.columns.size > 0) return { kind: 'field', field }
  const scope = recordScope(model, object)
  const { formula, problem } = analyseFormula({ text, scope, context: 'field', blanks: 'blank' })
  if (formula !== undefined) return { kind: 'formula', formula }
  return problem.told
}

/** The formula's value for a plan that was saved. */
export async function formulaValue(
  { model, records, caller }: PlanUnit,
  planId: string,
  formula: Formula,
): Promise<unknown> {
  const object = model.object(planObject)
  if (object === undefined) return null
  const result = ownResult(formula.type.kind)
  const outcome = await records.sampleFormula(caller, { object, id: planId, formula, result })
  if (outcome.kind === 'failure') {
    const { told } = outcome
    throw refuse('FIELD_CUSTOM_VALIDATION_EXCEPTION', told)
  }
  const { value } = outcome
  if (typeof value === 'number' && result.type === 'DateTime') return new Date(value).toISOString()
  return value
}

export function isMessage(found: ValueFormula | Message): found is Message {
  return 'sentence' in found
}
