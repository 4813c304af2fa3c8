/** The formulas that a scoring rule is made of, as texts with what they must give. */
import type { ScoringRule, ScoringRuleEntry } from '../../../metadata/types.ts'
import { formulaResult, formulaType } from '../../fields/formula-types.ts'
import type { FormulaResult } from '../../formula/result.ts'
import type { FieldSketch, ObjectOutline } from '../object-outline.ts'
import { criteriaText } from './rule-criteria.ts'
import type { RuleFormula } from './rule-formulas.ts'

/** What a record that fits both rule and entry scores; undefined for entries that count nothing. */
export function entryFormula(
  outline: ObjectOutline,
  rule: Readonly<ScoringRule>,
  entry: Readonly<ScoringRuleEntry>,
): RuleFormula | undefined {
  const [whole, own] = [criteriaText(outline, rule), criteriaText(outline, entry)]
  const points = entry.scoreFormula ?? (entry.score === undefined ? undefined : `${entry.score}`)
  const isOff = entry.active === false || points === undefined
  if (isOff || whole.text === undefined || own.text === undefined) return undefined
  const text = `IF(AND(${whole.text}, ${own.text}), ${points}, 0)`
  return { text, result: scoreResult(outline, rule) }
}

export function scoreResult(outline: ObjectOutline, { scoreField }: ScoringRule): FormulaResult {
  const scale = outline.byName.get(scoreField.toLowerCase())?.options.scale ?? 0
  return { type: 'Number', scale }
}

const keptTypes: ReadonlySet<string> = new Set([
  'Number',
  'Currency',
  'Percent',
  'Checkbox',
  'Date',
  'DateTime',
])

/** What a formula must give that keeps the field; undefined for fields that cannot be kept. */
export function keptResult(field: FieldSketch): FormulaResult | undefined {
  const { name } = field.type
  if (!keptTypes.has(name) || field.formula !== undefined || field.origin !== 'declared') {
    return undefined
  }
  return formulaType(name) && formulaResult(field.options)
}
