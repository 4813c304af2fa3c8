/** Many records in one request: each for itself, or all or none. */
import { limits } from '../../base/limits.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import type {
  RecordBody,
  Records,
  SaveOptions,
  SaveResult,
  UpsertOutcome,
} from '../../records/records.ts'
import { allOrRolledBack, moved } from '../all-or-rolled-back.ts'
import type { AppParts } from '../app-parts.ts'
import { saveErrors } from '../error-answer.ts'
import { isMiss } from '../guesses.ts'
import { booleanMember, booleanQuery, jsonObject } from '../json-request.ts'
import { modelFor } from '../language-of.ts'
import { readableObject } from '../readable-object.ts'
import { recordInput } from '../record-input.ts'
import { removeEach, runsOf } from '../remove-each.ts'
import { json, jsonText } from '../respond.ts'
import { withContents } from '../take-content.ts'
import { route, type Call, type Route } from '../route.ts'
import { data } from './addresses.ts'

type Parts = Pick<AppParts, 'contents' | 'deployer' | 'guesses' | 'log' | 'records' | 'requestId'>

export function collectionRoutes(parts: Parts): readonly Route[] {
  const all = `${data}/composite/sobjects`
  return [
    route('POST', all, (call) => createAll(parts, call)),
    route('PATCH', all, (call) => updateAll(parts, call)),
    route('DELETE', all, (call) => removeAll(parts, call)),
    route('GET', `${all}/:object`, (call) =>
      retrieveAll(parts, call, { ids: listed(call, 'ids'), fields: listed(call, 'fields') }),
    ),
    route('POST', `${all}/:object`, (call) => retrievePosted(parts, call)),
    route('PATCH', `${all}/:object/:field`, (call) => upsertAll(parts, call)),
  ]
}

interface TypedRecord {
  readonly type: string
  readonly body: RecordBody
  readonly id: string
  readonly options: SaveOptions
}

type Outcome = SaveResult | Refusal

async function createAll(parts: Parts, call: Call): Promise<Response> {
  const body = await withContents(parts, call, await jsonObject(call.request))
  const records = readRecords(body.get('records'))
  const outcomes = await saveRuns(parts, { body, records }, (inner, run, options) =>
    inner.createMany(call.caller, run.type, bodiesOf(run.records), options),
  )
  return answer(parts, call, outcomes)
}

async function updateAll(parts: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const records = readRecords(body.get('records')).map(withId)
  const outcomes = await watchedAll(parts, call, () =>
    saveRuns(parts, { body, records }, (inner, run, options) =>
      inner.updateMany(call.caller, run.type, run.records, options),
    ),
  )
  return answer(parts, call, outcomes)
}

/** What is asked of many records by their ids. */
function watchedAll<Result>(
  { guesses }: Parts,
  call: Call,
  work: () => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  return guesses.watched(call.user.id, work, (outcomes) => outcomes.filter(isMiss).length)
}

function bodiesOf(records: readonly TypedRecord[]): readonly RecordBody[] {
  return records.map((record) => record.body)
}

/** The id as it stands among the values, in whatever case. */
function withId(record: TypedRecord): TypedRecord {
  const body = new Map(record.body)
  let id = ''
  for (const [name, value] of record.body) {
    if (name.toLowerCase() !== 'id') continue
    body.delete(name)
    id = typeof value === 'string' ? value : ''
  }
  return { ...record, body, id }
}

interface Run {
  readonly type: string
  readonly records: readonly TypedRecord[]
  /** Where the run begins in the request. */
  readonly start: number
}

interface RunOptions {
  readonly allOrNone: boolean
}

type SaveRun = (records: Records, run: Run, options: RunOptions) => Promise<readonly Outcome[]>

/** Results in the order of the request; all or none is one unit of work, however many types there are. */
async function saveRuns(
  { records }: Parts,
  request: {
    readonly body: ReadonlyMap<string, unknown>
    readonly records: readonly TypedRecord[]
  },
  save: SaveRun,
): Promise<readonly Outcome[]> {
  const allOrNone = booleanMember(request.body, 'allOrNone')
  const runs = runsOfOneType(request.records)
  const all = async (inner: Records): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = []
    for (const run of runs) outcomes.push(...(await runResults(inner, run, { allOrNone, save })))
    return outcomes
  }
  if (!allOrNone) return all(records)
  return allOrRolledBack(request.records.length, () =>
    runs.length > 1 ? records.together(all) : all(records),
  )
}

/** A refusal of a run as a whole, such as an unknown type, is each record's own. */
async function runResults(
  inner: Records,
  run: Run,
  { allOrNone, save }: RunOptions & { readonly save: SaveRun },
): Promise<readonly Outcome[]> {
  try {
    return await save(inner, run, { allOrNone })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (!allOrNone) return run.records.map(() => error)
    throw moved(error, { start: run.start, count: run.records.length })
  }
}

async function upsertAll(parts: Parts, call: Call): Promise<Response> {
  const object = call.param('object')
  const body = await jsonObject(call.request)
  const bodies = readRecords(body.get('records'), object).map((record) => record.body)
  const allOrNone = booleanMember(body, 'allOrNone')
  const options = { field: call.param('field'), allOrNone }
  const work = (): Promise<readonly (UpsertOutcome | Refusal)[]> =>
    parts.records.upsertMany(call.caller, object, bodies, options)
  const missedIn = (outcomes: readonly (UpsertOutcome | Refusal)[]): number =>
    outcomes.filter((one) => isMiss(one instanceof Refusal ? one : one.result)).length
  const outcomes = await parts.guesses.watched(
    call.user.id,
    () => (allOrNone ? allOrRolledBack(bodies.length, work) : work()),
    missedIn,
  )
  const told = outcomes.map((one) =>
    one instanceof Refusal
      ? { result: one, extra: { created: true } }
      : { result: one.result, extra: { created: one.created } },
  )
  return answerEach(parts, call, told)
}

async function removeAll(parts: Parts, call: Call): Promise<Response> {
  const ids = listed(call, 'ids') ?? []
  requireFew(ids.length, limits.bulkRecordsMax)
  const model = parts.deployer.store.current()
  const objectOf = (id: string): string => model.objectByKeyPrefix(id.slice(0, 3))?.name ?? ''
  const removeOne = async (inner: Records, id: string, index: number): Promise<Outcome> => {
    try {
      await inner.remove(call.caller, objectOf(id), id)
      return { id, created: false, version: 0 }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new Refusal(error.problems, { byIndex: [{ index, problems: error.problems }] })
    }
  }
  const all = async (inner: Records): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = []
    for (const [index, id] of ids.entries()) outcomes.push(await removeOne(inner, id, index))
    return outcomes
  }
  const each = async (): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = []
    for (const run of runsOf(ids, objectOf)) {
      const refusals = await removeEach(parts.records, call.caller, run)
      const results = run.ids.map(
        (id, index) => refusals[index] ?? { id, created: false, version: 0 },
      )
      outcomes.push(...results)
    }
    return outcomes
  }
  const isUnit = booleanQuery(call.query('allOrNone'))
  const outcomes = await watchedAll(parts, call, () =>
    isUnit ? allOrRolledBack(ids.length, () => parts.records.together(all)) : each(),
  )
  return answer(parts, call, outcomes)
}

async function retrievePosted(parts: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const fields = textList(body, 'fields')
  return retrieveAll(parts, call, { ids: textList(body, 'ids'), fields })
}

interface AskedRecords {
  readonly ids: readonly string[] | undefined
  readonly fields: readonly string[] | undefined
}

/** In the asked order; what is not there is null. */
async function retrieveAll(
  parts: Parts,
  call: Call,
  { ids = [], fields }: AskedRecords,
): Promise<Response> {
  if (fields === undefined || fields.length === 0) {
    throw refuse('MISSING_ARGUMENT', 'Say in "fields" which fields are wanted.', {
      fields: ['fields'],
    })
  }
  requireFew(ids.length, limits.retrieveRecordsMax)
  const { name } = readableObject(parts, call, call.param('object'))
  const found = await watchedAll(parts, call, () =>
    Promise.all(
      ids.map((id) =>
        parts.records.retrieve(call.caller, name, id, fields).then(
          ({ text }) => text,
          (error: unknown) => {
            if (error instanceof Refusal && missing.has(error.code)) return error
            throw error
          },
        ),
      ),
    ),
  )
  const texts = found.map((one) => (one instanceof Refusal ? 'null' : one))
  return jsonText(`[${texts.join(',')}]`, 200, call.limitInfo)
}

const missing: ReadonlySet<string> = new Set(['NOT_FOUND', 'ENTITY_IS_DELETED'])

function answer(parts: Parts, call: Call, outcomes: readonly Outcome[]): Response {
  return answerEach(
    parts,
    call,
    outcomes.map((result) => ({ result, extra: {} })),
  )
}

interface ToldOutcome {
  readonly result: Outcome
  /** Members beside the usual ones. */
  readonly extra: { readonly created?: boolean }
}

function answerEach(parts: Parts, call: Call, outcomes: readonly ToldOutcome[]): Response {
  const model = modelFor(parts, call.caller)
  const list = outcomes.map(({ result, extra }) =>
    result instanceof Refusal
      ? { success: false, ...extra, errors: saveErrors(result, model, parts) }
      : { id: result.id, success: true, ...extra, errors: [] },
  )
  return json(list, 200, call.limitInfo)
}

/** `?ids=a,b`; undefined when it is not there. */
function listed(call: Call, name: string): readonly string[] | undefined {
  return call
    .query(name)
    ?.split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

function textList(body: ReadonlyMap<string, unknown>, name: string): readonly string[] {
  const value = body.get(name) ?? []
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string')
  if (isList) return value
  throw refuse('JSON_PARSER_ERROR', `"${name}" must be a list of texts.`, { fields: [name] })
}

function requireFew(count: number, max: number): void {
  if (count <= max) return
  throw refuse('LIMIT_EXCEEDED', `A collection may have at most ${max} records here.`)
}

function readRecords(value: unknown, object?: string): readonly TypedRecord[] {
  if (!Array.isArray(value)) {
    throw refuse('JSON_PARSER_ERROR', '"records" must be a list.', { fields: ['records'] })
  }
  requireFew(value.length, limits.bulkRecordsMax)
  return value.map((one) => readRecord(one, object))
}

function readRecord(value: unknown, object: string | undefined): TypedRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('JSON_PARSER_ERROR', 'Each record must be an object.', { fields: ['records'] })
  }
  const { body, type = object, base } = recordInput(new Map(Object.entries(value)), object)
  if (type === undefined) {
    throw refuse('INVALID_TYPE', 'Each record must say its type in "attributes".', {
      fields: ['attributes'],
    })
  }
  // Each record may say what its form started from: edits of others are merged, or told.
  return { type, body, id: '', options: base === undefined ? {} : { base } }
}

/** Neighbours of one type are saved together, so that results keep their order. */
function runsOfOneType(records: readonly TypedRecord[]): readonly Run[] {
  const runs: { type: string; records: TypedRecord[]; start: number }[] = []
  records.forEach((record, index) => {
    const last = runs.at(-1)
    if (last?.type.toLowerCase() === record.type.toLowerCase()) last.records.push(record)
    else runs.push({ type: record.type, records: [record], start: index })
  })
  return runs
}
