/** A field's column in a table of the statement: stored, or computed by the field's formula. */
import { resultColumn } from '../formula/compile-formula.ts'
import type { FieldModel } from '../model/model.ts'
import { planFormula } from './plan-formula.ts'
import { refuseUncomputed } from './refuse-computed.ts'
import type { PlannedColumn, PlannedTable } from './read-plan.ts'
import type { TableSet } from './table-set.ts'

/** Refuses formulas that only the evaluator computes: they have no column. */
export function plannedColumn(
  tables: TableSet,
  table: PlannedTable,
  { field, part }: { readonly field: FieldModel; readonly part: string },
): PlannedColumn {
  if (field.formula !== undefined) {
    refuseUncomputed(tables.model, field, { path: field.name, use: 'compared' })
    const computed = planFormula(tables, table, field)
    return { computed, part, kind: resultColumn(field.formula.result) }
  }
  const column = field.columns.get(part)
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no column '${part}'`)
  return { alias: table.alias, name: column.name, kind: column.kind }
}
