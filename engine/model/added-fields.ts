/** New fields of an object, when they are all that a change brings: what was found right before is right still. */
import { sameJson } from '../base/same-json.ts'
import type { Declaration } from './declaration.ts'

type ObjectDeclaration = Declaration<'CustomObject'>
type Field = NonNullable<ObjectDeclaration['body']['fields']>[number]

/** A master changes who may see the records, a summary what another object is made of. */
const farReaching: ReadonlySet<string> = new Set(['MasterDetail', 'Summary'])

/** Lower-case "object.field" of the new fields; undefined when anything else changed or when one of them reaches further. */
export function addedFields(
  before: ObjectDeclaration,
  after: ObjectDeclaration,
): readonly string[] | undefined {
  const { fields: fieldsBefore = [], ...restBefore } = before.body
  const { fields: fieldsAfter = [], ...restAfter } = after.body
  if (!sameJson(restBefore, restAfter)) return undefined
  const former = new Map(fieldsBefore.map((field) => [field.fullName, field]))
  const added: string[] = []
  for (const field of fieldsAfter) {
    const known = former.get(field.fullName)
    if (known === undefined && isLocal(field)) {
      added.push(`${after.fullName}.${field.fullName}`.toLowerCase())
    } else if (known === undefined || !sameJson(known, field)) {
      return undefined
    }
    former.delete(field.fullName)
  }
  return former.size === 0 ? added : undefined
}

function isLocal(field: Field): boolean {
  return !farReaching.has(field.type ?? '') && (field.previousNames ?? []).length === 0
}
