/** What the rules of an object ask of a save, worked out once per model: which can be decided at once, which in the writer. */
import type { Formula } from '../../formula/tree.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { rulesOf, type RuleModel } from '../../model/validation-rules.ts'
import { filteredLookups, sourcePaths, type FilteredLookup } from './filtered-lookups.ts'
import { formulaNeeds, type FormulaNeeds } from '../formulas/formula-needs.ts'

export interface SaveRule extends RuleModel {
  /** Lower-case names of the record's own fields on which the rule depends. */
  readonly dependsOn: ReadonlySet<string>
}

export interface SaveRules {
  /** Over the record's own fields and what is known of the caller. */
  readonly atOnce: readonly SaveRule[]
  /** Over other records too: decided by the writer, so that nobody comes in between. */
  readonly inWriter: readonly SaveRule[]
  /** Stored fields of the record that an update must know. */
  readonly reads: readonly FieldModel[]
  /** Lookups whose records must meet a filter; decided by the writer too. */
  readonly filters: readonly FilteredLookup[]
  /** What the rules and filters of the writer read. */
  readonly needs: FormulaNeeds
}

const rulesByModel = new WeakMap<Model, Map<ObjectModel, SaveRules | undefined>>()

/** Undefined for the many objects that have none. */
export function saveRules(model: Model, object: ObjectModel): SaveRules | undefined {
  const ofModel = rulesByModel.get(model) ?? new Map<ObjectModel, SaveRules | undefined>()
  rulesByModel.set(model, ofModel)
  const known = ofModel.get(object)
  if (known !== undefined || ofModel.has(object)) return known
  const made = makeRules(model, object)
  ofModel.set(object, made)
  return made
}

function makeRules(model: Model, object: ObjectModel): SaveRules | undefined {
  const rules = rulesOf(model, object)
  const filters = filteredLookups(model, object).filter(({ filter }) => !filter.isOptional)
  if (rules.length === 0 && filters.length === 0) return undefined
  const atOnce: SaveRule[] = []
  const inWriter: SaveRule[] = []
  for (const rule of rules) {
    const needs = formulaNeeds(model, object, { formulas: [rule.formula] })
    const list = needsOthers(needs, rule.formula) ? inWriter : atOnce
    list.push({ ...rule, dependsOn: namesOf(needs) })
  }
  const paths = filters.flatMap(sourcePaths)
  const all = formulaNeeds(model, object, { formulas: formulasOf(rules), paths })
  const needs = formulaNeeds(model, object, { formulas: formulasOf(inWriter), paths })
  const reads = new Set([...all.record.fields, ...filters.map(({ field }) => field)])
  return { atOnce, inWriter, filters, reads: [...reads], needs }
}

function formulasOf(rules: readonly RuleModel[]): readonly Formula[] {
  return rules.map((rule) => rule.formula)
}

/** The user's id is known without reading. */
function needsOthers(needs: FormulaNeeds, formula: Formula): boolean {
  const { record, user, organization, settings } = needs
  if (record.parents.size > 0 || organization !== undefined || settings.size > 0) return true
  if (formula.functions.includes('VLOOKUP')) return true
  if (user === undefined) return false
  return user.parents.size > 0 || [...user.fields].some((field) => field.name !== 'Id')
}

function namesOf({ record }: FormulaNeeds): ReadonlySet<string> {
  return new Set(
    [...record.fields].flatMap(({ name, compound }) =>
      compound === undefined ? [name.toLowerCase()] : [name.toLowerCase(), compound.toLowerCase()],
    ),
  )
}
