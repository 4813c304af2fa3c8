/** The rows of a table in the order of its key, as values that both databases give alike. */
import type { ColumnValue } from '../../sql/column-kind.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { identifier, integerLiteral, joinSql, sql, type Sql } from '../../sql/sql.ts'
import type { Row, Snapshot } from '../../storage/storage.ts'
import type { ArchivedRow, ArchivedTable, TableColumn } from './archive.ts'

const pageRows = 500
/** Long texts make a block long: then it holds fewer rows. */
const blockCharsMax = 1_000_000

type Readable = Pick<ArchivedTable, 'name' | 'key'> & { readonly columns: readonly TableColumn[] }

export async function* readRows(
  snapshot: Pick<Snapshot, 'read' | 'dialect'>,
  table: Readable,
): AsyncGenerator<readonly ArchivedRow[], void, undefined> {
  const page = pageQuery(table, snapshot.dialect)
  let last: ArchivedRow | undefined
  for (;;) {
    const rows = (await snapshot.read(page(last))).map((row) => rowOf(table.columns, row))
    yield* blocks(rows)
    if (rows.length < pageRows) return
    last = rows.at(-1)
  }
}

/** By the place in the key, so that the last page costs what the first does. */
function pageQuery(table: Readable, dialect: Dialect): (last: ArchivedRow | undefined) => Sql {
  const selected = joinSql(
    table.columns.map((column, index) => {
      return sql`${valueOf(column, dialect)} as ${identifier(`c${index}`)}`
    }),
  )
  const key = joinSql(table.key.map((name) => sql`${identifier(name)}`))
  const places = table.key.map((name) => table.columns.findIndex((column) => column.name === name))
  return (last) => {
    const bounds = places.map((place) => {
      const column = table.columns[place]
      if (column === undefined) throw new Error(`the key of ${table.name} is no column of it`)
      return dialect.bound(column.kind, last?.[place] ?? null)
    })
    const where = last === undefined ? sql`` : sql` where (${key}) > (${joinSql(bounds)})`
    return sql`select ${selected} from ${identifier(table.name)}${where} order by ${key} limit ${integerLiteral(pageRows)}`
  }
}

/** Decimals as texts: they are exact, and SQLite keeps them as whole numbers of a unit. */
function valueOf({ name, kind }: TableColumn, dialect: Dialect): Sql {
  const column = sql`${identifier(name)}`
  if (kind.kind !== 'decimal') return column
  return sql`case when ${column} is null then null else ${dialect.json(kind, column)} end`
}

function rowOf(columns: readonly TableColumn[], row: Row): ArchivedRow {
  return columns.map(({ name, kind }, index): ColumnValue => {
    const value = row[`c${index}`] ?? null
    if (value instanceof Uint8Array) throw new Error(`column ${name} holds bytes`)
    return kind.kind === 'boolean' && value !== null ? value === 1 : value
  })
}

function* blocks(rows: readonly ArchivedRow[]): Generator<readonly ArchivedRow[]> {
  let block: ArchivedRow[] = []
  let chars = 0
  for (const row of rows) {
    for (const value of row) chars += typeof value === 'string' ? value.length : 8
    block.push(row)
    if (chars < blockCharsMax) continue
    yield block
    block = []
    chars = 0
  }
  if (block.length > 0) yield block
}
