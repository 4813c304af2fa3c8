/** Query + Gate → ReadPlan: names are resolved and access is decided here. */
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Moment } from './date-range.ts'
import { located } from './located.ts'
import type { ConditionContext } from './condition-context.ts'
import type { FreeLiterals } from './free-literals.ts'
import { planCondition } from './plan-condition.ts'
import { OutputTree } from './output-tree.ts'
import type { OperandPlace } from './plan-operand.ts'
import { planScope } from './plan-scope.ts'
import { functionSort } from './plan-subject.ts'
import { polymorphicSubject } from './polymorphic-column.ts'
import { plannedColumn } from './planned-column.ts'
import { refuseUncomputed } from './refuse-computed.ts'
import {
  columnKey,
  type PlannedCondition,
  type PlannedOrder,
  type PlannedTable,
  type ReadPlan,
} from './read-plan.ts'
import { resolveObject, resolvePath, type FormerName, type Gate } from './resolve.ts'
import type { OrderItem, Query, SelectItem } from './soql/query.ts'
import { TableSet } from './table-set.ts'

export interface PlanReadOptions {
  readonly moment: Moment
  readonly deletedToo: boolean
  /** What the engine itself demands of the records beside the query. */
  readonly within?: (context: Omit<ConditionContext, 'gate' | 'query'>) => PlannedCondition
  /** The order of records that the query itself leaves open. */
  readonly ranked?: (tables: TableSet) => readonly PlannedOrder[]
  readonly free?: FreeLiterals | undefined
}

export function planRead(given: Gate, query: Query, options: PlanReadOptions): ReadPlan {
  const formerNames = new Map<string, FormerName>()
  const gate: Gate = { ...given, onFormerName: (one) => formerNames.set(one.former, one) }
  const object = located(query, query.fromOffset, () => resolveObject(gate, query.from))
  const plan = planFrom({ gate, query, options }, new TableSet(gate.model, object))
  return { ...plan, formerNames: [...formerNames.values()] }
}

export interface PlanContext {
  readonly gate: Gate
  readonly query: Query
  readonly options: PlanReadOptions
  /** How many queries this one stands within. */
  readonly level?: number
}

/** A query whose tables begin with the given root: the whole one, or one within it. */
export function planFrom(context: PlanContext, tables: TableSet): ReadPlan {
  const { gate, query, options, level = 0 } = context
  checkClauses(query)
  checkLevel(level)
  let momentary = false
  const planInner = (inner: Query, from: TableSet): ReadPlan => {
    // What is demanded of the records is not demanded of their children.
    const { within: _within, ranked: _ranked, ...own } = options
    const plan = planFrom({ gate, query: inner, options: own, level: level + 1 }, from)
    momentary ||= plan.momentary
    return plan
  }
  const outputs = new OutputTree(gate, tables)
  for (const item of query.select) {
    located(query, item.offset, () => {
      checkItem(item)
      checkAllFields(item, query)
      if (item.kind === 'children') outputs.addChildren(item.query, planInner)
      else outputs.add(item)
    })
  }
  const conditions = {
    gate,
    query,
    tables,
    moment: options.moment,
    onMomentary: () => {
      momentary = true
    },
    planInner,
    free: options.free,
  }
  const asked = query.where && planCondition(conditions, query.where)
  const demanded = options.within?.(conditions)
  const scoped = planScope({ gate, tables }, query.scope)
  // Whose records they are is written into the plan.
  if (scoped !== undefined) momentary = true
  const orderBy = query.orderBy.flatMap((item) =>
    located(query, item.offset, () => planOrder({ gate, tables }, item)),
  )
  const ranked = orderBy.length === 0 ? (options.ranked?.(tables) ?? []) : []
  return {
    root: tables.root,
    joins: tables.joins,
    count: query.count,
    outputs: outputs.finish(),
    afterRead: outputs.afterRead,
    openLists: outputs.openLists,
    where: both(both(asked, demanded), scoped),
    orderBy: query.count ? [] : distinctKeys([...orderBy, ...ranked, idOrder(tables)], tables.root),
    limit: query.limit,
    skip: query.skip,
    deletedToo: options.deletedToo || query.allRows,
    globals: tables.globals,
    usesMoment: tables.usesMoment,
    momentary,
    formerNames: [],
  }
}

/** Groups are planned by `planAggregate`; within another query there are none. */
function checkClauses(query: Query): void {
  if (query.groupBy === undefined && query.having === undefined) return
  throw refuse('MALFORMED_QUERY', 'GROUP BY and HAVING are for the whole query.')
}

/** Each level may multiply the records by those of all its lists. */
function checkLevel(level: number): void {
  if (level <= limits.queryChildLevelsMax) return
  throw refuse(
    'MALFORMED_QUERY',
    `Queries stand at most ${limits.queryChildLevelsMax} levels deep within a query (queryChildLevelsMax): ask for the rest by a query of its own.`,
  )
}

function both(
  one: PlannedCondition | undefined,
  other: PlannedCondition | undefined,
): PlannedCondition | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return { kind: 'and', items: [one, other] }
}

/** Fields stand under their own names. */
function checkItem(item: SelectItem): void {
  if (item.kind === 'path' && item.alias !== undefined) {
    throw refuse('MALFORMED_QUERY', 'Only grouped queries give fields an alias.')
  }
}

/** As on the platform: whoever wants all fields says how many records, and these are few. */
function checkAllFields(item: SelectItem, { limit }: Query): void {
  if (item.kind !== 'fields' || item.which === 'STANDARD') return
  if (limit !== undefined && limit <= limits.queryAllFieldsRowsMax) return
  throw refuse(
    'MALFORMED_QUERY',
    `FIELDS(${item.which}) must have a LIMIT of at most ${limits.queryAllFieldsRowsMax} (queryAllFieldsRowsMax).`,
  )
}

// Ties are broken by Id, so that pages neither repeat nor leave out a row.
function idOrder(tables: TableSet): PlannedOrder {
  const { root } = tables
  const id = root.object.fieldsByName.get('id')
  if (id === undefined) throw new Error(`${root.object.name} has no Id`)
  const column = plannedColumn(tables, root, { field: id, part: '' })
  return { column, descending: false, nulls: 'first', mayBeEmpty: false }
}

/** Each column once, and nothing after the Id of the record: by then there are no ties. */
function distinctKeys(keys: readonly PlannedOrder[], root: PlannedTable): readonly PlannedOrder[] {
  const byColumn = new Map<string, PlannedOrder>()
  for (const key of keys) {
    const place = columnKey(key.column)
    if (!byColumn.has(place)) byColumn.set(place, key)
    if (place === `${root.alias.name}.Id`) break
  }
  return [...byColumn.values()]
}

/** The engine itself fills its own times, numbers and the names of records. */
function mayBeEmpty(field: FieldModel, object: ObjectModel): boolean {
  if (field.system) return field.reference !== undefined
  if (!field.isName) return true
  const isPartRequired = field.components.some(
    (part) => object.fieldsByName.get(part.toLowerCase())?.required === true,
  )
  return !field.required && !isPartRequired && field.type.generate === undefined
}

function planOrder(place: OperandPlace, item: OrderItem): readonly PlannedOrder[] {
  const { operand, descending, nulls } = item
  if (operand.kind === 'call') {
    const columns = functionSort(place, operand)
    return columns.map((column) => ({ column, descending, nulls, mayBeEmpty: true }))
  }
  const { gate, tables } = place
  const behind = polymorphicSubject(place, operand.path)
  if (behind !== undefined) return [{ column: behind.column, descending, nulls, mayBeEmpty: true }]
  const { parents, object, field } = resolvePath(gate, tables.root.object, operand.path)
  const parts = field.type.sortColumns?.(field.options) ?? []
  if (parts.length === 0) {
    throw refuse('INVALID_FIELD', `field '${operand.path}' can not be sorted in a query call`, {
      fields: [operand.path],
    })
  }
  refuseUncomputed(gate.model, field, { path: operand.path, use: 'sorted' })
  const table = tables.reach(parents)
  return parts.map((part) => ({
    column: plannedColumn(tables, table, { field, part }),
    descending,
    nulls,
    // A record may have no parent at all.
    mayBeEmpty: parents.length > 0 || mayBeEmpty(field, object),
  }))
}
