/** What differs between the two databases; all else is standard SQL. */
import type { ColumnKind, ColumnValue } from './column-kind.ts'
import type { Bound, Identifier, Quoting, Sql } from './sql.ts'

/** One column of rows that arrive as a JSON array of arrays. */
export interface RowColumn {
  readonly name: Identifier
  readonly kind: ColumnKind
}

export interface Dialect extends Quoting {
  readonly name: 'sqlite' | 'postgres'
  /** The column's type in DDL, with collation. */
  columnType(kind: ColumnKind): Sql
  /**
   * The value as the driver and JSON rows carry it; the cast of `bound` turns it into the column's
   * form. Decimals are rounded half up; what is not of the kind, or out of its range, is refused.
   */
  encode(kind: ColumnKind, value: ColumnValue): Bound
  /** A bound value of this kind, cast so that both databases compare alike. */
  bound(kind: ColumnKind, value: ColumnValue): Sql
  /** An expression that was bound as text or JSON (a hole), cast to the kind; `encode`d before. */
  cast(kind: ColumnKind, expression: Sql): Sql
  /** The column as JSON text; null gives the text `null`, and `false` where the kind is boolean. */
  json(kind: ColumnKind, column: Sql): Sql
  /** Text concatenation that treats null as empty, of any number of pieces (chunked). */
  concat(pieces: readonly Sql[]): Sql
  /**
   * A table expression `(select ordinal, c1, c2 …)` over a bound JSON array of arrays. `ordinal`
   * counts from 0; the columns have the given names and kinds.
   */
  rows(json: Sql, columns: readonly RowColumn[]): Sql
  /** Aggregates texts with commas in the order of the given keys; null when there is no row. */
  joinTexts(text: Sql, order: Sql): Sql
  /**
   * Aggregates texts with commas, in the order of the sorted subquery they come from; null when
   * there is no row.
   */
  joinInOrder(text: Sql): Sql
  /**
   * A long text as UTF-8 bytes, where the driver hands those over at less cost than a string that is
   * only sent on.
   */
  bytes(text: Sql): Sql
  /** The text, null where it is longer than so many bytes; itself where the connection refuses longer ones. */
  atMost(text: Sql, bytes: number): Sql
  /** `left like pattern`, case decided by the operands; backslash escapes. */
  like(left: Sql, pattern: Sql): Sql
  /**
   * Appended to a select that must keep its rows from changing until commit; empty where the writer
   * is alone.
   */
  readonly lockRows: Sql
  /** The same for rows that the transaction is about to change. */
  readonly lockRowsToChange: Sql
  /** The same, passing over rows that somebody else holds; empty where the writer is alone. */
  readonly lockFreeRows: Sql
  /** True when DDL such as an index build must run outside a transaction to be online. */
  readonly onlineIndexBuild: boolean
  /** Behind each column of an index: empty values come first, as in the lists that the index serves. */
  readonly indexNulls: Sql
  readonly columnsMax: number
  /** How much room the whole database takes. */
  readonly databaseBytes: Sql
  /** How many rows a table has, about, without looking at them. */
  rowsEstimate(table: Identifier): Sql
}
