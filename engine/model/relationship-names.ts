/** How queries call a relation: from the child to its parent, and from the parent to its children. */
import type { FieldOptions } from '../fields/field-type.ts'

const customField = /__c$/i
const idSuffix = /Id$/

/** "AccountId" → "Account", "Parent__c" → "Parent__r". */
export function parentPath(options: FieldOptions): string {
  const declared = options.parentRelationshipName
  if (declared !== undefined) return declared
  if (customField.test(options.fullName)) return options.fullName.replace(customField, '__r')
  return options.fullName.replace(idSuffix, '')
}

/** The child list's name as queries spell it; custom relations carry `__r`. */
export function childName(options: FieldOptions): string | undefined {
  const declared = options.relationshipName
  if (declared === undefined || declared === '') return undefined
  const isCustom = customField.test(options.fullName) && !/__r$/i.test(declared)
  return isCustom ? `${declared}__r` : declared
}
