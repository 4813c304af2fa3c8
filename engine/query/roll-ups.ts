/** What the roll-up summaries of a model take from the records of one table, as pieces of SQL. */
import { fullAccess } from '../access/full-access.ts'
import type { SummaryFilter, SummaryOperation } from '../fields/field-type.ts'
import { summariesOver } from '../model/compile-model.ts'
import type { Column, FieldModel, Model, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { joinSql, render, sql, type Sql } from '../sql/sql.ts'
import { computedSql } from './compile-computed.ts'
import { compileCondition } from './compile-condition.ts'
import { planCondition } from './plan-condition.ts'
import { planFormula } from './plan-formula.ts'
import type { PlannedFormula } from './read-plan.ts'
import { summaryCondition } from './summary-condition.ts'
import { TableSet } from './table-set.ts'

/** One summary: where its value lies, and what each child gives to it. */
export interface RollUp {
  readonly field: FieldModel
  readonly column: Column
  readonly operation: SummaryOperation
  /** What is summed up, of the child `t0`; a count has none. */
  readonly value: Sql | undefined
  /** Which children count, of the child `t0`; absent for all. */
  readonly condition: Sql | undefined
  /** Names of the child's columns that value, condition and relation depend on. */
  readonly reads: ReadonlySet<string>
}

/** The summaries of one parent object over one lookup of its children. */
export interface RollUpRelation {
  readonly child: ObjectModel
  readonly foreignKey: Column
  readonly parent: ObjectModel
  readonly rollUps: readonly RollUp[]
}

/** Relations by table and dialect, worked out once per model. */
const relations = new WeakMap<Model, Map<string, readonly RollUpRelation[]>>()

/** Everything that is to be kept right when rows of the table change, summaries on their way in included. */
export function rollUpsOver(
  model: Model,
  table: string,
  dialect: Dialect,
): readonly RollUpRelation[] {
  const ofModel = relations.get(model) ?? new Map<string, readonly RollUpRelation[]>()
  relations.set(model, ofModel)
  const key = `${dialect.name} ${table}`
  const known = ofModel.get(key)
  if (known !== undefined) return known
  const { arriving } = model
  const own = relationsIn(model, table, { dialect, wanted: () => true })
  const coming =
    arriving === undefined
      ? []
      : relationsIn(arriving.model, table, {
          dialect,
          wanted: (field) => arriving.fields.has(`${field.object}.${field.name}`),
        })
  const made = together([...own, ...coming])
  ofModel.set(key, made)
  return made
}

/** Those of the summaries that one of the columns matters to; all when no columns are given. */
export function affectedBy(
  all: readonly RollUpRelation[],
  columns: ReadonlySet<string> | undefined,
): readonly RollUpRelation[] {
  if (columns === undefined) return all
  return all.flatMap((relation) => {
    const rollUps = relation.rollUps.filter(({ reads }) =>
      [...reads].some((one) => columns.has(one)),
    )
    return rollUps.length === 0 ? [] : [{ ...relation, rollUps }]
  })
}

/** What moves in a parent's row when these summaries do. */
export function summaryColumns(all: readonly RollUpRelation[]): ReadonlySet<string> {
  const names = all.flatMap(({ rollUps }) => rollUps.map(({ column }) => column.name.name))
  return new Set([...names, 'SystemModstamp'])
}

/** The summaries of one object, by relation. */
export function rollUpsOf(
  model: Model,
  object: ObjectModel,
  options: RelationOptions,
): readonly RollUpRelation[] {
  const children = new Set(
    object.fields.flatMap(({ options: { summary } }) => summary?.child ?? []),
  )
  return [...children].flatMap((name) => {
    const child = requireObject(model, name)
    const all = relationsIn(model, child.table.name, options)
    return all.filter(({ parent }) => parent.name === object.name)
  })
}

/** Equal for summaries that give equal values over equal rows: what they are made of, down to the columns. */
export function rollUpSignature(
  { child, foreignKey, parent }: RollUpRelation,
  one: RollUp,
): string {
  const texts = [one.value, one.condition].map((part) => {
    if (part === undefined) return null
    const { text, slots } = render(part, { quote: (name) => `"${name}"`, placeholder: () => '?' })
    return [text, slots]
  })
  const place = [child.table.name, foreignKey.name.name, parent.table.name]
  return JSON.stringify([place, one.operation, one.column.kind, texts])
}

export interface RelationOptions {
  readonly dialect: Dialect
  wanted(field: FieldModel): boolean
}

function relationsIn(
  model: Model,
  table: string,
  { dialect, wanted }: RelationOptions,
): readonly RollUpRelation[] {
  const child = objectOfTable(model, table)
  if (child === undefined) return []
  return together(
    summariesOver(model, child.name).flatMap(({ object, field: name }) => {
      const parent = requireObject(model, object)
      const field = requireField(parent, name)
      return wanted(field) ? [relationOf(model, { child, parent, field, dialect })] : []
    }),
  )
}

const tables = new WeakMap<Model, ReadonlyMap<string, string>>()

export function objectOfTable(model: Model, table: string): ObjectModel | undefined {
  const known =
    tables.get(model) ??
    new Map([...model.bindings].map(([name, binding]) => [binding.table, name] as const))
  tables.set(model, known)
  const name = known.get(table)
  return name === undefined ? undefined : model.object(name)
}

function requireObject(model: Model, name: string): ObjectModel {
  const object = model.object(name)
  if (object === undefined) throw new Error(`no object ${name}`)
  return object
}

function requireField(object: ObjectModel, name: string): FieldModel {
  const field = object.fieldsByName.get(name.toLowerCase())
  if (field === undefined) throw new Error(`${object.name} has no field ${name}`)
  return field
}

function mainColumn(field: FieldModel): Column {
  const column = field.columns.get('')
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no column`)
  return column
}

interface RelationInput {
  readonly child: ObjectModel
  readonly parent: ObjectModel
  readonly field: FieldModel
  readonly dialect: Dialect
}

function relationOf(model: Model, input: RelationInput): RollUpRelation {
  const { child, parent, field, dialect } = input
  const link = field.options.summary
  if (link === undefined) throw new Error(`${field.object}.${field.name} is not linked`)
  const foreignKey = mainColumn(requireField(child, link.foreignKey))
  const tables = new TableSet(model, child)
  const source = link.source === undefined ? undefined : requireField(child, link.source)
  const value = source && valueOf(tables, source, dialect)
  const condition = conditionOf(model, tables, { filters: link.filters, dialect })
  if (tables.joins.length > 0 || tables.globals.length > 0) {
    throw new Error(`${field.object}.${field.name} is made of more than its children's own values`)
  }
  const mentioned = source === undefined ? [] : [source]
  for (const filter of link.filters) mentioned.push(requireField(child, filter.field))
  const reads = new Set([foreignKey.name.name])
  for (const one of mentioned) addColumns(reads, one, tables)
  const rollUp = { field, column: mainColumn(field), operation: link.operation }
  return { child, foreignKey, parent, rollUps: [{ ...rollUp, value, condition, reads }] }
}

function valueOf(tables: TableSet, source: FieldModel, dialect: Dialect): Sql {
  if (source.formula === undefined) return sql`${tables.root.alias}.${mainColumn(source).name}`
  const computed = computedSql(planFormula(tables, tables.root, source), dialect)
  if (computed === undefined) {
    throw new Error(`${source.object}.${source.name} cannot be computed by the database`)
  }
  return sql`(${computed})`
}

/** Names of the columns that hold the field, or that its formula reads. */
function addColumns(into: Set<string>, field: FieldModel, tables: TableSet): void {
  for (const { name } of field.columns.values()) into.add(name.name)
  if (field.formula !== undefined) addInputs(into, planFormula(tables, tables.root, field))
}

function addInputs(into: Set<string>, { inputs }: PlannedFormula): void {
  for (const input of inputs.values()) {
    if (input.kind === 'computed') addInputs(into, input.formula)
    if (input.kind !== 'stored') continue
    for (const { name } of input.field.columns.values()) into.add(name.name)
  }
}

function conditionOf(
  model: Model,
  tables: TableSet,
  { filters, dialect }: { readonly filters: readonly SummaryFilter[]; readonly dialect: Dialect },
): Sql | undefined {
  if (filters.length === 0) return undefined
  const context = {
    // The engine computes over all fields and records, whoever looks at the result.
    gate: { model, access: fullAccess(model) },
    query: { text: '' },
    tables,
    moment: { now: 0, timeZone: 'UTC' },
    onMomentary: noMoment,
    planInner: noInner,
  }
  const conditions = filters.map((filter) => {
    const condition = summaryCondition(requireField(tables.root.object, filter.field), filter)
    const planned = planCondition(context, condition)
    return sql`(${compileCondition(planned, { dialect, inner: noInner })})`
  })
  return joinSql(conditions, sql` and `)
}

function noMoment(): never {
  throw new Error('a roll-up summary cannot depend on the moment')
}

function noInner(): never {
  throw new Error('the condition of a roll-up summary holds no query')
}

/** Summaries of one parent over one lookup are computed together. */
function together(all: readonly RollUpRelation[]): readonly RollUpRelation[] {
  const byPlace = new Map<string, RollUpRelation>()
  for (const relation of all) {
    const key = `${relation.foreignKey.name.name} ${relation.parent.table.name}`
    const known = byPlace.get(key)
    const rollUps = [...(known?.rollUps ?? []), ...relation.rollUps]
    byPlace.set(key, { ...(known ?? relation), rollUps })
  }
  return [...byPlace.values()]
}
