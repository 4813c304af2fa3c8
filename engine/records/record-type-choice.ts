/** Which record type a record gets or keeps, and what that says of its picklists. */
import { message } from '../base/message.ts'
import { normaliseId } from '../base/record-id.ts'
import type { Problem } from '../base/refusal.ts'
import type { ApiValue } from '../fields/field-type.ts'
import { splitValues } from '../fields/picklist-values.ts'
import type { FieldModel, ObjectModel, RecordTypeModel, RecordTypeValues } from '../model/model.ts'
import { fieldProblem } from '../query/plan-write.ts'
import { maySee } from '../query/resolve.ts'
import type { SaveInput } from './prepare-save.ts'
import { fieldNamed } from './save-index.ts'

type Values = Map<FieldModel, ApiValue>

export interface RecordTypeChoice {
  readonly type: RecordTypeModel | undefined
  /** The record is new, or was of another type before. */
  readonly isNew: boolean
  readonly problems: readonly Problem[]
}

const noChoice: RecordTypeChoice = { type: undefined, isNew: false, problems: [] }

/** Sets the default record type of a new record that names none. */
export function chooseRecordType(input: SaveInput, values: Values): RecordTypeChoice {
  const { object } = input.plan
  const field = object.recordTypeField
  if (field === undefined) return noChoice
  const stored = typeById(object, input.previous?.get(field.name))
  const given = values.get(field) ?? null
  if (input.previous === undefined) {
    if (given !== null && given !== '') return chosen(input, field, { given, stored: undefined })
    const type = input.gate.access.defaultRecordType(object)
    values.set(field, type?.id ?? null)
    return { type, isNew: true, problems: [] }
  }
  if (!values.has(field)) return { ...noChoice, type: stored }
  if (given !== null && given !== '') return chosen(input, field, { given, stored })
  if (stored === undefined) return noChoice
  const problem = fieldProblem(
    field,
    'REQUIRED_FIELD_MISSING',
    message('a record keeps a record type; give it another one instead of none.'),
  )
  return { ...noChoice, problems: [problem] }
}

function chosen(
  { gate, plan }: SaveInput,
  field: FieldModel,
  { given, stored }: { readonly given: ApiValue; readonly stored: RecordTypeModel | undefined },
): RecordTypeChoice {
  const type = typeById(plan.object, given)
  if (type !== undefined && type === stored) return { ...noChoice, type }
  const isOpen = type !== undefined && gate.access.recordTypes(plan.object).includes(type)
  if (isOpen) return { type, isNew: true, problems: [] }
  const text = message('this id is no record type of {object} that you may use.', {
    object: plan.object.name,
  })
  const problem = fieldProblem(field, 'INVALID_CROSS_REFERENCE_KEY', text)
  return { ...noChoice, problems: [problem] }
}

function typeById(object: ObjectModel, id: ApiValue | undefined): RecordTypeModel | undefined {
  const whole = typeof id === 'string' ? normaliseId(id) : undefined
  return whole === undefined ? undefined : object.recordTypes.find((type) => type.id === whole)
}

/** The values that a type's picklists begin with; a picklist that the type limits has no other default. */
export function typeDefaults(
  object: ObjectModel,
  type: RecordTypeModel | undefined,
): ReadonlyMap<FieldModel, ApiValue> {
  const defaults = new Map<FieldModel, ApiValue>()
  for (const [name, limit] of type?.picklists ?? []) {
    defaults.set(fieldNamed(object, name), limit.defaults.join(';') || null)
  }
  return defaults
}

/** Values that the record type does not offer; what is stored may stay as long as the type does. */
export function checkTypeValues(
  input: SaveInput,
  values: Values,
  choice: RecordTypeChoice,
): readonly Problem[] {
  const { type } = choice
  if (type === undefined) return []
  const problems: Problem[] = []
  for (const [name, limit] of type.picklists) {
    const field = fieldNamed(input.plan.object, name)
    const given = values.get(field)
    // A stored value that the caller may not see must not show in a refusal.
    if (given === undefined && !(choice.isNew && maySee(input.gate, field))) continue
    const stored = input.previous?.get(name) ?? null
    const value = given === undefined ? stored : given
    const kept = choice.isNew ? [] : chosenValues(field, stored)
    const bad = chosenValues(field, value).find(
      (one) => !kept.includes(one) && isWithheld(field, one, limit),
    )
    if (bad !== undefined) problems.push(withheld(field, bad, type))
  }
  return problems
}

/** A declared value that contains the separator exists for single choice only. */
function chosenValues(field: FieldModel, value: ApiValue): readonly string[] {
  if (typeof value !== 'string' || value === '') return []
  return field.values.some((entry) => entry.value === value) ? [value] : splitValues(value)
}

/** A value that is not declared is left to the field's own check. */
function isWithheld(field: FieldModel, value: string, limit: RecordTypeValues): boolean {
  return field.values.some((entry) => entry.value === value) && !limit.values.has(value)
}

function withheld(field: FieldModel, value: string, type: RecordTypeModel): Problem {
  return fieldProblem(
    field,
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    message('{value} can not be chosen for the record type {type}.', { value, type: type.label }),
  )
}

/** The fields that the check must know of the stored record when these are saved. */
export function typeNeeds(object: ObjectModel, given: Iterable<FieldModel>): Set<FieldModel> {
  const needed = new Set<FieldModel>()
  const { recordTypeField, recordTypes } = object
  if (recordTypeField === undefined) return needed
  const limited = new Set(recordTypes.flatMap((type) => [...type.picklists.keys()]))
  for (const field of given) {
    if (field === recordTypeField) {
      for (const name of limited) needed.add(fieldNamed(object, name))
    }
    if (field === recordTypeField || limited.has(field.name)) needed.add(recordTypeField)
  }
  return needed
}
