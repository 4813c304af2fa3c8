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
  delete: (records, caller, { spec, bodies }) =>
    each(bodies, (id) => records.remove(caller, spec.object, id)),
  hardDelete: (records, caller, { spec, bodies }) =>
    each(bodies, async (id) => {
      await records.remove(caller, spec.object, id)
      await records.purge(caller, id)
    }),
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

/** These are decided before anything of the row was done. */
const harmless: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'ENTITY_IS_DELETED',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'MISSING_ARGUMENT',
])

async function each(
  bodies: readonly RecordBody[],
  work: (id: string) => Promise<void>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const body of bodies) {
    const id = body.get('Id')
    try {
      if (typeof id !== 'string')
        throw refuse('MISSING_ARGUMENT', 'Id not specified', { fields: ['Id'] })
      await work(id)
      results.push({ result: { id, created: false, version: 0 } })
    } catch (error) {
      if (!(error instanceof Refusal) || !harmless.has(error.code)) throw error
      results.push({ result: error })
    }
  }
  return results
}
