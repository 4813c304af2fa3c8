/** The condition of a search over what a table shows: the text stands in the name or in another text column. */
import { filterKind } from './filters.ts'
import { fieldOf } from './form-state.ts'
import { fieldName, likeLiteral } from './soql.ts'
import type { ObjectInfo } from './wire.ts'

/** Undefined for an empty text, which finds everything. */
export function searchCondition(
  describe: ObjectInfo,
  columns: readonly string[],
  text: string,
): string | undefined {
  const wanted = text.trim()
  if (wanted === '') return undefined
  const pattern = likeLiteral(wanted, 'anywhere')
  const conditions = columns.flatMap((column) => {
    const field = fieldOf(describe, column)
    return field && filterKind(field) === 'text' ? [`${fieldName(field.name)} LIKE ${pattern}`] : []
  })
  return conditions.length === 0 ? undefined : conditions.join(' OR ')
}
