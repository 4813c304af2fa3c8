/** SQLite: values cast to the type of their column, decimals as scaled integers, names in backticks. */
import { checkColumnValue } from './check-column-value.ts'
import { chunkConcat } from './chunk-concat.ts'
import type { ColumnKind, ColumnValue } from './column-kind.ts'
import { scaledDecimal } from './decimal-text.ts'
import type { Dialect, RowColumn } from './dialect.ts'
import { integerLiteral, joinSql, sql, type Bound, type Sql } from './sql.ts'

function encode(kind: ColumnKind, value: ColumnValue): Bound {
  checkColumnValue(kind, value)
  if (kind.kind === 'decimal' && isDecimal(value)) return scaledDecimal(value, kind).toString()
  if (typeof value === 'boolean') return value ? 1 : 0
  return value
}

function isDecimal(value: ColumnValue): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function columnType(kind: ColumnKind): Sql {
  const isText = kind.kind === 'text' || kind.kind === 'id' || kind.kind === 'date'
  return isText ? sql`text` : sql`integer`
}

function cast(kind: ColumnKind, expression: Sql): Sql {
  return sql`cast(${expression} as ${columnType(kind)})`
}

/** Whole and fractional digits by integer arithmetic: a double would lose the last of 18. */
function decimalJson(column: Sql, scale: number): Sql {
  if (scale === 0) return sql`cast(${column} as text)`
  const unit = integerLiteral(10n ** BigInt(scale))
  // A one in front keeps the zeros, and goes: `format` would take three times as long.
  const fraction = sql`substr(${unit} + abs(${column}) % ${unit}, 2)`
  return sql`iif((${column}) < 0, '-', '') || (abs(${column}) / ${unit}) || '.' || ${fraction}`
}

function clockText(column: Sql, format: Sql): Sql {
  return sql`strftime(${format}, (${column}) / 1000.0, 'unixepoch')`
}

function json(kind: ColumnKind, column: Sql): Sql {
  switch (kind.kind) {
    case 'text':
      return sql`json_quote(${column})`
    case 'id':
    case 'date':
      return sql`coalesce('"' || (${column}) || '"', 'null')`
    case 'integer':
      return sql`coalesce(cast(${column} as text), 'null')`
    case 'decimal':
      return sql`coalesce(${decimalJson(column, kind.scale)}, 'null')`
    case 'boolean':
      return sql`iif(${column}, 'true', 'false')`
    case 'instant':
      return sql`coalesce(${clockText(column, sql`'"%Y-%m-%dT%H:%M:%f+0000"'`)}, 'null')`
    case 'time':
      return sql`coalesce(${clockText(column, sql`'"%H:%M:%fZ"'`)}, 'null')`
  }
}

function rows(source: Sql, columns: readonly RowColumn[]): Sql {
  const values = columns.map((column, index) => {
    const element = sql`(r.value ->> ${integerLiteral(index)})`
    return sql`${cast(column.kind, element)} as ${column.name}`
  })
  return sql`(select ${joinSql([sql`r.key as ordinal`, ...values])} from jsonb_each(${source}) as r)`
}

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  quote: (name) => `\`${name}\``,
  placeholder: (position) => `?${position}`,
  columnType,
  encode,
  bound: (kind, value) => cast(kind, sql`${encode(kind, value)}`),
  cast,
  json,
  concat: (pieces) => chunkConcat(pieces),
  rows,
  joinTexts: (text, order) => sql`group_concat(${text}, ',' order by ${order})`,
  joinInOrder: (text) => sql`group_concat(${text}, ',')`,
  bytes: (text) => sql`cast(${text} as blob)`,
  atMost: (text) => text,
  // The adapter makes LIKE compare case, as in PostgreSQL.
  like: (left, pattern) => sql`${left} like ${pattern} escape '\\'`,
  lockRows: sql``,
  lockRowsToChange: sql``,
  lockFreeRows: sql``,
  onlineIndexBuild: false,
  indexNulls: sql``,
  columnsMax: 2_000,
  rowsEstimate: (table) => sql`(select coalesce(max(rowid), 0) from ${table})`,
  databaseBytes: sql`(select page_count * page_size from pragma_page_count(), pragma_page_size())`,
}
