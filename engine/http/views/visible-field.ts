/** Fields that metadata names, as far as the user may see them; older spellings of list views included. */
import { legacyColumn } from '../../model/legacy-columns.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { maySee, type Gate } from '../../query/resolve.ts'

export function visibleField(
  gate: Gate,
  object: ObjectModel,
  name: string,
): FieldModel | undefined {
  const meant = legacyColumn(name, object.fields, object.nameField.name) ?? name
  const field = object.fieldsByName.get(meant.toLowerCase())
  return field !== undefined && maySee(gate, field) ? field : undefined
}

/** The visible ones, each once, in the order given. */
export function columnNames(
  gate: Gate,
  object: ObjectModel,
  names: readonly string[],
): readonly string[] {
  const fields = names.flatMap((name) => visibleField(gate, object, name)?.name ?? [])
  return [...new Set(fields)]
}
