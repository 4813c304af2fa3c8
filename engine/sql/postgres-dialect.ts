/** PostgreSQL: numeric decimals, texts in the "C" collation, names in double quotes. */
import { checkColumnValue } from './check-column-value.ts'
import { chunkConcat } from './chunk-concat.ts'
import type { ColumnKind, ColumnValue } from './column-kind.ts'
import { decimalText } from './decimal-text.ts'
import type { Dialect, RowColumn } from './dialect.ts'
import { integerLiteral, joinSql, sql, type Bound, type Sql, textLiteral } from './sql.ts'

function columnType(kind: ColumnKind): Sql {
  switch (kind.kind) {
    case 'text':
    case 'id':
      return sql`text collate "C"`
    case 'integer':
    case 'instant':
      return sql`bigint`
    case 'time':
      return sql`integer`
    case 'decimal':
      return sql`numeric(${integerLiteral(kind.precision)}, ${integerLiteral(kind.scale)})`
    case 'boolean':
      return sql`boolean`
    case 'date':
      return sql`date`
  }
}

function encode(kind: ColumnKind, value: ColumnValue): Bound {
  checkColumnValue(kind, value)
  const isDecimal =
    kind.kind === 'decimal' && (typeof value === 'string' || typeof value === 'number')
  return isDecimal ? decimalText(value, kind) : value
}

function cast(kind: ColumnKind, expression: Sql): Sql {
  const isText = kind.kind === 'text' || kind.kind === 'id'
  // Every parameter arrives as text first, so that its type never depends on the value that came
  // first.
  const type = isText ? sql`text` : columnType(kind)
  return isText ? sql`${expression}::text collate "C"` : sql`${expression}::text::${type}`
}

/**
 * Days and the rest apart: an interval of many milliseconds is computed as a double and loses the
 * last of them.
 */
function clockText(column: Sql, format: Sql): Sql {
  const days = sql`(${column}) / 86400000 * interval '1 day'`
  const rest = sql`(${column}) % 86400000 * interval '1 millisecond'`
  return sql`to_char(timestamp 'epoch' + ${days} + ${rest}, ${format})`
}

function json(kind: ColumnKind, column: Sql): Sql {
  switch (kind.kind) {
    case 'text':
      return sql`coalesce(to_json((${column})::text)::text, 'null')`
    case 'id':
      return sql`coalesce('"' || (${column}) || '"', 'null')`
    case 'date':
      return sql`coalesce('"' || to_char(${column}, 'YYYY-MM-DD') || '"', 'null')`
    case 'integer':
    case 'decimal':
      return sql`coalesce((${column})::text, 'null')`
    case 'boolean':
      return sql`case when ${column} then 'true' else 'false' end`
    case 'instant':
      return sql`coalesce('"' || ${clockText(column, sql`'YYYY-MM-DD"T"HH24:MI:SS.MS'`)} || '+0000"', 'null')`
    case 'time':
      return sql`coalesce('"' || ${clockText(column, sql`'HH24:MI:SS.MS'`)} || 'Z"', 'null')`
  }
}

function rows(source: Sql, columns: readonly RowColumn[]): Sql {
  const values = columns.map((column, index) => {
    const element = sql`(r.value ->> ${integerLiteral(index)})`
    return sql`${cast(column.kind, element)} as ${column.name}`
  })
  return sql`(select ${joinSql([sql`r.position - 1 as ordinal`, ...values])} from jsonb_array_elements(${source}::text::jsonb) with ordinality as r(value, position))`
}

export const postgresDialect: Dialect = {
  name: 'postgres',
  quote: (name) => `"${name}"`,
  placeholder: (position) => `$${position}`,
  columnType,
  encode,
  bound: (kind, value) => cast(kind, sql`${encode(kind, value)}`),
  cast,
  json,
  concat: (pieces) => chunkConcat(pieces),
  rows,
  joinTexts: (text, order) => sql`string_agg(${text}, ',' order by ${order})`,
  joinInOrder: (text) => sql`string_agg(${text}, ',')`,
  bytes: (text) => text,
  atMost: (text, bytes) =>
    sql`case when octet_length(${text}) <= ${integerLiteral(bytes)} then ${text} end`,
  like: (left, pattern) => sql`${left} like ${pattern} escape '\\'`,
  lockRows: sql` for share`,
  lockRowsToChange: sql` for update`,
  lockFreeRows: sql` for update skip locked`,
  onlineIndexBuild: true,
  indexNulls: sql` nulls first`,
  columnsMax: 1_600,
  databaseBytes: sql`pg_database_size(current_database())`,
  // What the last analysis counted; -1 before the first.
  rowsEstimate: (table) =>
    sql`(select greatest(c.reltuples, 0) from pg_class c where c.oid = to_regclass(${textLiteral(`"${table.name}"`)}))`,
}
