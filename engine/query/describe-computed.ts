/** What a describe says of a field whose value is computed. */
import { sourcesOf } from '../model/computed-sources.ts'
import type { FieldModel } from '../model/model.ts'
import { analysedFormula } from '../model/ready-formula.ts'
import { formulaInSql } from './plan-formula.ts'
import type { Gate } from './resolve.ts'

/** Attributes of formula fields; those of a stored field where there is no formula. */
export function describeComputed(
  gate: Gate,
  field: FieldModel,
): Readonly<Record<'calculatedFormula' | 'formulaTreatNullNumberAsZero', unknown>> {
  const { formula } = field
  return {
    calculatedFormula: formula !== undefined && mayKnow(gate, field) ? formula.text : null,
    formulaTreatNullNumberAsZero: formula?.blanks === 'zero',
  }
}

/** A value may be disclosed to more people than the names of what it is made of. */
function mayKnow({ model, access }: Gate, field: FieldModel): boolean {
  return sourcesOf(model, field).every((one) => access.mayField(one.object, one.field, 'read'))
}

/** What queries can do with the field; nothing with a formula that no database computes. */
export function describeComparing(
  { model }: Gate,
  field: FieldModel,
): Readonly<Record<'aggregatable' | 'filterable' | 'groupable' | 'sortable', boolean>> {
  const { type, options } = field
  const isOpen = field.formula === undefined || formulaInSql(model, field)
  const filterable = isOpen && type.comparison !== undefined && type.operators.length > 0
  const { type: kind } = type.describe(options)
  return {
    aggregatable: filterable,
    filterable,
    groupable: filterable && kind !== 'double' && kind !== 'currency',
    sortable: isOpen && (type.sortColumns?.(options) ?? []).length > 0,
  }
}

/** True for text formulas that give safe markup, with links and images. */
export function isMarkup({ model }: Gate, field: FieldModel): boolean {
  return field.formula !== undefined && analysedFormula(model, field).formula.type.markup === true
}
