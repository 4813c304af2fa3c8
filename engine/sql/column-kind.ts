/** The closed set of column kinds; each dialect maps them in one table. */
export type ColumnKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'id' }
  /** Whole numbers of the engine's own bookkeeping, at most 2^53. */
  | { readonly kind: 'integer' }
  /** Exact; in a bound value always a decimal string such as "12.50". */
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'boolean' }
  /** `YYYY-MM-DD`. */
  | { readonly kind: 'date' }
  /** Milliseconds since 1970 in UTC. */
  | { readonly kind: 'instant' }
  /** Milliseconds of the day. */
  | { readonly kind: 'time' }

/** A value on its way into a column, in a form that JSON can carry. */
export type ColumnValue = string | number | boolean | null
