/** Records that a process offers to choose from: one query through the gate, with the rights of whoever asks. */
import type { ServiceProcessChoices, ServiceProcessFilter } from '../../../metadata/types.ts'
import { limits } from '../../base/limits.ts'
import { Refusal } from '../../base/refusal.ts'
import { rowsOf, textAt, toMap, type AnswerRow } from '../../records/answer-rows.ts'
import type { ApiValue } from '../../fields/field-type.ts'
import { parseInstant, printDay } from '../../formula/calendar.ts'
import { localDay, type ZoneTable } from '../../formula/zone.ts'
import type { AttributeField } from '../../model/processes/attribute-field.ts'
import type { Model } from '../../model/model.ts'
import { gateOf } from '../../records/targets.ts'
import { resolvePath } from '../../query/resolve.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { AnswerValues } from './answers.ts'

export interface ChoiceColumn {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly scale: number
  readonly picklistValues: readonly { readonly value: string; readonly label: string }[]
}

export interface Choice {
  readonly id: string
  /** By the path of the field. */
  readonly fields: ReadonlyMap<string, unknown>
}

export interface ChoiceAsk {
  readonly records: Records
  readonly caller: Caller
  /** In the caller's language. */
  readonly model: Model
  readonly choices: Readonly<ServiceProcessChoices>
  /** What conditions may refer to: the answers, those of the entry first. */
  readonly values: AnswerValues
  /** The record that the process was started from. */
  readonly recordId: string | undefined
}

/** The columns that are shown; what the caller may not see is none of them. */
export function choiceColumns({ model, caller, choices }: ChoiceAsk): readonly ChoiceColumn[] {
  const object = model.object(choices.object)
  if (object === undefined) return []
  const gate = gateOf(model, caller)
  return displayFields(model, choices).flatMap((path) => {
    try {
      const { field } = resolvePath(gate, object, path)
      const { type, scale = 0 } = field.type.describe(field.options)
      const picklistValues = field.values.map(({ value, label }) => ({ value, label }))
      return { name: path, label: field.label, type, scale, picklistValues }
    } catch (error) {
      if (error instanceof Refusal) return []
      throw error
    }
  })
}

function displayFields(
  model: Model,
  { object, displayFields: given }: Readonly<ServiceProcessChoices>,
) {
  return given ?? [model.object(object)?.nameField.name ?? 'Id']
}

/** None where a condition asks for what is not answered yet. */
export async function offeredChoices(ask: ChoiceAsk): Promise<readonly Choice[]> {
  const { records, caller, choices } = ask
  const columns = choiceColumns(ask).map(({ name }) => name)
  const outputs = (choices.outputAssignments ?? []).map(({ field }) => field)
  const { valueField = 'Id' } = choices
  const paths = [...new Set([valueField, ...columns, ...outputs])]
  const conditions = (choices.filters ?? []).map((filter, at) => condition(ask, filter, at))
  if (conditions.some((one) => one === undefined)) return []
  const variables = new Map(conditions.flatMap((one) => (one?.variable ? [one.variable] : [])))
  const where = conditions.map((one) => one?.text ?? '').join(' AND ')
  const { sortField, sortOrder = 'Asc', limit = limits.processChoicesMax } = choices
  const soql = [
    `SELECT ${paths.join(', ')} FROM ${choices.object}`,
    where === '' ? '' : `WHERE ${where}`,
    sortField === undefined ? '' : `ORDER BY ${sortField} ${sortOrder.toUpperCase()}`,
    `LIMIT ${Math.min(limit, limits.processChoicesMax)}`,
  ].join(' ')
  const rows = rowsOf(await records.query(caller, soql, { variables }))
  const found = new Map<string, Choice>()
  for (const row of rows) {
    const id = textAt(row, valueField) ?? ''
    const fields = new Map(paths.map((path) => [path, valueAt(row, path)]))
    if (id !== '' && !found.has(id)) found.set(id, { id, fields })
  }
  return [...found.values()]
}

export function valueAt(row: AnswerRow, path: string): unknown {
  const [first = '', ...rest] = path.split('.')
  if (rest.length === 0) return row.get(first) ?? null
  return valueAt(toMap(row.get(first)), rest.join('.'))
}

interface Condition {
  readonly text: string
  readonly variable: readonly [string, unknown] | undefined
}

const comparisons: ReadonlyMap<ServiceProcessFilter['operator'], string> = new Map([
  ['EqualTo', '='],
  ['NotEqualTo', '!='],
  ['GreaterThan', '>'],
  ['GreaterThanOrEqualTo', '>='],
  ['LessThan', '<'],
  ['LessThanOrEqualTo', '<='],
])

const patterns: ReadonlyMap<ServiceProcessFilter['operator'], (text: string) => string> = new Map([
  ['StartsWith', (text) => `${text}%`],
  ['EndsWith', (text) => `%${text}`],
  ['Contains', (text) => `%${text}%`],
])

/** Undefined where the value it compares with is not there yet. */
function condition(
  ask: ChoiceAsk,
  { field, operator, value }: Readonly<ServiceProcessFilter>,
  at: number,
): Condition | undefined {
  if (operator === 'IsNull') {
    const word = value?.booleanValue === false ? '!=' : '='
    return { text: `${field} ${word} null`, variable: undefined }
  }
  const given = wanted(ask, value)
  if (given === null) return undefined
  const name = `v${at}`
  const pattern = patterns.get(operator)
  if (pattern === undefined) {
    return {
      text: `${field} ${comparisons.get(operator) ?? '='} :${name}`,
      variable: [name, given],
    }
  }
  const text = pattern(String(given).replaceAll(/[\\%_]/g, String.raw`\$&`))
  return { text: `${field} LIKE :${name}`, variable: [name, text] }
}

function wanted(
  { values, recordId }: ChoiceAsk,
  value: Readonly<ServiceProcessFilter>['value'],
): ApiValue {
  const { elementReference, stringValue, numberValue, booleanValue } = value ?? {}
  if (elementReference === '$Record') return recordId ?? null
  if (elementReference !== undefined) return answered(values, elementReference)
  return stringValue ?? numberValue ?? booleanValue ?? null
}

function answered(values: AnswerValues, name: string): ApiValue {
  for (const [known, value] of values) {
    if (known.toLowerCase() === name.toLowerCase()) return value
  }
  return null
}

/** The attributes that take values of what was chosen, in the form of their types. */
export function outputsOf(
  { outputAssignments = [] }: Readonly<ServiceProcessChoices>,
  { fields: row }: Choice,
  {
    fields,
    zone,
  }: {
    readonly fields: ReadonlyMap<string, AttributeField>
    readonly zone: ZoneTable
  },
): ReadonlyMap<AttributeField, ApiValue> {
  const taken = new Map<AttributeField, ApiValue>()
  for (const { assignToReference: name, field } of outputAssignments) {
    const attribute = fields.get(name.toLowerCase())
    if (attribute !== undefined) taken.set(attribute, fitted(row.get(field), attribute, zone))
  }
  return taken
}

/** A moment becomes a day where a day is asked for, as the user's calendar has it. */
export function fitted(
  value: unknown,
  { type }: { readonly type: { readonly name: string } },
  zone: ZoneTable,
): ApiValue {
  if (value === undefined || value === null) return null
  if (type.name === 'Date' && typeof value === 'string' && value.includes('T')) {
    const moment = parseInstant(value)
    return moment === undefined ? null : printDay(localDay(zone, moment))
  }
  const isText = ['Text', 'TextArea', 'LongTextArea'].includes(type.name)
  // Read from the database by a query: a value that JSON has.
  return isText && typeof value !== 'object' ? String(value) : (value as ApiValue)
}
