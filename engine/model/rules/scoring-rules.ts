/** Scoring rules of a model: what keeps which field by which formulas. */
import type { ScoringRule } from '../../../metadata/types.ts'
import { indexOf } from '../compile-model.ts'
import type { FieldModel, Model } from '../model.ts'
import type { ObjectOutline } from '../object-outline.ts'
import type { ReadyFormula } from '../ready-formula.ts'
import type { Scope } from '../scope.ts'
import { analyseRuleFormula, type RuleFormula } from './rule-formulas.ts'
import { entryFormula, keptResult } from './score-formulas.ts'

/** A field that the engine keeps: the sum of what its formulas give. */
export interface KeptField {
  readonly field: FieldModel
  readonly parts: readonly ReadyFormula[]
}

export interface ScoreEntry {
  readonly label: string
  readonly points: ReadyFormula
}

export interface ScoringModel {
  readonly object: string
  readonly name: string
  readonly label: string
  readonly scoreField: FieldModel
  readonly schedule: ScoringRule['schedule']
  /** In the order in which they are worked out; the score comes last. */
  readonly kept: readonly KeptField[]
  readonly entries: readonly ScoreEntry[]
}

const byModel = new WeakMap<Model, ReadonlyMap<string, readonly ScoringModel[]>>()

/** The active rules by object; those that cannot be understood keep nothing. */
export function scoringRules(model: Model): ReadonlyMap<string, readonly ScoringModel[]> {
  const known = byModel.get(model)
  if (known !== undefined) return known
  const made = new Map<string, readonly ScoringModel[]>()
  for (const { fullName, body } of model.components('ScoringRules')) {
    const object = model.object(fullName)
    if (object === undefined) continue
    const rules = (body.scoringRule ?? []).filter(({ active }) => active !== false)
    const ready = rules.flatMap((rule) => compileScoring(model, object.name, rule) ?? [])
    if (ready.length > 0) made.set(object.name, ready)
  }
  byModel.set(model, made)
  return made
}

/** The first rule of an object: by its score people take what waits. */
export function scoreFieldOf(model: Model, object: string): FieldModel | undefined {
  return scoringRules(model).get(object)?.[0]?.scoreField
}

function compileScoring(
  model: Model,
  name: string,
  rule: Readonly<ScoringRule>,
): ScoringModel | undefined {
  const index = indexOf(model)
  const outline = index.outline(name)
  const object = model.object(name)
  const fieldAt = (given: string): FieldModel | undefined =>
    object?.fieldsByName.get(given.toLowerCase())
  const scoreField = fieldAt(rule.scoreField)
  if (outline === undefined || scoreField === undefined) return undefined
  const ready = readyIn(outline, index)
  const updates = (rule.fieldUpdates ?? []).flatMap(({ field, formula }): KeptField[] => {
    const target = fieldAt(field)
    const sketch = outline.byName.get(field.toLowerCase())
    const result = sketch && keptResult(sketch)
    const part = result && ready({ text: formula, result })
    return target === undefined || part === undefined ? [] : [{ field: target, parts: [part] }]
  })
  const entries = (rule.ruleEntry ?? []).flatMap((entry, at): ScoreEntry[] => {
    const formula = entryFormula(outline, rule, entry)
    const points = formula && ready(formula)
    return points === undefined ? [] : [{ label: entry.label ?? `${at + 1}`, points }]
  })
  const score = { field: scoreField, parts: entries.map(({ points }) => points) }
  return {
    object: name,
    name: rule.fullName,
    label: rule.label ?? rule.fullName,
    scoreField,
    schedule: rule.schedule,
    kept: [...updates, score],
    entries,
  }
}

function readyIn(outline: ObjectOutline, index: Scope) {
  return (given: RuleFormula): ReadyFormula | undefined => {
    const { formula } = analyseRuleFormula(outline, index, given)
    return formula && { ...given, blanks: 'blank', formula, inert: undefined }
  }
}
