/** Whether a formula that is being written would lead back to the field that is to have it. */
import type { Formula } from '../formula/tree.ts'
import { sourcesOf, type FieldName } from './computed-sources.ts'
import { resolveMentionPath } from './formula-scope.ts'
import type { Model, ObjectModel } from './model.ts'

export interface DraftFormula {
  readonly object: ObjectModel
  /** The field's name. */
  readonly field: string
  readonly formula: Formula
}

/** What the mention is by which it would, as "Object.Field"; undefined where it would not. */
export function circleThrough(model: Model, draft: DraftFormula): string | undefined {
  const own = `${draft.object.name}.${draft.field}`.toLowerCase()
  const seen = new Set<string>()
  const leadsBack = (source: FieldName): boolean => {
    const name = `${source.object}.${source.field}`.toLowerCase()
    if (name === own) return true
    if (seen.has(name)) return false
    seen.add(name)
    const found = model.object(source.object)?.fieldsByName.get(source.field.toLowerCase())
    return found !== undefined && sourcesOf(model, found).some(leadsBack)
  }
  const through = fieldsOf(model, draft).find(leadsBack)
  return through && `${through.object}.${through.field}`
}

function fieldsOf(model: Model, { object, formula }: DraftFormula): readonly FieldName[] {
  return formula.mentions.flatMap(({ path }): FieldName[] => {
    const found = resolveMentionPath(model, object, path)
    if (found.global !== undefined) return []
    return [...found.parents, found.field].map((one) => ({ object: one.object, field: one.name }))
  })
}
