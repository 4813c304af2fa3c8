/**
 * The search index of an object. SQLite has a full-text table; triggers note which records it lacks, within whatever
 * transaction writes them, and whoever searches has those taken in first (`search-pending.ts`). PostgreSQL has an index
 * over the words of the columns.
 */
import { createHash } from 'node:crypto'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import {
  identifier,
  joinSql,
  render,
  sql,
  textLiteral,
  type Identifier,
  type Sql,
} from '../sql/sql.ts'
import {
  indexedText,
  indexedWords,
  searchIndexName,
  type IndexedColumn,
} from '../query/search/match-sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'
import type { Transaction } from '../storage/storage.ts'

const text: ColumnKind = { kind: 'text' }

export const searchTables: readonly EngineTable[] = [
  {
    // Which columns of which tables are in a search index, and whether all records are in it yet.
    name: 'fs_search',
    columns: [
      { name: 'table_name', kind: text },
      { name: 'columns', kind: text },
      { name: 'state', kind: text },
    ],
    key: ['table_name'],
    indexes: [],
  },
  {
    // Records (by their rowid) that were written since their index was last brought up to date.
    name: 'fs_search_pending',
    columns: [
      { name: 'table_name', kind: text },
      { name: 'record', kind: { kind: 'integer' } },
    ],
    key: ['table_name', 'record'],
    indexes: [],
    isClustered: true,
  },
]

export interface SearchedTable {
  readonly table: string
  readonly columns: readonly IndexedColumn[]
}

/** The columns and, so that an index of an older form is made anew, a digest of how it is made. */
export function shapeText(one: SearchedTable, dialect: Dialect): string {
  const made = dialect.name === 'postgres' ? [createWordIndex(one, 'plain')] : createFullText(one)
  const filled = sql`select ${texts(one.columns)}`
  const statements = [...made, filled].map((statement) => render(statement, dialect).text)
  const digest = createHash('sha256').update(statements.join(';')).digest('hex').slice(0, 16)
  return `${digest} ${one.columns.map(columnText).join()}`
}

function columnText({ column, isPhone }: IndexedColumn): string {
  return isPhone ? `${column.name}:phone` : column.name
}

/** The columns of a text that `shapeText` made. */
export function columnsOfShape(shape: string): readonly IndexedColumn[] {
  const columns = shape.slice(shape.indexOf(' ') + 1).split(',')
  return columns.map((one) => {
    const [name = '', kind] = one.split(':')
    return { column: identifier(name), isPhone: kind === 'phone' }
  })
}

const triggers = ['ai', 'au', 'ad'] as const
const rowid = identifier('rowid')

function triggerName(table: string, kind: (typeof triggers)[number]): Identifier {
  return identifier(`fs_${kind}_${table}`.slice(0, 63))
}

function names(columns: readonly IndexedColumn[]): Sql {
  return joinSql(columns.map(({ column }) => sql`${column}`))
}

function texts(columns: readonly IndexedColumn[]): Sql {
  return joinSql(columns.map((one) => indexedText(one)))
}

/** SQLite: the table of words, empty, and the triggers that note what it lacks from now on. */
export function createFullText({ table, columns }: SearchedTable): readonly Sql[] {
  const index = searchIndexName(table)
  const on = identifier(table)
  const note = (row: Sql): Sql =>
    sql`insert into fs_search_pending (table_name, record) values (${textLiteral(table)}, ${row}) on conflict do nothing;`
  const changed = joinSql(
    columns.map(({ column }) => sql`old.${column} is not new.${column}`),
    sql` or `,
  )
  const [before, after] = [note(sql`old.${rowid}`), note(sql`new.${rowid}`)]
  return [
    sql`create virtual table ${index} using fts5(${names(columns)}, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,
    sql`create trigger ${triggerName(table, 'ai')} after insert on ${on} begin ${after} end`,
    sql`create trigger ${triggerName(table, 'au')} after update of ${names(columns)} on ${on} when ${changed} begin ${after} end`,
    sql`create trigger ${triggerName(table, 'ad')} after delete on ${on} begin ${before} end`,
  ]
}

/** SQLite: records of a stretch of rowids that are not in the table of words. */
export function fillFullText(
  { table, columns }: SearchedTable,
  { after, until }: { readonly after: number; readonly until: number },
): Sql {
  const index = searchIndexName(table)
  const sizes = identifier(`${index.name}_docsize`)
  return sql`insert into ${index} (${rowid}, ${names(columns)}) select ${rowid}, ${texts(columns)} from ${identifier(table)} as t where ${rowid} > ${after} and ${rowid} <= ${until} and not exists (select 1 from ${sizes} as d where d.id = t.${rowid})`
}

/** SQLite: takes the records of a JSON array of rowids into the table of words as they are now. */
export function refreshFullText({ table, columns }: SearchedTable, rows: string): readonly Sql[] {
  const index = searchIndexName(table)
  const these = sql`(select value from json_each(${rows}))`
  return [
    sql`delete from ${index} where ${rowid} in ${these}`,
    sql`insert into ${index} (${rowid}, ${names(columns)}) select ${rowid}, ${texts(columns)} from ${identifier(table)} where ${rowid} in ${these}`,
    sql`delete from fs_search_pending where table_name = ${table} and record in ${these}`,
  ]
}

/** PostgreSQL: online beside the traffic, hence outside of any transaction; plainly where there are few records. */
export function createWordIndex({ table, columns }: SearchedTable, mode: 'online' | 'plain'): Sql {
  const words = joinSql(columns.map((one) => sql`(${indexedWords(one)})`))
  return sql`create index ${mode === 'online' ? sql`concurrently ` : sql``}${searchIndexName(table)} on ${identifier(table)} using gin (${words})`
}

/** What keeps a search index, as statements that remove it; harmless where there is none. */
export function dropSearchIndex(table: string, dialect: Dialect): readonly Sql[] {
  const forget = [
    sql`delete from fs_search where table_name = ${table}`,
    sql`delete from fs_search_pending where table_name = ${table}`,
  ]
  if (dialect.name === 'postgres') {
    return [sql`drop index if exists ${searchIndexName(table)}`, ...forget]
  }
  return [
    ...triggers.map((kind) => sql`drop trigger if exists ${triggerName(table, kind)}`),
    sql`drop table if exists ${searchIndexName(table)}`,
    ...forget,
  ]
}

/** Removes the index of a table whose columns are about to go; it is made anew for those that stay. */
export async function forgetSearchIndex(tx: Transaction, table: string): Promise<void> {
  const known = await tx.read(sql`select 1 as one from fs_search where table_name = ${table}`)
  if (known.length === 0) return
  for (const statement of dropSearchIndex(table, tx.dialect)) await tx.run(statement)
}
