/** Groups of rows and what is computed over each, formed in the simplest way. */
import type { CallOperand, Operand, Query } from '../../../../engine/query/soql/query.ts'
import { matches } from './naive-conditions.ts'
import { cut, shownValue, sorted, type NaivePlace, type Shown } from './naive-query.ts'
import { compareValues, operandValue } from './naive-values.ts'
import type { Row, Value } from './world.ts'

interface Group {
  readonly rows: readonly Row[]
  /** By what it is grouped by; totals lack some. */
  readonly keys: ReadonlyMap<string, Value>
}

export function naiveGroups(
  place: NaivePlace,
  query: Query,
  rows: readonly Row[],
): readonly Shown[] {
  const items = query.groupBy?.items ?? []
  const valueOf = (group: Group, operand: Operand): Value => {
    if (isAggregate(operand)) return computed(place, operand, group)
    return group.keys.get(spelling(operand)) ?? null
  }
  const { having } = query
  const inner = (): never => {
    throw new Error('HAVING holds no query')
  }
  const groups = setsOf(query.groupBy?.kind, items)
    .flatMap((set) => groupsBy(place, rows, set))
    .filter(
      (group) =>
        having === undefined ||
        matches({ present: place.present, value: valueOf, inner }, group, having),
    )
  return cut(query, sorted(groups, query.orderBy, valueOf)).map((group) => {
    const shown: Record<string, Shown> = {}
    for (const item of query.select) {
      if ((item.kind !== 'path' && item.kind !== 'call') || item.alias === undefined)
        throw new Error('columns of groups have an alias here')
      const operand: Operand = item.kind === 'call' ? item.call : item
      shown[item.alias] = shownValue(valueOf(group, operand))
    }
    return shown
  })
}

function spelling(operand: Operand): string {
  if (operand.kind === 'path') return operand.path
  const args = operand.args.map((one) => (one.kind === 'literal' ? '' : spelling(one)))
  return `${operand.name}(${args.join()})`
}

function isAggregate(operand: Operand): operand is CallOperand {
  return (
    operand.kind === 'call' &&
    /^(count|count_distinct|sum|avg|min|max|grouping)$/.test(operand.name)
  )
}

function setsOf(
  kind: string | undefined,
  items: readonly Operand[],
): readonly (readonly Operand[])[] {
  if (kind === 'rollup') {
    return Array.from({ length: items.length + 1 }, (_, left) => items.slice(0, left))
  }
  if (kind !== 'cube') return [items]
  let sets: readonly (readonly Operand[])[] = [[]]
  for (const item of items) sets = sets.flatMap((set) => [set, [...set, item]])
  return sets
}

/** Without keys there is one group, even of no rows. */
function groupsBy({ present }: NaivePlace, rows: readonly Row[], set: readonly Operand[]): Group[] {
  if (set.length === 0) return [{ rows, keys: new Map() }]
  const groups = new Map<string, { rows: Row[]; keys: ReadonlyMap<string, Value> }>()
  for (const row of rows) {
    const values = set.map((operand) => operandValue(row, operand, present))
    const key = JSON.stringify(values)
    const keys = new Map(set.map((operand, index) => [spelling(operand), values[index] ?? null]))
    const group = groups.get(key) ?? { rows: [], keys }
    group.rows.push(row)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function computed({ present }: NaivePlace, call: CallOperand, { rows, keys }: Group): Value {
  const [argument] = call.args
  if (argument === undefined) return rows.length
  if (argument.kind === 'literal') throw new Error('a field is expected')
  if (call.name === 'grouping') return keys.has(spelling(argument)) ? 0 : 1
  const values = rows
    .map((row) => operandValue(row, argument, present))
    .filter((value) => value !== null)
  if (call.name === 'count') return values.length
  if (call.name === 'count_distinct') return new Set(values).size
  if (values.length === 0) return null
  const ordered = values.toSorted(compareValues)
  if (call.name === 'min') return ordered[0] ?? null
  if (call.name === 'max') return ordered.at(-1) ?? null
  const sum = values.reduce<number>((total, value) => total + Number(value), 0)
  return call.name === 'sum' ? sum : sum / values.length
}
