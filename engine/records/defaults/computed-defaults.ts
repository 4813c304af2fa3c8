/** Defaults that formulas give to new records: the day, the user, the organisation. */
import type { ApiValue } from '../../fields/field-type.ts'
import { printTime } from '../../formula/calendar.ts'
import { computeResult, type FormulaResult } from '../../formula/result.ts'
import { defaultFormulas, type DefaultFormula } from '../../model/default-formulas.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { formulaNeeds } from '../formulas/formula-needs.ts'
import { environmentOf, type Surroundings } from '../formulas/formula-row.ts'
import { formulaRow, readBeside } from '../formulas/load-rows.ts'
import { createLookUps } from '../formulas/look-ups.ts'
import { knownOf, loadGlobals, surroundingsOf } from '../formulas/surroundings.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller } from '../records.ts'

export type ComputedDefaults = ReadonlyMap<FieldModel, ApiValue>

export interface DefaultsInput {
  readonly context: RecordContext
  readonly caller: Caller
  readonly model: Model
  readonly object: ObjectModel
}

/** Undefined where nothing has to be computed, so that nobody waits for it. */
export function computedDefaults(input: DefaultsInput): Promise<ComputedDefaults> | undefined {
  const formulas = defaultFormulas(input.model, input.object)
  return formulas.length === 0 ? undefined : computeAll(input, formulas)
}

async function computeAll(
  { context, caller, model, object }: DefaultsInput,
  formulas: readonly DefaultFormula[],
): Promise<ComputedDefaults> {
  const { storage, clock } = context
  const reader = readBeside(storage)
  const needs = formulaNeeds(model, object, { formulas: formulas.map(({ formula }) => formula) })
  const { userId } = caller
  const globals = await loadGlobals(reader, { model, needs, userIds: [userId] })
  const lookUps = createLookUps(reader, model)
  const surroundings = surroundingsOf(model, caller, {
    now: clock.now(),
    ...knownOf(globals, userId),
    lookUp: lookUps.find,
  })
  return lookUps.answered(() => valuesOf(object, formulas, surroundings))
}

function valuesOf(
  object: ObjectModel,
  formulas: readonly DefaultFormula[],
  surroundings: Surroundings,
): ComputedDefaults {
  const values = new Map<FieldModel, ApiValue>()
  const nothing = formulaRow(object, () => null, new Map())
  const environment = environmentOf(nothing, surroundings)
  for (const { field, formula, result } of formulas) {
    const outcome = computeResult(formula, environment, result)
    const value = outcome.kind === 'value' ? apiValue(outcome.value, result) : null
    if (value !== null) values.set(field, value)
  }
  return values
}

/** As a caller would send it. */
function apiValue(value: string | number | boolean | null, { type }: FormulaResult): ApiValue {
  if (typeof value !== 'number') return value
  return type === 'Time' ? `${printTime(value)}Z` : new Date(value).toISOString()
}
