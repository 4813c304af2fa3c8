/** Objects whose rows stand for components: read like records, changed through metadata alone. */

import { isCustomMetadataType } from './metadata-type-fields.ts'

/** Component type → the objects that may hold its rows, the first that the model has. */
export const rowObjects: ReadonlyMap<string, readonly string[]> = new Map([
  ['PermissionSet', ['PermissionSet']],
  // Assigned like the sets that it is made of.
  ['PermissionSetGroup', ['PermissionSet']],
  ['Profile', ['Profile']],
  ['Role', ['UserRole', 'Role']],
  ['Group', ['Group']],
  ['Queue', ['Group', 'Queue']],
  ['CustomPermission', ['CustomPermission']],
])

/** The object with one row per record type. */
export const recordTypeObject = 'RecordType'

/** Objects with rows of both kinds: components, and records that people make beside them. */
const recordsToo: ReadonlySet<string> = new Set(['Group'])

const names: ReadonlySet<string> = new Set(
  [...rowObjects.values(), recordTypeObject].flat().filter((name) => !recordsToo.has(name)),
)

/** Everybody knows what kinds of record there are, and reads the settings that metadata makes. */
const readByAll: ReadonlySet<string> = new Set([recordTypeObject])

export function isReadByAll(object: string): boolean {
  return readByAll.has(object) || isCustomMetadataType(object)
}

export function holdsComponents(object: string): boolean {
  return names.has(object) || isCustomMetadataType(object)
}
