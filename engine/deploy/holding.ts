/** The conditions under which a record holds one value of a picklist, alone or among several. */
import type { FieldModel } from '../model/model.ts'
import { escapeWildcards } from '../query/like-pattern.ts'
import type { Dialect } from '../sql/dialect.ts'
import { sql, type Sql } from '../sql/sql.ts'

const text = { kind: 'text' } as const

/** Undefined for a field that stores nothing. */
export function holding(field: FieldModel, value: string, dialect: Dialect): Sql | undefined {
  const column = field.columns.get('')
  if (column === undefined) return undefined
  if (!holdsSeveral(field)) return sql`${column.name} = ${dialect.bound(column.kind, value)}`
  const chosen = sql`(';' || ${column.name} || ';')`
  return dialect.like(chosen, dialect.bound(text, `%;${escapeWildcards(value)};%`))
}

export function holdsSeveral(field: FieldModel): boolean {
  return field.type.operators.includes('includes')
}

/** Records that hold more than one value. */
export function severalChosen(field: FieldModel): Sql {
  const column = field.columns.get('')
  return column === undefined ? sql`1 = 0` : sql`${column.name} like '%;%'`
}
