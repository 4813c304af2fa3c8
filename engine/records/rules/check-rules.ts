/** Validation rules at a save: all that fail, each with its message at its field or at the top. */
import { message } from '../../base/message.ts'
import { wording, type Problem } from '../../base/refusal.ts'
import type { Environment } from '../../formula/environment.ts'
import { evaluateOrFail } from '../../formula/evaluate-formula.ts'
import type { ObjectModel } from '../../model/model.ts'
import { maySee, type Gate } from '../../query/resolve.ts'
import {
  environmentOf,
  readerOf,
  type FormulaRow,
  type Surroundings,
} from '../formulas/formula-row.ts'
import type { ReadField } from '../formulas/load-rows.ts'
import type { SaveRule } from './save-rules.ts'

/** One save as rules see it. */
export interface RuledSave {
  readonly gate: Gate
  readonly object: ObjectModel
  /** What the record will hold. */
  readonly value: ReadField
  /** What it holds now; undefined for a new record. */
  readonly prior: ReadField | undefined
  readonly isClone: boolean
  /** Lower-case names of the fields whose values were refused before: rules over them have nothing to say. */
  readonly refused: ReadonlySet<string>
}

export interface RuleRows {
  readonly row: FormulaRow
  readonly prior: FormulaRow | undefined
  readonly surroundings: Surroundings
}

export function failingRules(
  rules: readonly SaveRule[],
  save: RuledSave,
  rows: RuleRows,
): readonly Problem[] {
  if (rules.length === 0) return []
  const environment = ruleEnvironment(save, rows)
  return rules.flatMap((rule) => {
    if (save.refused.size > 0 && isTold(rule, save.refused)) return []
    const outcome = evaluateOrFail(rule.formula, environment)
    if (outcome.kind === 'failure') return outcome.beyondLimit ? [undecided(rule)] : []
    return outcome.value === true ? [broken(rule, save)] : []
  })
}

function ruleEnvironment({ isClone }: RuledSave, rows: RuleRows): Environment {
  const { row, prior, surroundings } = rows
  const isNew = prior === undefined
  return environmentOf(row, surroundings, {
    isNew,
    isClone,
    ...(prior === undefined ? {} : { prior: readerOf(prior, surroundings) }),
  })
}

function isTold({ dependsOn }: SaveRule, refused: ReadonlySet<string>): boolean {
  for (const name of refused) if (dependsOn.has(name)) return true
  return false
}

/** A field that the caller may not see is not named: the message then stands at the top. */
function broken(
  { message: text, displayField, name }: SaveRule,
  { gate, object }: RuledSave,
): Problem {
  const shown = displayField !== undefined && maySee(gate, displayField)
  return {
    errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    ...wording(message('{rule}', { rule: { text, object: object.name, part: 'rule', name } })),
    fields: shown ? [displayField.name] : [],
  }
}

/** A rule that takes too long must not be a way around it. */
function undecided({ name }: SaveRule): Problem {
  return {
    errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    ...wording(
      message('The rule {name} could not be checked: it takes too many steps for these values.', {
        name,
      }),
    ),
    fields: [],
  }
}
