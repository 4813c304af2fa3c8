/** The condition under which a record holds one value of a field, alone or among several. */
import type { FieldModel } from '../model/model.ts'
import { escapeWildcards } from '../query/like-pattern.ts'
import type { Dialect } from '../sql/dialect.ts'
import { sql, type Sql } from '../sql/sql.ts'

const text = { kind: 'text' } as const

/** Undefined for a field that stores nothing. */
export function holding(field: FieldModel, value: string, dialect: Dialect): Sql | undefined {
  const column = field.columns.get('')
  if (column === undefined) return undefined
  if (!field.type.operators.includes('includes')) {
    return sql`${column.name} = ${dialect.bound(column.kind, value)}`
  }
  const chosen = sql`(';' || ${column.name} || ';')`
  return dialect.like(chosen, dialect.bound(text, `%;${escapeWildcards(value)};%`))
}
