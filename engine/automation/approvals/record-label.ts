/** A record in a sentence: its object and its name. */
import { message, type Message } from '../../base/message.ts'
import { readRows, textAt } from '../read-rows.ts'
import type { ApprovalUnit } from './approval-unit.ts'
import type { ActedOn } from './run-actions.ts'

export async function recordLabel(
  unit: Pick<ApprovalUnit, 'records' | 'caller'>,
  { object, id }: ActedOn,
): Promise<Message> {
  const { name } = object.nameField
  const [row] = await readRows(unit, `SELECT ${name} FROM ${object.name} WHERE Id = :id`, { id })
  const label = { text: object.label, object: object.name }
  return message('{object} {name}', { object: label, name: (row && textAt(row, name)) ?? '' })
}
