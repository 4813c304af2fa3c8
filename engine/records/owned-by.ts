/** Lookups that lead from one object to another, and ownership, which is no relation that anybody lists. */
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { groupObject } from '../model/people-lookup.ts'

export interface Relation {
  readonly child: ObjectModel
  readonly field: FieldModel
}

/** The owners of records are no relation that anybody lists, but a queue must not go before its records do. */
export function ownedBy(model: Model, object: ObjectModel): readonly Relation[] {
  if (object.name !== groupObject) return []
  return model.objectNames.flatMap((name) => {
    const child = model.object(name)
    const field = child?.ownerField
    const isOwned = field?.reference?.targets.includes(groupObject) === true
    return child !== undefined && field !== undefined && isOwned ? [{ child, field }] : []
  })
}
