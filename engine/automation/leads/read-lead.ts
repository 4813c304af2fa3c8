/** The lead that is converted, locked until it is: by the rights of whoever asks, and what the system itself must know of it. */
import { message } from '../../base/message.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { idColumn, lookupColumn } from '../../query/compile-write.ts'
import { parseExactly } from '../../records/exact-json.ts'
import { requireId, requireObject } from '../../records/targets.ts'
import { sql } from '../../sql/sql.ts'
import type { ActionCall } from '../actions/action.ts'
import { rowOf, type Row } from '../read-rows.ts'
import { fieldOf, leadObject, mappedFields, type MadeObject } from './lead-fields.ts'

export const isConvertedField = 'IsConverted'

export interface Lead {
  readonly object: ObjectModel
  readonly id: string
  /** What goes elsewhere and the caller may read. */
  readonly values: Row
  /** A person or a queue. */
  readonly ownerId: string | undefined
}

const targets: readonly MadeObject[] = ['Account', 'Contact', 'Opportunity']

export async function readLead(call: ActionCall, given: string): Promise<Lead> {
  const { caller, records, models } = call
  const model = models.current()
  const object = requireObject(model, leadObject, caller)
  const id = requireId(object, given)
  const mapped = targets.flatMap((target) => mappedFields(model, caller, target).flat())
  const names = new Set(['Id', ...mapped.map(({ from }) => from.name)])
  // Refuses whoever may not see it, before anything tells of it.
  const { text } = await records.retrieve(caller, object.name, id, [...names])
  const { isConverted, ownerId } = await lockLead(call, object, id)
  if (isConverted) throw convertedAlready()
  return { object, id, values: rowOf(parseExactly(text)), ownerId }
}

export function convertedAlready(): Refusal {
  return refuse('CANNOT_UPDATE_CONVERTED_LEAD', convertedMessage)
}

export const convertedMessage = message(
  'The lead was converted: change the account, contact or opportunity that it became.',
)

/** Two who convert it at once do so one after the other, and the second is refused. */
async function lockLead(
  { tx }: ActionCall,
  object: ObjectModel,
  id: string,
): Promise<Pick<Lead, 'ownerId'> & { readonly isConverted: boolean }> {
  const converted = columnOf(object, isConvertedField)
  const owner = object.ownerField
  if (converted === undefined || owner === undefined) {
    const text = `${object.name} has no field ${isConvertedField} or no owner: it cannot be converted.`
    throw refuse('INVALID_TYPE', text)
  }
  const [row] = await tx.read(
    sql`select ${lookupColumn(converted)} as converted, ${lookupColumn(owner)} as owner from ${object.table} where ${idColumn} = ${id}${tx.dialect.lockRowsToChange}`,
  )
  const value = row?.['converted']
  const ownerId = row?.['owner']
  return {
    isConverted: value === true || value === 1,
    ownerId: typeof ownerId === 'string' ? ownerId : undefined,
  }
}

function columnOf(object: ObjectModel, name: string): FieldModel | undefined {
  const field = fieldOf(object, name)
  return field?.columns.has('') === true ? field : undefined
}
