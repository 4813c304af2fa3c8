/** Saves a record by an external id: updates the one that has it, or creates it. */
import { refuse, Refusal } from '../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { FindByKey } from './find-by-key.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller, RecordBody, SaveResult } from './records.ts'
import type { SaveRecords } from './save-records.ts'
import { gateOf, keyField, notFound, requireObject } from './targets.ts'

export interface UpsertInput {
  readonly object: string
  readonly field: string
  readonly value: string
  readonly body: RecordBody
}

export type UpsertRecord = (caller: Caller, input: UpsertInput) => Promise<SaveResult>

export interface UpsertParts {
  readonly context: RecordContext
  readonly saving: SaveRecords
  readonly findByKey: FindByKey
}

export function createUpsertRecord({ context, saving, findByKey }: UpsertParts): UpsertRecord {
  return async (caller, input) => {
    const model = context.models.current()
    const object = requireObject(model, input.object, caller)
    const field = keyField(gateOf(model, caller), object, input.field)
    refuseKeyInBody(object, field, input.body)
    const key = { field, value: input.value }
    const update = (id: string): Promise<SaveResult> =>
      saving.update(caller, { object: object.name, id, body: input.body })

    const id = await findByKey(caller, object, key)
    if (id !== undefined) return update(id)
    if (field.name === 'Id') throw notFound(input.value)
    try {
      const body = new Map([...input.body, [field.name, input.value]])
      return await saving.create(caller, { object: object.name, body })
    } catch (error) {
      // Somebody else may have created the record in the meantime: then this is an update.
      const isTaken = error instanceof Refusal && error.code === 'DUPLICATE_VALUE'
      const winner = isTaken ? await findByKey(caller, object, key) : undefined
      if (winner === undefined) throw error
      return update(winner)
    }
  }
}

/** The key stands in the address; a second one in the body, under whichever of its names, could contradict it. */
function refuseKeyInBody(object: ObjectModel, field: FieldModel, body: RecordBody): void {
  for (const name of body.keys()) {
    if (object.fieldsByName.get(name.toLowerCase()) !== field) continue
    throw refuse('INVALID_FIELD', `${name} stands in the address: leave it out of the body.`, {
      fields: [name],
    })
  }
}
