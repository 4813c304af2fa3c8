/** What a query became after the gate: resolved fields only, no names. */
import type { Company } from '../base/company.ts'
import type { GlobalMention } from '../model/global-mention.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { ReadyFormula } from '../model/ready-formula.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Identifier, Sql } from '../sql/sql.ts'
import type { FormerName } from './resolve.ts'

/** A table in the statement; the root has no lookup. */
export interface PlannedTable {
  readonly alias: Identifier
  readonly object: ObjectModel
  /** How it is joined: the lookup and the table that holds it. */
  readonly via: JoinedBy | undefined
}

export interface JoinedBy {
  readonly lookup: FieldModel
  readonly from: Identifier
  /** For formulas that disclose what they are made of: the row counts for those too who may not see it. */
  readonly disclosed: boolean
}

export interface StoredColumn {
  readonly alias: Identifier
  readonly name: Identifier
  readonly kind: ColumnKind
}

/** A formula's value where others have a column. */
export interface ComputedColumn {
  readonly computed: PlannedFormula
  /** '' is the value itself; see `foldedPart` for the other. */
  readonly part: string
  readonly kind: ColumnKind
}

/** A function of a column where others have a column. */
export interface ExpressionColumn {
  readonly expression: (dialect: Dialect) => Sql
  /** Equal for equal expressions of one statement. */
  readonly key: string
  readonly kind: ColumnKind
}

export type PlannedColumn = StoredColumn | ComputedColumn | ExpressionColumn

/** A formula field of one of the tables, with everything that its names mean. */
export interface PlannedFormula {
  /** Undefined for a formula that no field has yet. */
  readonly field: FieldModel | undefined
  readonly table: PlannedTable
  readonly ready: ReadyFormula
  /** False where the formula is evaluated after the read; then `inputs` are what is read. */
  readonly inSql: boolean
  /** By the mention's path. */
  readonly inputs: ReadonlyMap<string, PlannedInput>
}

export type PlannedInput =
  | { readonly kind: 'stored'; readonly table: PlannedTable; readonly field: FieldModel }
  | { readonly kind: 'computed'; readonly formula: PlannedFormula }
  | { readonly kind: 'constant'; readonly column: ColumnKind; readonly value: ColumnValue }
  | { readonly kind: 'global'; readonly global: PlannedGlobal }

/** A global whose value depends on who asks: it comes in by a hole. */
export interface PlannedGlobal {
  readonly hole: string
  readonly column: ColumnKind
  readonly mention: GlobalMention
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
      /** The hole that takes the value's place. */
      readonly hole?: string
    }
  | {
      readonly kind: 'like'
      readonly column: PlannedColumn
      readonly pattern: string
      readonly hole?: string
    }
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

  /** Whatever else a record can be asked: its words in the search index. */
  | { readonly kind: 'expression'; readonly expression: (dialect: Dialect) => Sql }
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
      readonly table: PlannedTable
    }
  | { readonly kind: 'computed'; readonly key: string; readonly formula: PlannedFormula }
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
      readonly attributes: readonly PolymorphicAttribute[]
      /** Keys that these targets have no field for. */
      readonly blanks?: readonly string[]
    }
  /** TYPEOF: what is shown depends on the object that the lookup leads to. */
  | {
      readonly kind: 'typeof'
      readonly key: string
      readonly cases: readonly TypeofCase[]
      /** Objects without a case of their own; undefined where they are not shown. */
      readonly otherwise: PolymorphicOutput | undefined
    }
  /** What a function makes of the record's columns. */
  | { readonly kind: 'function'; readonly key: string; readonly column: ExpressionColumn }

export type PolymorphicAttribute = 'Id' | 'Name' | 'Type'

export type PolymorphicOutput = Extract<PlannedOutput, { kind: 'polymorphic' }>

export interface TypeofCase {
  readonly table: PlannedTable
  readonly outputs: readonly PlannedOutput[]
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
/** In a path of keys, before the name of an object: goes on with its records alone. */
export const ofObject = ':'

export interface FinishedField {
  readonly path: readonly string[]
  /** Undefined for a function of no field. */
  readonly field: FieldModel | undefined
  /** Present where the database gave the inputs of a formula instead of a value. */
  readonly formula: PlannedFormula | undefined
  /** How FORMAT or toLabel shows the value. */
  readonly shown?: ShowValue | undefined
}

/** To whom a value is shown. */
export interface Reader {
  /** As the platform writes it: "de_DE". */
  readonly locale: string
  /** IANA name. */
  readonly timeZone: string
  /** The currency of amounts is its own; absent: `plainCompany`. */
  readonly company?: Company
}

/** Numbers come as their digits, all else as the API has it. */
export type ShowValue = (value: string | boolean, reader: Reader) => string | boolean

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
  /** How many lists of children, at whatever depth, may have a rest that one answer cannot hold. */
  readonly openLists: number
  /** Fields whose final value only JavaScript can give, with their keys from the root. */
  readonly afterRead: readonly FinishedField[]
  /** Globals whose values the statement wants when it runs. */
  readonly globals: readonly PlannedGlobal[]
  /** Some formula depends on the moment or the user's zone, which the statement wants as well. */
  readonly usesMoment: boolean
  /** The plan depends on the moment it was made (date literals): not to be kept. */
  readonly momentary: boolean
  /** Names in the query that the caller should stop using, each once. */
  readonly formerNames: readonly FormerName[]
}

/** What is still asked of a plan once its statement is there: all else may go. */
export type StatedPlan = Pick<
  ReadPlan,
  | 'count'
  | 'orderBy'
  | 'openLists'
  | 'afterRead'
  | 'globals'
  | 'usesMoment'
  | 'momentary'
  | 'formerNames'
> & { readonly object: ObjectModel }

export function statedPlan(plan: ReadPlan): StatedPlan {
  const { count, orderBy, openLists, afterRead, globals, usesMoment, momentary, formerNames } = plan
  const { object } = plan.root
  return {
    object,
    count,
    orderBy,
    openLists,
    afterRead,
    globals,
    usesMoment,
    momentary,
    formerNames,
  }
}

/** Equal for columns that are the same in one statement. */
export function columnKey(column: PlannedColumn): string {
  if ('expression' in column) return column.key
  if (!('computed' in column)) return `${column.alias.name}.${column.name.name}`
  const { table, field } = column.computed
  // No column has a name with a parenthesis.
  return `${table.alias.name}.${field?.name ?? ''}(${column.part})`
}
