/** Field sets: named lists of fields for pages, as far as the caller may see them. */
import type { FieldSetItem } from '../../metadata/types.ts'
import { Refusal } from '../base/refusal.ts'
import type { ObjectModel } from '../model/model.ts'
import { resolvePath, type Gate } from './resolve.ts'

export interface FieldSetInfo {
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly displayedFields: readonly FieldSetMember[]
  readonly availableFields: readonly FieldSetMember[]
}

interface FieldSetMember {
  readonly fieldPath: string
  readonly label: string
  readonly type: string
  readonly required: boolean
}

export function describeFieldSets(gate: Gate, object: ObjectModel): readonly FieldSetInfo[] {
  const members = (items: readonly FieldSetItem[] | undefined): readonly FieldSetMember[] =>
    (items ?? []).flatMap((item) => member(gate, object, item))
  return (object.declaration.fieldSets ?? []).map((set) => ({
    name: set.fullName,
    label: set.label ?? set.fullName,
    description: set.description ?? null,
    displayedFields: members(set.displayedFields),
    availableFields: members(set.availableFields),
  }))
}

/** None for a path that the caller may not know of, or that leads nowhere in this model. */
function member(gate: Gate, object: ObjectModel, item: FieldSetItem): readonly FieldSetMember[] {
  const path = item.field
  try {
    const { field } = resolvePath(gate, object, path)
    const { type } = field.type.describe(field.options)
    return [
      { fieldPath: path, label: field.label, type, required: item.isRequired ?? field.required },
    ]
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}
