/** Rows on their way into a table: one statement for as many as wait together. */
import type { Column, FieldModel, Model, ObjectModel } from '../model/model.ts'
import { groupObject } from '../model/people-lookup.ts'
import { ownerField, versionColumn } from '../model/system-fields.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect, RowColumn } from '../sql/dialect.ts'
import {
  hole,
  identifier,
  joinSql,
  sql,
  textLiteral,
  type Identifier,
  type Sql,
} from '../sql/sql.ts'
import { isQueueFor } from './rows/queue-owner.ts'

export const idColumn = identifier('Id')
export const deletedColumn = identifier('IsDeleted')
export const rowVersion = identifier(versionColumn)
/** Tells in reads of several records whose row each is. */
export const rowKey = identifier('row_key')
export const stateTable = identifier('fs_state')
const expectedVersion = identifier('expected_version')

const integer: ColumnKind = { kind: 'integer' }
const id: ColumnKind = { kind: 'id' }

/** The columns that a write fills, and the lookups among them whose targets must exist. */
export interface WriteShape {
  readonly object: ObjectModel
  readonly columns: readonly Column[]
  readonly lookups: readonly FieldModel[]
}

/** The rows arrive in the hole `rows` as a JSON array of arrays, the model's version in the hole `model`. */
export const rowsHole = sql`${hole('rows')}`
export const row = identifier('r')

// A deploy in between makes the statement write nothing: the caller plans again under the new model.
const sameModel = sql`(select ${identifier('value')} from ${stateTable} where ${identifier('key')} = 'model_version') = ${hole('model')}`

/** The ids of a hole that holds a JSON list of one-element lists. */
export function idList(holeName: string, dialect: Dialect): Sql {
  return sql`(select r.${idColumn} from ${dialect.rows(sql`${hole(holeName)}`, [{ name: idColumn, kind: id }])} as r)`
}

export function rowColumns(columns: readonly Column[]): readonly RowColumn[] {
  return columns.map((column) => ({ name: column.name, kind: column.kind }))
}

export function lookupColumn(field: FieldModel): Identifier {
  const column = field.columns.get('')
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no column`)
  return column.name
}

function existsIn(target: ObjectModel, id: Sql): Sql {
  return sql`exists (select 1 from ${target.table} as p where p.${idColumn} = ${id} and not p.${deletedColumn})`
}

/** True when the row's reference is empty or leads to a record that is there. */
function targetExists(model: Model, field: FieldModel): Sql {
  const id = sql`${row}.${lookupColumn(field)}`
  const targets = (field.reference?.targets ?? [])
    .map((name) => model.object(name))
    .filter((target) => target !== undefined)
  const isOwner = field.name === ownerField
  const cases = targets.map((target) => {
    const isQueue = isOwner && target.name === groupObject
    const owner = isQueue ? model.object(field.object) : undefined
    const found = owner === undefined ? existsIn(target, id) : isQueueFor(model, owner, id)
    return sql` when ${textLiteral(target.keyPrefix)} then ${found}`
  })
  if (cases.length === 0) return sql`${id} is null`
  return sql`(${id} is null or case substr(${id}, 1, 3)${joinSql(cases, sql``)} else 1 = 0 end)`
}

/** Inserts the rows whose references exist, if the model is still the one they were planned under. */
export function compileInsert(model: Model, shape: WriteShape, dialect: Dialect): Sql {
  const names = joinSql(shape.columns.map((column) => sql`${column.name}`))
  const conditions = [sameModel, ...shape.lookups.map((field) => targetExists(model, field))]
  return sql`insert into ${shape.object.table} (${names}, ${rowVersion}) select ${names}, 1 from ${dialect.rows(rowsHole, rowColumns(shape.columns))} as ${row} where ${joinSql(conditions, sql` and `)}`
}

/** Rows of an update begin with the record's id and the version it was planned on; then the shape's columns. */
export function updateColumns(shape: WriteShape): readonly RowColumn[] {
  return [
    { name: idColumn, kind: id },
    { name: expectedVersion, kind: integer },
    ...rowColumns(shape.columns),
  ]
}

export function compileUpdate(model: Model, shape: WriteShape, dialect: Dialect): Sql {
  const { table } = shape.object
  const assignments = shape.columns.map((column) => sql`${column.name} = ${row}.${column.name}`)
  const conditions = [
    sql`${table}.${idColumn} = ${row}.${idColumn}`,
    sql`${table}.${rowVersion} = ${row}.${expectedVersion}`,
    sql`not ${table}.${deletedColumn}`,
    sameModel,
    ...shape.lookups.map((field) => targetExists(model, field)),
  ]
  const version = sql`${rowVersion} = ${table}.${rowVersion} + 1`
  return sql`update ${table} set ${joinSql([...assignments, version])} from ${dialect.rows(rowsHole, updateColumns(shape))} as ${row} where ${joinSql(conditions, sql` and `)}`
}

/** Takes away what opens a row to others as long as it has the owner that it had. */
export function compileEndGrant(
  shape: WriteShape,
  { holder, record }: { readonly holder: ObjectModel; readonly record: FieldModel },
  dialect: Dialect,
): Sql {
  const { object } = shape
  const owner = object.ownerField && lookupColumn(object.ownerField)
  if (owner === undefined) throw new Error(`${object.name} has no owner`)
  const given = dialect.rows(rowsHole, updateColumns(shape))
  const moved = sql`select t.${idColumn} from ${given} as ${row} join ${object.table} as t on t.${idColumn} = ${row}.${idColumn} where t.${owner} <> ${row}.${owner}`
  return sql`delete from ${holder.table} where ${lookupColumn(record)} in (${moved}) and not ${deletedColumn}`
}

/** The names of the lookups of one row that lead nowhere, as rows with `field`. */
export function compileMissingTargets(
  model: Model,
  shape: WriteShape,
  options: { readonly dialect: Dialect; readonly mode: 'insert' | 'update' },
): Sql | undefined {
  const columns = options.mode === 'insert' ? rowColumns(shape.columns) : updateColumns(shape)
  const checks = shape.lookups.map(
    (field) =>
      sql`select ${textLiteral(field.name)} as field from ${options.dialect.rows(rowsHole, columns)} as ${row} where not ${targetExists(model, field)}`,
  )
  return checks.length === 0 ? undefined : joinSql(checks, sql` union all `)
}

/** One row with `value`, the version of the model in force. */
export const readModelVersion: Sql = sql`select ${identifier('value')} from ${stateTable} where ${identifier('key')} = 'model_version'`
