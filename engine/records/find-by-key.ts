/** Finds the one record with a value in an external id. */
import { message } from '../base/message.ts'
import { normaliseId } from '../base/record-id.ts'
import { Refusal, refuse } from '../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { fieldProblem, toldOf } from '../query/plan-write.ts'
import { compileFindByKey, type KeyFilter } from '../query/compile-find-by-key.ts'
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

export function createFindByKey(context: RecordContext): FindByKey {
  return async (caller, object, { field, value }) => {
    if (field.name === 'Id') return normaliseId(value)
    const { dialect } = context.storage
    const query = compileFindByKey(object, keyFilter(field, value), {
      dialect,
      access: caller.access,
    })
    const rows = await explained(context.models.current(), () => context.storage.read(query))
    if (rows.length > 1) {
      throw refuse(
        'MULTIPLE_CHOICES',
        message('More than one record has this {field}.', { field: field.name }),
        {
          details: { ids: rows.map((row) => String(row['id'])) },
        },
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
