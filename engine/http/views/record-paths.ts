/** What a record page reads: the fields the user may see, and the names of the parents. */
import { limits } from '../../base/limits.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { visibleFields, type Gate } from '../../query/resolve.ts'

export function recordPaths(gate: Gate, object: ObjectModel): readonly string[] {
  const fields = visibleFields(gate, object)
  const parents = fields.flatMap((field) => parentNamePath(gate, field))
  // Each parent is a join; what goes beyond the databases' limit shows as an id.
  return [...fields.map((field) => field.name), ...parents.slice(0, limits.joinsMax - 1)]
}

function parentNamePath(gate: Gate, field: FieldModel): readonly string[] {
  const { reference } = field
  if (reference === undefined) return []
  const [only, ...others] = reference.targets.filter((target) =>
    gate.access.mayObject(target, 'read'),
  )
  if (only === undefined) return []
  // Over several targets every name is called Name, whatever the target's own field is called.
  if (reference.targets.length > 1 || others.length > 0)
    return [`${reference.relationshipName}.Name`]
  const target = gate.model.object(only)
  return target === undefined ? [] : [`${reference.relationshipName}.${target.nameField.name}`]
}
