/** Grouped queries through the gate: what is grouped, computed, compared and sorted by. */
import { refuse, type Refusal } from '../base/refusal.ts'
import type { FieldModel } from '../model/model.ts'
import { aggregateFunctions, type AggregateFunction } from './aggregate-functions.ts'
import type {
  AggregateOutput,
  AggregatePlan,
  PlannedAggregate,
  PlannedGroup,
} from './aggregate-plan.ts'
import { aggregateColumn, groupColumn } from './compile-aggregate.ts'
import { located } from './located.ts'
import { planCondition } from './plan-condition.ts'
import {
  dateFunctionColumn,
  findOperandField,
  isGroupable,
  isOwnId,
  unknownFunction,
  wholeComparison,
  type FoundField,
  type OperandPlace,
  type Subject,
} from './plan-operand.ts'
import { planFrom, type PlanReadOptions } from './plan-read.ts'
import {
  columnKey,
  type FinishedField,
  type PlannedColumn,
  type PlannedOrder,
} from './read-plan.ts'
import { isAggregateCall, shownFunctions, shownInGroup } from './shown-in-group.ts'
import { resolveObject, type FormerName, type Gate } from './resolve.ts'
import type { CallOperand, GroupBy, Operand, OrderItem, Query, SelectItem } from './soql/query.ts'
import { TableSet } from './table-set.ts'

/** True for queries whose answer are groups of records, not records. */
export function isAggregate(query: Query): boolean {
  if (query.groupBy !== undefined) return true
  return query.select.some((item) => item.kind === 'call' && isAggregateCall(item.call))
}

export function planAggregate(given: Gate, query: Query, options: PlanReadOptions): AggregatePlan {
  const formerNames = new Map<string, FormerName>()
  const gate: Gate = { ...given, onFormerName: (one) => formerNames.set(one.former, one) }
  const object = located(query, query.fromOffset, () => resolveObject(gate, query.from))
  const tables = new TableSet(gate.model, object)
  const planner = new AggregatePlanner({ gate, tables }, query)
  const having =
    query.having &&
    planCondition(
      {
        gate,
        query,
        tables,
        ...options,
        onMomentary: () => planner.onMomentary(),
        planInner: () => {
          throw refuse('MALFORMED_QUERY', 'HAVING compares groups; it holds no other query.')
        },
        subjectOf: (operand) => planner.subject(operand),
      },
      query.having,
    )
  const orderBy = query.orderBy.flatMap((item) =>
    located(query, item.offset, () => planner.order(item)),
  )
  const plain = { ...query, select: [], groupBy: undefined, having: undefined, orderBy: [] }
  // Last, so that it joins what the groups and functions reach.
  const rows = planFrom({ gate, query: { ...plain, limit: undefined, skip: 0 }, options }, tables)
  const momentary = rows.momentary || planner.momentary
  return {
    rows: {
      ...rows,
      momentary,
      afterRead: planner.afterRead,
      formerNames: [...formerNames.values()],
    },
    groups: planner.groups,
    sets: setsOf(query.groupBy),
    aggregates: planner.aggregates,
    outputs: planner.outputs,
    having,
    orderBy: orderBy.length > 0 ? orderBy : planner.plainOrder(),
    limit: query.limit,
    skip: query.skip,
  }
}

/** ROLLUP takes fields away from the end, CUBE in every combination. */
function setsOf(groupBy: GroupBy | undefined): readonly (readonly number[])[] {
  const all = (groupBy?.items ?? []).map((_, index) => index)
  if (groupBy?.kind === 'rollup') {
    return [all, ...all.map((_, index) => all.slice(0, all.length - 1 - index))]
  }
  if (groupBy?.kind !== 'cube') return [all]
  const masks = Array.from({ length: 2 ** all.length }, (_, mask) => mask)
  return masks.reverse().map((mask) => all.filter((index) => (mask & (1 << index)) !== 0))
}

interface NamedGroup extends PlannedGroup {
  readonly found: FoundField | undefined
}

class AggregatePlanner {
  readonly groups: NamedGroup[] = []
  readonly aggregates: PlannedAggregate[] = []
  readonly outputs: AggregateOutput[] = []
  readonly afterRead: FinishedField[] = []
  momentary = false
  readonly #place: OperandPlace
  readonly #hasTotals: boolean
  #unnamed = 0

  constructor(place: OperandPlace, query: Query) {
    this.#place = place
    this.#hasTotals = query.groupBy !== undefined && query.groupBy.kind !== 'plain'
    for (const item of query.groupBy?.items ?? []) {
      located(query, item.offset, () => this.groups.push(this.#group(item)))
    }
    for (const item of query.select) located(query, item.offset, () => this.#select(item))
  }

  onMomentary(): void {
    this.momentary = true
  }

  #group(operand: Operand): NamedGroup {
    if (operand.kind === 'call') {
      const { column } = dateFunctionColumn(this.#place, operand)
      return { key: columnKey(column), column, found: undefined }
    }
    const found = findOperandField(this.#place, operand.path)
    if (!isGroupable(this.#place.gate.model, found.field)) {
      throw refuse('INVALID_FIELD', `field '${operand.path}' can not be grouped in a query call`, {
        fields: [operand.path],
      })
    }
    return { key: found.key, column: found.column(''), found }
  }

  #select(item: SelectItem): unknown {
    if (item.kind === 'path') {
      const index = this.#groupIndex(item)
      const key = item.alias ?? this.groups[index]?.found?.field.name
      return this.#add(key, { from: 'group', index })
    }
    if (item.kind !== 'call') {
      throw refuse('MALFORMED_QUERY', 'A grouped query selects grouped fields and functions.')
    }
    const { call, alias } = item
    if (shownFunctions.has(call.name)) return this.#addShown(call, alias)
    if (aggregateFunctions.has(call.name)) {
      return this.#add(alias, { from: 'aggregate', index: this.#aggregate(call) })
    }
    if (call.name === 'grouping') {
      return this.#add(alias, { from: 'grouping', index: this.#grouping(call) })
    }
    return this.#add(alias, { from: 'group', index: this.#groupIndex(call) })
  }

  /** FORMAT(SUM(Amount)), toLabel(Status): what else is selected, in another form. */
  #addShown({ name, args }: CallOperand, alias: string | undefined): void {
    const [inner, ...rest] = args
    if (inner === undefined || inner.kind === 'literal' || rest.length > 0) {
      throw refuse('MALFORMED_QUERY', `${name} takes one field or function.`)
    }
    const isAggregate = inner.kind === 'call' && aggregateFunctions.has(inner.name)
    const place = isAggregate
      ? ({ from: 'aggregate', index: this.#aggregate(inner) } as const)
      : ({ from: 'group', index: this.#groupIndex(inner) } as const)
    const field = isAggregate ? this.#argumentField(inner) : this.groups[place.index]?.found?.field
    const kind = isAggregate ? this.aggregates[place.index]?.kind : undefined
    const shown = shownInGroup(this.#place.gate, name, { field, kind })
    const key = this.#add(alias ?? (isAggregate ? undefined : field?.name), place)
    this.afterRead.push({ path: [key], field: undefined, formula: undefined, shown })
  }

  #add(key: string | undefined, place: Omit<AggregateOutput, 'key'>): string {
    const name = key ?? `expr${this.#unnamed++}`
    const isTaken = this.outputs.some((output) => output.key.toLowerCase() === name.toLowerCase())
    if (isTaken) throw refuse('MALFORMED_QUERY', `duplicate alias: ${name}`)
    this.outputs.push({ key: name, ...place })
    return name
  }

  /** The group that a field or a date function is; refuses what is not grouped. */
  #groupIndex(operand: Operand): number {
    const index = this.groups.findIndex((group) => group.key === this.#keyOf(operand))
    if (index >= 0) return index
    const name = operand.kind === 'path' ? operand.path : operand.name
    throw refuse('MALFORMED_QUERY', `Field must be grouped or aggregated: ${name}`, {
      fields: [name],
    })
  }

  #keyOf(operand: Operand): string {
    if (operand.kind === 'path') return findOperandField(this.#place, operand.path).key
    return columnKey(dateFunctionColumn(this.#place, operand).column)
  }

  #grouping({ args }: CallOperand): number {
    const [first, ...rest] = args
    if (!this.#hasTotals || first === undefined || first.kind === 'literal' || rest.length > 0) {
      throw refuse('MALFORMED_QUERY', 'GROUPING takes one field of GROUP BY ROLLUP or CUBE.')
    }
    return this.#groupIndex(first)
  }

  #aggregate(call: CallOperand): number {
    const entry = aggregateFunctions.get(call.name)
    if (entry === undefined) throw unknownFunction(call.name)
    const [argument, ...rest] = call.args
    if (argument === undefined && entry.name === 'count') return this.#countOfAll(entry)
    if (argument === undefined || argument.kind === 'literal' || rest.length > 0) {
      throw refuse('MALFORMED_QUERY', `${call.name} takes one field.`)
    }
    const column = this.#inputColumn(entry, argument)
    if (entry.name === 'count' && isOwnId(this.#place, column)) return this.#countOfAll(entry)
    return this.#aggregateIndex({
      key: `${entry.name}(${columnKey(column)})`,
      function: entry,
      column,
      kind: entry.kind(column.kind),
    })
  }

  #countOfAll(entry: AggregateFunction): number {
    const kind = { kind: 'integer' } as const
    return this.#aggregateIndex({ key: 'count()', function: entry, column: undefined, kind })
  }

  #inputColumn(entry: AggregateFunction, argument: Operand): PlannedColumn {
    if (argument.kind === 'call') return dateFunctionColumn(this.#place, argument).column
    const found = findOperandField(this.#place, argument.path)
    const { field } = found
    if (field.type.comparison?.(field.options) === undefined)
      throw notAggregated(entry, argument.path)
    const column = found.column('')
    const { kind } = column.kind
    const isFit =
      entry.takes === 'numbers'
        ? kind === 'decimal' || kind === 'integer'
        : entry.takes === 'anything' || (kind !== 'boolean' && kind !== 'id')
    if (!isFit) throw notAggregated(entry, argument.path)
    return column
  }

  #aggregateIndex(aggregate: PlannedAggregate): number {
    const known = this.aggregates.findIndex(({ key }) => key === aggregate.key)
    if (known >= 0) return known
    return this.aggregates.push(aggregate) - 1
  }

  /** What HAVING compares: groups and functions, as columns of the groups' table. */
  subject(operand: Operand): Subject {
    if (operand.kind === 'call' && aggregateFunctions.has(operand.name)) {
      return this.#aggregateSubject(operand)
    }
    const index = this.#groupIndex(operand)
    const group = this.groups[index]
    if (group === undefined) throw new Error('a group has an index')
    const { found } = group
    if (found === undefined) {
      const column = groupColumn(index, group.column.kind)
      return { path: 'the date', operators: comparing, comparison: wholeComparison, column }
    }
    const comparison = found.field.type.comparison?.(found.field.options)
    if (comparison === undefined) throw new Error('what is grouped can be compared')
    const column = this.#partColumn(index, found, comparison.column)
    return { path: found.path, operators: found.field.type.operators, comparison, column }
  }

  #aggregateSubject(call: CallOperand): Subject {
    const index = this.#aggregate(call)
    const aggregate = this.aggregates[index]
    if (aggregate === undefined) throw new Error('a function has an index')
    const column = aggregateColumn(index, aggregate.kind)
    const field = this.#argumentField(call)
    const comparison =
      aggregate.kind.kind === 'integer'
        ? wholeComparison
        : field?.type.comparison?.({ ...field.options, ...digitsOf(aggregate) })
    if (comparison === undefined || comparison.column !== '') {
      throw refuse('MALFORMED_QUERY', `${call.name} of this field can not be compared.`)
    }
    return { path: call.name, operators: comparing, comparison, column }
  }

  #argumentField({ args }: CallOperand): FieldModel | undefined {
    const [first] = args
    return first?.kind === 'path' ? findOperandField(this.#place, first.path).field : undefined
  }

  /** One of a grouped field's columns; each follows from the main one, so any of the group's will do. */
  #partColumn(index: number, found: FoundField, part: string): PlannedColumn {
    const group = this.groups[index]
    if (part === '' && group !== undefined) return groupColumn(index, group.column.kind)
    const column = found.column(part)
    const least = aggregateFunctions.get('min')
    if (least === undefined) throw new Error('there is MIN')
    const key = `min(${columnKey(column)})`
    const place = this.#aggregateIndex({ key, function: least, column, kind: column.kind })
    return aggregateColumn(place, column.kind)
  }

  order({ operand, descending, nulls }: OrderItem): readonly PlannedOrder[] {
    const place = { descending, nulls, mayBeEmpty: true }
    if (operand.kind === 'call' && aggregateFunctions.has(operand.name)) {
      const index = this.#aggregate(operand)
      const kind = this.aggregates[index]?.kind ?? { kind: 'integer' }
      return [{ ...place, column: aggregateColumn(index, kind) }]
    }
    return this.#groupOrder(this.#groupIndex(operand)).map((column) => ({ ...place, column }))
  }

  #groupOrder(index: number): readonly PlannedColumn[] {
    const group = this.groups[index]
    if (group === undefined) throw new Error('a group has an index')
    const { found } = group
    const parts = found?.field.type.sortColumns?.(found.field.options) ?? []
    if (found === undefined || parts.length === 0) return [groupColumn(index, group.column.kind)]
    return parts.map((part) => this.#partColumn(index, found, part))
  }

  /** Both databases then give the groups in one order. */
  plainOrder(): readonly PlannedOrder[] {
    return this.groups.map(({ column }, index) => ({
      column: groupColumn(index, column.kind),
      descending: false,
      nulls: 'last' as const,
      mayBeEmpty: true,
    }))
  }
}

const comparing = ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in'] as const

function digitsOf({ kind }: PlannedAggregate): {
  readonly precision?: number
  readonly scale?: number
} {
  return kind.kind === 'decimal' ? { precision: kind.precision, scale: kind.scale } : {}
}

function notAggregated({ name }: AggregateFunction, path: string): Refusal {
  const message = `field '${path}' does not support aggregate operator ${name.toUpperCase()}`
  return refuse('INVALID_FIELD', message, { fields: [path] })
}
