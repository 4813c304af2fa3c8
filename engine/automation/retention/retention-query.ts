/** Which records a retention rule is about now, as the condition of a query. Pure. */
import type { RetentionRule } from '../../../metadata/types.ts'
import { refuse } from '../../base/refusal.ts'
import { dayMs } from '../../formula/calendar.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { soqlText } from '../../records/answer-rows.ts'

const usualDate = 'LastModifiedDate'

export interface DueRecords {
  readonly object: ObjectModel
  readonly rule: RetentionRule
  readonly now: number
}

/** Refuses a rule that names what is not there, or no date. */
export function dueCondition({ object, rule, now }: DueRecords): string {
  const dated = fieldOf(object, rule.dateField ?? usualDate)
  const before = new Date(now - rule.ageInDays * dayMs).toISOString()
  const limit = literalOfDate(dated, before)
  const criteria = (rule.criteriaItems ?? []).map(({ field, operation, value }) =>
    comparison(fieldOf(object, field), operation, value),
  )
  const all = [`${dated.name} < ${limit}`, ...criteria]
  return rule.action === 'Anonymize'
    ? [...all, stillNamed(anonymizedFields(object, rule))].join(' AND ')
    : all.join(' AND ')
}

export function anonymizedFields(object: ObjectModel, rule: RetentionRule): readonly FieldModel[] {
  const fields = (rule.anonymizedFields ?? []).map((name) => fieldOf(object, name))
  const unfit = fields.find((field) => !field.updateable)
  if (fields.length === 0 || unfit !== undefined) {
    const text = `Retention rule ${object.name}.${rule.fullName}: anonymizedFields names fields that can be changed.`
    throw refuse('INVALID_ARGUMENT', text, { fields: ['anonymizedFields'] })
  }
  return fields
}

/** What stands in a field that is anonymous; a text that cannot be empty has a dash. */
export function anonymousValue(field: FieldModel): string | null {
  return field.required || field.isName ? '-' : null
}

/** What is anonymous already is not made so again every night. */
function stillNamed(fields: readonly FieldModel[]): string {
  const each = fields.map((field) => {
    const anonymous = anonymousValue(field)
    return `${field.name} != ${anonymous === null ? 'null' : soqlText(anonymous)}`
  })
  return `(${each.join(' OR ')})`
}

function fieldOf(object: ObjectModel, name: string): FieldModel {
  const field = object.fieldsByName.get(name.toLowerCase())
  if (field !== undefined) return field
  throw refuse('INVALID_FIELD', `There is no field ${object.name}.${name}.`, { fields: [name] })
}

const dayChars = 10

function literalOfDate(field: FieldModel, before: string): string {
  if (field.type.name === 'DateTime') return before
  if (field.type.name === 'Date') return before.slice(0, dayChars)
  const text = `A retention rule counts from a date, and ${field.object}.${field.name} is none.`
  throw refuse('INVALID_ARGUMENT', text, { fields: [field.name] })
}

type Criterion = NonNullable<RetentionRule['criteriaItems']>[number]

const signs: Readonly<Record<Criterion['operation'], string>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  lessOrEqual: '<=',
  greaterThan: '>',
  greaterOrEqual: '>=',
}

const unquoted: ReadonlyMap<string, RegExp> = new Map([
  ['Number', /^-?\d+(?:\.\d+)?$/],
  ['Currency', /^-?\d+(?:\.\d+)?$/],
  ['Percent', /^-?\d+(?:\.\d+)?$/],
  ['Checkbox', /^(?:true|false)$/i],
  ['Date', /^\d{4}-\d\d-\d\d$/],
  ['DateTime', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/],
])

function comparison(field: FieldModel, operation: Criterion['operation'], value?: string): string {
  const sign = signs[operation]
  if (value === undefined || value === '') return `${field.name} ${sign} null`
  const form = unquoted.get(field.type.name)
  if (form === undefined) return `${field.name} ${sign} ${soqlText(value)}`
  if (form.test(value)) return `${field.name} ${sign} ${value}`
  const text = `${JSON.stringify(value.slice(0, 40))} is no value of ${field.object}.${field.name}.`
  throw refuse('INVALID_ARGUMENT', text, { fields: [field.name] })
}
