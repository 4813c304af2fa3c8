/** Whether changes of an object's records are kept; apart from what shows them, which is loaded when it is asked for. */
import type { ObjectInfo } from '../../base/wire.ts'

export const historyRelation = 'Histories'

export function keepsHistory(object: ObjectInfo): boolean {
  return object.childRelationships?.some((one) => one.relationshipName === historyRelation) === true
}
