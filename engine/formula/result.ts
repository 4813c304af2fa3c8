/** What a formula is declared to give, and its value in the form in which the API and columns hold it. */
import { message, type Message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import { firstDay, lastDay, printDay } from './calendar.ts'
import type { Environment } from './environment.ts'
import { evaluateOrFail, type Outcome } from './evaluate-formula.ts'
import {
  absolute,
  multiply,
  power10,
  printUnits,
  roundedUnits,
  whole,
  type Rational,
} from './rational.ts'
import type { Formula, Value } from './tree.ts'
import type { TypeKind } from './types.ts'

export type FormulaResult =
  | { readonly type: 'Text' | 'Checkbox' | 'Date' | 'DateTime' | 'Time' }
  | { readonly type: 'Number' | 'Currency' | 'Percent'; readonly scale: number }

/** A number has at most so many digits in all; a longer one is an error, as on the platform. */
export const resultDigitsMax = 18

/** The kinds that a result can have. */
export type ResultKind = Extract<
  TypeKind,
  'text' | 'boolean' | 'date' | 'datetime' | 'time' | 'number'
>

export function resultKind(result: FormulaResult): ResultKind {
  return kinds[result.type]
}

const kinds: Readonly<Record<FormulaResult['type'], ResultKind>> = {
  Text: 'text',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Time: 'time',
  Number: 'number',
  Currency: 'number',
  Percent: 'number',
}

/** Digits after the point of a number where nothing says how many are wanted. */
const scaleShown = 8

/** What a formula gives by itself. */
export function ownResult(kind: TypeKind): FormulaResult {
  const own: Partial<Record<TypeKind, FormulaResult>> = {
    number: { type: 'Number', scale: scaleShown },
    boolean: { type: 'Checkbox' },
    date: { type: 'Date' },
    datetime: { type: 'DateTime' },
    time: { type: 'Time' },
  }
  return own[kind] ?? { type: 'Text' }
}

export type ResultOutcome =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'failure'; readonly told: Message; readonly beyondLimit: boolean }

/**
 * The value of a formula field: numbers as decimal texts with exactly `scale` digits after the point
 * (a percent as shown, "50.00" for 0.5), dates as `YYYY-MM-DD`, instants and times of day as
 * milliseconds, texts or null, a checkbox never null.
 */
export function computeResult(
  formula: Formula,
  environment: Environment,
  result: FormulaResult,
): ResultOutcome {
  const outcome: Outcome = evaluateOrFail(formula, environment)
  if (outcome.kind === 'failure') return outcome
  return shaped(outcome.value, result)
}

/** A value of the evaluator in the form of the result. */
function shaped(value: Value, result: FormulaResult): ResultOutcome {
  if (result.type === 'Checkbox') return { kind: 'value', value: value === true }
  if (value === null || value === '') return { kind: 'value', value: null }
  if ('scale' in result) return decimal(value as Rational, result)
  if (result.type === 'Date') {
    const day = Number(value)
    if (day < firstDay || day > lastDay) return tooBig
    return { kind: 'value', value: printDay(day) }
  }
  if (typeof value === 'string') {
    return value.length <= limits.formulaTextCharsMax ? { kind: 'value', value } : tooBig
  }
  return typeof value === 'number' ? { kind: 'value', value } : { kind: 'value', value: null }
}

const tooBig: ResultOutcome = {
  kind: 'failure',
  told: message('the value is too large'),
  beyondLimit: false,
}
const hundred = whole(100)

function decimal(value: Rational, result: { type: string; scale: number }): ResultOutcome {
  const shown = result.type === 'Percent' ? multiply(value, hundred) : value
  const units = roundedUnits(shown, result.scale)
  if (absolute(units) >= power10(resultDigitsMax)) return tooBig
  return { kind: 'value', value: printUnits(units, result.scale) }
}
