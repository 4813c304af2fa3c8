/** Which fields of a model a computed field is made of; rights on its value follow from theirs. */
import { indexOf } from './compile-model.ts'
import { derivedFrom } from './formula-sources.ts'
import type { FieldModel, Model } from './model.ts'

export interface FieldName {
  readonly object: string
  readonly field: string
}

const known = new WeakMap<Model, Map<string, readonly FieldName[]>>()

/** Canonical names, lookups on the way included; none for fields that hold what was entered. */
export function sourcesOf(model: Model, field: FieldModel): readonly FieldName[] {
  const ofModel = known.get(model) ?? new Map<string, readonly FieldName[]>()
  known.set(model, ofModel)
  const key = `${field.object}.${field.name}`
  const ready = ofModel.get(key)
  if (ready !== undefined) return ready
  const index = indexOf(model)
  const outline = index.outline(field.object)
  const sketch = outline?.computed.find((one) => one.name === field.name)
  const found =
    outline === undefined || sketch === undefined
      ? []
      : derivedFrom(outline, sketch, index).map((source) => ({
          object: source.outline.name,
          field: source.field.name,
        }))
  ofModel.set(key, found)
  return found
}
