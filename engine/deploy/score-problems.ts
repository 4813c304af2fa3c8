/** Scoring rules whose formulas the databases cannot compute: nobody could keep their scores. */
import { message } from '../base/message.ts'
import type { SourceProblem } from '../model/declaration.ts'
import type { Model } from '../model/model.ts'
import { scoringRules } from '../model/rules/scoring-rules.ts'
import { problemAt } from '../model/source-problem.ts'
import { isComputable } from '../query/scores.ts'

export function scoreProblems(model: Model): readonly SourceProblem[] {
  return [...scoringRules(model).values()].flat().flatMap((rule) => {
    const object = model.object(rule.object)
    const declaration = model.component('ScoringRules', rule.object)
    if (object === undefined || declaration === undefined) return []
    const slow = rule.kept.find((one) => !isComputable(model, object, one))
    if (slow === undefined) return []
    const reason = message(
      'scoring rule {rule} cannot be kept up to date: a formula of {field} cannot be computed by the database',
      { rule: `${rule.object}.${rule.name}`, field: slow.field.name },
    )
    const rules = declaration.body.scoringRule ?? []
    const at = rules.findIndex(({ fullName }) => fullName === rule.name)
    return [problemAt(declaration, ['scoringRule', at], { reason })]
  })
}
