/** Statements of the recycle bin: marking, finding children, unlinking, bringing back, purging. */
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import {
  hole,
  identifier,
  integerLiteral,
  joinSql,
  sql,
  type Identifier,
  type Sql,
} from '../sql/sql.ts'
import { deletedColumn, idColumn, idList, rowVersion } from './compile-write.ts'

const recycle = identifier('fs_recycle')
const unlinked = identifier('fs_unlinked')
const recordId = identifier('record_id')
const rootId = identifier('root_id')
const tableName = identifier('table_name')
const columnName = identifier('column_name')
const targetId = identifier('target_id')
const stamp = identifier('SystemModstamp')

/** The ids of the hole `ids`, a JSON list of one-element lists. */
function ids(dialect: Dialect): Sql {
  return idList('ids', dialect)
}

export function lookupColumn(field: FieldModel): Identifier {
  const column = field.columns.get('')
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no column`)
  return column.name
}

function stampValue(now: number, dialect: Dialect): Sql {
  return dialect.bound({ kind: 'instant' }, now)
}

/** Marks the records of the hole `ids` as deleted; counts those that were not yet. */
export function markDeleted(object: ObjectModel, now: number, dialect: Dialect): Sql {
  return sql`update ${object.table} set ${deletedColumn} = ${dialect.bound({ kind: 'boolean' }, true)}, ${stamp} = ${stampValue(now, dialect)}, ${rowVersion} = ${rowVersion} + 1 where ${idColumn} in ${ids(dialect)} and not ${deletedColumn}`
}

export function markRestored(object: ObjectModel, now: number, dialect: Dialect): Sql {
  return sql`update ${object.table} set ${deletedColumn} = ${dialect.bound({ kind: 'boolean' }, false)}, ${stamp} = ${stampValue(now, dialect)}, ${rowVersion} = ${rowVersion} + 1 where ${idColumn} in ${ids(dialect)} and ${deletedColumn}`
}

/** `id` and `deleted` of the records of the hole `ids`, which stay as they are until the commit. */
export function readDeleted(object: ObjectModel, dialect: Dialect): Sql {
  return sql`select ${idColumn} as id, ${deletedColumn} as deleted from ${object.table} where ${idColumn} in ${ids(dialect)} order by ${idColumn}${dialect.lockRowsToChange}`
}

/** `version` and `deleted` of one record, which stays as it is until the commit. */
export function readVersion(object: ObjectModel, dialect: Dialect): Sql {
  return sql`select ${rowVersion} as version, ${deletedColumn} as deleted from ${object.table} where ${idColumn} = ${hole('id')}${dialect.lockRowsToChange}`
}

/** The living children of the records of the hole `ids`, at most `max`. */
export function findChildren(
  child: ObjectModel,
  field: FieldModel,
  options: { readonly max: number; readonly dialect: Dialect },
): Sql {
  return sql`select ${idColumn} as id from ${child.table} where ${lookupColumn(field)} in ${ids(options.dialect)} and not ${deletedColumn} order by ${idColumn} limit ${integerLiteral(options.max)}`
}

/** `id` of those of the hole `ids` that living children look up. */
export function readParentsOf(child: ObjectModel, field: FieldModel, dialect: Dialect): Sql {
  const column = lookupColumn(field)
  return sql`select distinct ${column} as id from ${child.table} where ${column} in ${ids(dialect)} and not ${deletedColumn}`
}

/**
 * `place`, counted from 0, of each of these lookups by which some living record leads to one of the hole `ids`, or to that
 * of the hole `id`.
 */
export function findOccupied(
  lookups: readonly { readonly child: ObjectModel; readonly field: FieldModel }[],
  { dialect, ofOne }: { readonly dialect: Dialect; readonly ofOne: boolean },
): Sql {
  const meant = ofOne
    ? sql`= ${dialect.cast({ kind: 'id' }, sql`${hole('id')}`)}`
    : sql`in ${ids(dialect)}`
  const questions = lookups.map(
    ({ child, field }, index) =>
      sql`select ${integerLiteral(index)} as place where exists (select 1 from ${child.table} where ${lookupColumn(field)} ${meant} and not ${deletedColumn})`,
  )
  return joinSql(questions, sql` union all `)
}

/** Remembers which living children looked up the records, so that an undelete can link them again. */
export function rememberLinks(child: ObjectModel, field: FieldModel, dialect: Dialect): Sql {
  const column = lookupColumn(field)
  return sql`insert into ${unlinked} (${rootId}, ${tableName}, ${columnName}, ${recordId}, ${targetId}) select ${dialect.cast({ kind: 'id' }, sql`${hole('root')}`)}, ${dialect.bound({ kind: 'text' }, child.table.name)}, ${dialect.bound({ kind: 'text' }, column.name)}, ${idColumn}, ${column} from ${child.table} where ${column} in ${ids(dialect)} and not ${deletedColumn} on conflict do nothing`
}

export function unlinkChildren(
  child: ObjectModel,
  field: FieldModel,
  options: { readonly now: number; readonly dialect: Dialect },
): Sql {
  const { dialect, now } = options
  const column = lookupColumn(field)
  return sql`update ${child.table} set ${column} = null, ${stamp} = ${stampValue(now, dialect)}, ${rowVersion} = ${rowVersion} + 1 where ${column} in ${ids(dialect)} and not ${deletedColumn}`
}

/** The records of a table whose link through a lookup the delete of the root took away, in order. */
export function readUnlinkedRecords(child: ObjectModel, field: FieldModel, dialect: Dialect): Sql {
  return sql`select u.${recordId} as id from ${unlinked} as u where ${unlinkedAt(child, field, dialect)} order by u.${recordId}`
}

function unlinkedAt(child: ObjectModel, field: FieldModel, dialect: Dialect): Sql {
  const { name } = lookupColumn(field)
  return sql`u.${rootId} = ${hole('root')} and u.${tableName} = ${dialect.bound({ kind: 'text' }, child.table.name)} and u.${columnName} = ${dialect.bound({ kind: 'text' }, name)}`
}

/** Links again what still looks up nothing; gives their `id`. */
export function relinkChildren(
  child: ObjectModel,
  field: FieldModel,
  options: { readonly now: number; readonly dialect: Dialect },
): Sql {
  const { dialect, now } = options
  const column = lookupColumn(field)
  const place = unlinkedAt(child, field, dialect)
  return sql`update ${child.table} set ${column} = u.${targetId}, ${stamp} = ${stampValue(now, dialect)}, ${rowVersion} = ${rowVersion} + 1 from ${unlinked} as u where u.${recordId} = ${child.table}.${idColumn} and ${place} and ${child.table}.${column} is null returning ${child.table}.${idColumn} as id`
}

/** Restored records may look up what was deleted after them: such links are emptied. */
export function dropDeadLinks(
  object: ObjectModel,
  field: FieldModel,
  options: { readonly target: ObjectModel; readonly dialect: Dialect },
): Sql {
  const column = lookupColumn(field)
  const { target, dialect } = options
  const isThere = sql`exists (select 1 from ${target.table} as p where p.${idColumn} = ${object.table}.${column} and not p.${deletedColumn})`
  return sql`update ${object.table} set ${column} = null where ${idColumn} in ${ids(dialect)} and substr(${column}, 1, 3) = ${dialect.bound({ kind: 'text' }, target.keyPrefix)} and not ${isThere}`
}

/** `id` of restored records whose reference leads to a deleted record. */
export function findDeadLinks(
  object: ObjectModel,
  field: FieldModel,
  options: { readonly target: ObjectModel; readonly dialect: Dialect },
): Sql {
  const column = lookupColumn(field)
  const { target, dialect } = options
  const isThere = sql`exists (select 1 from ${target.table} as p where p.${idColumn} = ${object.table}.${column} and not p.${deletedColumn})`
  return sql`select ${idColumn} as id from ${object.table} where ${idColumn} in ${ids(dialect)} and substr(${column}, 1, 3) = ${dialect.bound({ kind: 'text' }, target.keyPrefix)} and not ${isThere} limit 1`
}

/** With the record of the hole `root`, or each by itself where that is empty. */
export function addToRecycleBin(object: ObjectModel, now: number, dialect: Dialect): Sql {
  const root = sql`coalesce(${dialect.cast({ kind: 'id' }, sql`${hole('root')}`)}, r.${idColumn})`
  return sql`insert into ${recycle} (${recordId}, ${rootId}, ${tableName}, deleted_at, deleted_by) select r.${idColumn}, ${root}, ${dialect.bound({ kind: 'text' }, object.table.name)}, ${stampValue(now, dialect)}, ${dialect.cast({ kind: 'id' }, sql`${hole('by')}`)} from ${ids(dialect)} as r`
}

/** `root` of a record in the recycle bin. */
export const readRecycled: Sql = sql`select ${rootId} as root from ${recycle} where ${recordId} = ${hole('id')}`

/** `id` and `table_name` of all that went with the root. */
export const readRecycledTree: Sql = sql`select ${recordId} as id, ${tableName} from ${recycle} where ${rootId} = ${hole('root')} order by ${recordId}`

export const forgetRecycled: Sql = sql`delete from ${recycle} where ${rootId} = ${hole('root')}`
export const forgetLinks: Sql = sql`delete from ${unlinked} where ${rootId} = ${hole('root')}`

/** `table_name` and `column_name` of links that the delete of the root took away. */
export const readUnlinked: Sql = sql`select distinct ${tableName}, ${columnName} from ${unlinked} where ${rootId} = ${hole('root')}`

export function purgeDeleted(object: ObjectModel, dialect: Dialect): Sql {
  return sql`delete from ${object.table} where ${idColumn} in ${ids(dialect)} and ${deletedColumn}`
}
