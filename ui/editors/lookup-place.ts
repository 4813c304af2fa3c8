/** Which records a lookup offers may depend on what else stands in the form, saved or not. */
import type { LookupPlace } from '../api.ts'
import type { FieldInfo, Value } from '../base/wire.ts'
import type { EditorContext } from './editor-element.ts'

/** The lookup itself, for a search among all that it may offer; undefined for a choice that is no field of an object. */
export function searchPlace(
  field: FieldInfo | undefined,
  context: EditorContext | undefined,
): LookupPlace | undefined {
  const filtered = lookupPlace(field, context)
  if (filtered || !field || !context) return filtered
  // Questions of a guided process belong to no object.
  const isOwn = context.object.fields.some(({ name }) => name === field.name)
  if (context.object.name === '' || !isOwn) return undefined
  return { object: context.object.name, field: field.name, values: {} }
}

/** Of all groups, queues for these records alone can own them: the server knows which. */
function offersSome({ name, referenceTo = [], filteredLookupInfo }: FieldInfo): boolean {
  return Boolean(filteredLookupInfo) || (name === 'OwnerId' && referenceTo.includes('Group'))
}

/** Undefined where the lookup offers every record. */
export function lookupPlace(
  field: FieldInfo | undefined,
  context: EditorContext | undefined,
): LookupPlace | undefined {
  if (!field || !context || !offersSome(field)) return undefined
  const entries = [...context.values].filter(([name]) => name !== 'Id')
  const values: Readonly<Record<string, Value>> = Object.fromEntries(entries)
  const id = context.isNew ? undefined : context.record?.Id
  return { object: context.object.name, field: field.name, id, values }
}
