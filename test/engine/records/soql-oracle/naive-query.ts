/** What a query gives, evaluated over rows in memory: filter, sort, cut, show; or group and compute. */
import type { Operand, OrderItem, Query, SelectItem } from '../../../../engine/query/soql/query.ts'
import { matches, type ConditionPlace } from './naive-conditions.ts'
import { naiveGroups } from './naive-groups.ts'
import { compareValues, operandValue, valueAt, type Present } from './naive-values.ts'
import type { Row, Value, World } from './world.ts'

export type Shown = Value | { readonly [key: string]: Shown } | readonly Shown[]

export interface NaivePlace {
  readonly world: World
  readonly present: Present
}

/** The records of the answer, without their attributes. */
export function naiveRecords(place: NaivePlace, query: Query): readonly Shown[] {
  const rows = foundRows(place, query, place.world.get(query.from) ?? [])
  const isGrouped =
    query.groupBy !== undefined ||
    query.select.some(
      (item) => item.kind === 'call' && /^(count|sum|avg|min|max)/.test(item.call.name),
    )
  if (isGrouped) return naiveGroups(place, query, rows)
  return cut(query, sorted(rows, query.orderBy, rowValue(place))).map((row) =>
    show(place, query, row),
  )
}

/** `totalSize` of a COUNT(). */
export function naiveCount(place: NaivePlace, query: Query): number {
  return foundRows(place, query, place.world.get(query.from) ?? []).length
}

type ValueOf<Item> = (item: Item, operand: Operand) => Value

function rowValue({ present }: NaivePlace): ValueOf<Row> {
  return (row, operand) => operandValue(row, operand, present)
}

function foundRows(place: NaivePlace, query: Query, rows: readonly Row[]): readonly Row[] {
  const { where } = query
  if (where === undefined) return rows
  const condition: ConditionPlace<Row> = {
    present: place.present,
    value: rowValue(place),
    inner: (inner) => foundRows(place, inner, place.world.get(inner.from) ?? []),
  }
  return rows.filter((row) => matches(condition, row, where))
}

/** Stable: what is equal stays in the order of its ids. */
export function sorted<Item>(
  items: readonly Item[],
  orderBy: readonly OrderItem[],
  valueOf: ValueOf<Item>,
): readonly Item[] {
  return items.toSorted((left, right) => {
    for (const { operand, descending, nulls } of orderBy) {
      const [one, other] = [valueOf(left, operand), valueOf(right, operand)]
      if (one === null && other === null) continue
      if (one === null) return nulls === 'first' ? -1 : 1
      if (other === null) return nulls === 'first' ? 1 : -1
      // Texts that differ by case and accents alone stand in the order of their letters.
      const order =
        compareValues(one, other) ||
        Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
}

export function cut<Item>({ limit, skip }: Query, items: readonly Item[]): readonly Item[] {
  return items.slice(skip, limit === undefined ? undefined : skip + limit)
}

function show(place: NaivePlace, query: Query, row: Row): Shown {
  const shown: Record<string, Shown> = {}
  for (const item of query.select) showItem(place, row, { item, shown })
  return shown
}

interface Showing {
  readonly item: SelectItem
  readonly shown: Record<string, Shown>
}

function showItem(place: NaivePlace, row: Row, { item, shown }: Showing): void {
  if (item.kind === 'path') return putPath(row, item.path, shown)
  if (item.kind === 'call') {
    if (item.alias === undefined) throw new Error('functions have an alias here')
    shown[item.alias] = shownValue(operandValue(row, item.call, place.present))
    return
  }
  if (item.kind === 'children') {
    const { query } = item
    const all = foundRows(place, query, row.children.get(query.from) ?? [])
    const records = cut(query, sorted(all, query.orderBy, rowValue(place)))
    shown[query.from] =
      records.length === 0
        ? null
        : {
            totalSize: records.length,
            done: true,
            records: records.map((one) => show(place, query, one)),
          }
    return
  }
  if (item.kind === 'typeof') {
    const target = row.parents.get(item.path) ?? null
    const chosen = item.cases.find((one) => one.object === target?.object)
    const paths = chosen?.paths ?? item.otherwise
    const inner: Record<string, Shown> = {}
    if (target !== null) for (const { path } of paths) putPath(target, path, inner)
    shown[item.path] = target === null || paths.length === 0 ? null : inner
    return
  }
  throw new Error('FIELDS() is looked at apart')
}

/** Along the lookups one object within the other; null where one is empty. */
function putPath(row: Row, path: string, shown: Record<string, Shown>): void {
  const [first = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    shown[first] = shownValue(valueAt(row, first))
    return
  }
  const parent = row.parents.get(first) ?? null
  if (parent === null) {
    shown[first] = null
    return
  }
  const known = shown[first]
  // What was put here under the name of a lookup is an object.
  const inner = (typeof known === 'object' && known !== null ? known : {}) as Record<string, Shown>
  putPath(parent, rest.join('.'), inner)
  shown[first] = inner
}

export function shownValue(value: Value): Value {
  const isInstant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value)
  return isInstant ? value.replace('Z', '+0000') : value
}
