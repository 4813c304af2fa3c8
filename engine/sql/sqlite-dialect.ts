/** SQLite: STRICT tables, decimals as scaled integers, names in backticks. */
import { chunkConcat } from './chunk-concat.ts'
import type { ColumnKind, ColumnValue } from './column-kind.ts'
import type { Dialect, RowColumn } from './dialect.ts'
import { integerLiteral, joinSql, sql, type Bound, type Sql } from './sql.ts'

/** "12.5" at scale 2 is "1250". */
function scaled(decimal: string, scale: number): string {
  const negative = decimal.startsWith('-')
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.')
  const digits = (whole + fraction.padEnd(scale, '0')).replace(/^0+(?=\d)/, '')
  return (negative ? '-' : '') + digits
}

function encode(kind: ColumnKind, value: ColumnValue): Bound {
  if (value === null) return null
  if (kind.kind === 'decimal') return scaled(String(value), kind.scale)
  if (kind.kind === 'boolean') return value === true ? 1 : 0
  return value
}

function columnType(kind: ColumnKind): Sql {
  const isText = kind.kind === 'text' || kind.kind === 'id' || kind.kind === 'date'
  return isText ? sql`text` : sql`integer`
}

function cast(kind: ColumnKind, expression: Sql): Sql {
  return sql`cast(${expression} as ${columnType(kind)})`
}

function decimalText(column: Sql, scale: number): Sql {
  if (scale === 0) return column
  const unit = integerLiteral(10 ** scale)
  const width = integerLiteral(scale)
  return sql`iif(${column} < 0, '-', '') || (abs(${column}) / ${unit}) || '.' || format('%0*d', ${width}, abs(${column}) % ${unit})`
}

function json(kind: ColumnKind, column: Sql): Sql {
  switch (kind.kind) {
    case 'text':
      return sql`json_quote(${column})`
    case 'id':
    case 'date':
      return sql`coalesce('"' || ${column} || '"', 'null')`
    case 'integer':
      return sql`coalesce(${column}, 'null')`
    case 'decimal':
      return sql`coalesce(${decimalText(column, kind.scale)}, 'null')`
    case 'boolean':
      return sql`iif(${column}, 'true', 'false')`
    case 'instant':
      return sql`coalesce('"' || strftime('%Y-%m-%dT%H:%M:%f', ${column} / 1000.0, 'unixepoch') || '+0000"', 'null')`
    case 'time':
      return sql`coalesce('"' || strftime('%H:%M:%f', ${column} / 1000.0, 'unixepoch') || 'Z"', 'null')`
  }
}

function rows(source: Sql, columns: readonly RowColumn[]): Sql {
  const values = columns.map((column, index) => {
    const element = sql`(r.value ->> ${integerLiteral(index)})`
    return sql`${cast(column.kind, element)} as ${column.name}`
  })
  return sql`(select ${joinSql([sql`r.key as ordinal`, ...values])} from json_each(${source}) as r)`
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
  // Its LIKE ignores ASCII case, which changes nothing here: both sides are folded before.
  like: (left, pattern) => sql`${left} like ${pattern} escape '\\'`,
  lockRows: sql``,
  onlineIndexBuild: false,
  columnsMax: 2_000,
}
