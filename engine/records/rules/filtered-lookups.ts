/** The lookups of an object that have a filter in force. */
import { indexOf } from '../../model/compile-model.ts'
import { compileLookupFilter, type CompiledFilter } from '../../model/lookup-filters.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'

export interface FilteredLookup {
  readonly field: FieldModel
  readonly target: ObjectModel
  readonly filter: CompiledFilter
}

const filtersByModel = new WeakMap<Model, Map<ObjectModel, readonly FilteredLookup[]>>()

export function filteredLookups(model: Model, object: ObjectModel): readonly FilteredLookup[] {
  const ofModel = filtersByModel.get(model) ?? new Map<ObjectModel, readonly FilteredLookup[]>()
  filtersByModel.set(model, ofModel)
  const known = ofModel.get(object)
  if (known !== undefined) return known
  const made = object.fields.flatMap((field) => filterOf(model, field) ?? [])
  ofModel.set(object, made)
  return made
}

function filterOf(model: Model, field: FieldModel): FilteredLookup | undefined {
  const filter = compileLookupFilter(field.object, field.options, indexOf(model))?.filter
  const target = filter && model.object(filter.target)
  return filter === undefined || target === undefined ? undefined : { field, target, filter }
}

/** Canonical paths of what the filter takes from the record with the lookup, and of globals. */
export function sourcePaths({ filter }: Pick<FilteredLookup, 'filter'>): readonly string[] {
  return filter.conditions
    .flatMap(({ left, right }) => [left, right])
    .flatMap((side) => (side.kind === 'source' ? [side.mention.path] : []))
}
