/** What a run begins with: defaults, and values of the record that it is started from. */
import type { ServiceProcess } from '../../../metadata/types.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { ApiValue } from '../../fields/field-type.ts'
import type { AttributeField } from '../../model/processes/attribute-field.ts'
import { rowsOf } from '../../records/answer-rows.ts'
import type { Answers } from './answers.ts'
import { shapeProblems, type AnswerCheck } from './check-answers.ts'
import { fitted, valueAt } from './choices.ts'
import { computedDefault } from './evaluate.ts'

/** The id of the record in its long form; refuses one from which the process is not started. */
export function startedRecord(
  { process, model }: Pick<AnswerCheck, 'process' | 'model'>,
  given: string | undefined,
): string | undefined {
  if (given === undefined || given === '') return undefined
  const id = normaliseId(given)
  if (id === undefined || contextOf(process.body, model, id) === undefined) throw noContext()
  return id
}

export function noContext(): Refusal {
  const told = message('The process cannot be started from this record.')
  return refuse('INVALID_CROSS_REFERENCE_KEY', told, { fields: ['recordId'] })
}

export function contextOf(
  { contextObjects }: Readonly<ServiceProcess>,
  model: AnswerCheck['model'],
  id: string,
): NonNullable<ServiceProcess['contextObjects']>[number] | undefined {
  const object = model.objectByKeyPrefix(id.slice(0, 3))?.name
  return contextObjects?.find((one) => model.object(one.object)?.name === object)
}

export async function startAnswers(check: Omit<AnswerCheck, 'answers'>): Promise<Answers> {
  const { process } = check
  const values = new Map<string, ApiValue>()
  const set = (field: AttributeField, value: ApiValue): void => {
    const one: Answers = { values: new Map([[field.name, value]]), entries: new Map() }
    // What does not fit is left for whoever runs the process to say.
    if (value !== null && value !== '' && shapeProblems({ process }, one).length === 0) {
      values.set(field.name, value)
    }
  }
  for (const field of process.fields.values()) {
    if (field.repeatedIn === undefined) set(field, beginning(check, field))
  }
  for (const [name, value] of await prefilled(check)) {
    const field = process.fields.get(name.toLowerCase())
    if (field !== undefined) set(field, fitted(value, field, check.around.zone))
  }
  return { values, entries: new Map() }
}

function beginning(check: Omit<AnswerCheck, 'answers'>, field: AttributeField): ApiValue {
  const { defaultFormula, inputVariableValue: literal } = field.attribute
  if (defaultFormula !== undefined) return computedDefault(check, defaultFormula)
  if (literal !== undefined) return field.type.name === 'Checkbox' ? literal === 'true' : literal
  const chosen = field.options.values?.find((one) => one.isDefault && one.active)
  return field.type.name === 'Picklist' ? (chosen?.value ?? null) : null
}

/** Read with the rights of whoever starts it. */
async function prefilled(
  check: Omit<AnswerCheck, 'answers'>,
): Promise<readonly (readonly [string, unknown])[]> {
  const { process, model, records, caller, recordId } = check
  if (recordId === undefined) return []
  const context = contextOf(process.body, model, recordId)
  if (context === undefined) throw noContext()
  const prefills = context.prefills ?? []
  const paths = [...new Set(['Id', ...prefills.map(({ field }) => field)])]
  const soql = `SELECT ${paths.join(', ')} FROM ${context.object} WHERE Id = :id`
  const page = await records.query(caller, soql, { variables: new Map([['id', recordId]]) })
  const [row] = rowsOf(page)
  if (row === undefined) throw noContext()
  return prefills.map(({ attribute, field }) => [attribute, valueAt(row, field)] as const)
}
