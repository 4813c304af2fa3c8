/** Scoring rules: whether everything they compare, compute and keep is there and fits. */
import type { ScoringRule } from '../../../metadata/types.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import type { ModelIndex } from '../model-index.ts'
import type { Pointer } from '../source-problem.ts'
import { checkCriteria, checkRuleFormula, report, type RuleCheck } from './rule-formulas.ts'
import { keptResult, scoreResult } from './score-formulas.ts'

export function checkScoring(
  check: RuleCheck,
  index: ModelIndex,
  rules: readonly Readonly<ScoringRule>[],
): void {
  const own = { ...check, kept: new Set<string>(), summed: summedFields(index, check.outline.name) }
  rules.forEach((rule, at) => checkRule(own, rule, ['scoringRule', at]))
}

interface ScoringCheck extends RuleCheck {
  /** Fields that rules of the file keep, in lower case. */
  readonly kept: Set<string>
  readonly summed: ReadonlySet<string>
}

/** Fields, in lower case, that roll-ups of other objects are made of. */
function summedFields(index: ModelIndex, child: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { object, field } of index.summaries.get(child) ?? []) {
    const { options } =
      index.outlines.get(object.toLowerCase())?.byName.get(field.toLowerCase()) ?? {}
    const { summarizedField, summaryFilterItems = [] } = options ?? {}
    for (const path of [summarizedField ?? '', ...summaryFilterItems.map((item) => item.field)]) {
      names.add(path.split('.').at(-1)?.toLowerCase() ?? '')
    }
  }
  return names
}

function checkRule(check: ScoringCheck, rule: Readonly<ScoringRule>, pointer: Pointer): void {
  const { outline } = check
  const score = outline.byName.get(rule.scoreField.toLowerCase())
  if (score !== undefined && score.type.name !== 'Number') {
    const reason = message('{field} is no Number field; a score is kept in one', {
      field: score.name,
    })
    report(check, [...pointer, 'scoreField'], reason)
  }
  checkKept(check, rule.scoreField, [...pointer, 'scoreField'])
  rule.fieldUpdates?.forEach(({ field, formula }, at) => {
    const place = [...pointer, 'fieldUpdates', at]
    const sketch = outline.byName.get(field.toLowerCase())
    if (sketch === undefined) return
    checkKept(check, field, [...place, 'field'])
    const result = keptResult(sketch)
    if (result !== undefined)
      return checkRuleFormula(check, [...place, 'formula'], { text: formula, result })
    const reason = message('{field} cannot be kept: numbers, days, moments and checkboxes can', {
      field: sketch.name,
    })
    report(check, [...place, 'field'], reason)
  })
  checkCriteria(check, pointer, rule)
  checkEntries(check, rule, pointer)
}

function checkKept(check: ScoringCheck, field: string, pointer: Pointer): void {
  const name = field.toLowerCase()
  if (check.kept.has(name)) {
    report(check, pointer, message('{field} is kept by two rules', { field }))
  }
  check.kept.add(name)
  if (!check.summed.has(name)) return
  const reason = message('{field} is part of a roll-up summary, which would not see it move', {
    field,
  })
  report(check, pointer, reason)
}

function checkEntries(check: ScoringCheck, rule: Readonly<ScoringRule>, pointer: Pointer): void {
  const entries = rule.ruleEntry ?? []
  if (entries.length > limits.ruleEntriesMax) {
    const reason = message('at most {max} entries are possible (ruleEntriesMax)', {
      max: limits.ruleEntriesMax,
    })
    report(check, [...pointer, 'ruleEntry'], reason)
  }
  entries.slice(0, limits.ruleEntriesMax).forEach((entry, at) => {
    const place = [...pointer, 'ruleEntry', at]
    if ((entry.score === undefined) === (entry.scoreFormula === undefined)) {
      const reason = message('an entry has either a score or a scoreFormula')
      return report(check, place, reason)
    }
    checkCriteria(check, place, entry)
    if (entry.scoreFormula === undefined) return
    const result = scoreResult(check.outline, rule)
    checkRuleFormula(check, [...place, 'scoreFormula'], { text: entry.scoreFormula, result })
  })
}
