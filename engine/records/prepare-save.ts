/** Values that a caller sent → column values, with everything that only the whole record can tell checked. */
import { message } from '../base/message.ts'
import { labelOfField } from '../model/labels.ts'
import { wording, type Problem } from '../base/refusal.ts'
import type { ApiValue, FieldServices } from '../fields/field-type.ts'
import { checkDependent } from '../fields/picklist-values.ts'
import type { Column, FieldModel, RecordTypeModel } from '../model/model.ts'
import { groupObject } from '../model/people-lookup.ts'
import { ownerField } from '../model/system-fields.ts'
import { fieldProblem, toldOf, type WritePlan } from '../query/plan-write.ts'
import { maySee, type Gate } from '../query/resolve.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import { checkTypeValues, chooseRecordType, typeDefaults, typeNeeds } from './record-type-choice.ts'
import { saveIndex } from './save-index.ts'

export interface SaveInput {
  readonly gate: Gate
  readonly plan: WritePlan
  readonly services: FieldServices
  /** What formulas give to fields of a new record that have no other value. */
  readonly computed?: ReadonlyMap<FieldModel, ApiValue> | undefined
  /** Stored API values by field name, for an update; absent for a new record. */
  readonly previous?: ReadonlyMap<string, ApiValue>
}

export type ColumnValues = ReadonlyMap<Column, ColumnValue>

export interface PreparedSave {
  /** Of the fields that the save sets, defaults and derived ones included, as far as nothing is wrong with them. */
  readonly columns: Map<Column, ColumnValue>
  /** All that is wrong; the rules of the object may add to it before the save is refused. */
  readonly problems: readonly Problem[]
}

export function prepareSave(input: SaveInput): PreparedSave {
  const values = new Map(input.plan.values)
  const problems: Problem[] = [...input.plan.problems]
  const choice = chooseRecordType(input, values)
  problems.push(...choice.problems)
  if (input.previous === undefined) addDefaults(input, values, choice.type)
  const broken = checkValues(input, values, problems)
  problems.push(...checkRequired(input, values))
  problems.push(...checkDependents(input, values))
  problems.push(...checkTypeValues(input, values, choice))
  problems.push(...checkCompounds(input, values))
  for (const field of broken) values.delete(field)
  return { columns: toColumns(input, values), problems }
}

/** What a new record would hold so far: what was sent, and defaults. */
export function valuesOfNew(input: SaveInput): ReadonlyMap<FieldModel, ApiValue> {
  const values = new Map(input.plan.values)
  addDefaults(input, values, chooseRecordType(input, values).type)
  return values
}

/** The fields whose values cannot be stored. */
function checkValues(input: SaveInput, values: Values, problems: Problem[]): readonly FieldModel[] {
  const broken: FieldModel[] = []
  for (const [field, value] of values) {
    const found = checkValue(input, field, value)
    if (found === undefined) continue
    problems.push(found)
    broken.push(field)
  }
  return broken
}

function addDefaults(
  { plan: { object }, computed = noDefaults }: SaveInput,
  values: Map<FieldModel, ApiValue>,
  type: RecordTypeModel | undefined,
): void {
  const ofType = typeDefaults(object, type)
  for (const [field, value] of [...ofType, ...saveIndex(object).defaults, ...computed]) {
    if (!values.has(field)) values.set(field, value)
  }
}

const noDefaults: ReadonlyMap<FieldModel, ApiValue> = new Map()

type Values = Map<FieldModel, ApiValue>

/** What the field will hold after the save. */
function merged(input: SaveInput, values: Values, field: FieldModel): ApiValue {
  const given = values.get(field)
  return given === undefined ? (input.previous?.get(field.name) ?? null) : given
}

function checkValue(input: SaveInput, field: FieldModel, value: ApiValue): Problem | undefined {
  const problem = field.type.check?.(value, field.options, input.previous?.get(field.name))
  if (problem !== undefined) return fieldProblem(field, problem.errorCode, toldOf(problem))
  if (field.reference === undefined || typeof value !== 'string' || value === '') return undefined
  const target = input.gate.model.objectByKeyPrefix(value.slice(0, 3))
  if (target !== undefined && field.reference.targets.includes(target.name)) return undefined
  // The wording is the same for an id that never existed, so that a caller learns nothing from it.
  return missingTarget(field)
}

const noSuchRecord = message('there is no such record to refer to')

const noSuchOwner = message(
  'there is no such user, and no queue that may own these records, to refer to',
)

export function missingTarget(field: FieldModel): Problem {
  const isOwner = field.name === ownerField && field.reference?.targets.includes(groupObject)
  const told = isOwner === true ? noSuchOwner : noSuchRecord
  return fieldProblem(field, 'INVALID_CROSS_REFERENCE_KEY', told)
}

/** Null, or a text that is stored as null. */
function isEmpty(value: ApiValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function checkRequired(input: SaveInput, values: Values): readonly Problem[] {
  const isNew = input.previous === undefined
  const missing = saveIndex(input.plan.object).required.filter((field) =>
    isNew ? isEmpty(values.get(field)) : values.has(field) && isEmpty(values.get(field)),
  )
  if (missing.length === 0) return []
  const already = new Set(input.plan.problems.flatMap((problem) => problem.fields))
  return missing
    .filter((field) => !already.has(field.name))
    .map((field) => ({
      errorCode: 'REQUIRED_FIELD_MISSING',
      ...wording(
        message('Required fields are missing: [{name}]. Give {field} a value.', {
          name: field.name,
          field: labelOfField(field),
        }),
      ),
      fields: [field.name],
    }))
}

function checkDependents(input: SaveInput, values: Values): readonly Problem[] {
  const problems: Problem[] = []
  for (const [controlling, dependents] of saveIndex(input.plan.object).dependents) {
    // Whoever may not see the deciding value must not learn it from what is refused.
    if (!maySee(input.gate, controlling)) continue
    for (const dependent of dependents) {
      if (!values.has(controlling) && !values.has(dependent)) continue
      const value = merged(input, values, dependent)
      const problem = checkDependent(value, merged(input, values, controlling), dependent.options)
      if (problem !== undefined)
        problems.push(fieldProblem(dependent, problem.errorCode, toldOf(problem)))
    }
  }
  return problems
}

function checkCompounds(input: SaveInput, values: Values): readonly Problem[] {
  const problems: Problem[] = []
  for (const [compound, parts] of saveIndex(input.plan.object).compounds) {
    if (!parts.some((part) => values.has(part))) continue
    const whole = Object.fromEntries(parts.map((part) => [part.name, merged(input, values, part)]))
    const problem = compound.type.checkComponents?.(whole, compound.options)
    if (problem !== undefined)
      problems.push(fieldProblem(compound, problem.errorCode, toldOf(problem)))
    if (compound.type.derive !== undefined) values.set(compound, compound.type.derive(whole))
  }
  return problems
}

function toColumns(input: SaveInput, values: Values): Map<Column, ColumnValue> {
  const columns = new Map<Column, ColumnValue>()
  for (const [field, value] of values) {
    const made = field.type.toColumns(value, field.options, input.services)
    for (const [part, column] of field.columns) columns.set(column, made[part] ?? null)
  }
  return columns
}

/** The fields whose stored values an update of these fields must know, those that rules read among them. */
export function neededFields(
  plan: WritePlan,
  forRules: readonly FieldModel[] = [],
): readonly FieldModel[] {
  const index = saveIndex(plan.object)
  const needed = new Set([...plan.values.keys(), ...forRules])
  for (const [controlling, dependents] of index.dependents) {
    if (!needed.has(controlling) && !dependents.some((field) => needed.has(field))) continue
    needed.add(controlling)
    for (const dependent of dependents) needed.add(dependent)
  }
  for (const [, parts] of index.compounds) {
    if (parts.some((part) => plan.values.has(part))) for (const part of parts) needed.add(part)
  }
  for (const field of typeNeeds(plan.object, plan.values.keys())) needed.add(field)
  return [...needed]
}
