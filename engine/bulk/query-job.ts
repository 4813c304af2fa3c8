/** Query jobs: the pages of a query become blocks of cells, which are asked for as CSV. */
import { Refusal, refuse } from '../base/refusal.ts'
import type { Job } from '../jobs/job-store.ts'
import type { JobHandler, RunningJob } from '../jobs/job-runner.ts'
import type { FieldModel, Model } from '../model/model.ts'
import { resolveObject, resolvePath, resolvePolymorphic, visibleFields } from '../query/resolve.ts'
import { parseQuery } from '../query/soql/parse-query.ts'
import type { Query } from '../query/soql/query.ts'
import { parseExactly } from '../records/exact-json.ts'
import type { Caller } from '../records/records.ts'
import { limitedToOf } from './bulk-jobs.ts'
import { addBlock, removeBlocks } from './bulk-tables.ts'
import type { CsvFormat } from './csv-format.ts'
import { readFormat, textOf } from './ingest-job.ts'
import type { BulkParts } from './run-ingest.ts'

export const queryKind = 'query'

export interface QuerySpec extends CsvFormat {
  readonly object: string
  readonly operation: 'query' | 'queryAll'
  readonly query: string
  readonly apiVersion: string
  readonly language: string
}

export interface QueryStatus {
  readonly columns: readonly string[]
  readonly rows: number
  readonly error: string
  readonly workMs: number
}

export const newQueryStatus: QueryStatus = { columns: [], rows: 0, error: '', workMs: 0 }

/** Written by this file alone. */
export function querySpec(job: Job): QuerySpec {
  return JSON.parse(job.spec) as QuerySpec
}

export function queryStatus(job: Job): QueryStatus {
  return JSON.parse(job.status) as QueryStatus
}

/** Checked as far as it can be without running it. */
export async function readQuerySpec(
  { models }: Pick<BulkParts, 'models'>,
  caller: Caller,
  asked: ReadonlyMap<string, unknown>,
): Promise<QuerySpec> {
  const operation = textOf(asked, 'operation')
  if (operation !== 'query' && operation !== 'queryAll') {
    throw refuse('INVALID_ARGUMENT', '"operation" must be query or queryAll.', {
      fields: ['operation'],
    })
  }
  const query = textOf(asked, 'query')
  const parsed = parseQuery(query)
  const columns = columnsOf(models.current(), caller, parsed)
  return {
    ...readFormat(asked),
    object: columns.object,
    operation,
    query,
    apiVersion: caller.apiVersion,
    language: caller.language,
  }
}

export interface ResultColumn {
  readonly name: string
  /** Keys of the answer, from the record on. */
  readonly path: readonly string[]
  /** In the language of the model. */
  readonly label: string
  readonly isInstant: boolean
  /** Its cells may hold anything that somebody wrote. */
  readonly isText: boolean
}

export interface ResultColumns {
  readonly object: string
  readonly columns: readonly ResultColumn[]
}

/** Rows of a table: what is a list, a group or a count has no column. */
export function columnsOf(model: Model, caller: Caller, query: Query): ResultColumns {
  const gate = { model, access: caller.access }
  const object = resolveObject(gate, query.from)
  if (query.count || query.groupBy !== undefined) throw unsupported('groups and counts')
  const columns = query.select.flatMap((item): readonly ResultColumn[] => {
    if (item.kind === 'fields') {
      return visibleFields(gate, object).map((field) => column([], field))
    }
    if (item.kind !== 'path') throw unsupported('lists of children and functions')
    if (resolvePolymorphic(gate, object, item.path) !== undefined) return [byName(item.path)]
    const { parents, field } = resolvePath(gate, object, item.path)
    return [column(parents, field)]
  })
  return { object: object.name, columns }
}

const figures: ReadonlySet<string> = new Set(['double', 'int', 'currency', 'percent', 'boolean'])

function column(parents: readonly FieldModel[], field: FieldModel): ResultColumn {
  const path = [...parents.map((one) => one.reference?.relationshipName ?? ''), field.name]
  const { type } = field.type.describe(field.options)
  const label = [...parents, field].map((one) => one.label).join(': ')
  return {
    name: path.join('.'),
    path,
    label,
    isInstant: type === 'datetime',
    isText: !figures.has(type),
  }
}

function byName(path: string): ResultColumn {
  return { name: path, path: path.split('.'), label: path, isInstant: false, isText: true }
}

function unsupported(what: string): Refusal {
  return refuse('INVALID_ARGUMENT', `A bulk query gives rows of fields: ${what} are not for it.`)
}

export function createQueryHandler(parts: BulkParts): JobHandler {
  return {
    run: (running) => runQuery(parts, running),
    failed: (job, error) => JSON.stringify({ ...queryStatus(job), error }),
    view: (job) => {
      const { object, operation } = querySpec(job)
      const { rows: done, error: detail } = queryStatus(job)
      return { about: `${object} ${operation}`, detail, done }
    },
    remove: removeBlocks,
  }
}

async function runQuery(parts: BulkParts, running: RunningJob): Promise<void> {
  const { job } = running
  const startedAt = parts.clock.now()
  const timed = (status: Omit<QueryStatus, 'workMs'>): string =>
    JSON.stringify({ ...status, workMs: Math.max(0, parts.clock.now() - startedAt) })
  try {
    const last = await readPages(parts, running, timed)
    if (last === undefined) return
    await parts.storage.write((tx) => running.note(tx, timed(last), 'JobComplete'))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const failed = timed({ ...queryStatus(job), error: error.message })
    await parts.storage.write((tx) => running.note(tx, failed, 'Failed'))
  }
}

/** Every page as a block; undefined when the server stops in between. A job that broke off begins again. */
async function readPages(
  { records, models, storage, callerOf }: BulkParts,
  running: RunningJob,
  timed: (status: Omit<QueryStatus, 'workMs'>) => string,
): Promise<Omit<QueryStatus, 'workMs'> | undefined> {
  const { job } = running
  const spec = querySpec(job)
  const user = await callerOf(job.createdBy, limitedToOf(job))
  if (user === undefined)
    throw refuse('INVALID_SESSION_ID', 'The user of the job may not sign in any more.')
  const caller = { ...user, apiVersion: spec.apiVersion, language: spec.language, source: 'bulk' }
  const { columns } = columnsOf(models.current(), caller, parseQuery(spec.query))
  const status = { columns: columns.map(({ name }) => name), rows: 0, error: '' }
  await storage.write((tx) => removeBlocks(tx, job.id))
  const deletedToo = spec.operation === 'queryAll'
  let page = await records.query(caller, spec.query, { deletedToo })
  for (let number = 0; ; number++) {
    const answer = answerOf(page.text)
    const rows = answer.records.map((record) => columns.map((one) => cellOf(record, one)))
    const firstRow = status.rows
    status.rows += rows.length
    await storage.write(async (tx) => {
      await addBlock(tx, job.id, { number, firstRow, rows })
      await running.note(tx, timed(status))
    })
    if (answer.next === undefined) return status
    if (running.isStopping()) return undefined
    page = await records.queryMore(caller, answer.next)
  }
}

export interface Answer {
  readonly records: readonly unknown[]
  readonly next: string | undefined
}

export function answerOf(text: string): Answer {
  const answer = new Map(Object.entries(Object(parseExactly(text))))
  const records = answer.get('records')
  const next = answer.get('nextRecordsUrl')
  return {
    records: Array.isArray(records) ? records : [],
    next: typeof next === 'string' ? next.split('/').at(-1) : undefined,
  }
}

const instant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\+0000$/

export function cellOf(record: unknown, { path, isInstant }: ResultColumn): string {
  const value = path.reduce<unknown>(member, record)
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  return isInstant ? text.replace(instant, '$1Z') : text
}

/** Keys of a path may be written in any case. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (Object.hasOwn(value, name)) return Reflect.get(value, name)
  const key = Object.keys(value).find((one) => one.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : Reflect.get(value, key)
}
