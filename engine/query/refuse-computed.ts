/** Formulas that only the evaluator computes can be shown, but no database can compare them. */
import { refuse } from '../base/refusal.ts'
import type { FieldModel, Model } from '../model/model.ts'
import { analysedFormula } from '../model/ready-formula.ts'
import { formulaInSql } from './plan-formula.ts'

/** Refuses to filter or sort by such a field, and says why. */
export function refuseUncomputed(
  model: Model,
  field: FieldModel,
  { path, use }: { readonly path: string; readonly use: 'filtered' | 'sorted' | 'compared' },
): void {
  if (field.formula === undefined || formulaInSql(model, field)) return
  const why = analysedFormula(model, field).inert ?? 'the database cannot compute its formula'
  const message = `field '${path}' can not be ${use} in a query call: ${why}; select it and compare its values yourself.`
  throw refuse('INVALID_FIELD', message, { fields: [path] })
}
