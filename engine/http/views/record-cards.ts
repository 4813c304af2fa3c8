/** What stands beside the related lists of a record: its timeline, where activities are enabled, and its files. */
import type { ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'

export function recordCards(gate: Gate, object: ObjectModel): readonly ('files' | 'timeline')[] {
  const isActive = object.declaration.enableActivities === true
  const hasActivities =
    isActive && [leadsTo(gate, object, 'Task'), leadsTo(gate, object, 'Event')].includes(true)
  const cards: ('files' | 'timeline')[] = hasActivities ? ['timeline'] : []
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
