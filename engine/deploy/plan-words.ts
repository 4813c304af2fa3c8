/** The words of plans: labels, counts and the plainest kind of step. */
import type { ModelChange } from '../model/compare-models.ts'
import type { FieldModel, Model } from '../model/model.ts'
import type { ModelPair } from './field-changes.ts'
import type { PlanStep } from './plan.ts'

const numbers = new Intl.NumberFormat('en-US')

/** "1 record", "40,000 records". */
export function count(amount: number, noun: string): string {
  return `${numbers.format(amount)} ${noun}${amount === 1 ? '' : 's'}`
}

/** "12 of 40,000 records". */
export function share(affected: number, total: number): string {
  return `${numbers.format(affected)} of ${count(total, 'record')}`
}

export function instant(description: string, more: Partial<PlanStep> = {}): PlanStep {
  return { class: 'instant', description, needsConsent: false, ...more }
}

export function labelOfObject(model: Model, name: string): string {
  return model.object(name)?.label ?? name
}

export function labelOfField(field: FieldModel): string {
  return field.label
}

const nouns: ReadonlyMap<string, string> = new Map([
  ['CustomObject', 'object'],
  ['CustomField', 'field'],
  ['ValidationRule', 'validation rule'],
  ['ListView', 'list view'],
  ['CompactLayout', 'compact layout'],
  ['PermissionSet', 'permission set'],
  ['RecordType', 'record type'],
  ['FieldSet', 'field set'],
  ['GlobalValueSet', 'value set'],
  ['CustomApplication', 'application'],
  ['CustomObjectTranslation', 'translation'],
])

/** "field Hardship Reason to Collection Plan" for the sentence that begins with a verb. */
export function labelOfComponent(change: ModelChange, models: ModelPair): string {
  const noun = nouns.get(change.type) ?? change.type.toLowerCase()
  const model = change.change === 'delete' ? models.now : models.wanted
  if (change.type === 'CustomObject') return `${noun} ${labelOfObject(model, change.fullName)}`
  const dot = change.fullName.indexOf('.')
  const object = dot > 0 ? model.object(change.fullName.slice(0, dot)) : undefined
  if (object === undefined) return `${noun} ${change.fullName}`
  const name = change.fullName.slice(dot + 1)
  const field =
    change.type === 'CustomField' ? object.fieldsByName.get(name.toLowerCase()) : undefined
  const preposition = { create: 'to', update: 'of', delete: 'from', rename: 'of' }[change.change]
  return `${noun} ${field?.label ?? name} ${preposition} ${object.label}`
}
