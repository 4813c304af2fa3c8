/** The tables of identity: password hashes, sessions and tokens, failed sign-ins. */
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import type { Storage } from '../storage/storage.ts'

interface Table {
  readonly name: string
  /** The first column is the primary key. */
  readonly columns: readonly (readonly [name: string, kind: ColumnKind['kind'] & PlainKind])[]
  readonly indexed: readonly string[]
}

type PlainKind = 'text' | 'id' | 'integer' | 'instant'

const tables: readonly Table[] = [
  {
    name: 'fs_credential',
    columns: [
      ['user_id', 'id'],
      ['password_hash', 'text'],
      ['changed_at', 'instant'],
    ],
    indexed: [],
  },
  {
    name: 'fs_session',
    columns: [
      ['secret_hash', 'text'],
      ['kind', 'text'],
      ['user_id', 'id'],
      ['client', 'text'],
      ['created_at', 'instant'],
      ['expires_at', 'instant'],
    ],
    indexed: ['user_id', 'expires_at'],
  },
  {
    name: 'fs_login_failure',
    columns: [
      ['subject', 'text'],
      ['failures', 'integer'],
      ['window_start', 'instant'],
    ],
    indexed: ['window_start'],
  },
]

/** Makes the tables where they are missing. */
export async function createAuthTables(storage: Storage): Promise<void> {
  const present = new Set((await storage.tables()).map((table) => table.name))
  const missing = tables.filter((table) => !present.has(table.name))
  if (missing.length === 0) return
  await storage.write(async (tx) => {
    for (const table of missing) {
      for (const statement of ddl(table, tx.dialect)) await tx.run(statement)
    }
  })
}

function ddl(table: Table, dialect: Dialect): Sql[] {
  const columns = table.columns.map(([name, kind], index) => {
    const key = index === 0 ? sql` primary key` : sql``
    return sql`${identifier(name)} ${dialect.columnType({ kind })} not null${key}`
  })
  const strict = dialect.name === 'sqlite' ? sql` strict` : sql``
  const create = sql`create table if not exists ${identifier(table.name)} (${joinSql(columns)})${strict}`
  const indexes = table.indexed.map((column) => {
    const name = identifier(`${table.name}_${column}`)
    return sql`create index if not exists ${name} on ${identifier(table.name)} (${identifier(column)})`
  })
  return [create, ...indexes]
}
