/** Gets records for many runs at once: equal filters are one query, and runs that differ in one value share one, too. */
import { limits } from '../../base/limits.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { LookupElement, RecordFilters } from '../../model/flows/flow-plan.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { parseExactly } from '../../records/exact-json.ts'
import { FlowRecord, fieldNamed, scalar, type FlowValue } from './flow-record.ts'
import type { FlowWork } from './flow-work.ts'
import type { Interview } from './interview.ts'
import { soqlCondition, type FilterValues } from './soql-filters.ts'

/** What is looked for by one run. */
interface Asked {
  readonly interview: Interview
  readonly values: FilterValues
}

export interface RecordSearch {
  readonly filters: RecordFilters
  /** Paths of the fields that are wanted. */
  readonly fields: readonly string[]
  readonly sort?: LookupElement['sort']
  /** Of each run; all where it is undefined. */
  readonly limit: number | undefined
}

/** The records that each of the runs asks for, in the order of the runs. */
export async function findRecords(
  work: FlowWork,
  interviews: readonly Interview[],
  search: RecordSearch,
): Promise<readonly (readonly FlowRecord[])[]> {
  const asked = interviews.map((interview): Asked => ({
    interview,
    values: search.filters.items.map(({ value }) =>
      value === undefined ? null : interview.value(value),
    ),
  }))
  const key = keyIndex(search, asked)
  const groups = new Map<string, Asked[]>()
  for (const one of asked) {
    const text = JSON.stringify(one.values.map((value, at) => (at === key ? '' : keyOf(value))))
    groups.set(text, [...(groups.get(text) ?? []), one])
  }
  const found = new Map<Interview, readonly FlowRecord[]>()
  for (const group of groups.values()) {
    const byRun = await findTogether(work, search, { group, key })
    for (const [interview, records] of byRun) found.set(interview, records)
  }
  return interviews.map((interview) => found.get(interview) ?? [])
}

function keyOf(value: FlowValue): unknown {
  if (value instanceof FlowRecord) return value.id
  return Array.isArray(value) ? value.map(keyOf) : value
}

/** The filter by which runs are told apart: an equality that all must meet, and in which they differ most. */
function keyIndex({ filters }: RecordSearch, asked: readonly Asked[]): number {
  const { logic, items } = filters
  if (asked.length < 2 || logic.kind !== 'and') return -1
  if (!logic.items.every((one) => one.kind === 'item')) return -1
  let [best, most] = [-1, 1]
  items.forEach(({ operator }, at) => {
    const values = asked.map((one) => one.values[at])
    const isPlain = values.every((one) => typeof one === 'string' || typeof one === 'number')
    const count = new Set(values).size
    if (operator === 'EqualTo' && isPlain && count > most) [best, most] = [at, count]
  })
  return best
}

async function findTogether(
  work: FlowWork,
  search: RecordSearch,
  { group, key }: { readonly group: readonly Asked[]; readonly key: number },
): Promise<ReadonlyMap<Interview, readonly FlowRecord[]>> {
  const [first] = group
  if (first === undefined) return new Map()
  const { filters } = search
  const object = objectOf(work, filters.object)
  const item = filters.items[key]
  if (item === undefined) {
    const condition = soqlCondition({ object, filters, values: first.values })
    const records = await query(work, object, { search, condition, limit: search.limit })
    return new Map(group.map(({ interview }) => [interview, copies(records)]))
  }
  const wanted = group.map(({ values }) => values[key] ?? null)
  const values = first.values.map((value, at) => (at === key ? [...new Set(wanted)] : value))
  const items = filters.items.map((one, at) => (at === key ? { ...one, operator: 'In' } : one))
  const condition = soqlCondition({ object, filters: { ...filters, items }, values })
  const fields = [...search.fields, item.field]
  const all = await query(work, object, {
    search: { ...search, fields },
    condition,
    limit: undefined,
  })
  const field = fieldNamed(object, item.field)?.name ?? item.field
  const byKey = new Map<string, FlowRecord[]>()
  for (const record of all) {
    const text = folded(record.values.get(field))
    byKey.set(text, [...(byKey.get(text) ?? []), record])
  }
  return new Map(
    group.map(({ interview, values: own }) => {
      const records = byKey.get(folded(own[key])) ?? []
      return [interview, copies(records.slice(0, search.limit ?? records.length))]
    }),
  )
}

/** As the database compares: ids of both lengths, texts in any case. */
function folded(value: unknown): string {
  const text = String(value ?? '')
  return normaliseId(text) ?? text.toLowerCase()
}

/** Each run has records of its own. */
function copies(records: readonly FlowRecord[]): readonly FlowRecord[] {
  return records.map((record) => record.copy())
}

function objectOf({ model }: FlowWork, name: string): ObjectModel {
  const object = model.object(name)
  if (object === undefined) throw refuse('INVALID_TYPE', `There is no object ${name}.`)
  return object
}

interface OneQuery {
  readonly search: RecordSearch
  readonly condition: ReturnType<typeof soqlCondition>
  readonly limit: number | undefined
}

async function query(
  work: FlowWork,
  object: ObjectModel,
  { search, condition, limit }: OneQuery,
): Promise<readonly FlowRecord[]> {
  work.spent.queries += 1
  if (work.spent.queries > limits.flowQueriesMax) {
    throw refuse('LIMIT_EXCEEDED', `more than ${limits.flowQueriesMax} queries (flowQueriesMax)`)
  }
  const paths = [...new Set(['Id', ...search.fields.map((path) => canonical(object, path))])]
  const { sort } = search
  const order =
    sort === undefined
      ? ''
      : ` ORDER BY ${sort.field} ${sort.isBackwards ? 'DESC NULLS LAST' : 'ASC NULLS FIRST'}`
  const where = condition.text === '' ? '' : ` WHERE ${condition.text}`
  const most = Math.min(limit ?? limits.flowQueryRowsMax + 1, limits.flowQueryRowsMax + 1)
  const soql = `SELECT ${paths.map(selected).join(', ')} FROM ${object.name}${where}${order} LIMIT ${most}`
  const records: FlowRecord[] = []
  const { caller } = work
  let page = await work.records.query(caller, soql, { variables: condition.variables })
  for (;;) {
    const { rows, next } = rowsOf(page.text)
    records.push(...rows.map((row) => recordOf(object, paths, row)))
    if (records.length > limits.flowQueryRowsMax) {
      throw refuse(
        'LIMIT_EXCEEDED',
        `more than ${limits.flowQueryRowsMax} records of ${object.name} found (flowQueryRowsMax)`,
      )
    }
    if (next === undefined) return records
    page = await work.records.queryMore(caller, next)
  }
}

function canonical(object: ObjectModel, path: string): string {
  return path.includes('.') ? path : (fieldNamed(object, path)?.name ?? path)
}

/** "Owner:User.Name" is written without the object in queries. */
function selected(path: string): string {
  return path.replace(/:\w+/g, '')
}

function rowsOf(text: string) {
  const page = new Map<string, unknown>(Object.entries(Object(parseExactly(text))))
  const records = page.get('records')
  const rows: readonly unknown[] = Array.isArray(records) ? records : []
  const next = page.get('nextRecordsUrl')
  return { rows, next: typeof next === 'string' ? next.split('/').at(-1) : undefined }
}

function recordOf(object: ObjectModel, paths: readonly string[], row: unknown): FlowRecord {
  return new FlowRecord(
    object,
    paths.map((path) => [path, valueAt(row, selected(path).split('.'))] as const),
  )
}

function valueAt(row: unknown, steps: readonly string[]): unknown {
  let at: unknown = row
  for (const step of steps) {
    if (typeof at !== 'object' || at === null) return null
    const entry = Object.entries(at).find(([name]) => name.toLowerCase() === step.toLowerCase())
    at = entry?.[1]
  }
  return scalar(at)
}

/** What a flow may look at of the records that it gets. */
export function fieldsToRead(
  { model, caller }: FlowWork,
  { plan }: Interview,
  { filters, fields }: LookupElement,
): readonly string[] {
  const object = model.object(filters.object)
  if (object === undefined) return fields
  const read = plan.readsByObject.get(object.name) ?? []
  const all = handsOver(plan) ? object.fields.filter(isStored).map(({ name }) => name) : []
  const seen = all.filter((name) => caller.access.mayField(object.name, name, 'read'))
  return [...fields, ...read, ...seen]
}

function isStored({ columns, components }: FieldModel): boolean {
  return columns.size > 0 && components.length === 0
}

/** Whole records go out of the flow's own hands. */
function handsOver({ elements, variables }: Interview['plan']): boolean {
  const isRecord = [...variables.values()].some(
    ({ isOutput, type }) => isOutput && type.kind === 'record',
  )
  return (
    isRecord ||
    [...elements.values()].some(
      (one) =>
        ((one.kind === 'action' || one.kind === 'subflow') &&
          one.inputs.some(({ value }) => value.type.kind === 'record')) ||
        (one.kind === 'create' && one.input !== undefined),
    )
  )
}
