/**
 * A unit of work in several steps locks at once what its steps would lock one after the other: two such units, or one
 * and a simple write, then never wait for each other.
 */
import type { Column, Model, ObjectModel } from '../model/model.ts'
import { LockSet } from '../query/compile-roll-up-locks.ts'
import { rollUpsOver } from '../query/roll-ups.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, sql, type Sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'

const id = identifier('Id')

/** True where a change of the object's records locks parents that others may be waiting for. */
export function locksParents(model: Model, object: ObjectModel, dialect: Dialect): boolean {
  return dialect.name !== 'sqlite' && rollUpsOver(model, object.table.name, dialect).length > 0
}

/** Records that are there, with all that is summed up from them. */
export async function lockRecords(
  tx: Transaction,
  model: Model,
  records: ReadonlyMap<ObjectModel, readonly string[]>,
): Promise<void> {
  const { dialect } = tx
  if (![...records.keys()].some((object) => locksParents(model, object, dialect))) return
  const locks = new LockSet(model, dialect)
  for (const [object, ids] of records) {
    const given = idRows(ids, dialect)
    locks.add(object, given, { strong: true })
    locks.addParents(
      rollUpsOver(model, object.table.name, dialect),
      ({ foreignKey }) =>
        sql`select t.${foreignKey.name} from ${object.table} as t where t.${id} in (${given})`,
    )
  }
  for (const lock of locks.statements()) await tx.read(lock)
}

/** What new records of an object refer to, with all that they are summed up in. */
export async function lockTargets(
  tx: Transaction,
  { model, object }: { readonly model: Model; readonly object: ObjectModel },
  rows: readonly ReadonlyMap<Column, ColumnValue>[],
): Promise<void> {
  const { dialect } = tx
  if (!locksParents(model, object, dialect)) return
  const locks = new LockSet(model, dialect)
  for (const [, ids] of targetsOf(object, rows)) {
    for (const [target, some] of byObject(model, ids)) {
      locks.add(target, idRows(some, dialect), { strong: false })
    }
  }
  const targets = targetsOf(object, rows)
  const relations = rollUpsOver(model, object.table.name, dialect).filter(({ foreignKey }) =>
    targets.has(foreignKey.name.name),
  )
  locks.addParents(relations, ({ foreignKey }) =>
    idRows([...(targets.get(foreignKey.name.name) ?? [])], dialect),
  )
  for (const lock of locks.statements()) await tx.read(lock)
}

/** The ids in each lookup's column. */
function targetsOf(
  object: ObjectModel,
  rows: readonly ReadonlyMap<Column, ColumnValue>[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const targets = new Map<string, Set<string>>()
  for (const field of object.fields) {
    const column = field.reference === undefined ? undefined : field.columns.get('')
    if (column === undefined) continue
    const ids = rows.flatMap((row) => {
      const value = row.get(column)
      return typeof value === 'string' ? [value] : []
    })
    if (ids.length > 0) targets.set(column.name.name, new Set(ids))
  }
  return targets
}

function byObject(
  model: Model,
  ids: ReadonlySet<string>,
): ReadonlyMap<ObjectModel, readonly string[]> {
  const objects = new Map<ObjectModel, string[]>()
  for (const one of ids) {
    const object = model.objectByKeyPrefix(one.slice(0, 3))
    if (object !== undefined) objects.set(object, [...(objects.get(object) ?? []), one])
  }
  return objects
}

/** Ids as a query. */
export function idRows(ids: readonly string[], dialect: Dialect): Sql {
  const rows = JSON.stringify(ids.map((one) => [one]))
  return sql`select r.${id} from ${dialect.rows(sql`${rows}`, [{ name: id, kind: { kind: 'id' } }])} as r`
}
