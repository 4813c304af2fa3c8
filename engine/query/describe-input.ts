/** The part of a field's describe that tells forms how a value comes about: defaults and filters of lookups. */
import { indexOf } from '../model/compile-model.ts'
import { resolveMentionPath } from '../model/formula-scope.ts'
import { compileLookupFilter } from '../model/lookup-filters.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { maySee, type Gate } from './resolve.ts'

export function describeInput(
  gate: Gate,
  object: ObjectModel,
  field: FieldModel,
): Readonly<Record<string, unknown>> {
  return {
    defaultValueFormula: field.options.defaultValue ?? null,
    filteredLookupInfo: describeLookupFilter(gate, object, field),
  }
}

/** What the public API has no word for. */
export function describeOwn(field: FieldModel, editor: string): unknown {
  const { required, type } = field
  const infoMessage = field.options.lookupFilter?.infoMessage
  const filter = infoMessage === undefined ? {} : { lookupInfo: infoMessage }
  return { editor, type: type.name, required, ...filter }
}

/** Of a filter: which fields of the record it depends on, as far as the caller may know of them. */
function describeLookupFilter(gate: Gate, object: ObjectModel, field: FieldModel): unknown {
  const filter = compileLookupFilter(object.name, field.options, indexOf(gate.model))?.filter
  if (filter === undefined) return null
  const sources = filter.conditions
    .flatMap(({ left, right }) => [left, right])
    .flatMap((side) => (side.kind === 'source' && !side.mention.path.startsWith('$') ? side : []))
  const names = sources.flatMap(({ mention }) => controllingField(gate, object, mention.path))
  return {
    controllingFields: [...new Set(names)],
    dependent: sources.length > 0,
    optionalFilter: filter.isOptional,
  }
}

function controllingField(gate: Gate, object: ObjectModel, path: string): readonly string[] {
  const found = resolveMentionPath(gate.model, object, path)
  if (found.global !== undefined) return []
  const field = found.parents[0] ?? found.field
  return maySee(gate, field) ? [field.name] : []
}
