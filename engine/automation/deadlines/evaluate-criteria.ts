/** Criteria of many records at once: what they look at is read in one go. */
import { computeResult } from '../../formula/result.ts'
import type { Formula } from '../../formula/tree.ts'
import type { ObjectModel } from '../../model/model.ts'
import { formulaNeeds } from '../../records/formulas/formula-needs.ts'
import { environmentOf } from '../../records/formulas/formula-row.ts'
import { loadRows, type RowReader } from '../../records/formulas/load-rows.ts'
import { knownOf, loadGlobals, surroundingsOf } from '../../records/formulas/surroundings.ts'
import type { ApprovalUnit } from '../approvals/approval-unit.ts'

/** True where there is no formula, too. */
export type Meets = (formula: Formula | undefined, id: string) => boolean

export async function criteriaOf(
  unit: ApprovalUnit,
  object: ObjectModel,
  asked: { readonly formulas: readonly Formula[]; readonly ids: readonly string[] },
): Promise<Meets> {
  const { model, tx, caller } = unit
  const reader: RowReader = {
    dialect: tx.dialect,
    locks: false,
    read: (query, holes) => tx.read(query, holes),
  }
  const needs = formulaNeeds(model, object, { formulas: asked.formulas })
  const rows = await loadRows(reader, { model, needs: needs.record, ids: asked.ids })
  const globals = await loadGlobals(reader, { model, needs, userIds: [caller.userId] })
  const now = unit.clock.now()
  const surroundings = surroundingsOf(model, caller, { now, ...knownOf(globals, caller.userId) })
  return (formula, id) => {
    if (formula === undefined) return true
    const row = rows.get(id)
    if (row === undefined) return false
    const environment = environmentOf(row, surroundings)
    const outcome = computeResult(formula, environment, { type: 'Checkbox' })
    return outcome.kind === 'value' && outcome.value === true
  }
}
