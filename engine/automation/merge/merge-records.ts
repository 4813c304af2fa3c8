/**
 * Several records of one person or company become one: it takes the values that were chosen, gets what belongs to the
 * others, and these go to the recycle bin. One unit of work; whoever takes a record out of the bin has it back without
 * what belonged to it.
 */
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import type { Caller, RecordBody } from '../../records/records.ts'
import { moveRelated, relationsOf, type MovingUnit } from './move-related.ts'

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

export async function mergeRecords(unit: MovingUnit, asked: MergeAsked): Promise<Merged> {
  const { caller, records, models } = unit
  const { object, master, others } = readAsked(models.current(), caller, asked)
  // Refuses whoever may not see one of them, before anything else tells of them.
  for (const id of [master, ...others]) await records.retrieve(caller, object.name, id, ['Id'])
  await records.update(caller, object.name, master, asked.values)
  const relatedIds: string[] = []
  for (const relation of relationsOf(models.current(), object)) {
    relatedIds.push(...(await moveRelated(unit, relation, { to: master, from: others })))
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
