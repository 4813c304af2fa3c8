/** The fields whose values lie beside the database: contents of files. */
import type { FieldModel, Model, ObjectModel } from './model.ts'

export interface ContentField {
  readonly object: ObjectModel
  readonly field: FieldModel
}

const known = new WeakMap<Model, readonly ContentField[]>()

export function contentFields(model: Model): readonly ContentField[] {
  const kept = known.get(model)
  if (kept !== undefined) return kept
  const made = [...model.components('CustomObject')].flatMap(({ fullName, body }) => {
    if (body.fields?.some(({ type }) => type === 'File') !== true) return []
    const object = model.object(fullName)
    if (object === undefined) return []
    return object.fields
      .filter(({ type }) => type.toldByAddress === true)
      .map((field) => ({ object, field }))
  })
  known.set(model, made)
  return made
}

/** The field of this name, if it is one of them. */
export function contentField(object: ObjectModel, name: string): FieldModel | undefined {
  const field = object.fieldsByName.get(name.toLowerCase())
  return field?.type.toldByAddress === true ? field : undefined
}
