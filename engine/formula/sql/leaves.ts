/** Fields and texts: where a compiled formula touches columns and bound values. */
import type { Dialect } from '../../sql/dialect.ts'
import { sql, type Sql } from '../../sql/sql.ts'
import type { TypedNode } from '../tree.ts'
import { makeNumber } from './numbers.ts'
import { NotInSql, type SqlContext, type SqlNumber, type SqlValue } from './sql-value.ts'

const unstorable = /[\p{Surrogate}\0]/u
const precisionMax = 18
const percentDigits = 2

export function textConstant(text: string, dialect: Dialect): Sql {
  if (text === '') return sql`''`
  if (unstorable.test(text)) throw new NotInSql('a broken text')
  return dialect.bound({ kind: 'text' }, text)
}

/** A column's value in the form in which formulas compute. */
export function columnValue(node: TypedNode & { kind: 'field' }, context: SqlContext): SqlValue {
  const column = context.column(node.mention)
  if (column === undefined) throw new NotInSql(node.mention.path)
  const { dialect } = context
  switch (node.type.kind) {
    case 'number':
      return decimalColumn(node, column, dialect)
    case 'boolean':
      return { kind: 'plain', sql: sql`coalesce(${column}, false)` }
    case 'date':
      return { kind: 'plain', sql: dayOfColumn(column, dialect) }
    case 'datetime':
    case 'time':
      return { kind: 'plain', sql: dialect.name === 'postgres' ? sql`(${column})::bigint` : column }
    case 'text':
    case 'picklist':
    case 'multipicklist':
      return { kind: 'plain', sql: sql`coalesce(${column}, '')` }
    default:
      throw new NotInSql(node.mention.path)
  }
}

/** A percent of 50 is the number 0.5: its column has two more digits behind the point. */
function decimalColumn(
  { mention, blankIsZero }: TypedNode & { kind: 'field' },
  column: Sql,
  dialect: Dialect,
): SqlNumber {
  const value = blankIsZero ? sql`coalesce(${column}, 0)` : column
  const more = mention.kind === 'percent' ? percentDigits : 0
  if (dialect.name === 'postgres') {
    const num = more === 0 ? sql`(${value})` : sql`((${value}) * 0.01)`
    return makeNumber({ num, digits: precisionMax, scale: 0 })
  }
  const digits = mention.precision ?? precisionMax
  return makeNumber({ num: value, digits, scale: (mention.scale ?? 0) + more })
}

function dayOfColumn(column: Sql, dialect: Dialect): Sql {
  if (dialect.name === 'postgres') return sql`((${column}) - date '1970-01-01')::bigint`
  return sql`(unixepoch(${column}) / 86400)`
}
