/** Does what runs ask for: one element, all the runs that wait at it, as few statements as possible. */
import { limits } from '../../base/limits.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import type {
  ActionElement,
  CreateElement,
  DeleteElement,
  LookupElement,
  UpdateElement,
} from '../../model/flows/flow-plan.ts'
import { NeedsUnit } from '../../records/hooks/record-hooks.ts'
import type { RecordBody, Records } from '../../records/records.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { ActionValues } from '../actions/action.ts'
import { invokeAction } from '../actions/invoke-action.ts'
import { FlowRecord, fieldNamed, scalar, type FlowValue } from './flow-record.ts'
import { fieldsToRead, findRecords } from './flow-queries.ts'
import type { FlowWork } from './flow-work.ts'
import type { Interview } from './interview.ts'
import type { DemandElement, Reply } from './run-elements.ts'

/** One reply for each of the runs; a bug is thrown. */
export async function serve(
  work: FlowWork,
  element: DemandElement,
  interviews: readonly Interview[],
): Promise<readonly Reply[]> {
  if (element.kind === 'lookup') return replied(() => lookUp(work, element, interviews), interviews)
  const write = writers[element.kind] as Writer
  return inUnit(work, interviews, (records, tx, some) =>
    write({ ...work, records }, element, { interviews: some, tx }),
  )
}

interface Served {
  readonly interviews: readonly Interview[]
  readonly tx: Transaction
}

type Values = readonly (FlowValue | ReadonlyMap<string, FlowValue>)[]
type Writer = (work: FlowWork, element: DemandElement, served: Served) => Promise<Values>

const writers: {
  readonly [Kind in Exclude<DemandElement['kind'], 'lookup'>]: (
    work: FlowWork,
    element: Extract<DemandElement, { kind: Kind }>,
    served: Served,
  ) => Promise<Values>
} = { create, update, delete: remove, action: act }

async function replied(
  work: () => Promise<Values>,
  interviews: readonly Interview[],
): Promise<readonly Reply[]> {
  try {
    return (await work()).map((value) => ({ value }))
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) throw error
    return interviews.map((interview) => ({ fault: placed(interview, error) }))
  }
}

type InUnit = (
  records: Records,
  tx: Transaction,
  interviews: readonly Interview[],
) => Promise<Values>

/** All at once; where that is refused each by itself, so that one bad record is nobody else's fault. */
async function inUnit(
  { records, mayWrite }: FlowWork,
  interviews: readonly Interview[],
  work: InUnit,
): Promise<readonly Reply[]> {
  if (!mayWrite) throw new NeedsUnit()
  return records.together(async (within, tx) => {
    const attempt = (some: readonly Interview[]): Promise<readonly Reply[]> =>
      replied(() => tx.attempt(() => work(within, tx, some)), some)
    const replies = await attempt(interviews)
    if (interviews.length === 1 || replies.every((one) => 'value' in one)) return replies
    const single: Reply[] = []
    for (const interview of interviews) single.push(...(await attempt([interview])))
    return single
  })
}

/** Says which element of which flow it was. */
export function placed({ plan, at }: Interview, error: Refusal): Refusal {
  const place = `Flow ${plan.name}, element ${at}: `
  if (error.message.startsWith('Flow ')) return error
  return new Refusal(
    error.problems.map(({ errorCode, message, fields }) => ({
      errorCode,
      message: `${place}${message}`,
      fields,
    })),
  )
}

async function lookUp(
  work: FlowWork,
  element: LookupElement,
  interviews: readonly Interview[],
): Promise<Values> {
  const [first] = interviews
  if (first === undefined) return []
  const given = element.limit === undefined ? undefined : Number(first.value(element.limit))
  const found = await findRecords(work, interviews, {
    filters: element.filters,
    fields: fieldsToRead(work, first, element),
    sort: element.sort,
    limit: element.isFirstOnly ? 1 : given,
  })
  return found.map((records) => (element.isFirstOnly ? (records[0] ?? null) : records))
}

function spend({ spent }: FlowWork, count: number): void {
  spent.written += count
  if (spent.written <= limits.flowWrittenRecordsMax) return
  throw refuse(
    'LIMIT_EXCEEDED',
    `more than ${limits.flowWrittenRecordsMax} records written in one run (flowWrittenRecordsMax)`,
  )
}

/** Records of one object are one statement, whichever runs they come from. */
async function create(
  work: FlowWork,
  element: CreateElement,
  { interviews }: Served,
): Promise<Values> {
  const made = interviews.map((interview) => newRecords(work, element, interview))
  const all = made.flat()
  spend(work, all.length)
  for (const [object, records] of byObject(all)) {
    for (const block of blocks(records)) {
      const bodies = block.map(bodyOfNew)
      const results = await work.records.createMany(work.caller, object, bodies, allOrNone)
      results.forEach((result, index) => {
        if (result instanceof Refusal) throw result
        block[index]?.values.set('Id', result.id)
      })
    }
  }
  return made.map((records, index) => {
    const isList =
      element.input !== undefined && Array.isArray(interviews[index]?.read(element.input))
    const ids = records.map((record) => record.id ?? null)
    return isList ? ids : (ids[0] ?? null)
  })
}

const allOrNone = { allOrNone: true }

function* blocks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += limits.bulkRecordsMax) {
    yield items.slice(start, start + limits.bulkRecordsMax)
  }
}

function byObject(records: readonly FlowRecord[]): ReadonlyMap<string, readonly FlowRecord[]> {
  const found = new Map<string, FlowRecord[]>()
  for (const record of records) {
    found.set(record.object.name, [...(found.get(record.object.name) ?? []), record])
  }
  return found
}

function newRecords(
  { model }: FlowWork,
  { object: name = '', values, input }: CreateElement,
  interview: Interview,
): readonly FlowRecord[] {
  if (input !== undefined) return recordsIn(interview.read(input))
  const object = model.object(name)
  if (object === undefined) throw refuse('INVALID_TYPE', `there is no object ${name}`)
  const record = new FlowRecord(object)
  for (const { field, value } of values) record.set(field, scalar(interview.value(value)))
  return [record]
}

function recordsIn(value: FlowValue): readonly FlowRecord[] {
  const list: readonly FlowValue[] = Array.isArray(value) ? value : [value]
  return list.filter((one): one is FlowRecord => one instanceof FlowRecord)
}

function bodyOfNew({ object, values }: FlowRecord): RecordBody {
  return new Map(
    [...values].filter(([name, value]) => {
      const field = fieldNamed(object, name)
      const isOwn = field !== undefined && field.createable && !name.includes('.')
      return value !== null && isOwn && name !== 'Id'
    }),
  )
}

async function update(
  work: FlowWork,
  element: UpdateElement,
  { interviews }: Served,
): Promise<Values> {
  const { filters, values, input } = element
  const found =
    input !== undefined
      ? interviews.map((interview) => recordsIn(interview.read(input)))
      : await foundBy(work, interviews, filters)
  found.forEach((records, index) => {
    const interview = interviews[index]
    if (interview === undefined) return
    for (const { field, value } of values) {
      const given = scalar(interview.value(value))
      for (const record of records) record.set(field, given)
    }
  })
  // Two runs may change one record: the later one has the last word.
  const byId = new Map<string, FlowRecord>()
  for (const record of found.flat()) {
    const { id } = record
    if (id === undefined) throw refuse('MISSING_ARGUMENT', 'a record to update has no Id')
    const before = byId.get(id)
    if (before === undefined) byId.set(id, record.copy())
    else for (const [name, value] of record.changes()) before.set(name, scalar(value))
  }
  const all = [...byId.values()].filter(({ changed }) => changed.size > 0)
  spend(work, all.length)
  for (const [object, records] of byObject(all)) {
    for (const block of blocks(records)) {
      const changes = block.map((record) => ({ id: record.id ?? '', body: record.changes() }))
      const results = await work.records.updateMany(work.caller, object, changes, allOrNone)
      for (const result of results) if (result instanceof Refusal) throw result
    }
  }
  for (const record of found.flat()) record.changed.clear()
  return interviews.map(() => null)
}

function foundBy(
  work: FlowWork,
  interviews: readonly Interview[],
  filters: UpdateElement['filters'],
): Promise<readonly (readonly FlowRecord[])[]> {
  if (filters === undefined) return Promise.resolve(interviews.map(() => []))
  return findRecords(work, interviews, { filters, fields: [], limit: undefined })
}

async function remove(
  work: FlowWork,
  { filters, input }: DeleteElement,
  { interviews }: Served,
): Promise<Values> {
  const found =
    input !== undefined
      ? interviews.map((interview) => recordsIn(interview.read(input)))
      : await foundBy(work, interviews, filters)
  const byId = new Map(found.flat().map((record) => [record.id ?? '', record]))
  spend(work, byId.size)
  for (const [id, { object }] of byId) await work.records.remove(work.caller, object.name, id)
  return interviews.map(() => null)
}

async function act(
  work: FlowWork,
  { type, action: name, inputs }: ActionElement,
  { interviews, tx }: Served,
): Promise<Values> {
  const action = work.action(type, name)
  if (action === undefined) {
    throw refuse('NOT_FOUND', `there is no action ${name} of type ${type}`)
  }
  const { caller, records, models, clock } = work
  const given = interviews.map(
    (interview): ActionValues =>
      new Map(inputs.map((input) => [input.name, plainOf(interview.value(input.value))])),
  )
  const outputs = await invokeAction(action, { caller, records, tx, models, clock }, given)
  return outputs.map(
    (one) => new Map([...one].map(([output, value]) => [output, flowValue(work, value)])),
  )
}

/** As JSON has it. */
export function plainOf(value: FlowValue): unknown {
  if (value instanceof FlowRecord) {
    const own = [...value.values].filter(([name]) => !name.includes('.'))
    return { attributes: { type: value.object.name }, ...Object.fromEntries(own) }
  }
  return Array.isArray(value) ? value.map(plainOf) : value
}

export function flowValue(work: Pick<FlowWork, 'model'>, value: unknown): FlowValue {
  if (Array.isArray(value)) return value.map((one: unknown) => flowValue(work, one))
  if (typeof value !== 'object' || value === null) return scalar(value)
  const members = new Map<string, unknown>(Object.entries(value))
  const { type } = Object(members.get('attributes')) as { readonly type?: unknown }
  const object = work.model.object(typeof type === 'string' ? type : '')
  if (object === undefined) return null
  members.delete('attributes')
  return new FlowRecord(
    object,
    [...members].map(([name, one]) => [fieldNamed(object, name)?.name ?? name, scalar(one)]),
  )
}
