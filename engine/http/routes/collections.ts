/** Many records in one request; each answers for itself. */
import { limits } from '../../base/limits.ts'
import { Refusal, refuse, type Problem } from '../../base/refusal.ts'
import type { RecordBody, SaveResult } from '../../records/records.ts'
import type { AppParts } from '../app-parts.ts'
import { saveErrors } from '../error-answer.ts'
import { booleanMember, jsonObject } from '../json-request.ts'
import { modelFor } from '../language-of.ts'
import { recordInput } from '../record-input.ts'
import { json } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { data } from './addresses.ts'

type Parts = Pick<AppParts, 'deployer' | 'log' | 'records' | 'requestId'>

export function collectionRoutes(parts: Parts): readonly Route[] {
  return [route('POST', `${data}/composite/sobjects`, (call) => createAll(parts, call))]
}

interface TypedRecord {
  readonly type: string
  readonly body: RecordBody
}

async function createAll(parts: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const allOrNone = booleanMember(body, 'allOrNone')
  const runs = runsOfOneType(readRecords(body.get('records')))
  if (allOrNone && runs.length > 1) {
    throw refuse('INVALID_ARGUMENT', 'With allOrNone all records must be of one type.')
  }
  const results: (SaveResult | Error)[] = []
  for (const run of runs) {
    const bodies = run.map((record) => record.body)
    const type = run[0]?.type ?? ''
    results.push(...(await createRun(parts, call, { type, bodies, allOrNone })))
  }
  const model = modelFor(parts, call.caller)
  const answer = results.map((result) =>
    result instanceof Error
      ? { success: false, errors: saveErrors(result, model, parts) }
      : { id: result.id, success: true, errors: [] },
  )
  return json(answer, 200, call.limitInfo)
}

interface Run {
  readonly type: string
  readonly bodies: readonly RecordBody[]
  readonly allOrNone: boolean
}

async function createRun(
  parts: Parts,
  call: Call,
  { type, bodies, allOrNone }: Run,
): Promise<readonly (SaveResult | Error)[]> {
  try {
    return await parts.records.createMany(call.caller, type, bodies, { allOrNone })
  } catch (error) {
    const byIndex = error instanceof Refusal ? problemsByIndex(error) : undefined
    if (byIndex === undefined) throw error
    return bodies.map((_body, index) => byIndex.get(index) ?? rolledBack())
  }
}

/** All or none failed: which records were at fault; undefined when the refusal is about the whole. */
function problemsByIndex(refusal: Refusal): ReadonlyMap<number, Refusal> | undefined {
  const entries = refusal.details?.['byIndex']
  if (!Array.isArray(entries)) return undefined
  return new Map(
    entries.map(({ index, problems }: FailedRecord) => [index, new Refusal(problems)] as const),
  )
}

interface FailedRecord {
  readonly index: number
  readonly problems: readonly Problem[]
}

function rolledBack(): Refusal {
  return refuse(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'Record rolled back because not all records were valid and the request was using AllOrNone header',
  )
}

function readRecords(value: unknown): readonly TypedRecord[] {
  if (!Array.isArray(value)) {
    throw refuse('JSON_PARSER_ERROR', '"records" must be a list.', { fields: ['records'] })
  }
  if (value.length > limits.bulkRecordsMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `A collection may have at most ${limits.bulkRecordsMax} records (bulkRecordsMax).`,
    )
  }
  return value.map(readRecord)
}

function readRecord(value: unknown): TypedRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('JSON_PARSER_ERROR', 'Each record must be an object.', { fields: ['records'] })
  }
  const { body, type } = recordInput(new Map(Object.entries(value)))
  if (type === undefined) {
    throw refuse('INVALID_TYPE', 'Each record must say its type in "attributes".', {
      fields: ['attributes'],
    })
  }
  return { type, body }
}

/** Neighbours of one type are saved together, so that results keep their order. */
function runsOfOneType(records: readonly TypedRecord[]): readonly (readonly TypedRecord[])[] {
  const runs: TypedRecord[][] = []
  for (const record of records) {
    const last = runs.at(-1)
    if (last?.[0]?.type.toLowerCase() === record.type.toLowerCase()) last.push(record)
    else runs.push([record])
  }
  return runs
}
