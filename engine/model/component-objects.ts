/** Objects whose rows stand for components: read like records, changed through metadata alone. */

/** Component type → the objects that may hold its rows, the first that the model has. */
export const rowObjects: ReadonlyMap<string, readonly string[]> = new Map([
  ['PermissionSet', ['PermissionSet']],
  ['Profile', ['Profile']],
  ['Role', ['UserRole', 'Role']],
  ['Group', ['Group']],
  ['Queue', ['Group', 'Queue']],
  ['CustomPermission', ['CustomPermission']],
])

const names: ReadonlySet<string> = new Set([...rowObjects.values()].flat())

export function holdsComponents(object: string): boolean {
  return names.has(object)
}
