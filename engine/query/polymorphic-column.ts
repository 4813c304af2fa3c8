/** `What.Type`, `What.Name` and `What.Id` as columns, where the lookup leads to several objects. */
import type { Access } from '../access/access.ts'
import { foldText } from '../base/fold-text.ts'
import type { Operator } from '../fields/field-type.ts'
import { foldedComparison } from '../fields/text-column.ts'
import { lookup as lookupType } from '../fields/lookup.ts'
import type { ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, textLiteral, type Sql } from '../sql/sql.ts'
import { columnSql } from './compile-condition.ts'
import { idColumn } from './compile-write.ts'
import type { OperandPlace, Subject } from './plan-operand.ts'
import { plannedColumn } from './planned-column.ts'
import type { PlannedColumn } from './read-plan.ts'
import { resolvePolymorphic, typeBehind, type ResolvedPolymorphic } from './resolve.ts'
import { rowPredicate } from './rows/row-predicate.ts'

const operators: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'like', 'in', 'not in']

/** Undefined when the path is none of that kind. */
export function polymorphicSubject(
  { gate, tables }: OperandPlace,
  path: string,
): Subject | undefined {
  const resolved = resolvePolymorphic(gate, tables.root.object, path)
  if (resolved === undefined) return undefined
  const { parents, lookup, attribute } = resolved
  const table = tables.reach(parents)
  const column = plannedColumn(tables, table, { field: lookup, part: '' })
  if (attribute === 'Id') {
    const comparison = lookup.type.comparison?.(lookup.options)
    if (comparison === undefined) throw new Error('lookups are compared')
    return { path, operators: lookupType.operators, comparison, column }
  }
  const key = `${attribute}(${table.alias.name}.${lookup.name})`
  const expression = (dialect: Dialect): Sql =>
    attributeSql(resolved, column, { dialect, access: gate.access })
  const found = { expression, key, kind: { kind: 'text' } } as const
  return { path, operators, comparison: foldedComparison, column: found }
}

/** Folded; null where the lookup is empty or leads to what the caller may not read. */
function attributeSql(
  { lookup, attribute, targets }: ResolvedPolymorphic,
  column: PlannedColumn,
  reader: Reader,
): Sql {
  const { dialect } = reader
  const id = columnSql(column, dialect)
  const cases = targets.map((target) => {
    const value =
      attribute === 'Type'
        ? textLiteral(foldText(typeBehind(lookup, target)))
        : nameSql(target, id, reader)
    return sql` when ${textLiteral(target.keyPrefix)} then ${value}`
  })
  if (cases.length === 0) return dialect.bound({ kind: 'text' }, null)
  const text = sql`(case substr(${id}, 1, 3)${joinSql(cases, sql``)} end)`
  // Names and literals together have no collation of their own.
  return dialect.name === 'postgres' ? sql`(${text} collate "C")` : text
}

interface Reader {
  readonly dialect: Dialect
  readonly access: Access
}

function nameSql(target: ObjectModel, id: Sql, reader: Reader): Sql {
  const { table, nameField } = target
  const { column: part } = nameField.type.comparison?.(nameField.options) ?? { column: '' }
  const name = nameField.columns.get(part)?.name
  const alias = identifier('p')
  const predicate = rowPredicate({ ...reader, object: target, alias, right: 'read' })
  const seen = predicate === undefined ? sql`` : sql` and (${predicate})`
  return name === undefined
    ? sql`null`
    : sql`(select ${alias}.${name} from ${table} as ${alias} where ${alias}.${idColumn} = ${id}${seen})`
}
