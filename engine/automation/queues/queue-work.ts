/** Work that waits in queues: given to a queue, taken from it, and the next piece taken by whoever is free. */
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { groupObject } from '../../model/people-lookup.ts'
import { scoreFieldOf } from '../../model/rules/scoring-rules.ts'
import { deletedColumn, idColumn, lookupColumn } from '../../query/compile-write.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Caller, RecordBody, Records } from '../../records/records.ts'
import { fieldNamed } from '../../records/save-index.ts'
import { integerLiteral, joinSql, sql } from '../../sql/sql.ts'
import type { Transaction } from '../../storage/storage.ts'

/** One unit of work of one caller; `Records.together` gives it. */
export interface QueueUnit {
  readonly caller: Caller
  readonly records: Records
  readonly tx: Transaction
  readonly models: Models
}

export interface NextAsked {
  readonly object: string
  /** Id or API name; absent: any queue that the caller is a member of. */
  readonly queue?: string | undefined
  /** As behind ORDER BY; absent: what scores highest, then what waits longest. */
  readonly orderBy?: string | undefined
  /** As behind WHERE. */
  readonly where?: string | undefined
}

/** Gives records to a queue; the engine refuses a queue that may not own them. */
export async function assignToQueue(
  unit: QueueUnit,
  { ids, queue }: { readonly ids: readonly string[]; readonly queue: string },
): Promise<void> {
  const OwnerId = await queueNamed(unit, queue)
  for (const id of ids) await giveTo(unit, id, OwnerId)
}

/** Makes the caller the owner of records that wait in queues. */
export async function acceptRecords(unit: QueueUnit, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const object = queuedObject(unit, id)
    const free = await lockWaiting(unit, object, [id])
    // Whether it is there at all is not said here: the save itself answers that.
    if (free === undefined && (await isVisible(unit, object, id))) throw alreadyTaken(id)
    await giveTo(unit, id, unit.caller.userId)
  }
}

const candidatesAtOnce = 20
const roundsMax = 25

/**
 * The caller's next record, now his own; undefined where nothing waits. Two who ask at once never get the same one: what
 * somebody else is about to take is passed over.
 */
export async function acceptNext(unit: QueueUnit, asked: NextAsked): Promise<string | undefined> {
  const object = requireQueued(unit, asked.object)
  const queue = asked.queue === undefined ? undefined : await queueNamed(unit, asked.queue)
  const tried: string[] = []
  for (let round = 0; round < roundsMax; round++) {
    const ids = await waiting(unit, object, { ...asked, queue, tried })
    const next = await lockWaiting(unit, object, ids)
    if (next !== undefined) {
      await giveTo(unit, next, unit.caller.userId)
      return next
    }
    if (ids.length < candidatesAtOnce) return undefined
    tried.push(...ids)
  }
  return undefined
}

/** In the order that was asked for; of the queues that the caller works from and no others. */
async function waiting(
  { caller, records, models }: QueueUnit,
  { name }: ObjectModel,
  { queue, orderBy, where, tried }: NextAsked & { readonly tried: readonly string[] },
): Promise<readonly string[]> {
  const score = scoreFieldOf(models.current(), name)
  const conditions = [
    ...(queue === undefined ? [] : [`OwnerId = '${queue}'`]),
    ...(where === undefined || where.trim() === '' ? [] : [`(${where})`]),
    ...(tried.length === 0 ? [] : [`Id NOT IN (${tried.map((id) => `'${id}'`).join()})`]),
  ]
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  const order = orderBy === undefined || orderBy.trim() === '' ? usualOrder(caller, score) : orderBy
  const soql = `SELECT Id FROM ${name} USING SCOPE my_queues${filter} ORDER BY ${order} LIMIT ${candidatesAtOnce}`
  return idsOf((await records.query(caller, soql)).text)
}

/** What scores highest, of equals what waits longest; a score that may not be seen decides nothing. */
function usualOrder({ access }: Caller, score: FieldModel | undefined): string {
  const waits = 'CreatedDate, Id'
  if (score === undefined || !access.mayField(score.object, score.name, 'read')) return waits
  return `${score.name} DESC NULLS LAST, ${waits}`
}

/** The first of the records that a queue still owns and nobody else is taking, locked until the end of the unit. */
async function lockWaiting(
  { tx, models }: QueueUnit,
  object: ObjectModel,
  ids: readonly string[],
): Promise<string | undefined> {
  const group = models.current().object(groupObject)
  if (ids.length === 0 || group === undefined || object.ownerField === undefined) return undefined
  const list = joinSql(ids.map((id) => sql`${id}`))
  const places = ids.map((id, index) => sql` when ${id} then ${integerLiteral(index)}`)
  const lock = tx.dialect.name === 'postgres' ? sql` for update skip locked` : sql``
  const isQueued = sql`substr(${lookupColumn(object.ownerField)}, 1, 3) = ${group.keyPrefix}`
  const [row] = await tx.read(
    sql`select ${idColumn} as id from ${object.table} where ${idColumn} in (${list}) and ${isQueued} and not ${deletedColumn} order by case ${idColumn}${joinSql(places, sql``)} end limit 1${lock}`,
  )
  return row === undefined ? undefined : String(row['id'])
}

async function isVisible(
  { caller, records }: QueueUnit,
  object: ObjectModel,
  id: string,
): Promise<boolean> {
  return records.sees(caller, object.name, id)
}

async function giveTo(unit: QueueUnit, id: string, owner: string): Promise<void> {
  const { caller, records } = unit
  const body: RecordBody = new Map([['OwnerId', owner]])
  await records.update(caller, queuedObject(unit, id).name, id, body)
}

/** The object of the record, which queues can own. */
function queuedObject(unit: QueueUnit, id: string): ObjectModel {
  const known = normaliseId(id)
  const object = known && unit.models.current().objectByKeyPrefix(known.slice(0, 3))
  if (object === undefined || object === '') {
    throw refuse('INVALID_ARGUMENT', message('{id} is no id of a record.', { id: id.slice(0, 40) }))
  }
  return requireQueued(unit, object.name)
}

function requireQueued({ caller, models }: QueueUnit, name: string): ObjectModel {
  const object = models.current().object(name)
  const isKnown = object !== undefined && caller.access.mayObject(object.name, 'read')
  const hasQueues = object?.ownerField?.reference?.targets.includes(groupObject) === true
  if (isKnown && hasQueues) return object
  throw refuse(
    'INVALID_ARGUMENT',
    message('There is no object {name} whose records wait in queues.', { name: name.slice(0, 80) }),
  )
}

/** The id of a queue by id or API name, to whoever may know of groups at all. */
async function queueNamed({ caller, models, tx }: QueueUnit, given: string): Promise<string> {
  const group = models.current().object(groupObject)
  if (group !== undefined && caller.access.mayObject(group.name, 'read')) {
    const id = normaliseId(given)
    const isNamed = sql`${lookupColumn(fieldNamed(group, 'DeveloperName'))} = ${given}`
    const isQueue = sql`${lookupColumn(fieldNamed(group, 'Type'))} = 'Queue'`
    const [found] = await tx.read(
      sql`select ${idColumn} as id from ${group.table} where ${id === undefined ? isNamed : sql`${idColumn} = ${id}`} and ${isQueue} and not ${deletedColumn} order by ${idColumn}`,
    )
    if (found !== undefined) return String(found['id'])
  }
  throw refuse(
    'INVALID_ARGUMENT',
    message('There is no queue {name}.', { name: given.slice(0, 80) }),
  )
}

function idsOf(text: string): readonly string[] {
  const { records } = JSON.parse(text) as { readonly records: readonly { readonly Id: string }[] }
  return records.map(({ Id }) => Id)
}

function alreadyTaken(id: string): Error {
  return refuse(
    'CONFLICT',
    message('The record {id} waits in no queue: somebody has taken it.', { id }),
  )
}
