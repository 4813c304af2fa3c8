/** Finds the records with values in an external id. */
import { message } from '../base/message.ts'
import { normaliseId } from '../base/record-id.ts'
import { Refusal, refuse } from '../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { fieldProblem, toldOf } from '../query/plan-write.ts'
import {
  compileFindByKey,
  compileFindByKeys,
  type KeyFilter,
} from '../query/compile-find-by-key.ts'
import { callerHole } from '../query/rows/caller-sets.ts'
import { explained } from './explain-storage-error.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'

export interface RecordKey {
  /** An external id, or Id. */
  readonly field: FieldModel
  readonly value: string
}

export type FindByKey = (
  caller: Caller,
  object: ObjectModel,
  key: RecordKey,
) => Promise<string | undefined>

export interface RecordKeys {
  readonly field: FieldModel
  readonly values: readonly string[]
}

export interface FoundKey {
  readonly id: string | undefined
  /** Equal for values that would be the same record's. */
  readonly sameness: string
}

/** For each value the record that has it, or why there is none; one statement for all. */
export type FindByKeys = (
  caller: Caller,
  object: ObjectModel,
  keys: RecordKeys,
) => Promise<readonly (FoundKey | Refusal)[]>

export function createFindByKeys(context: RecordContext): FindByKeys {
  return async (caller, object, { field, values }) => {
    const filters = values.map((value) => filterOrRefusal(field, value))
    const good = filters.filter((filter): filter is KeyFilter => !(filter instanceof Refusal))
    const [first] = good
    const ids =
      first === undefined ? new Map() : await idsOf(context, { caller, object, first, good })
    return filters.map((filter) => {
      if (filter instanceof Refusal) return filter
      const sameness = String(filter.value)
      const found = ids.get(sameness) ?? []
      return found.length > 1 ? ambiguous(field, found) : { id: found[0], sameness }
    })
  }
}

interface KeySearch {
  readonly caller: Caller
  readonly object: ObjectModel
  readonly first: KeyFilter
  readonly good: readonly KeyFilter[]
}

async function idsOf(
  { storage, models }: RecordContext,
  { caller, object, first, good }: KeySearch,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { dialect } = storage
  const { column } = first
  const keys = [...new Map(good.map(({ value }) => [String(value), value])).values()]
  const query = compileFindByKeys(object, column, { dialect, access: caller.access })
  const rows = JSON.stringify(keys.map((key, index) => [index, dialect.encode(column.kind, key)]))
  const found = await explained(models.current(), () =>
    storage.read(query, { holes: { rows, [callerHole]: caller.userId } }),
  )
  const ids = new Map<string, string[]>()
  for (const row of found) {
    const key = String(keys[Number(row['n'])])
    ids.set(key, [...(ids.get(key) ?? []), String(row['id'])])
  }
  return ids
}

function filterOrRefusal(field: FieldModel, value: string): KeyFilter | Refusal {
  try {
    return keyFilter(field, value)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function ambiguous(field: FieldModel, ids: readonly string[]): Refusal {
  return refuse(
    'MULTIPLE_CHOICES',
    message('More than one record has this {field}.', { field: field.name }),
    { details: { ids } },
  )
}

export function createFindByKey(context: RecordContext): FindByKey {
  return async (caller, object, { field, value }) => {
    if (field.name === 'Id') return normaliseId(value)
    const { dialect } = context.storage
    const query = compileFindByKey(object, keyFilter(field, value), {
      dialect,
      access: caller.access,
    })
    const holes = { [callerHole]: caller.userId }
    const rows = await explained(context.models.current(), () =>
      context.storage.read(query, { holes }),
    )
    if (rows.length > 1) {
      throw ambiguous(
        field,
        rows.map((row) => String(row['id'])),
      )
    }
    const [row] = rows
    return row === undefined ? undefined : String(row['id'])
  }
}

/** The column in which two records with this key would meet, and the value that they would have there. */
function keyFilter(field: FieldModel, value: string): KeyFilter {
  const comparison = field.type.comparison?.(field.options)
  const part = field.type.uniqueColumn?.(field.options) ?? comparison?.column ?? ''
  const column = field.columns.get(part)
  const compared = comparison?.value(value)
  if (column === undefined || compared === undefined) {
    throw refuse('INVALID_FIELD', `${field.name} cannot be searched.`, { fields: [field.name] })
  }
  if (typeof compared === 'object' && compared !== null) {
    throw new Refusal([fieldProblem(field, compared.errorCode, toldOf(compared))])
  }
  if (compared === null || value.trim() === '') {
    throw refuse('INVALID_FIELD', `${field.name} is empty: no record can be found by it.`, {
      fields: [field.name],
    })
  }
  // Where case decides, the exact text stands in the key's column and not the folded one.
  return { column, value: part === comparison?.column ? compared : value }
}
