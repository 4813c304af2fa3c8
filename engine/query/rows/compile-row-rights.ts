/** The statement that tells what a caller may do with records that he names. */
import type { Access } from '../../access/access.ts'
import type { RowRight } from '../../access/object-sharing.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { identifier, joinSql, sql, type Sql } from '../../sql/sql.ts'
import { deletedColumn, idColumn, idList, rowKey, rowVersion } from '../compile-write.ts'
import { rowPredicate } from './row-predicate.ts'

const alias = identifier('t0')

export interface RowRightsInput {
  readonly access: Access
  readonly rights: readonly RowRight[]
  readonly dialect: Dialect
}

/** Of the records of the hole `keys`: `row_key`, `version`, `deleted`, and for each right `may_…` as 1 or 0. */
export function compileRowRights(object: ObjectModel, input: RowRightsInput): Sql {
  const { access, rights, dialect } = input
  const flags = rights.map((right) => {
    const predicate = rowPredicate({ access, object, alias, right, dialect })
    const flag = predicate === undefined ? sql`1` : sql`case when (${predicate}) then 1 else 0 end`
    return sql`${flag} as ${identifier(`may_${right}`)}`
  })
  const columns = [
    sql`${alias}.${idColumn} as ${rowKey}`,
    sql`${alias}.${rowVersion} as version`,
    sql`${alias}.${deletedColumn} as deleted`,
    ...flags,
  ]
  return sql`select ${joinSql(columns)} from ${object.table} as ${alias} where ${alias}.${idColumn} in ${idList('keys', dialect)}`
}
