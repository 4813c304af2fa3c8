/** What a write locks before it writes: the model, what its rows refer to, and what its summaries change above them. */
import type { Column, Model } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import { LockSet } from './compile-roll-up-locks.ts'
import {
  idColumn,
  lookupColumn,
  row,
  rowColumns,
  rowsHole,
  stateTable,
  updateColumns,
  type WriteShape,
} from './compile-write.ts'
import { affectedBy, rollUpsOver, type RollUpRelation } from './roll-ups.ts'

export interface LockOptions {
  readonly dialect: Dialect
  readonly mode: 'insert' | 'update'
}

/**
 * Locks what the rows refer to, where a writer is not alone: without it a parent could be deleted between the check
 * and the commit. Where summaries change, their parents are locked for that, and the records themselves too.
 */
export function compileLocks(
  model: Model,
  shape: WriteShape,
  options: LockOptions,
): readonly Sql[] {
  const { dialect } = options
  if (dialect.name === 'sqlite') return []
  const state = sql`select 1 as one from ${stateTable} where ${identifier('key')} = 'model_version'${dialect.lockRows}`
  const given = givenRows(shape, options)
  const locks = new LockSet(model, dialect)
  for (const field of shape.lookups) {
    for (const name of field.reference?.targets ?? []) {
      const target = model.object(name)
      const ids = sql`select ${row}.${lookupColumn(field)} from ${given}`
      if (target !== undefined) locks.add(target, ids, { strong: false })
    }
  }
  const relations = rollUpsAbove(model, shape, options)
  locks.addParents(relations, ({ foreignKey }) => parentsOfRows(shape, foreignKey, options))
  if (relations.length > 0 && options.mode === 'update') {
    locks.add(shape.object, sql`select ${row}.${idColumn} from ${given}`, { strong: true })
  }
  return [state, ...locks.statements()]
}

function givenRows(shape: WriteShape, { dialect, mode }: LockOptions): Sql {
  const columns = mode === 'insert' ? rowColumns(shape.columns) : updateColumns(shape)
  return sql`${dialect.rows(rowsHole, columns)} as ${row}`
}

/** The parents that the rows name, and those of an update's records as they stand. */
function parentsOfRows(shape: WriteShape, foreignKey: Column, options: LockOptions): Sql {
  const given = givenRows(shape, options)
  const isSet = shape.columns.some((column) => column.name.name === foreignKey.name.name)
  const named = isSet ? [sql`select ${row}.${foreignKey.name} from ${given}`] : []
  const stored = sql`select t.${foreignKey.name} from ${shape.object.table} as t where t.${idColumn} in (select ${row}.${idColumn} from ${given})`
  return joinSql(options.mode === 'update' ? [...named, stored] : named, sql` union all `)
}

/** The summaries above the rows: of new ones those that they point at, of changed ones those that the change matters to. */
export function rollUpsAbove(
  model: Model,
  { object, columns }: Pick<WriteShape, 'object' | 'columns'>,
  { dialect, mode }: LockOptions,
): readonly RollUpRelation[] {
  const all = rollUpsOver(model, object.table.name, dialect)
  if (all.length === 0) return all
  const names = new Set(columns.map((column) => column.name.name))
  if (mode === 'update') return affectedBy(all, names)
  return all.filter(({ foreignKey }) => names.has(foreignKey.name.name))
}
