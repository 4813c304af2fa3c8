/** The words of plans: sentences that stay apart from what is filled in, labels, counts and the plainest kind of step. */
import { inEnglish, message, type LabelOf, type Message } from '../base/message.ts'
import type { ModelChange } from '../model/compare-models.ts'
import type { Model } from '../model/model.ts'
import type { ModelPair } from './field-changes.ts'
import type { PlanStep } from './plan.ts'

/** "1 of 1 record", "12 of 40,000 records". */
export function share(affected: number, total: number): Message {
  return message(total === 1 ? '{affected} of {total} record' : '{affected} of {total} records', {
    affected: { amount: affected },
    total: { amount: total },
  })
}

/** What a step says: in English, and as what it can be said in other languages by. */
export function described(told: Message): Pick<PlanStep, 'description' | 'told'> {
  return { description: inEnglish(told), told }
}

export function instant(told: Message, more: Partial<PlanStep> = {}): PlanStep {
  return { class: 'instant', ...described(told), needsConsent: false, ...more }
}

export function labelOfObject(model: Model, name: string): LabelOf {
  return { text: model.object(name)?.label ?? name, object: name }
}

const nouns: ReadonlyMap<string, Message> = new Map([
  ['CustomObject', message('object')],
  ['CustomField', message('field')],
  ['ValidationRule', message('validation rule')],
  ['ListView', message('list view')],
  ['CompactLayout', message('compact layout')],
  ['PermissionSet', message('permission set')],
  ['RecordType', message('record type')],
  ['FieldSet', message('field set')],
  ['GlobalValueSet', message('value set')],
  ['CustomApplication', message('application')],
  ['CustomObjectTranslation', message('translation')],
])

export interface Named {
  readonly noun: Message | string
  readonly name: LabelOf | string
  /** What it is a part of. */
  readonly object?: LabelOf
}

/** "field", "Hardship Reason" and "Collection Plan", for sentences about one component. */
export function nameOfComponent(change: ModelChange, models: ModelPair): Named {
  const noun = nouns.get(change.type) ?? change.type.toLowerCase()
  const model = change.change === 'delete' ? models.now : models.wanted
  if (change.type === 'CustomObject') return { noun, name: labelOfObject(model, change.fullName) }
  const dot = change.fullName.indexOf('.')
  const objectName = change.fullName.slice(0, Math.max(dot, 0))
  const object = model.object(objectName)
  if (object === undefined) return { noun, name: change.fullName }
  const name = change.fullName.slice(dot + 1)
  const field =
    change.type === 'CustomField' ? object.fieldsByName.get(name.toLowerCase()) : undefined
  const label: LabelOf | string =
    field === undefined
      ? name
      : { text: field.label, object: objectName, part: 'field', name: field.name }
  return { noun, name: label, object: labelOfObject(model, objectName) }
}
