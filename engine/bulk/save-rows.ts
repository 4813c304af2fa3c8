/** One stretch of an upload inside a unit of work; a refused row is a result, unless the unit is spoilt by it. */
import { Refusal, refuse } from '../base/refusal.ts'
import type { Caller, RecordBody, Records, SaveResult } from '../records/records.ts'
import type { RowOutcome } from './bulk-tables.ts'
import type { IngestOperation } from './ingest-columns.ts'
import type { IngestSpec } from './ingest-job.ts'
import { failure } from './row-failure.ts'

/** How a load is done; what its file looks like is of no matter here. */
export type SaveSpec = Pick<IngestSpec, 'object' | 'operation' | 'externalIdFieldName'>

export interface RowsToSave {
  readonly spec: SaveSpec
  /** What is wrong with a row itself stands in its place. */
  readonly bodies: readonly (RecordBody | Refusal)[]
  /** How results tell what was wrong. */
  readonly tell?: typeof failure
}

type Result = { readonly result: SaveResult | Refusal }
type Save = (
  records: Records,
  caller: Caller,
  rows: { readonly spec: SaveSpec; readonly bodies: readonly RecordBody[] },
) => Promise<readonly Result[]>

const removeRows: Save = async (records, caller, { spec, bodies }) => {
  const ids = bodies.map((body) => body.get('Id'))
  const given = ids.filter((id) => typeof id === 'string')
  const outcomes = (await records.removeMany(caller, spec.object, given)).values()
  return ids.map((id) => {
    if (typeof id !== 'string') {
      return { result: refuse('MISSING_ARGUMENT', 'Id not specified', { fields: ['Id'] }) }
    }
    const { value } = outcomes.next()
    return { result: value instanceof Refusal ? value : { id, created: false, version: 0 } }
  })
}

const operations: Readonly<Record<IngestOperation, Save>> = {
  insert: async (records, caller, { spec, bodies }) =>
    wrapped(await records.createMany(caller, spec.object, bodies, { allOrNone: false })),
  update: async (records, caller, { spec, bodies }) =>
    wrapped(
      await records.updateMany(caller, spec.object, bodies.map(withId), { allOrNone: false }),
    ),
  upsert: (records, caller, { spec, bodies }) => {
    const field = spec.externalIdFieldName ?? ''
    return records.upsertMany(caller, spec.object, bodies, { field, allOrNone: false })
  },
  delete: removeRows,
  hardDelete: async (records, caller, rows) => {
    const results = await removeRows(records, caller, rows)
    for (const { result } of results) {
      if (!(result instanceof Refusal)) await records.purge(caller, result.id)
    }
    return results
  },
}

export async function saveRows(
  records: Records,
  caller: Caller,
  { spec, bodies, tell = failure }: RowsToSave,
): Promise<readonly RowOutcome[]> {
  const good = bodies.filter((body): body is RecordBody => !(body instanceof Refusal))
  const results = (
    await operations[spec.operation](records, caller, { spec, bodies: good })
  ).values()
  return bodies.map((body) => {
    if (body instanceof Refusal) return tell(body, body)
    const result = results.next().value?.result
    if (result === undefined) throw new Error('every row has a result')
    return result instanceof Refusal ? tell(result, body) : [result.id, result.created ? 1 : 0, '']
  })
}

function wrapped(results: readonly (SaveResult | Refusal)[]): readonly Result[] {
  return results.map((result) => ({ result }))
}

function withId(body: RecordBody): { readonly id: string; readonly body: RecordBody } {
  const values = new Map(body)
  const id = values.get('Id')
  values.delete('Id')
  return { id: typeof id === 'string' ? id : '', body: values }
}
