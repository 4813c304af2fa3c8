/** What a field or a date function is in a statement: its value, how it is compared, how it is sorted. */
import { calendarYear, type FiscalYear } from '../base/company.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type {
  ApiValue,
  Comparison as FieldComparison,
  Operator,
  ValueProblem,
} from '../fields/field-type.ts'
import { parseDay } from '../formula/calendar.ts'
import { momentSql, offsetSql } from '../formula/sql/zone-sql.ts'
import type { FieldModel, Model } from '../model/model.ts'
import { groupObject, personTarget } from '../model/people-lookup.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { sql, type Sql } from '../sql/sql.ts'
import { columnSql } from './compile-condition.ts'
import { dateFunctions, dayAndTime, type DateFunction } from './date-functions.ts'
import { formulaInSql } from './plan-formula.ts'
import { plannedColumn } from './planned-column.ts'
import {
  columnKey,
  type ExpressionColumn,
  type PlannedColumn,
  type PlannedTable,
} from './read-plan.ts'
import { refuseUncomputed } from './refuse-computed.ts'
import { resolvePath, type Gate } from './resolve.ts'
import type { CallOperand, PathOperand } from './soql/query.ts'
import type { TableSet } from './table-set.ts'

/** Every record has an id: it need not be read to be counted. */
export function isOwnId({ tables }: OperandPlace, column: PlannedColumn): boolean {
  return columnKey(column) === `${tables.root.alias.name}.Id`
}

/** What a condition compares. */
export interface Subject {
  /** As messages call it. */
  readonly path: string
  readonly operators: readonly Operator[]
  readonly comparison: FieldComparison
  readonly column: PlannedColumn
}

export interface OperandPlace {
  readonly gate: Gate
  readonly tables: TableSet
}

/** A field behind a path, with the table it lies in. */
export interface FoundField {
  readonly path: string
  readonly field: FieldModel
  /** One spelling per field of the statement. */
  readonly key: string
  column(part: string): PlannedColumn
  /** The main column of a system field in the same table. */
  beside(name: string): PlannedColumn
}

export function findOperandField({ gate, tables }: OperandPlace, path: string): FoundField {
  const { parents, field } = resolvePath(gate, tables.root.object, path)
  const table = tables.reach(parents)
  const other = field.isName ? groupBeside({ gate, tables }, parents) : undefined
  return {
    path,
    field,
    key: `${table.alias.name}.${field.name}`,
    column: (part) => {
      const own = plannedColumn(tables, table, { field, part })
      return other === undefined ? own : eitherName(own, nameColumn(tables, other, part))
    },
    beside: (name) => {
      const other = table.object.fieldsByName.get(name.toLowerCase())
      if (other === undefined) throw new Error(`${table.object.name} has no ${name}`)
      return plannedColumn(tables, table, { field: other, part: '' })
    },
  }
}

/** The group behind a lookup to people or groups, which has a name where there is no person. */
function groupBeside(
  { gate, tables }: OperandPlace,
  parents: readonly FieldModel[],
): PlannedTable | undefined {
  const lookup = parents.at(-1)
  const isPeople = personTarget(lookup?.reference?.targets ?? []) !== undefined
  if (lookup === undefined || !isPeople || !gate.access.mayObject(groupObject, 'read'))
    return undefined
  const meant = gate.model.object(groupObject)
  return meant && tables.step(tables.reach(parents.slice(0, -1)), lookup, { meant })
}

function nameColumn(tables: TableSet, table: PlannedTable, part: string): PlannedColumn {
  return plannedColumn(tables, table, { field: table.object.nameField, part })
}

function eitherName(one: PlannedColumn, other: PlannedColumn): PlannedColumn {
  return {
    expression: (dialect) =>
      sql`coalesce(${columnSql(one, dialect)}, ${columnSql(other, dialect)})`,
    key: `either(${columnKey(one)})`,
    kind: one.kind,
  }
}

export function fieldSubject(place: OperandPlace, { path }: PathOperand): Subject {
  const { field, column } = findOperandField(place, path)
  const comparison = field.type.comparison?.(field.options)
  if (comparison === undefined) {
    throw refuse('INVALID_FIELD', `field '${path}' can not be filtered in a query call`, {
      fields: [path],
    })
  }
  refuseUncomputed(place.gate.model, field, { path, use: 'filtered' })
  return { path, operators: field.type.operators, comparison, column: column(comparison.column) }
}

/** A function of a date, as a column. */
export interface FunctionColumn {
  readonly path: string
  readonly column: ExpressionColumn
}

const comparing: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in']

export function dateSubject(place: OperandPlace, call: CallOperand): Subject {
  const { path, column } = dateFunctionColumn(place, call)
  const comparison = column.kind.kind === 'date' ? dayComparison : wholeComparison
  return { path, operators: comparing, comparison, column }
}

export function dateFunctionColumn(place: OperandPlace, call: CallOperand): FunctionColumn {
  const entry = dateFunctions.get(call.name)
  if (entry === undefined) throw unknownFunction(call.name)
  const { path, converted } = dateArgument(call)
  const found = findOperandField(place, path)
  refuseUncomputed(place.gate.model, found.field, { path, use: 'filtered' })
  const column = temporalColumn(found, call, { entry, converted })
  if (converted) place.tables.useMoment()
  const fiscalYear = place.gate.fiscalYear ?? calendarYear
  const key = `${call.name}(${converted ? 'z ' : ''}${found.key})`
  const expression = (dialect: Dialect): Sql =>
    dateFunctionSql({ entry, column, converted, fiscalYear }, dialect)
  return { path: `${call.name}(${path})`, column: { expression, key, kind: entry.kind } }
}

function temporalColumn(
  { field, path, column }: FoundField,
  { name }: CallOperand,
  { entry, converted }: { readonly entry: DateFunction; readonly converted: boolean },
): PlannedColumn {
  const comparison = field.type.comparison?.(field.options)
  const found = comparison && column(comparison.column)
  const kind = found?.kind.kind
  const isInstant = kind === 'instant'
  if (
    found !== undefined &&
    (isInstant || (kind === 'date' && !entry.instantsOnly && !converted))
  ) {
    return found
  }
  const wanted = entry.instantsOnly || converted ? 'a date/time field' : 'a date or date/time field'
  throw refuse('INVALID_FIELD', `${name} takes ${wanted}; '${path}' is none.`, { fields: [path] })
}

/** `convertTimezone(x)` is the instant as the caller's clock shows it. */
function dateArgument({ name, args }: CallOperand): {
  readonly path: string
  readonly converted: boolean
} {
  const [first, ...rest] = args
  if (first?.kind === 'path' && rest.length === 0) return { path: first.path, converted: false }
  const isConversion = first?.kind === 'call' && first.name === 'converttimezone'
  const [inner, ...others] = isConversion ? first.args : []
  if (inner?.kind === 'path' && others.length === 0 && rest.length === 0) {
    return { path: inner.path, converted: true }
  }
  throw refuse('MALFORMED_QUERY', `${name} takes one field, or convertTimezone of one.`)
}

interface DateExpression {
  readonly entry: DateFunction
  readonly column: PlannedColumn
  readonly converted: boolean
  readonly fiscalYear: FiscalYear
}

function dateFunctionSql(
  { entry, column, converted, fiscalYear }: DateExpression,
  dialect: Dialect,
): Sql {
  const value = columnSql(column, dialect)
  const kind = column.kind.kind === 'date' ? 'date' : 'instant'
  const offset = converted ? offsetSql(momentSql(dialect).zone, value, dialect) : undefined
  return sql`(${entry.sql(dayAndTime(value, kind, { dialect, offset }), dialect, fiscalYear)})`
}

export function unknownFunction(name: string): Refusal {
  return refuse('MALFORMED_QUERY', `'${name}' is no function that can stand here.`)
}

const wholePattern = /^-?\d{1,15}$/

/** Whole numbers: counts, and parts of dates. */
export const wholeComparison: FieldComparison = {
  column: '',
  value: (filter: ApiValue): ColumnValue | ValueProblem => {
    if (filter === null) return null
    if (wholePattern.test(String(filter))) return Number(filter)
    return { errorCode: 'INVALID_FIELD', message: 'it is compared with a whole number' }
  },
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

const dayComparison: FieldComparison = {
  column: '',
  value: (filter: ApiValue): ColumnValue | ValueProblem => {
    if (filter === null) return null
    const isDay = typeof filter === 'string' && dayPattern.test(filter)
    if (isDay && parseDay(filter) !== undefined) return filter
    return { errorCode: 'INVALID_FIELD', message: 'it is compared with a date' }
  },
}

/** True when the model can group by the field: exact numbers and long texts are left out, as on the platform. */
export function isGroupable(model: Model, field: FieldModel): boolean {
  const main = field.columns.get('')?.kind.kind
  const isShort = field.type.describe(field.options).type !== 'textarea'
  const isComparable = field.type.comparison?.(field.options) !== undefined
  const isNumber =
    main === 'decimal' || (field.formula !== undefined && 'scale' in field.formula.result)
  if (field.formula !== undefined && !formulaInSql(model, field)) return false
  return model.object(field.object) !== undefined && isComparable && isShort && !isNumber
}
