/** Reading one record; the database's text passes through untouched. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { ObjectModel } from '../model/model.ts'
import { compileRetrieve } from '../query/compile-read.ts'
import { planRead } from '../query/plan-read.ts'
import type { ReadPlan } from '../query/read-plan.ts'
import { callerHole } from '../query/rows/caller-sets.ts'
import type { Query } from '../query/soql/query.ts'
import { render, type Statement } from '../sql/sql.ts'
import { createKeyedReads } from '../storage/keyed-reads.ts'
import type { Holes, Row } from '../storage/storage.ts'
import { explained } from './explain-storage-error.ts'
import { finishRecords } from './finish-records.ts'
import { createModelCache } from './model-cache.ts'
import { planValues } from './formula-values.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller, Retrieved } from './records.ts'
import { gateOf, momentOf, noteFormerNames, notFound, requireId } from './targets.ts'

export interface RetrieveInput {
  readonly id: string
  /** Paths as in a query; undefined for all that the caller may see. */
  readonly fields: readonly string[] | undefined
}

export type RetrieveRecord = (
  caller: Caller,
  object: ObjectModel,
  input: RetrieveInput,
) => Promise<Retrieved>

interface CompiledRetrieve {
  readonly plan: ReadPlan
  readonly statement: Statement
}

const statementsMax = 2_000
const statementCharsMax = 20_000_000

export function createRetrieveRecord(context: RecordContext): RetrieveRecord {
  const reads = createKeyedReads(context.storage)
  const kept = createModelCache<CompiledRetrieve>({
    entriesMax: statementsMax,
    charsMax: statementCharsMax,
    charsOf: ({ statement }) => statement.text.length,
  })
  const compiled = (
    caller: Caller,
    object: ObjectModel,
    fields: readonly string[] | undefined,
  ): CompiledRetrieve => {
    const model = context.models.current()
    const wanted = fields === undefined ? '*' : JSON.stringify(fields)
    const key = `${caller.apiVersion} ${caller.access.signature} ${object.name} ${wanted}`
    const known = kept.get(model, key)
    if (known !== undefined) return known
    const made = compile(context, caller, queryOf(object, fields))
    kept.set(model, key, made)
    return made
  }
  return async (caller, object, input) => {
    const id = requireId(object, input.id)
    const { plan, statement } = compiled(caller, object, input.fields)
    noteFormerNames(caller, plan)
    const now = context.clock.now()
    const { values, holes } = await planValues({ context, caller, now }, plan)
    const row = await explained(context.models.current(), () =>
      takesHoles(statement)
        ? readWith(context, statement, { id, holes })
        : takesCaller(statement)
          ? reads.read(statement, id, { [callerHole]: caller.userId })
          : reads.read(statement, id),
    )
    if (row === undefined) throw notFound(id)
    if (row['deleted'] === true || row['deleted'] === 1) {
      throw refuse('ENTITY_IS_DELETED', message('The record is in the recycle bin.'))
    }
    const text = finishRecords(context, caller, { plan, values, text: String(row['body']) })
    return { text, version: Number(row['version']), lastModified: Number(row['modified']) }
  }
}

/** What depends on the moment or on the user's own values cannot be read together with what others asked for. */
function takesHoles({ slots }: Statement): boolean {
  return slots.some(
    (slot) => slot.kind === 'hole' && slot.name !== 'keys' && slot.name !== callerHole,
  )
}

/** What one caller asks for is read together. */
function takesCaller({ slots }: Statement): boolean {
  return slots.some((slot) => slot.kind === 'hole' && slot.name === callerHole)
}

async function readWith(
  context: RecordContext,
  statement: Statement,
  { id, holes }: { readonly id: string; readonly holes: Holes },
): Promise<Row | undefined> {
  const keys = JSON.stringify([[id]])
  const [row] = await context.storage.read(statement, { holes: { ...holes, keys } })
  return row
}

function queryOf(object: ObjectModel, fields: readonly string[] | undefined): Query {
  const select: Query['select'] =
    fields === undefined
      ? [{ kind: 'fields', which: 'ALL', offset: 0 }]
      : fields.map((path) => ({ kind: 'path', path, alias: undefined, offset: 0 }))
  return {
    text: '',
    select,
    count: false,
    from: object.name,
    fromOffset: 0,
    scope: undefined,
    where: undefined,
    groupBy: undefined,
    having: undefined,
    orderBy: [],
    limit: 1,
    skip: 0,
    allRows: true,
  }
}

function compile(context: RecordContext, caller: Caller, query: Query): CompiledRetrieve {
  const moment = momentOf(caller, context.clock.now())
  const gate = gateOf(context.models.current(), caller)
  const plan = planRead(gate, query, { moment, deletedToo: true })
  const { dialect } = context.storage
  const options = { dialect, access: caller.access, apiVersion: caller.apiVersion }
  return { plan, statement: render(compileRetrieve(plan, options), dialect) }
}
