/** A formula field in a statement: parents joined, globals given holes, other formulas planned below it. */
import { dayMs, parseInstant } from '../formula/calendar.ts'
import type { FieldMention } from '../formula/types.ts'
import type { GlobalMention } from '../model/global-mention.ts'
import { resolveMentionPath } from '../model/formula-scope.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { analysedFormula, type ReadyFormula } from '../model/ready-formula.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import { postgresDialect } from '../sql/postgres-dialect.ts'
import { sqliteDialect } from '../sql/sqlite-dialect.ts'
import { computedSql } from './compile-computed.ts'
import type { PlannedFormula, PlannedInput, PlannedTable } from './read-plan.ts'
import { TableSet } from './table-set.ts'

/** The formula of a field of one of the statement's tables; once per table and field. */
export function planFormula(
  tables: TableSet,
  table: PlannedTable,
  field: FieldModel,
): PlannedFormula {
  const key = `${table.alias.name}.${field.name}`
  const known = tables.formulas.get(key)
  if (known !== undefined) return known
  const ready = analysedFormula(tables.model, field)
  const disclosed = field.options.discloses === true
  const inputs = new Map(
    ready.formula.mentions.map((mention) => [
      mention.path,
      planInput(tables, table, { mention, disclosed }),
    ]),
  )
  const inSql = formulaInSql(tables.model, field)
  const planned: PlannedFormula = { field, table, ready, inSql, inputs }
  tables.formulas.set(key, planned)
  return planned
}

/** A formula that belongs to no field, such as the condition of a rule. */
export function planReady(tables: TableSet, ready: ReadyFormula): PlannedFormula {
  const { root } = tables
  const inputs = new Map(
    ready.formula.mentions.map((mention) => [mention.path, planInput(tables, root, { mention })]),
  )
  return { field: undefined, table: root, ready, inSql: true, inputs }
}

interface InputMention {
  readonly mention: FieldMention
  /** Whoever may see the formula may know of the parents that it reads, whether he sees them or not. */
  readonly disclosed?: boolean
}

function planInput(
  tables: TableSet,
  table: PlannedTable,
  { mention, disclosed = false }: InputMention,
): PlannedInput {
  const found = resolveMentionPath(tables.model, table.object, mention.path)
  if (found.global !== undefined) return planGlobal(tables, found.global)
  const { parents, objects, field } = found
  const reached = parents.reduce(
    (from, lookup, index) => tables.step(from, lookup, { meant: objects[index], disclosed }),
    table,
  )
  if (field.formula === undefined) return { kind: 'stored', table: reached, field }
  return { kind: 'computed', formula: planFormula(tables, reached, field) }
}

function planGlobal(tables: TableSet, mention: GlobalMention): PlannedInput {
  const column = columnOf(mention)
  const { source } = mention
  if (source.from === 'field') return { kind: 'constant', column, value: null }
  if (source.from !== 'model') {
    return { kind: 'global', global: tables.global(mention, column) }
  }
  return { kind: 'constant', column, value: globalColumnValue(column, source.value) }
}

const columnKinds: Partial<Readonly<Record<FieldMention['kind'], ColumnKind>>> = {
  boolean: { kind: 'boolean' },
  date: { kind: 'date' },
  datetime: { kind: 'instant' },
  time: { kind: 'time' },
}

function columnOf({ kind, precision = 18, scale = 0 }: FieldMention): ColumnKind {
  const isNumber = kind === 'number' || kind === 'currency' || kind === 'percent'
  if (isNumber) return { kind: 'decimal', precision, scale }
  return columnKinds[kind] ?? { kind: 'text' }
}

/** A global's value as the API gives it, in the form of a column; what does not fit is no value. */
export function globalColumnValue(column: ColumnKind, value: unknown): ColumnValue {
  if (value === null || value === undefined || value === '') return null
  switch (column.kind) {
    case 'boolean':
      return value === true || value === 'true'
    case 'instant':
      return typeof value === 'number' ? value : (parseInstant(String(value)) ?? null)
    case 'time':
      return timeOf(value)
    case 'decimal':
      return /^-?\d{1,18}(?:\.\d+)?$/.test(String(value)) ? String(value) : null
    default:
      return typeof value === 'string' || typeof value === 'number' ? String(value) : null
  }
}

function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  const instant = parseInstant(`1970-01-01T${String(value)}`)
  return instant === undefined ? null : instant % dayMs
}

const inSql = new WeakMap<Model, Map<string, boolean>>()

/** True when both databases compute the formula faithfully; only then it filters, sorts and groups. */
export function formulaInSql(model: Model, field: FieldModel): boolean {
  const known = inSql.get(model) ?? new Map<string, boolean>()
  inSql.set(model, known)
  const key = `${field.object}.${field.name}`
  const answer = known.get(key) ?? tryInSql(model, field)
  known.set(key, answer)
  return answer
}

function tryInSql(model: Model, field: FieldModel): boolean {
  const object = model.object(field.object)
  if (object === undefined) throw new Error(`there is no object ${field.object}`)
  const { formula, result } = analysedFormula(model, field)
  return computesInSql(model, object, { formula, result })
}

/** The same for a formula of the object that no field may have yet. */
export function computesInSql(
  model: Model,
  object: ObjectModel,
  { formula, result }: Pick<ReadyFormula, 'formula' | 'result'>,
): boolean {
  // The mentioned formulas answer for themselves first, so a scratch statement is enough here.
  const tables = new TableSet(model, object)
  const table = tables.root
  const inputs = new Map(
    formula.mentions.map((mention) => [mention.path, planInput(tables, table, { mention })]),
  )
  const ready: ReadyFormula = {
    text: formula.text,
    blanks: formula.blanks,
    result,
    formula,
    inert: undefined,
  }
  const planned: PlannedFormula = { field: undefined, table, ready, inSql: true, inputs }
  return [sqliteDialect, postgresDialect].every(
    (dialect) => computedSql(planned, dialect) !== undefined,
  )
}
