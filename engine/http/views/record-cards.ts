/** What stands beside the related lists of a record: its timeline, where activities are enabled, its participants, its files. */
import type { ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'

type Card = 'files' | 'participants' | 'timeline'

export function recordCards(gate: Gate, object: ObjectModel): readonly Card[] {
  const isActive = object.declaration.enableActivities === true
  const hasActivities =
    isActive && [leadsTo(gate, object, 'Task'), leadsTo(gate, object, 'Event')].includes(true)
  const cards: Card[] = hasActivities ? ['timeline'] : []
  if (participantsOf(gate, object) !== undefined) cards.push('participants')
  if (leadsTo(gate, object, 'ContentDocumentLink')) cards.push('files')
  return cards
}

/** True where the caller may read records of this kind that lead to those of the object. */
function leadsTo({ model, access }: Gate, object: ObjectModel, name: string): boolean {
  const own = model.object(name)
  if (own === undefined || !access.mayObject(own.name, 'read')) return false
  return own.fields.some(
    (field) =>
      !field.system &&
      field.reference?.targets.includes(object.name) === true &&
      access.mayField(own.name, field.name, 'read'),
  )
}

/** The object that lets people take part in records of another one, and its lookups. */
export interface ParticipantsView {
  readonly object: string
  readonly record: string
  readonly principal: string
  readonly role: string
  /** The field that says whether the access is in force. */
  readonly active?: string
}

const roleObject = 'ParticipantRole'

/** Undefined where nobody takes part by a role, or the caller may not know who does. */
export function participantsOf(
  { model, access }: Gate,
  object: ObjectModel,
): ParticipantsView | undefined {
  for (const { childObject, field } of object.children) {
    const own = model.object(childObject)
    if (own === undefined || !access.mayObject(own.name, 'read')) continue
    const grant = own.declaration.sharingGrants?.find(({ record }) => record === field)
    const role = grant?.accessLevel.split('.')[0] ?? ''
    const targets = own.fieldsByName.get(role.toLowerCase())?.reference?.targets ?? []
    if (grant === undefined || !targets.includes(roleObject)) continue
    const names = [field, grant.principal, role]
    if (!names.every((name) => access.mayField(own.name, name, 'read'))) continue
    const active = grant.active?.find((name) => !name.includes('.'))
    const isOpen = active !== undefined && access.mayField(own.name, active, 'read')
    const view = { object: own.name, record: field, principal: grant.principal, role }
    return isOpen ? { ...view, active } : view
  }
  return undefined
}
