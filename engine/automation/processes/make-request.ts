/** The request that a submitted process leaves in the catalogue, and the values that were answered. */
import { Refusal } from '../../base/refusal.ts'
import type { ApiValue } from '../../fields/field-type.ts'
import type { AttributeField } from '../../model/processes/attribute-field.ts'
import type { Model } from '../../model/model.ts'
import type { RecordBody } from '../../records/records.ts'
import { engineAs, type DefinitionRows } from './definition-rows.ts'
import type { MadeRecord, MakeInput } from './make-records.ts'
import { fieldOf } from './ready-process.ts'

const request = 'SvcCatalogRequest'
const valueObject = 'SvcCatalogReqExtdAttrVal'

/** Undefined where the model has no catalogue: then the records of the process are all there is. */
export async function makeRequest(
  input: MakeInput,
  rows: DefinitionRows,
  made: readonly MadeRecord[],
): Promise<MadeRecord | undefined> {
  const { model, records } = input
  if (model.object(request) === undefined || rows.definitionId === undefined) return undefined
  const engine = engineAs(model, input.caller)
  const { id } = await records.create(engine, request, requestBody(input, rows, made))
  const bodies = valueBodies(input, rows, id)
  for (let at = 0; at < bodies.length; at += blockRows) {
    const block = bodies.slice(at, at + blockRows)
    const results = await records.createMany(engine, valueObject, block, { allOrNone: true })
    for (const result of results) if (result instanceof Refusal) throw result
  }
  return { name: request, object: request, id, isNew: true }
}

const blockRows = 200
const nameCharsMax = 80

function requestBody(
  { process, caller, model, recordId, answers }: MakeInput,
  { definitionId }: DefinitionRows,
  made: readonly MadeRecord[],
): RecordBody {
  const { processLabel, description } = process.body
  const body = new Map<string, unknown>([
    ['SvcCatalogItemDefinitionId', definitionId],
    ['CatalogItemName', processLabel.slice(0, nameCharsMax)],
    ['CatalogItemDescription', description ?? null],
    ['SubmitterId', caller.userId],
    ['Status', 'CreatedRequest'],
    ['CaseId', made.find((one) => one.object === 'Case' && one.isNew)?.id ?? null],
  ])
  if (
    recordId !== undefined &&
    mayHold(model, 'ReferenceObjectId', { object: request, id: recordId })
  ) {
    body.set('ReferenceObjectId', recordId)
  }
  for (const { name, attribute } of process.fields.values()) {
    if (attribute.attributeType !== 'Base' || attribute.fieldIdentifier === undefined) continue
    body.set(attribute.fieldIdentifier, answers.values.get(name) ?? null)
  }
  return body
}

function mayHold(
  model: Model,
  field: string,
  { object, id }: { readonly object: string; readonly id: string },
): boolean {
  const targets = fieldOf(model, object, field)?.reference?.targets ?? []
  return targets.includes(model.objectByKeyPrefix(id.slice(0, 3))?.name ?? '')
}

function valueBodies(
  input: MakeInput,
  rows: DefinitionRows,
  requestId: string,
): readonly RecordBody[] {
  const { answers, process } = input
  const bodies: RecordBody[] = []
  const add = (name: string, value: ApiValue, group: number | null): void => {
    const field = process.fields.get(name.toLowerCase())
    const attributeId = rows.attributeIds.get(name)
    if (field === undefined || attributeId === undefined) return
    if (value === null || value === '' || field.attribute.attributeType === 'Base') return
    const { column, text } = valueColumn(input.model, field, value)
    bodies.push(
      new Map<string, unknown>([
        ['SvcCatalogRequestId', requestId],
        ['SvcCatalogItemAttributeId', attributeId],
        ['GroupNumber', group],
        [column, text ? String(value).slice(0, textCharsMax) : value],
      ]),
    )
  }
  for (const [name, value] of answers.values) add(name, value, null)
  for (const list of answers.entries.values()) {
    list.forEach(({ values }, at) => {
      for (const [name, value] of values) add(name, value, at + 1)
    })
  }
  return bodies
}

const textCharsMax = 32_000
/** Of the column for whole numbers. */
const integerMax = 1_000_000_000

const columns: ReadonlyMap<string, string> = new Map([
  ['Checkbox', 'IsTrueOrFalseValue'],
  ['Currency', 'CurrencyValue'],
  ['Date', 'DateValue'],
  ['DateTime', 'DateTimeValue'],
  ['Number', 'NumberValue'],
  ['Percent', 'PercentageValue'],
])

function valueColumn(
  model: Model,
  { type, options }: AttributeField,
  value: ApiValue,
): { readonly column: string; readonly text: boolean } {
  if (type.reference !== undefined) {
    const place = { object: valueObject, id: String(value) }
    if (mayHold(model, 'ReferenceRecordId', place))
      return { column: 'ReferenceRecordId', text: false }
  }
  const isShort = Math.abs(Number(value)) < integerMax
  if (type.name === 'Number' && (options.scale ?? 0) === 0 && isShort) {
    return { column: 'IntegerValue', text: false }
  }
  const column = columns.get(type.name)
  return column === undefined ? { column: 'TextValue', text: true } : { column, text: false }
}
