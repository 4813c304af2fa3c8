/** The statements that bring a table from one shape to another. */
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import type { ColumnSpec, IndexSpec, TableSpec } from './table-specs.ts'

export function createTable(table: TableSpec, dialect: Dialect): Sql {
  const columns = joinSql(table.columns.map((column) => columnDefinition(column, dialect)))
  // Not STRICT on SQLite: adding a column to such a table checks all its rows. Every statement casts what it writes.
  return sql`create table ${identifier(table.name)} (${columns})`
}

export function columnDefinition(column: ColumnSpec, dialect: Dialect): Sql {
  const base = sql`${identifier(column.name)} ${dialect.columnType(column.kind)}`
  if (column.role === 'key') return sql`${base} not null primary key`
  if (column.role === 'kept by the engine') return sql`${base} not null`
  if (column.role === 'total') return sql`${base} default 0`
  // A checkbox is never empty: records that were there before it are unchecked.
  return column.kind.kind === 'boolean' ? sql`${base} default false` : base
}

/** More digits before the point: the same values in the same places. */
export function widenColumn(table: string, column: ColumnSpec, dialect: Dialect): Sql | undefined {
  if (dialect.name === 'sqlite') return undefined
  return sql`alter table ${identifier(table)} alter column ${identifier(column.name)} type ${dialect.columnType(column.kind)}`
}

/** True when the column can take the new kind's values as it stands, or by widening it. */
export function canStay(from: ColumnKind, to: ColumnKind): boolean {
  if (from.kind !== to.kind) return false
  if (from.kind !== 'decimal' || to.kind !== 'decimal') return true
  return from.scale === to.scale && from.precision <= to.precision
}

export interface IndexOptions {
  readonly mode: 'plain' | 'online'
  readonly dialect: Dialect
}

export function createIndex(table: string, index: IndexSpec, { mode, dialect }: IndexOptions): Sql {
  const columns = joinSql(
    index.columns.map((column) => sql`${identifier(column)}${dialect.indexNulls}`),
  )
  const unique = index.unique ? sql`unique ` : sql``
  const online = mode === 'online' ? sql`concurrently ` : sql``
  const conditions = [
    ...(index.unique ? [sql`not ${identifier('IsDeleted')}`] : []),
    ...(index.filledOnly === true
      ? index.columns.map((column) => sql`${identifier(column)} is not null`)
      : []),
  ]
  const where = conditions.length === 0 ? sql`` : sql` where ${joinSql(conditions, sql` and `)}`
  return sql`create ${unique}index ${online}if not exists ${identifier(index.name)} on ${identifier(table)} (${columns})${where}`
}

export function dropIndex(index: IndexSpec): Sql {
  return sql`drop index if exists ${identifier(index.name)}`
}

export function dropColumn(table: string, column: string): Sql {
  return sql`alter table ${identifier(table)} drop column ${identifier(column)}`
}

export function dropTable(table: string): Sql {
  return sql`drop table ${identifier(table)}`
}

export function dropTableIfThere(table: string): Sql {
  return sql`drop table if exists ${identifier(table)}`
}

export interface TableChange {
  readonly create: readonly TableSpec[]
  readonly add: readonly { readonly table: string; readonly column: ColumnSpec }[]
  readonly widen: readonly { readonly table: string; readonly column: ColumnSpec }[]
  /** On tables that hold records; indexes of new tables are part of `create`. */
  readonly index: readonly { readonly table: string; readonly index: IndexSpec }[]
  readonly unindex: readonly IndexSpec[]
}

/** What must be done to the tables of `before` so that they serve `after`; columns are never dropped here. */
export function tableChange(
  before: readonly TableSpec[],
  after: readonly TableSpec[],
  present: PresentColumns,
): TableChange {
  const known = new Map(before.map((table) => [table.name, table]))
  const change = {
    create: [] as TableSpec[],
    add: [] as TableChange['add'][number][],
    widen: [] as TableChange['widen'][number][],
    index: [] as TableChange['index'][number][],
    unindex: [] as IndexSpec[],
  }
  for (const table of after) {
    const former = known.get(table.name)
    if (former === table) continue
    if (former === undefined && !present.hasTable(table.name)) change.create.push(table)
    else changeTable(change, { table, former, present })
  }
  const wanted = new Set(after.flatMap((table) => table.indexes.map((index) => index.name)))
  const obsolete = before.flatMap((table) => table.indexes).filter((one) => !wanted.has(one.name))
  return { ...change, unindex: obsolete }
}

/** Columns that stand in the database although the present model does not ask for them. */
export interface PresentColumns {
  hasTable(table: string): boolean
  hasColumn(table: string, column: string): boolean
}

interface TablePair {
  readonly table: TableSpec
  readonly former: TableSpec | undefined
  readonly present: PresentColumns
}

function changeTable(
  change: {
    add: TableChange['add'][number][]
    widen: TableChange['widen'][number][]
    index: TableChange['index'][number][]
  },
  { table, former, present }: TablePair,
): void {
  const columns = new Map(former?.columns.map((column) => [column.name, column]))
  for (const column of table.columns) {
    const before = columns.get(column.name)
    if (before === undefined) {
      if (!present.hasColumn(table.name, column.name))
        change.add.push({ table: table.name, column })
    } else if (!sameKind(before.kind, column.kind)) change.widen.push({ table: table.name, column })
  }
  const indexes = new Map(former?.indexes.map((index) => [index.name, index]))
  for (const index of table.indexes) {
    if (!indexes.has(index.name)) change.index.push({ table: table.name, index })
  }
}

export function sameKind(a: ColumnKind, b: ColumnKind): boolean {
  if (a.kind === 'decimal' && b.kind === 'decimal') {
    return a.precision === b.precision && a.scale === b.scale
  }
  return a.kind === b.kind
}
