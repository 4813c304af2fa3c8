/** The active assignment rule of each object, ready to be asked about new records. */
import type { RuleEntry } from '../../../metadata/types.ts'
import { indexOf } from '../compile-model.ts'
import type { Model } from '../model.ts'
import type { ObjectOutline } from '../object-outline.ts'
import type { ReadyFormula } from '../ready-formula.ts'
import type { Scope } from '../scope.ts'
import { criteriaText } from './rule-criteria.ts'
import { analyseRuleFormula } from './rule-formulas.ts'

export interface AssignmentEntry {
  readonly condition: ReadyFormula
  /** Undefined where the owner stays. */
  readonly to: { readonly type: 'User' | 'Queue'; readonly name: string } | undefined
  readonly distribution: RuleEntry['distribution']
  readonly workloadMax: number | undefined
  /** Which records count as open; undefined for all. */
  readonly workload: ReadyFormula | undefined
}

const byModel = new WeakMap<Model, ReadonlyMap<string, readonly AssignmentEntry[]>>()

/** By object; entries that cannot be understood are left out. */
export function assignmentRules(model: Model): ReadonlyMap<string, readonly AssignmentEntry[]> {
  const known = byModel.get(model)
  if (known !== undefined) return known
  const index = indexOf(model)
  const made = new Map<string, readonly AssignmentEntry[]>()
  for (const { fullName, body } of model.components('AssignmentRules')) {
    const active = body.assignmentRule?.find((rule) => rule.active === true)
    const outline = index.outline(fullName)
    if (active === undefined || outline === undefined) continue
    const entries = (active.ruleEntry ?? []).flatMap(
      (entry) => compileEntry(outline, index, entry) ?? [],
    )
    if (entries.length > 0) made.set(outline.name, entries)
  }
  byModel.set(model, made)
  return made
}

function compileEntry(
  outline: ObjectOutline,
  index: Scope,
  entry: Readonly<RuleEntry>,
): AssignmentEntry | undefined {
  const { text } = criteriaText(outline, entry)
  const condition = text === undefined ? undefined : isTrue(outline, index, text)
  if (condition === undefined) return undefined
  const { assignedTo: name, assignedToType: type, workloadFilter } = entry
  return {
    condition,
    to: name === undefined || type === undefined ? undefined : { type, name },
    distribution: entry.distribution,
    workloadMax: entry.workloadMax,
    workload: workloadFilter === undefined ? undefined : isTrue(outline, index, workloadFilter),
  }
}

function isTrue(outline: ObjectOutline, index: Scope, text: string): ReadyFormula | undefined {
  const given = { text, result: { type: 'Checkbox' } } as const
  const { formula } = analyseRuleFormula(outline, index, given)
  return formula && { ...given, blanks: 'blank', formula, inert: undefined }
}
