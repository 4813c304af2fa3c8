/** A query as it was written: shape and size are checked, names are not looked at. */

/** Where something stands in the text, in characters from its start; `positionAt` makes it line and column. */
export type Offset = number

export type Literal =
  /** `pattern` is the value as LIKE reads it: a backslash before each wildcard and backslash that is meant literally. */
  | { readonly kind: 'string'; readonly value: string; readonly pattern: string }
  /** A decimal as written. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'datetime'; readonly text: string }
  /** TODAY, LAST_N_DAYS:3 … */
  | { readonly kind: 'range'; readonly name: string; readonly count: number | undefined }

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like'
export type ListOperator = 'in' | 'not in' | 'includes' | 'excludes'

export interface Comparison {
  readonly kind: 'compare'
  readonly path: string
  readonly offset: Offset
  readonly operator: CompareOperator
  readonly value: Literal
}

export interface ListComparison {
  readonly kind: 'list'
  readonly path: string
  readonly offset: Offset
  readonly operator: ListOperator
  readonly values: readonly Literal[]
}

export type Condition =
  | Comparison
  | ListComparison
  | { readonly kind: 'and' | 'or'; readonly items: readonly Condition[] }
  | { readonly kind: 'not'; readonly item: Condition }

export type SelectItem =
  | { readonly kind: 'path'; readonly path: string; readonly offset: Offset }
  | {
      readonly kind: 'fields'
      readonly which: 'ALL' | 'STANDARD' | 'CUSTOM'
      readonly offset: Offset
    }

export interface OrderItem {
  readonly path: string
  readonly offset: Offset
  readonly descending: boolean
  readonly nulls: 'first' | 'last'
}

export interface Query {
  readonly text: string
  /** Empty for `SELECT COUNT()`. */
  readonly select: readonly SelectItem[]
  readonly count: boolean
  readonly from: string
  readonly fromOffset: Offset
  readonly where: Condition | undefined
  readonly orderBy: readonly OrderItem[]
  readonly limit: number | undefined
  readonly skip: number
  readonly allRows: boolean
}
