/** Finds the one record with a value in an external id. */
import { normaliseId } from '../base/record-id.ts'
import { refuse } from '../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { compileFindByKey } from '../query/compile-find-by-key.ts'
import { gateOf, keyField } from './targets.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller } from './records.ts'

export interface RecordKey {
  readonly field: string
  readonly value: string
}

export type FindByKey = (
  caller: Caller,
  object: ObjectModel,
  key: RecordKey,
) => Promise<string | undefined>

export function createFindByKey(context: RecordContext): FindByKey {
  return async (caller, object, key) => {
    const field = keyField(gateOf(context.models.current(), caller), object, key.field)
    if (field.name === 'Id') return normaliseId(key.value)
    const { dialect } = context.storage
    const query = compileFindByKey(object, field, {
      value: columnValue(field, key.value),
      dialect,
      access: caller.access,
    })
    const rows = await context.storage.read(query)
    if (rows.length > 1) {
      throw refuse('MULTIPLE_CHOICES', `More than one record has this ${field.name}.`, {
        details: { ids: rows.map((row) => String(row['id'])) },
      })
    }
    const [row] = rows
    return row === undefined ? undefined : String(row['id'])
  }
}

function columnValue(field: FieldModel, value: string): string | number | boolean | null {
  const result = field.type.comparison?.(field.options).value(value)
  if (result === undefined)
    throw refuse('INVALID_FIELD', `${field.name} cannot be searched.`, { fields: [field.name] })
  if (typeof result !== 'object' || result === null) return result
  throw refuse(result.errorCode, `${field.label}: ${result.message}`, { fields: [field.name] })
}
