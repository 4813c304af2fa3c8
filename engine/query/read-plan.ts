/** What a query became after the gate: resolved fields only, no names. */
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { Identifier } from '../sql/sql.ts'
import type { FormerName } from './resolve.ts'

/** A table in the statement; the root has no lookup. */
export interface PlannedTable {
  readonly alias: Identifier
  readonly object: ObjectModel
  /** How it is joined: the lookup and the table that holds it. */
  readonly via: { readonly lookup: FieldModel; readonly from: Identifier } | undefined
}

export interface PlannedColumn {
  readonly alias: Identifier
  readonly name: Identifier
  readonly kind: ColumnKind
}

export type PlannedCondition =
  | { readonly kind: 'and' | 'or'; readonly items: readonly PlannedCondition[] }
  | { readonly kind: 'not'; readonly item: PlannedCondition }
  | { readonly kind: 'never' | 'always' }
  | { readonly kind: 'empty'; readonly column: PlannedColumn; readonly negated: boolean }
  | {
      readonly kind: 'compare'
      readonly column: PlannedColumn
      readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>='
      readonly value: ColumnValue
    }
  | { readonly kind: 'like'; readonly column: PlannedColumn; readonly pattern: string }
  | {
      readonly kind: 'oneOf'
      readonly column: PlannedColumn
      readonly values: readonly ColumnValue[]
      readonly negated: boolean
    }
  /** Any of the combinations is wholly among the chosen values of a multi-select. */
  | {
      readonly kind: 'includes'
      readonly column: PlannedColumn
      readonly combinations: readonly (readonly string[])[]
      readonly negated: boolean
    }

  /** The column's value is (not) among those that another query finds. */
  | {
      readonly kind: 'join'
      readonly column: PlannedColumn
      readonly selected: PlannedColumn
      readonly plan: ReadPlan
      readonly negated: boolean
    }

export type PlannedOutput =
  | {
      readonly kind: 'field'
      readonly key: string
      readonly field: FieldModel
      readonly alias: Identifier
    }
  | {
      readonly kind: 'parent'
      readonly key: string
      readonly table: PlannedTable
      readonly outputs: readonly PlannedOutput[]
    }
  | {
      readonly kind: 'children'
      readonly key: string
      /** The parent's table. */
      readonly alias: Identifier
      /** The child's lookup that leads to it. */
      readonly lookup: FieldModel
      readonly plan: ReadPlan
      /** Which of the query's child lists this is. */
      readonly index: number
    }
  | {
      readonly kind: 'polymorphic'
      readonly key: string
      readonly lookup: FieldModel
      readonly alias: Identifier
      readonly targets: readonly ObjectModel[]
      readonly attributes: readonly ('Id' | 'Name' | 'Type')[]
    }

export interface PlannedOrder {
  readonly column: PlannedColumn
  readonly descending: boolean
  readonly nulls: 'first' | 'last'
  /** False where every record has a value. */
  readonly mayBeEmpty: boolean
}

/** In a path of keys: each entry of the list. */
export const everyEntry = '*'

export interface ReadPlan {
  readonly root: PlannedTable
  readonly joins: readonly PlannedTable[]
  readonly count: boolean
  readonly outputs: readonly PlannedOutput[]
  readonly where: PlannedCondition | undefined
  readonly orderBy: readonly PlannedOrder[]
  readonly limit: number | undefined
  readonly skip: number
  readonly deletedToo: boolean
  /** How many lists of children the records have. */
  readonly childLists: number
  /** Fields whose final value only JavaScript can give, with their keys from the root. */
  readonly afterRead: readonly { readonly path: readonly string[]; readonly field: FieldModel }[]
  /** The plan depends on the moment it was made (date literals): not to be kept. */
  readonly momentary: boolean
  /** Names in the query that the caller should stop using, each once. */
  readonly formerNames: readonly FormerName[]
}
