/** Labels of the model as parts of messages: each reader gets them in their own language. */
import type { LabelOf } from '../base/message.ts'
import type { FieldModel, ObjectModel } from './model.ts'

export function labelOfField(field: FieldModel): LabelOf {
  return { text: field.label, object: field.object, part: 'field', name: field.name }
}

/** "Collection Plans". */
export function pluralOf(object: ObjectModel): LabelOf {
  return { text: object.labelPlural, object: object.name, part: 'plural' }
}
