/**
 * Brings a table of the engine to a wanted number of rows, inside the database and while no server runs:
 * copies of rows that the engine wrote, with ids and names of their own.
 */
import sqlite3 from 'sqlite3'

type Row = Readonly<Record<string, unknown>>

/** Rows to copy from, the first by name: the same in every database, so that all walk past the same rows. */
const patterns = 1_000

export interface Growing {
  readonly table: string
  readonly keyPrefix: string
  /** Of the copies, by column: SQL in place of what they are copied from. */
  readonly instead?: Readonly<Record<string, string>>
}

export function growAccounts(file: string, rowsWanted: number): Promise<void> {
  return growTable(file, { table: 'Account', keyPrefix: '001' }, rowsWanted)
}

export async function growTable(file: string, grown: Growing, rowsWanted: number): Promise<void> {
  const { table: tableName } = grown
  const database = new sqlite3.Database(file)
  const all = (text: string): Promise<readonly Row[]> =>
    new Promise((resolve, reject) => {
      database.all<Row>(text, (error, rows) => (error === null ? resolve(rows) : reject(error)))
    })
  const exec = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      database.exec(text, (error) => (error === null ? resolve() : reject(error)))
    })
  try {
    const [counted] = await all(`select count(*) as n from ${tableName}`)
    const present = Number(counted?.['n'])
    const columns = (await all(`pragma table_info(${tableName})`)).map((row) => String(row['name']))
    const indexes = await all(
      `select name, sql from sqlite_schema where type = 'index' and tbl_name = '${tableName}' and sql is not null`,
    )
    await exec('pragma journal_mode = wal; pragma synchronous = off; begin')
    // Sorting once at the end is many times as fast as keeping five indexes up to date.
    await exec(indexes.map((index) => `drop index ${String(index['name'])};`).join('\n'))
    await exec(copyText(grown, columns, { from: present, to: rowsWanted }))
    await exec(indexes.map((index) => `${String(index['sql'])};`).join('\n'))
    await exec('commit; pragma wal_checkpoint(truncate)')
  } finally {
    await new Promise((resolve) => database.close(resolve))
  }
}

interface Range {
  readonly from: number
  readonly to: number
}

function copyText(
  { table: tableName, keyPrefix, instead = {} }: Growing,
  columns: readonly string[],
  { from, to }: Range,
): string {
  const values = columns.map((column) => {
    const given = instead[column]
    if (given !== undefined) return given
    if (column === 'Id') return `'${keyPrefix}' || printf('%015d', n.n)`
    if (column === 'Name' || column === 'Name__folded') return `a.${column} || ' ' || n.n`
    // Values of unique fields cannot be copied.
    if (column.startsWith('SourceSystem')) return 'null'
    return `a.${column}`
  })
  return `
    create temp table pattern as select * from ${tableName} order by Name limit ${patterns};
    insert into ${tableName} (${columns.join(', ')})
    with recursive n(n) as (select ${from} union all select n + 1 from n where n + 1 < ${to})
    select ${values.join(', ')} from n join pattern a on a.rowid = 1 + n.n % ${patterns};
    drop table pattern;`
}
