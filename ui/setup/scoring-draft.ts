/** Scoring rules as their page edits them: pure changes of the file of an object. */
import type { ScoringRulesBody } from './component-bodies.ts'
import { freeName } from './process-draft.ts'

export type ScoringRuleBody = NonNullable<ScoringRulesBody['scoringRule']>[number]
export type ScoringEntryBody = NonNullable<ScoringRuleBody['ruleEntry']>[number]

export interface ScoringRow {
  /** `Object.Rule`. */
  readonly fullName: string
  readonly object: string
  readonly label: string
  readonly rule: ScoringRuleBody
}

export function scoringRows(bodies: readonly ScoringRulesBody[]): readonly ScoringRow[] {
  return bodies.flatMap(({ fullName: object, scoringRule = [] }) =>
    scoringRule.map((rule) => ({
      fullName: `${object}.${rule.fullName}`,
      object,
      label: rule.label ?? rule.fullName,
      rule,
    })),
  )
}

export function blankScoring(): ScoringRuleBody {
  return { fullName: '', label: '', active: true, scoreField: '', ruleEntry: [] }
}

/** A name that no other rule of the object has. */
export function namedScoring(
  rule: ScoringRuleBody,
  body: ScoringRulesBody | undefined,
): ScoringRuleBody {
  const taken = (body?.scoringRule ?? []).map(({ fullName }) => fullName)
  return { ...rule, fullName: freeName(rule.label ?? '', taken) }
}

/** The file with this rule in the place of that of the same name. */
export function withScoring(
  object: string,
  body: ScoringRulesBody | undefined,
  rule: ScoringRuleBody,
): ScoringRulesBody {
  const rules = body?.scoringRule ?? []
  const isKnown = rules.some(({ fullName }) => fullName === rule.fullName)
  return {
    ...(body ?? { fullName: object }),
    scoringRule: isKnown
      ? rules.map((one) => (one.fullName === rule.fullName ? rule : one))
      : [...rules, rule],
  }
}

/** What an entry scores, as people type it: a number, or a formula. */
export function pointsOf({ score, scoreFormula }: ScoringEntryBody): string {
  return scoreFormula ?? (score === undefined ? '' : String(score))
}

export function withPoints(entry: ScoringEntryBody, text: string): ScoringEntryBody {
  const { score: _score, scoreFormula: _formula, ...rest } = entry
  const plain = text.trim()
  if (/^-?\d+(?:\.\d+)?$/.test(plain)) return { ...rest, score: Number(plain) }
  return text === '' ? rest : { ...rest, scoreFormula: text }
}
