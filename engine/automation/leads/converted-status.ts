/** Which statuses mean that a lead became a customer: marked in its value set, as on the platform. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { valueSetBody } from '../../model/value-sets.ts'
import type { Caller } from '../../records/records.ts'
import type { ActionChoice } from '../actions/action.ts'
import { fieldOf, leadObject } from './lead-fields.ts'

export const statusField = 'Status'

/** In the order of the set. */
export function convertedStatuses(model: Model, lead: ObjectModel): readonly string[] {
  const field = lead.declaration.fields?.find(({ fullName }) => fullName === statusField)
  const name = field?.valueSet?.valueSetName
  const shared = name === undefined ? undefined : valueSetBody(model, name)
  const values = shared !== undefined && 'standardValue' in shared ? shared.standardValue : []
  return (values ?? [])
    .filter(({ converted, isActive }) => converted === true && isActive !== false)
    .map(({ fullName }) => fullName)
}

export function statusChoices(
  model: Model,
  { access }: Caller,
): readonly ActionChoice[] | undefined {
  const lead = model.object(leadObject)
  if (lead === undefined || !access.mayField(lead.name, statusField, 'read')) return undefined
  const labels = new Map(
    fieldOf(lead, statusField)?.values.map(({ value, label }) => [value, label]),
  )
  return convertedStatuses(model, lead).map((value) => ({
    value,
    label: labels.get(value) ?? value,
  }))
}

export function demandConverted(model: Model, lead: ObjectModel, status: string): void {
  const known = convertedStatuses(model, lead)
  if (known.includes(status)) return
  const text =
    known.length === 0
      ? message('No status of leads is marked as converted: mark one in the values of {field}.', {
          field: statusField,
        })
      : message('{value} is no status of converted leads. Choose one of these: {names}', {
          value: status.slice(0, 80),
          names: known.join(', '),
        })
  throw refuse('INVALID_STATUS', text, { fields: ['convertedStatus'] })
}
