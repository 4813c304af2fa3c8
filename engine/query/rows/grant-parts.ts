/** The records that open others, in SQL: where they lie, and what must hold of them beside whom they are for. */
import type { GrantField, SharingGrant } from '../../access/object-sharing.ts'
import type { FieldModel } from '../../model/model.ts'
import { identifier, joinSql, sql, type Identifier, type Sql } from '../../sql/sql.ts'
import { deletedColumn, idColumn, lookupColumn } from '../compile-write.ts'

export interface GrantParts {
  /** The alias of the granting record. */
  readonly own: Identifier
  readonly from: Sql
  readonly conditions: readonly Sql[]
}

export function grantParts(
  { holder, level, active }: SharingGrant,
  { levels, depth }: { readonly levels: readonly Sql[]; readonly depth: number },
): GrantParts {
  const own = identifier(`s_g${depth}`)
  const aliasOf = new Map<FieldModel, Identifier>()
  const joins: Sql[] = []
  for (const { lookup, object } of [level, ...active].flatMap(({ over }) => over ?? [])) {
    if (aliasOf.has(lookup)) continue
    const joined = identifier(`s_l${depth}_${aliasOf.size}`)
    aliasOf.set(lookup, joined)
    joins.push(
      sql` join ${object.table} as ${joined} on ${joined}.${idColumn} = ${own}.${lookupColumn(lookup)} and not ${joined}.${deletedColumn}`,
    )
  }
  const columnOf = ({ over, field }: GrantField): Sql =>
    sql`${(over && aliasOf.get(over.lookup)) ?? own}.${lookupColumn(field)}`
  return {
    own,
    from: sql`from ${holder.table} as ${own}${joinSql(joins, sql``)}`,
    conditions: [
      sql`not ${own}.${deletedColumn}`,
      sql`${columnOf(level)} in (${joinSql(levels)})`,
      ...active.map(columnOf),
    ],
  }
}
