/** A query as it was written: shape and size are checked, names are not looked at. */

/** Where something stands in the text, in characters from its start; `positionAt` makes it line and column. */
export type Offset = number

export type Literal =
  /** `pattern` is the value as LIKE reads it: a backslash before each wildcard and backslash that is meant literally. */
  | {
      readonly kind: 'string'
      readonly value: string
      readonly pattern: string
      /** Came as the value of a variable: JSON has no other form for dates and exact numbers. */
      readonly given?: true
      /** Where it stands in the text of the query, if it does. */
      readonly at?: Offset
    }
  /** Numbers are decimals as written. */
  | {
      readonly kind: 'number' | 'date' | 'datetime'
      readonly text: string
      readonly at?: Offset
    }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** TODAY, LAST_N_DAYS:3 … */
  | { readonly kind: 'range'; readonly name: string; readonly count: number | undefined }

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like'
export type ListOperator = 'in' | 'not in' | 'includes' | 'excludes'

/** A field by its path, without the alias of the object. */
export interface PathOperand {
  readonly kind: 'path'
  readonly path: string
  readonly offset: Offset
}

/** A function over a field: `CALENDAR_YEAR(CreatedDate)`, `COUNT(Id)`, `toLabel(Status)`. */
export interface CallOperand {
  readonly kind: 'call'
  /** Lower case. */
  readonly name: string
  readonly args: readonly CallArgument[]
  readonly offset: Offset
}

/** What can be selected, compared, grouped and sorted by. */
export type Operand = PathOperand | CallOperand

export type CallArgument = Operand | { readonly kind: 'literal'; readonly literal: Literal }

export interface Comparison {
  readonly kind: 'compare'
  readonly operand: Operand
  readonly offset: Offset
  readonly operator: CompareOperator
  readonly value: Literal
}

export interface ListComparison {
  readonly kind: 'list'
  readonly operand: Operand
  readonly offset: Offset
  readonly operator: ListOperator
  readonly values: readonly Literal[]
}

/** `AccountId IN (SELECT …)` and its opposite. */
export interface JoinComparison {
  readonly kind: 'join'
  readonly path: string
  readonly offset: Offset
  readonly negated: boolean
  readonly query: Query
}

export type Condition =
  | Comparison
  | ListComparison
  | JoinComparison
  | { readonly kind: 'and' | 'or'; readonly items: readonly Condition[] }
  | { readonly kind: 'not'; readonly item: Condition }

export type SelectItem =
  | {
      readonly kind: 'path'
      readonly path: string
      readonly alias: string | undefined
      readonly offset: Offset
    }
  | {
      readonly kind: 'fields'
      readonly which: 'ALL' | 'STANDARD' | 'CUSTOM'
      readonly offset: Offset
    }
  | {
      readonly kind: 'call'
      readonly call: CallOperand
      readonly alias: string | undefined
      readonly offset: Offset
    }
  /** A child query; its FROM names a child relationship. */
  | { readonly kind: 'children'; readonly query: Query; readonly offset: Offset }
  | TypeofItem

/** `TYPEOF What WHEN Account THEN Phone ELSE Name END`. */
export interface TypeofItem {
  readonly kind: 'typeof'
  readonly path: string
  readonly offset: Offset
  readonly cases: readonly TypeofCase[]
  readonly otherwise: readonly PathOperand[]
}

export interface TypeofCase {
  readonly object: string
  readonly offset: Offset
  readonly paths: readonly PathOperand[]
}

export interface OrderItem {
  readonly operand: Operand
  readonly offset: Offset
  readonly descending: boolean
  readonly nulls: 'first' | 'last'
}

export interface GroupBy {
  readonly kind: 'plain' | 'rollup' | 'cube'
  readonly items: readonly Operand[]
}

export interface Query {
  readonly text: string
  /** Empty for `SELECT COUNT()`. */
  readonly select: readonly SelectItem[]
  readonly count: boolean
  readonly from: string
  readonly fromOffset: Offset
  /** Of USING SCOPE, lower case. */
  readonly scope: string | undefined
  readonly where: Condition | undefined
  readonly groupBy: GroupBy | undefined
  readonly having: Condition | undefined
  readonly orderBy: readonly OrderItem[]
  readonly limit: number | undefined
  readonly skip: number
  readonly allRows: boolean
  /** FOR VIEW, FOR REFERENCE: whoever asks looks at the records himself. */
  readonly viewed?: boolean
}
