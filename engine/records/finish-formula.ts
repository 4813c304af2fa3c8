/** Formulas that no database computes: evaluated from the inputs that the read brought. */
import type { Environment, RawValue } from '../formula/environment.ts'
import { computeResult, type FormulaResult } from '../formula/result.ts'
import { dayMs } from '../formula/calendar.ts'
import type { PlannedFormula, PlannedInput } from '../query/read-plan.ts'
import { exactDigits, givenDigits } from './exact-json.ts'
import type { FormulaValues } from './formula-values.ts'

/** The API's value of the field; `inputs` as the statement built them, numbers put aside. */
export function finishFormula(
  formula: PlannedFormula,
  inputs: unknown,
  values: FormulaValues,
): string | boolean | null {
  const value = computed(formula, inputs, values)
  return apiForm(value, formula.ready.result)
}

function computed(
  { ready, inputs }: PlannedFormula,
  given: unknown,
  values: FormulaValues,
): string | number | boolean | null {
  const none = ready.result.type === 'Checkbox' ? false : null
  // No list came where the parent that has the formula is not there.
  if (!Array.isArray(given)) return none
  const list: readonly unknown[] = given
  const raw = new Map<string, RawValue>()
  for (const [index, [path, input]] of [...inputs].entries()) {
    raw.set(path, inputValue(input, list[index], values))
  }
  const environment: Environment = {
    now: values.now,
    zone: values.zone,
    read: ({ path }) => raw.get(path),
  }
  const outcome = computeResult(ready.formula, environment, ready.result)
  return outcome.kind === 'value' ? outcome.value : none
}

function inputValue(input: PlannedInput, given: unknown, values: FormulaValues): RawValue {
  switch (input.kind) {
    case 'global':
      return values.globals.get(input.global.mention.path)
    case 'constant':
      return input.value
    case 'computed':
      return input.formula.inSql ? plain(given) : computed(input.formula, given, values)
    case 'stored':
      return plain(given)
  }
}

/** The database built it from a field's own column, and its numbers were put aside as texts. */
function plain(given: unknown): RawValue {
  if (typeof given === 'string') return givenDigits(given) ?? given
  if (typeof given !== 'object' || given === null) return given as RawValue
  const place = Object.entries(given).map(([key, value]) => [key, plain(value)])
  return Object.fromEntries(place) as RawValue
}

/** A computed value as JSON holds it, with numbers as decimal texts. */
export function resultText(
  value: string | number | boolean | null,
  { type }: FormulaResult,
): string | boolean | null {
  if (typeof value !== 'number') return value
  const text = new Date(type === 'Time' ? value % dayMs : value).toISOString()
  return type === 'Time' ? text.slice(11) : text.replace('Z', '+0000')
}

function apiForm(
  value: string | number | boolean | null,
  result: FormulaResult,
): string | boolean | null {
  const text = resultText(value, result)
  return 'scale' in result && typeof text === 'string' ? exactDigits(text) : text
}
