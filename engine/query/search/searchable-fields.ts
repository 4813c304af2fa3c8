/** Which fields of an object are in its search index: short texts, by their folded columns. */
import { limits } from '../../base/limits.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import type { IndexedColumn } from './match-sql.ts'

export type SearchGroup = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE'

export interface SearchField extends IndexedColumn {
  readonly field: FieldModel
  /** The group beside ALL that the field belongs to. */
  readonly group: SearchGroup
}

const groupOfType: ReadonlyMap<string, SearchGroup> = new Map([
  ['email', 'EMAIL'],
  ['phone', 'PHONE'],
])
const texts: ReadonlySet<string> = new Set(['string', 'textarea', 'email', 'phone', 'url'])

const known = new WeakMap<ObjectModel, readonly SearchField[]>()

/** Empty for objects that are not searched. */
export function searchFields(object: ObjectModel): readonly SearchField[] {
  const found = known.get(object) ?? fieldsOf(object)
  known.set(object, found)
  return found
}

function fieldsOf(object: ObjectModel): readonly SearchField[] {
  if (object.declaration.enableSearch !== true) return []
  const all = object.fields.flatMap((field): readonly SearchField[] => {
    const { type } = field.type.describe(field.options)
    const column = field.columns.get('folded')?.name
    if (column === undefined || field.formula !== undefined || !texts.has(type)) return []
    const isName = field.isName || field.compound === object.nameField.name
    const group = isName ? 'NAME' : (groupOfType.get(type) ?? 'ALL')
    return [{ field, column, isPhone: type === 'phone', group }]
  })
  const dearest = all.toSorted((one, other) => rankOf(one) - rankOf(other))
  return dearest.slice(0, limits.searchFieldsPerObjectMax)
}

/** Where there are too many, parts of addresses are left out first; names, mail and telephones never. */
function rankOf({ group, field }: SearchField): number {
  if (group !== 'ALL') return 0
  return field.compound === undefined ? 1 : 2
}
