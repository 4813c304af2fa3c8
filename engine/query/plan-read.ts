/** Query + Gate → ReadPlan: names are resolved and access is decided here. */
import { limits } from '../base/limits.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Moment } from './date-range.ts'
import { located } from './located.ts'
import type { ConditionContext } from './condition-context.ts'
import { planCondition } from './plan-condition.ts'
import { planFormula } from './plan-formula.ts'
import { dateFunctionColumn, unknownFunction, type OperandPlace } from './plan-operand.ts'
import { planScope } from './plan-scope.ts'
import { plannedColumn } from './planned-column.ts'
import { refuseUncomputed } from './refuse-computed.ts'
import {
  columnKey,
  everyEntry,
  type FinishedField,
  type PlannedCondition,
  type PlannedOrder,
  type PlannedOutput,
  type PlannedTable,
  type ReadPlan,
} from './read-plan.ts'
import {
  resolveChildren,
  resolveObject,
  resolvePath,
  resolvePolymorphic,
  visibleFields,
  type FormerName,
  type Gate,
} from './resolve.ts'
import type { OrderItem, Query, SelectItem } from './soql/query.ts'
import { TableSet } from './table-set.ts'

export interface PlanReadOptions {
  readonly moment: Moment
  readonly deletedToo: boolean
  /** What the engine itself demands of the records beside the query. */
  readonly within?: (context: Omit<ConditionContext, 'gate' | 'query'>) => PlannedCondition
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
}

/** A query whose tables begin with the given root: the whole one, or one within it. */
export function planFrom(context: PlanContext, tables: TableSet): ReadPlan {
  const { gate, query, options } = context
  checkClauses(query)
  let momentary = false
  const planInner = (inner: Query, from: TableSet): ReadPlan => {
    // What is demanded of the records is not demanded of their children.
    const { within: _within, ...own } = options
    const plan = planFrom({ gate, query: inner, options: own }, from)
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
  }
  const asked = query.where && planCondition(conditions, query.where)
  const demanded = options.within?.(conditions)
  const scoped = planScope({ gate, tables }, query.scope)
  // Whose records they are is written into the plan.
  if (scoped !== undefined) momentary = true
  const orderBy = query.orderBy.flatMap((item) =>
    located(query, item.offset, () => planOrder({ gate, tables }, item)),
  )
  return {
    root: tables.root,
    joins: tables.joins,
    count: query.count,
    outputs: outputs.finish(),
    afterRead: outputs.afterRead,
    childLists: outputs.childLists,
    where: both(both(asked, demanded), scoped),
    orderBy: query.count ? [] : distinctKeys([...orderBy, idOrder(tables)], tables.root),
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

function both(
  one: PlannedCondition | undefined,
  other: PlannedCondition | undefined,
): PlannedCondition | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return { kind: 'and', items: [one, other] }
}

/** Fields stand as they are; functions of them are for groups, conditions and orders. */
function checkItem(item: SelectItem): void {
  if (item.kind === 'path' && item.alias !== undefined) {
    throw refuse('MALFORMED_QUERY', 'Only grouped queries give fields an alias.')
  }
  if (item.kind === 'call') throw unknownFunction(item.call.name)
  if (item.kind === 'typeof') throw refuse('MALFORMED_QUERY', 'TYPEOF is not answered yet.')
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
    const { column } = dateFunctionColumn(place, operand)
    return [{ column, descending, nulls, mayBeEmpty: true }]
  }
  const { gate, tables } = place
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

interface ParentNode {
  readonly key: string
  readonly table: PlannedTable
  readonly node: OutputNode
}

interface PolymorphicNode {
  readonly output: Extract<PlannedOutput, { kind: 'polymorphic' }>
  readonly attributes: ('Id' | 'Name' | 'Type')[]
}

interface OutputNode {
  readonly table: PlannedTable
  /** By lower-case key, in the order of the query. */
  readonly entries: Map<string, PlannedOutput | ParentNode | PolymorphicNode>
}

/** Collects what is selected as the tree of the answer. */
class OutputTree {
  readonly afterRead: FinishedField[] = []
  childLists = 0
  readonly #gate: Gate
  readonly #tables: TableSet
  readonly #root: OutputNode

  constructor(gate: Gate, tables: TableSet) {
    this.#gate = gate
    this.#tables = tables
    this.#root = { table: tables.root, entries: new Map() }
  }

  add(item: SelectItem): void {
    if (item.kind === 'path') return this.#addPath(item.path)
    if (item.kind !== 'fields') return
    const wanted = visibleFields(this.#gate, this.#tables.root.object).filter(
      (field) => item.which === 'ALL' || field.custom === (item.which === 'CUSTOM'),
    )
    for (const field of wanted) this.#addField(this.#root, [], field)
  }

  addChildren(query: Query, planInner: (inner: Query, from: TableSet) => ReadPlan): void {
    const { table } = this.#root
    const children = located(query, query.fromOffset, () =>
      resolveChildren(this.#gate, table.object, query.from),
    )
    const key = children.relationshipName
    if (query.count) throw refuse('MALFORMED_QUERY', 'A child query selects fields, not COUNT().')
    if (this.#root.entries.has(key.toLowerCase())) throw duplicate([key])
    const plan = planInner(query, this.#tables.within(children.object))
    const index = this.childLists++
    const place = { key, alias: table.alias, lookup: children.lookup, index }
    this.#root.entries.set(key.toLowerCase(), { kind: 'children', ...place, plan })
    for (const { path, ...finished } of plan.afterRead) {
      this.afterRead.push({ path: [key, 'records', everyEntry, ...path], ...finished })
    }
  }

  finish(): readonly PlannedOutput[] {
    return finishNode(this.#root)
  }

  #addPath(path: string): void {
    const polymorphic = resolvePolymorphic(this.#gate, this.#tables.root.object, path)
    if (polymorphic !== undefined) return this.#addPolymorphic(polymorphic, path)
    const { parents, field } = resolvePath(this.#gate, this.#tables.root.object, path)
    let node = this.#root
    const keys: string[] = []
    const walked: FieldModel[] = []
    for (const lookup of parents) {
      walked.push(lookup)
      const key = lookup.reference?.relationshipName ?? lookup.name
      keys.push(key)
      node = this.#parentNode(node, key, this.#tables.reach(walked))
    }
    this.#addField(node, keys, field)
  }

  #parentNode(node: OutputNode, key: string, table: PlannedTable): OutputNode {
    const known = node.entries.get(key.toLowerCase())
    if (known !== undefined && 'node' in known) return known.node
    if (known !== undefined) throw duplicate([key])
    const made: ParentNode = { key, table, node: { table, entries: new Map() } }
    node.entries.set(key.toLowerCase(), made)
    return made.node
  }

  #addField(node: OutputNode, keys: readonly string[], field: FieldModel): void {
    if (node.entries.has(field.name.toLowerCase())) throw duplicate([...keys, field.name])
    if (field.formula !== undefined) return this.#addFormula(node, keys, field)
    node.entries.set(field.name.toLowerCase(), {
      kind: 'field',
      key: field.name,
      field,
      alias: node.table.alias,
    })
    if (field.type.afterRead !== undefined)
      this.afterRead.push({ path: [...keys, field.name], field, formula: undefined })
  }

  #addFormula(node: OutputNode, keys: readonly string[], field: FieldModel): void {
    const formula = planFormula(this.#tables, node.table, field)
    node.entries.set(field.name.toLowerCase(), { kind: 'computed', key: field.name, formula })
    if (!formula.inSql) this.afterRead.push({ path: [...keys, field.name], field, formula })
  }

  #addPolymorphic(
    resolved: NonNullable<ReturnType<typeof resolvePolymorphic>>,
    path: string,
  ): void {
    const key = resolved.lookup.reference?.relationshipName ?? resolved.lookup.name
    const known = this.#root.entries.get(key.toLowerCase())
    if (known !== undefined && 'attributes' in known && 'output' in known) {
      if (known.attributes.includes(resolved.attribute)) throw duplicate([path])
      known.attributes.push(resolved.attribute)
      return
    }
    if (known !== undefined) throw duplicate([key])
    const attributes = [resolved.attribute]
    const output: PolymorphicNode['output'] = {
      kind: 'polymorphic',
      key,
      lookup: resolved.lookup,
      alias: this.#root.table.alias,
      targets: resolved.targets,
      attributes,
    }
    this.#root.entries.set(key.toLowerCase(), { output, attributes })
  }
}

/** One key of the answer cannot hold two things. */
function duplicate(path: readonly string[]): Refusal {
  return refuse('INVALID_FIELD', `duplicate field selected: ${path.join('.')}`, {
    fields: path.slice(-1),
  })
}

function finishNode(node: OutputNode): readonly PlannedOutput[] {
  return [...node.entries.values()].map((entry) => {
    if ('node' in entry)
      return { kind: 'parent', key: entry.key, table: entry.table, outputs: finishNode(entry.node) }
    return 'output' in entry ? entry.output : entry
  })
}
