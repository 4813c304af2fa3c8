/**
 * The search index of an object. SQLite has a full-text table that triggers keep, PostgreSQL an index over the words
 * of the columns: on both the database itself keeps it, within whatever transaction writes the records.
 */
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, type Identifier, type Sql } from '../sql/sql.ts'
import { searchIndexName, wordsOf } from '../query/search/match-sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'
import type { Transaction } from '../storage/storage.ts'

const text: ColumnKind = { kind: 'text' }

/** Which columns of which tables are in a search index, and whether all records are in it yet. */
export const searchTables: readonly EngineTable[] = [
  {
    name: 'fs_search',
    columns: [
      { name: 'table_name', kind: text },
      { name: 'columns', kind: text },
      { name: 'state', kind: text },
    ],
    key: ['table_name'],
    indexes: [],
  },
]

export interface SearchedTable {
  readonly table: string
  readonly columns: readonly string[]
}

const triggers = ['ai', 'au', 'ad'] as const

function triggerName(table: string, kind: (typeof triggers)[number]): Identifier {
  return identifier(`fs_${kind}_${table}`.slice(0, 63))
}

function names(columns: readonly string[], alias?: string): Sql {
  return joinSql(
    columns.map((name) =>
      alias === undefined
        ? sql`${identifier(name)}`
        : sql`${identifier(alias)}.${identifier(name)}`,
    ),
  )
}

/** SQLite: the table of words, empty, and the triggers that keep it from now on. */
export function createFullText({ table, columns }: SearchedTable): readonly Sql[] {
  const index = searchIndexName(table)
  const [on, rowid] = [identifier(table), identifier('rowid')]
  const add = sql`insert into ${index} (${rowid}, ${names(columns)}) values (new.${rowid}, ${names(columns, 'new')});`
  const remove = sql`delete from ${index} where ${rowid} = old.${rowid};`
  const changed = joinSql(
    columns.map((name) => sql`old.${identifier(name)} is not new.${identifier(name)}`),
    sql` or `,
  )
  return [
    sql`create virtual table ${index} using fts5(${names(columns)}, content='', contentless_delete=1, detail=column, tokenize='unicode61 remove_diacritics 0')`,
    sql`create trigger ${triggerName(table, 'ai')} after insert on ${on} begin ${add} end`,
    sql`create trigger ${triggerName(table, 'au')} after update of ${names(columns)} on ${on} when ${changed} begin ${remove} ${add} end`,
    sql`create trigger ${triggerName(table, 'ad')} after delete on ${on} begin ${remove} end`,
  ]
}

/** SQLite: the next records that are not in the table of words, behind the hole-less place `after`. */
export function fillFullText(
  { table, columns }: SearchedTable,
  { after, until }: { readonly after: number; readonly until: number },
): Sql {
  const index = searchIndexName(table)
  const [alias, rowid] = [identifier('t'), identifier('rowid')]
  const sizes = identifier(`${index.name}_docsize`)
  return sql`insert into ${index} (${rowid}, ${names(columns)}) select ${alias}.${rowid}, ${names(columns, 't')} from ${identifier(table)} as ${alias} where ${alias}.${rowid} > ${after} and ${alias}.${rowid} <= ${until} and not exists (select 1 from ${sizes} as d where d.id = ${alias}.${rowid})`
}

/** PostgreSQL: online beside the traffic, hence outside of any transaction; plainly where there are few records. */
export function createWordIndex({ table, columns }: SearchedTable, mode: 'online' | 'plain'): Sql {
  const words = joinSql(columns.map((name) => sql`(${wordsOf(sql`${identifier(name)}`)})`))
  return sql`create index ${mode === 'online' ? sql`concurrently ` : sql``}${searchIndexName(table)} on ${identifier(table)} using gin (${words})`
}

/** What keeps a search index, as statements that remove it; harmless where there is none. */
export function dropSearchIndex(table: string, dialect: Dialect): readonly Sql[] {
  if (dialect.name === 'postgres') return [sql`drop index if exists ${searchIndexName(table)}`]
  return [
    ...triggers.map((kind) => sql`drop trigger if exists ${triggerName(table, kind)}`),
    sql`drop table if exists ${searchIndexName(table)}`,
  ]
}

/** Removes the index of a table whose columns are about to go; it is made anew for those that stay. */
export async function forgetSearchIndex(tx: Transaction, table: string): Promise<void> {
  const known = await tx.read(sql`select 1 as one from fs_search where table_name = ${table}`)
  if (known.length === 0) return
  for (const statement of dropSearchIndex(table, tx.dialect)) await tx.run(statement)
  await tx.run(sql`delete from fs_search where table_name = ${table}`)
}
