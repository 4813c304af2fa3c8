/** One plan for many records: a bulk job that inserts plans, so that it survives a crash and tells of each record. */
import { stringify } from 'csv-stringify/sync'
import { message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { Bulk } from '../../bulk/bulk.ts'
import type { Job } from '../../jobs/job-store.ts'
import type { Model } from '../../model/model.ts'
import type { Caller, Records } from '../../records/records.ts'
import { readRows, textAt, type Reading } from '../read-rows.ts'
import { planObject } from './value-formula.ts'

export interface StartManyParts {
  readonly bulk: Bulk
  readonly records: Records
  readonly models: { current(): Model }
}

type Asked = ReadonlyMap<string, unknown>

/** The job, at work; its results tell which record got which plan, and why one got none. */
export async function startMany(
  { bulk, records, models }: StartManyParts,
  caller: Caller,
  asked: Asked,
): Promise<Job> {
  const reading = { records, caller }
  const versionId = idIn(asked, 'actionPlanTemplateVersionId')
  await requirePublished(reading, versionId)
  const targets = await readTargets(reading, models.current(), asked)
  const shared = sharedValues(asked)
  const header = ['ActionPlanTemplateVersionId', 'TargetId', ...shared.map(([field]) => field)]
  const values = shared.map(([, value]) => value)
  const csv = stringify([header, ...targets.map((target) => [versionId, target, ...values])])
  const job = await bulk.ingest.create(
    caller,
    new Map([
      ['object', planObject],
      ['operation', 'insert'],
    ]),
  )
  const body = new Response(csv).body
  await bulk.ingest.upload(caller, job.id, { body, isGzip: false })
  return bulk.ingest.close(caller, job.id)
}

async function requirePublished(reading: Reading, versionId: string): Promise<void> {
  const [version] = await readRows(
    reading,
    'SELECT Status FROM ActionPlanTemplateVersion WHERE Id = :versionId',
    { versionId },
  )
  const status = version && textAt(version, 'Status')
  if (status === 'Final' || status === 'ReadOnly') return
  throw wrong('actionPlanTemplateVersionId', message('Choose a published version of the template.'))
}

/** By their ids, or those that a query finds; each once. */
async function readTargets(
  reading: Reading,
  model: Model,
  asked: Asked,
): Promise<readonly string[]> {
  const given = asked.get('targetIds')
  const query = asked.get('query')
  if ((given === undefined) === (query === undefined)) {
    throw wrong('targetIds', message('Name the records by "targetIds", or by a "query".'))
  }
  const found = given === undefined ? await queried(reading, query) : listed(given)
  const ids = [...new Set(found)]
  if (ids.length === 0) throw wrong('targetIds', message('There is no such record.'))
  if (ids.length > limits.planTargetsMax) {
    throw wrong(
      'targetIds',
      message('At most {max} plans are one job (planTargetsMax).', { max: limits.planTargetsMax }),
    )
  }
  const objects = new Set(ids.map((id) => model.objectByKeyPrefix(id.slice(0, 3))))
  if (objects.size > 1) {
    throw wrong('targetIds', message('The records are of several objects: start one job for each.'))
  }
  return ids
}

async function queried(reading: Reading, query: unknown): Promise<readonly string[]> {
  if (typeof query !== 'string') throw wrong('query', message('"query" is a SOQL query.'))
  const rows = await readRows(reading, query)
  return rows.map((row) => {
    const id = textAt(row, 'Id')
    if (id === undefined) throw wrong('query', message('The query must ask for Id.'))
    return id
  })
}

function listed(given: unknown): readonly string[] {
  if (!Array.isArray(given)) throw wrong('targetIds', message('"targetIds" is a list of IDs.'))
  return given.map((one: unknown) => {
    const id = typeof one === 'string' ? normaliseId(one) : undefined
    if (id === undefined) throw wrong('targetIds', message('"targetIds" is a list of IDs.'))
    return id
  })
}

/** Member of the request → field of each plan. */
const fields: ReadonlyMap<string, string> = new Map([
  ['name', 'Name'],
  ['startDate', 'StartDate'],
  ['skipNonworkDays', 'IsUsingHolidayHours'],
  ['ownerId', 'OwnerId'],
])

function sharedValues(asked: Asked): readonly (readonly [string, string])[] {
  return [...fields].flatMap(([member, field]) => {
    const value = asked.get(member) ?? ''
    if (value === '') return []
    if (typeof value !== 'string' && typeof value !== 'boolean') {
      throw wrong(member, message('"{member}" must be a text.', { member }))
    }
    return [[field, String(value)] as const]
  })
}

function idIn(asked: Asked, member: string): string {
  const value = asked.get(member)
  const id = typeof value === 'string' ? normaliseId(value) : undefined
  if (id === undefined) throw wrong(member, message('"{member}" must be an ID.', { member }))
  return id
}

function wrong(member: string, told: ReturnType<typeof message>): Refusal {
  return refuse('INVALID_ARGUMENT', told, { fields: [member] })
}
