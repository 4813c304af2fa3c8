/**
 * Several records of one person or company become one: it takes the values that were chosen, gets what belongs to the
 * others, and these go to the recycle bin. One unit of work; whoever takes a record out of the bin has it back without
 * what belonged to it.
 */
import { fullAccess } from '../../access/full-access.ts'
import { objectSharing } from '../../access/object-sharing.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse, Refusal } from '../../base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { deletedColumn, idColumn, lookupColumn } from '../../query/compile-write.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Caller, RecordBody, Records } from '../../records/records.ts'
import { integerLiteral, joinSql, sql } from '../../sql/sql.ts'
import type { Transaction } from '../../storage/storage.ts'

export interface MergeUnit {
  readonly caller: Caller
  readonly records: Records
  readonly tx: Transaction
  readonly models: Models
}

export interface MergeAsked {
  /** The record that stays. */
  readonly master: string
  readonly others: readonly string[]
  /** What it takes, from whichever of them. */
  readonly values: RecordBody
}

export interface Merged {
  readonly mergedIds: readonly string[]
  /** What belonged to the others, and belongs to the record that stays. */
  readonly relatedIds: readonly string[]
}

/** As on the platform: these objects, and so many records at once. */
export const mergedObjects: readonly string[] = ['Account', 'Contact', 'Lead', 'Case']

export async function mergeRecords(unit: MergeUnit, asked: MergeAsked): Promise<Merged> {
  const { caller, records, models } = unit
  const { object, master, others } = readAsked(models.current(), caller, asked)
  // Refuses whoever may not see one of them, before anything else tells of them.
  for (const id of [master, ...others]) await records.retrieve(caller, object.name, id, ['Id'])
  await records.update(caller, object.name, master, asked.values)
  const relatedIds: string[] = []
  for (const relation of relationsOf(models.current(), object)) {
    relatedIds.push(...(await moveRelated(unit, relation, { master, others })))
  }
  for (const id of others) await records.remove(caller, object.name, id)
  return { mergedIds: others, relatedIds }
}

interface Merging {
  readonly object: ObjectModel
  readonly master: string
  readonly others: readonly string[]
}

function readAsked(model: Model, { access }: Caller, { master, others }: MergeAsked): Merging {
  const [first = '', ...rest] = [master, ...others].map((id) => normaliseId(id) ?? '')
  const object = model.objectByKeyPrefix(first.slice(0, 3))
  if (object === undefined || !access.mayObject(object.name, 'read')) {
    throw refuse('NOT_FOUND', message('The requested resource does not exist'))
  }
  if (!mergedObjects.includes(object.name)) {
    const text = message('Records of {object} cannot be merged; those of {names} can.', {
      object: object.name,
      names: mergedObjects.join(', '),
    })
    throw refuse('INVALID_TYPE', text)
  }
  if (rest.length === 0 || rest.length > limits.mergedRecordsMax) {
    const text = message('Name one to {count} records that become part of another one.', {
      count: limits.mergedRecordsMax,
    })
    throw refuse('INVALID_ARGUMENT', text, { fields: ['recordToMergeIds'] })
  }
  const isAlike = rest.every((id) => id.slice(0, 3) === object.keyPrefix)
  if (!isAlike || new Set([first, ...rest]).size <= rest.length) {
    const text = message('The records that are merged are different ones, of one object.')
    throw refuse('INVALID_ARGUMENT', text, { fields: ['recordToMergeIds'] })
  }
  return { object, master: first, others: rest }
}

interface Relation {
  readonly child: ObjectModel
  readonly lookup: FieldModel
}

/** Shares end with the record that they opened; everything else that leads to it moves. */
function relationsOf(model: Model, object: ObjectModel): readonly Relation[] {
  const shares = objectSharing(model, object).grants.filter(({ endsWithOwner }) => endsWithOwner)
  const isShare = new Set(shares.map(({ holder }) => holder.name))
  return object.children.flatMap(({ childObject, field, onDelete }) => {
    const child = model.object(childObject)
    const lookup = child?.fieldsByName.get(field.toLowerCase())
    if (child === undefined || lookup?.columns.has('') !== true) return []
    return onDelete === 'Keep' || isShare.has(childObject) ? [] : [{ child, lookup }]
  })
}

const rowsAtOnce = 200

async function moveRelated(
  unit: MergeUnit,
  { child, lookup }: Relation,
  { master, others }: Pick<Merging, 'master' | 'others'>,
): Promise<readonly string[]> {
  const { caller, records, tx, models } = unit
  // Also what the caller does not see: it would lie in the bin otherwise, or keep the others from going there.
  const everything: Caller = { ...caller, access: fullAccess(models.current()) }
  const column = lookupColumn(lookup)
  const list = joinSql(others.map((id) => sql`${id}`))
  const moved: string[] = []
  let last = ''
  for (;;) {
    const rows = await tx.read(
      sql`select ${idColumn} as id from ${child.table} where ${column} in (${list}) and ${idColumn} > ${last} and not ${deletedColumn} order by ${idColumn} limit ${integerLiteral(rowsAtOnce)}`,
    )
    const ids = rows.map((row) => String(row['id']))
    const going = ids.filter((id) => !others.includes(id))
    if (going.length > 0 && !lookup.updateable) throw cannotMove(child, lookup)
    const changes = going.map((id) => ({
      id,
      // A record is not its own parent.
      body: new Map([[lookup.name, id === master ? null : master]]),
    }))
    const results = await records.updateMany(everything, child.name, changes, { allOrNone: false })
    results.forEach((result, index) => {
      if (!(result instanceof Refusal)) moved.push(going[index] ?? '')
      else if (!isDouble(result)) throw result
    })
    if (ids.length < rowsAtOnce) return moved
    last = ids.at(-1) ?? last
  }
}

/** The record that stays has such a one already: the other's goes where the other goes. */
function isDouble({ problems }: Refusal): boolean {
  return problems.every(({ errorCode }) => errorCode === 'DUPLICATE_VALUE')
}

function cannotMove(child: ObjectModel, lookup: FieldModel): Refusal {
  return refuse(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    message(
      '{object} cannot be given another {field}: allow it (reparentableMasterDetail) first.',
      {
        object: child.name,
        field: lookup.name,
      },
    ),
    { fields: [lookup.name] },
  )
}
