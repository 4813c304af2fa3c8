/** Queries over rows that are made of the model: a small evaluator of conditions, order and limits. */
import { limits } from '../../base/limits.ts'
import { nearestName } from '../../base/nearest-name.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { Gate } from '../resolve.ts'
import type { Comparison, Condition, Literal, Operand, Query, SelectItem } from '../soql/query.ts'
import {
  isJson,
  isParent,
  type VirtualObject,
  type VirtualRow,
  type VirtualValue,
} from './virtual-object.ts'
import { virtualObject } from './virtual-objects.ts'

export interface VirtualAnswer {
  readonly total: number
  /** The records, without the brackets around them. */
  readonly text: string
}

/** Undefined when the query is about records. */
export function evaluateVirtual(
  gate: Gate,
  query: Query,
  apiVersion: string,
): VirtualAnswer | undefined {
  const selection = virtualSelection(gate, query)
  if (selection === undefined) return undefined
  const { object, paths } = selection
  const scope: Scope = { gate, object }
  const matches = query.where === undefined ? () => true : test(scope, query.where)
  const order = query.orderBy.map(({ operand, descending, nulls }) => ({
    path: pathOf(scope, operand),
    descending,
    nulls,
  }))
  const found = object.rows(gate).filter(matches)
  if (query.count) return { total: found.length, text: '' }
  const sorted = order.length === 0 ? found : found.toSorted((a, b) => compareRows(order, a, b))
  const end = query.limit === undefined ? limits.queryRowsMax : query.skip + query.limit
  const page = sorted.slice(query.skip, Math.min(end, query.skip + limits.queryRowsMax))
  const records = page.map((row) => JSON.stringify(recordOf(object, { row, paths, apiVersion })))
  return { total: page.length, text: records.join(',') }
}

/** What a query asks of each row; undefined when it is about records. */
export function virtualSelection(
  gate: Gate,
  query: Query,
): { readonly object: VirtualObject; readonly paths: readonly Path[] } | undefined {
  const object = virtualObject(gate, query.from)
  if (object === undefined) return undefined
  refuseTheRest(query, object)
  return { object, paths: query.select.flatMap((item) => selectedPaths({ gate, object }, item)) }
}

interface Scope {
  readonly gate: Gate
  readonly object: VirtualObject
}

type Path = readonly string[]

function refuseTheRest(query: Query, { name }: VirtualObject): void {
  const isGrouped = query.groupBy !== undefined || query.having !== undefined
  if (isGrouped || query.scope !== undefined) throw notOffered(name)
}

function notOffered(name: string): Refusal {
  return refuse(
    'MALFORMED_QUERY',
    `${name} is made of the metadata: ask for fields, with plain conditions, ORDER BY, LIMIT, OFFSET or COUNT().`,
  )
}

function selectedPaths(scope: Scope, item: SelectItem): readonly Path[] {
  if (item.kind === 'path') return [resolve(scope, item.path)]
  if (item.kind !== 'fields') throw notOffered(scope.object.name)
  if (item.which === 'CUSTOM') return []
  return [...scope.object.columns.keys()].map((name) => [name])
}

function pathOf(scope: Scope, operand: Operand): Path {
  if (operand.kind === 'path') return resolve(scope, operand.path)
  throw notOffered(scope.object.name)
}

/** The canonical names of a path; an alias or the object itself may stand before it. */
function resolve({ gate, object }: Scope, path: string): Path {
  const [first = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    const name = spelt(object.columns.keys(), first)
    if (name === undefined) throw noColumn(object, first)
    return [name]
  }
  const parent = spelt(object.parents.keys(), first)
  const target =
    parent === undefined ? undefined : virtualObject(gate, object.parents.get(parent) ?? '')
  if (parent !== undefined && target !== undefined) {
    return [parent, ...resolve({ gate, object: target }, rest.join('.'))]
  }
  if (first.toLowerCase() === object.name.toLowerCase()) {
    return resolve({ gate, object }, rest.join('.'))
  }
  throw noColumn(object, first)
}

function spelt(names: Iterable<string>, asked: string): string | undefined {
  const wanted = asked.toLowerCase()
  return [...names].find((name) => name.toLowerCase() === wanted)
}

const shownCharsMax = 80

function noColumn(object: VirtualObject, name: string): Refusal {
  const near =
    name.length > shownCharsMax ? undefined : nearestName(name, [...object.columns.keys()])
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`
  const shown = name.slice(0, shownCharsMax)
  const text = `No such column '${shown}' on entity '${object.name}'.${hint}`
  return refuse('INVALID_FIELD', text, { fields: [shown] })
}

function valueAt(row: VirtualRow, [first = '', ...rest]: Path): VirtualValue {
  const value = row.get(first) ?? null
  if (rest.length === 0) return value
  return isParent(value) ? valueAt(value.row, rest) : null
}

type RowTest = (row: VirtualRow) => boolean

function test(scope: Scope, condition: Condition): RowTest {
  switch (condition.kind) {
    case 'and': {
      const tests = condition.items.map((item) => test(scope, item))
      return (row) => tests.every((one) => one(row))
    }
    case 'or': {
      const tests = condition.items.map((item) => test(scope, item))
      return (row) => tests.some((one) => one(row))
    }
    case 'not': {
      const inner = test(scope, condition.item)
      return (row) => !inner(row)
    }
    case 'compare':
      return compareTest(scope, condition)
    case 'list': {
      const { operator, values } = condition
      if (operator !== 'in' && operator !== 'not in') throw notOffered(scope.object.name)
      const path = pathOf(scope, condition.operand)
      const wanted = new Set(values.map((value) => comparable(literalValue(scope, value))))
      return (row) => wanted.has(comparable(valueAt(row, path))) === (operator === 'in')
    }
    case 'join':
      throw notOffered(scope.object.name)
  }
}

function compareTest(scope: Scope, { operand, operator, value }: Comparison): RowTest {
  const path = pathOf(scope, operand)
  if (operator === 'like') {
    const pattern = likePattern(scope, value)
    return (row) => matchesLike(String(comparable(valueAt(row, path)) ?? ''), pattern)
  }
  const wanted = comparable(literalValue(scope, value))
  const holds = comparisons[operator]
  return (row) => holds(comparable(valueAt(row, path)), wanted)
}

type Comparable = string | number | boolean | null

const comparisons: Readonly<
  Record<Exclude<Comparison['operator'], 'like'>, (a: Comparable, b: Comparable) => boolean>
> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => inOrder(a, b, (sign) => sign < 0),
  '<=': (a, b) => inOrder(a, b, (sign) => sign <= 0),
  '>': (a, b) => inOrder(a, b, (sign) => sign > 0),
  '>=': (a, b) => inOrder(a, b, (sign) => sign >= 0),
}

function inOrder(a: Comparable, b: Comparable, holds: (sign: number) => boolean): boolean {
  return a !== null && b !== null && typeof a === typeof b && holds(compare(a, b))
}

function compare(a: Comparable, b: Comparable): number {
  if (a === b) return 0
  return (a ?? '') < (b ?? '') ? -1 : 1
}

/** Texts are equal in any letter case, as everywhere in queries. */
function comparable(value: VirtualValue): Comparable {
  if (typeof value === 'string') return value.toLowerCase()
  return typeof value === 'object' ? null : value
}

function literalValue({ object }: Scope, literal: Literal): Comparable {
  if (literal.kind === 'string' || literal.kind === 'boolean') return literal.value
  if (literal.kind === 'number') return Number(literal.text)
  if (literal.kind === 'null') return null
  throw notOffered(object.name)
}

function likePattern({ object }: Scope, literal: Literal): readonly string[] {
  if (literal.kind !== 'string') throw notOffered(object.name)
  return literal.pattern.toLowerCase().match(/\\[^]|[^]/gu) ?? []
}

/** In a time that grows with both lengths alone, whatever the pattern. */
function matchesLike(text: string, pattern: readonly string[]): boolean {
  const characters = [...text]
  let reached = new Set([0])
  for (const piece of pattern) {
    const next = new Set<number>()
    if (piece === '%') {
      const first = Math.min(...reached)
      if (reached.size > 0) for (let at = first; at <= characters.length; at++) next.add(at)
    } else {
      const wanted = piece.startsWith('\\') ? piece.slice(1) : piece
      for (const at of reached) {
        const fits = at < characters.length && (piece === '_' || characters[at] === wanted)
        if (fits) next.add(at + 1)
      }
    }
    reached = next
  }
  return reached.has(characters.length)
}

interface Order {
  readonly path: Path
  readonly descending: boolean
  readonly nulls: 'first' | 'last'
}

function compareRows(orders: readonly Order[], a: VirtualRow, b: VirtualRow): number {
  for (const { path, descending, nulls } of orders) {
    const [left, right] = [comparable(valueAt(a, path)), comparable(valueAt(b, path))]
    if (left === right) continue
    if (left === null || right === null) return (left === null) === (nulls === 'first') ? -1 : 1
    return descending ? compare(right, left) : compare(left, right)
  }
  return 0
}

function recordOf(
  object: Pick<VirtualObject, 'name'>,
  of: { readonly row: VirtualRow; readonly paths: readonly Path[]; readonly apiVersion: string },
): Readonly<Record<string, unknown>> {
  const { row, paths, apiVersion } = of
  const base = `/services/data/v${apiVersion}/tooling/sobjects/${object.name}`
  const id = row.get('Id')
  const url = typeof id === 'string' ? `${base}/${id}` : base
  const record: Record<string, unknown> = { attributes: { type: object.name, url } }
  for (const [first = '', ...rest] of paths) {
    const value = row.get(first) ?? null
    if (rest.length === 0) record[first] = isJson(value) ? value.json : value
    else if (isParent(value)) {
      const inner = recordOf({ name: value.object }, { row: value.row, paths: [rest], apiVersion })
      record[first] = { ...asRecord(record[first]), ...inner }
    } else record[first] = null
  }
  return record
}

function asRecord(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
