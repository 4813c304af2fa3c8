/** The current figures of an account plan's measures, by their calculation definitions: what is counted, and which records. */
import type { Access } from '../../access/access.ts'
import { message } from '../../base/message.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'
import { groupedBy, readRows, textAt, type Reading, type Row } from '../read-rows.ts'
import { updateRows } from '../plans/refresh-plans.ts'
import type { PlanUnit } from '../plans/plan-unit.ts'

export interface Calculating {
  /** With the rights of whoever asks for it. */
  readonly by: Reading
  /** As with roll-ups, figures are over all records; of what they are made is for whoever may read it alone. */
  readonly unit: PlanUnit
}

/** How many measures were worked out. */
export async function calculateMeasures(
  { by, unit }: Calculating,
  planId: string,
): Promise<number> {
  const [plan] = await readRows(by, 'SELECT Id, AccountId FROM AccountPlan WHERE Id = :planId', {
    planId,
  })
  if (plan === undefined) throw refuse('NOT_FOUND', message('There is no such account plan.'))
  const measures = await readRows(
    unit,
    "SELECT Id, CurrentValue, AccountPlanObjMeasCalcDefId, AccountPlanObjMeasCalcDef.MasterLabel, AccountPlanObjMeasCalcDef.TargetObject, AccountPlanObjMeasCalcDef.RollupType, AccountPlanObjMeasCalcDef.TargetField FROM AccountPlanObjectiveMeasure WHERE AccountPlanObjective.AccountPlanId = :planId AND AccountPlanObjMeasCalcDef.Status = 'Active' ORDER BY Id",
    { planId },
  )
  const { conditions, listed } = await readParts(unit, measures)
  const moment = new Date(unit.now).toISOString()
  const changes = []
  for (const measure of measures) {
    const id = textAt(measure, 'Id') ?? ''
    const value = await figureOf(unit, {
      access: by.caller.access,
      measure,
      conditions: conditions.get(textAt(measure, 'AccountPlanObjMeasCalcDefId') ?? '') ?? [],
      records: listed.get(id)?.flatMap((row) => textAt(row, 'ReferenceRecordId') ?? []),
      accountId: textAt(plan, 'AccountId'),
    })
    const body = new Map<string, unknown>([
      ['CurrentValue', value],
      ['CurrentValueTimestamp', moment],
    ])
    changes.push({ id, body })
  }
  await updateRows(unit, 'AccountPlanObjectiveMeasure', changes)
  return changes.length
}

async function readParts(unit: PlanUnit, measures: readonly Row[]) {
  const conditions = await readRows(
    unit,
    'SELECT AccountPlanObjMeasCalcDefId, FieldName, Operation, Value FROM AccountPlanObjMeasCalcCond WHERE AccountPlanObjMeasCalcDefId IN :ids ORDER BY Id',
    { ids: measures.map((row) => textAt(row, 'AccountPlanObjMeasCalcDefId')) },
  )
  const listed = await readRows(
    unit,
    'SELECT AccountPlanObjectiveMeasureId, ReferenceRecordId FROM AccountPlanObjMeasRela WHERE AccountPlanObjectiveMeasureId IN :ids AND ReferenceRecordId != null ORDER BY Id',
    { ids: measures.map((row) => textAt(row, 'Id')) },
  )
  return {
    conditions: groupedBy(conditions, 'AccountPlanObjMeasCalcDefId'),
    listed: groupedBy(listed, 'AccountPlanObjectiveMeasureId'),
  }
}

interface Figure {
  readonly access: Access
  readonly measure: Row
  readonly conditions: readonly Row[]
  /** Those that count where they are listed one by one; else all of the account. */
  readonly records: readonly string[] | undefined
  readonly accountId: string | undefined
}

const functions: ReadonlyMap<string, string> = new Map([
  ['Count', 'COUNT'],
  ['Sum', 'SUM'],
  ['Min', 'MIN'],
  ['Max', 'MAX'],
])

async function figureOf(
  unit: PlanUnit,
  { access, measure, conditions, records, accountId }: Figure,
): Promise<number | null> {
  const definition = 'AccountPlanObjMeasCalcDef'
  const name = textAt(measure, `${definition}.MasterLabel`) ?? ''
  const target = textAt(measure, `${definition}.TargetObject`) ?? ''
  const object = objectOf({ model: unit.model, access }, name, target)
  const names = { access, object, definition: name }
  const how = textAt(measure, `${definition}.RollupType`) ?? ''
  const summed = textAt(measure, `${definition}.TargetField`)
  const field = how === 'Count' || summed === undefined ? 'Id' : fieldOf(names, summed).name
  const values = new Map<string, unknown>()
  const place = placeOf(object, { records, accountId }, values)
  if (place === undefined) return null
  const where = conditions.map((row, index) => conditionOf(names, { row, index, values }))
  const soql = `SELECT ${functions.get(how) ?? 'COUNT'}(${field}) figure FROM ${object.name} WHERE ${[place, ...where].join(' AND ')}`
  const [row] = await readRows(unit, soql, Object.fromEntries(values))
  const figure = row?.get('figure')
  return typeof figure === 'number' ? figure : how === 'Count' || how === 'Sum' ? 0 : null
}

function placeOf(
  object: ObjectModel,
  { records, accountId }: Pick<Figure, 'records' | 'accountId'>,
  values: Map<string, unknown>,
): string | undefined {
  if (records !== undefined) {
    values.set('records', records)
    return 'Id IN :records'
  }
  const account = object.fieldsByName.get('accountid')
  if (account === undefined || accountId === undefined) return undefined
  values.set('account', accountId)
  return `${account.name} = :account`
}

/** What a definition names is looked up for whoever asks: what may not be read is answered like what is not there. */
function objectOf({ model, access }: Gate, definition: string, name: string): ObjectModel {
  const object = model.object(name)
  if (object !== undefined && access.mayObject(object.name, 'read')) return object
  throw wrong(definition, message('there is no object {object}', { object: name }))
}

interface Names {
  readonly access: Access
  readonly object: ObjectModel
  readonly definition: string
}

function fieldOf({ access, object, definition }: Names, name: string): FieldModel {
  const field = object.fieldsByName.get(name.toLowerCase())
  if (field !== undefined && access.mayField(object.name, field.name, 'read')) return field
  throw wrong(
    definition,
    message('{object} has no field {field}', { object: object.name, field: name }),
  )
}

const operators: ReadonlyMap<string, string> = new Map([
  ['Equals', '='],
  ['NotEqual', '!='],
  ['GreaterThan', '>'],
  ['GreaterOrEqual', '>='],
  ['LessThan', '<'],
  ['LessOrEqual', '<='],
])

interface Condition {
  readonly row: Row
  readonly index: number
  readonly values: Map<string, unknown>
}

/** What people entered goes in as a value, or as a literal that can be nothing else. */
function conditionOf(names: Names, { row, index, values }: Condition): string {
  const { definition } = names
  const field = fieldOf(names, textAt(row, 'FieldName') ?? '')
  const operation = textAt(row, 'Operation') ?? 'Equals'
  const text = textAt(row, 'Value') ?? ''
  const pattern = text.replaceAll(/[\\%_]/g, (found) => `\\${found}`)
  const like = (value: string): string => {
    values.set(`c${index}`, value)
    return `${field.name} LIKE :c${index}`
  }
  if (operation === 'Contains') return like(`%${pattern}%`)
  if (operation === 'NotContain') return `(NOT ${like(`%${pattern}%`)})`
  if (operation === 'StartsWith') return like(`${pattern}%`)
  const operator = operators.get(operation) ?? '='
  const literal = literalOf(field, text)
  if (literal !== undefined) return `${field.name} ${operator} ${literal}`
  if (literalTypes.has(field.type.describe(field.options).type)) {
    const told = message('{field} has no value {value}', { field: field.name, value: text })
    throw wrong(definition, told)
  }
  values.set(`c${index}`, text)
  return `${field.name} ${operator} :c${index}`
}

const literalTypes: ReadonlyMap<string, RegExp> = new Map([
  ['boolean', /^(?:true|false)$/i],
  ['double', /^-?\d{1,18}(?:\.\d{1,18})?$/],
  ['int', /^-?\d{1,18}$/],
  ['currency', /^-?\d{1,18}(?:\.\d{1,18})?$/],
  ['percent', /^-?\d{1,18}(?:\.\d{1,18})?$/],
  ['date', /^(?:\d{4}-\d\d-\d\d|[A-Z_]{4,40}(?::\d{1,4})?)$/],
  ['datetime', /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|[A-Z_]{4,40}(?::\d{1,4})?)$/],
])

function literalOf(field: FieldModel, text: string): string | undefined {
  const { type } = field.type.describe(field.options)
  const shape = literalTypes.get(type)
  return shape?.test(text.trim()) === true ? text.trim() : undefined
}

function wrong(definition: string, told: ReturnType<typeof message>): Refusal {
  return refuse(
    'FIELD_INTEGRITY_EXCEPTION',
    message('Calculation {name}: {told}', { name: definition, told }),
  )
}
