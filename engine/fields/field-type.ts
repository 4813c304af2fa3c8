/** What a field type answers; one file per type, one line in `index.ts`. Pure: no I/O, no clock. */
import type { CustomField, FilterOperation } from '../../metadata/types.ts'
import type { Problem } from '../base/refusal.ts'
import type { FieldMention } from '../formula/types.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Sql } from '../sql/sql.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** A field's declaration after defaults and value sets were filled in; deeply frozen. */
export type FieldOptions = Readonly<CustomField> & {
  /** Filled for roll-up summaries whose children and source are there. */
  readonly summary?: SummaryLink
  /** Filled for picklists, from the field itself or its global value set. */
  readonly values?: readonly PicklistEntry[]
  /** The values are shown in the order of their labels. */
  readonly valuesSorted?: boolean
  /** Bounds that a compound sets for a numeric part, such as a latitude. */
  readonly minimum?: number
  readonly maximum?: number
}

export type SummaryOperation = NonNullable<CustomField['summaryOperation']>

/** What a roll-up summary is made of, in canonical names. */
export interface SummaryLink {
  readonly operation: SummaryOperation
  /** The child object, and its field that points at the record with the summary. */
  readonly child: string
  readonly foreignKey: string
  /** The child's field that is summed up; a count has none. */
  readonly source: string | undefined
  readonly filters: readonly SummaryFilter[]
  /** Metadata type and scale of the values. */
  readonly type: string
  readonly scale?: number
}

/** Which children a summary takes; the values are in the form that the field's comparison takes. */
export interface SummaryFilter {
  readonly field: string
  readonly operation: FilterOperation
  readonly values: readonly (string | boolean | null)[]
}

export interface PicklistEntry {
  readonly value: string
  readonly label: string
  readonly active: boolean
  readonly isDefault: boolean
  /**
   * Values of the controlling field for which this one may be chosen; absent when nothing controls
   * it.
   */
  readonly validFor?: readonly string[]
}

export type Operator =
  '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like' | 'in' | 'not in' | 'includes' | 'excludes'

/** How a field shows in describe and which editor edits it. */
export interface FieldHint {
  /** The `type` of describe: string, double, currency, reference … */
  readonly type: string
  readonly soapType: string
  readonly length?: number
  readonly precision?: number
  readonly scale?: number
  readonly digits?: number
  readonly htmlFormatted?: boolean
  /** Tells long plain text, rich text and person names from other texts of the same type. */
  readonly extraTypeInfo?: string
  readonly editor: string
}

/** Where a lookup points. */
export interface Reference {
  readonly targets: readonly string[]
  readonly kind: 'Lookup' | 'MasterDetail' | 'Hierarchy'
  readonly onDelete: 'SetNull' | 'Restrict' | 'Cascade'
}

/**
 * How a value is carried over before the new type checks it: `same` as it is, `text` as its printed
 * form, `plain` as text without markup, `markup` as rich text, `decimal` as a decimal string, `truth` as true or false, `bit` as 1 or 0,
 * `first` the first chosen value, `day` the calendar day (UTC) of an instant, `clock` its time of day (UTC), `midnight` the first
 * instant (UTC) of a day.
 */
export type Conversion =
  | 'same'
  | 'text'
  | 'plain'
  | 'markup'
  | 'decimal'
  | 'truth'
  | 'bit'
  | 'first'
  | 'day'
  | 'clock'
  | 'midnight'

/** What a stored value becomes when the field's type or attributes change. */
export interface CastPlan {
  readonly to: string
  /** True when some values of this type have no exact counterpart in the other. */
  readonly loses: boolean
  readonly via: Conversion
}

export type ApiValue = string | number | boolean | null | Readonly<Record<string, unknown>>

/** A value that cannot be taken; the field's name is added by the caller. */
export type ValueProblem = Pick<Problem, 'errorCode' | 'message' | 'told'>

/**
 * A filter in values that the column can hold; `never`: no record fulfils it; `always`: every
 * record does, those without a value too.
 */
export type AdjustedFilter =
  | { readonly operator: ComparingOperator; readonly value: ColumnValue }
  | 'never'
  | 'always'
  | ValueProblem

/** How filters compare a field. */
export interface Comparison {
  /** The column that comparisons use: the folded one for text. */
  readonly column: string
  /** A filter value in the column's form; null stays null. */
  value(filter: ApiValue): ColumnValue | ValueProblem
  /**
   * Present where a filter value may be finer or larger than the column can hold (decimals): the
   * same condition in values that it can. Takes the comparing operators alone; where it is present
   * it is asked instead of `value`.
   */
  adjust?(operator: ComparingOperator, filter: ApiValue): AdjustedFilter
}

export type ComparingOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** What formulas see in a field; its main column holds the value, except for compounds. */
export type FormulaUse = Pick<
  FieldMention,
  'kind' | 'kindLabel' | 'precision' | 'scale' | 'contexts'
>

/** Services that some types need to turn a value into its stored form. */
export interface FieldServices {
  encrypt(plain: string): string
  decrypt(stored: string): string
  cleanHtml(html: string): string
}

/** Everything the engine knows about one kind of field. */
export interface FieldType {
  /** As written in metadata files. */
  readonly name: string
  /** JSON Schema of the attributes that a declaration of this type may and must have. */
  readonly options: JsonSchema
  /** One sentence each for the type picture and "when to use" of Setup. */
  readonly purpose: string
  /** Named set of columns; the main one has the name ''. Empty: nothing is stored. */
  columns(options: FieldOptions): Readonly<Record<string, ColumnKind>>
  /** What the API accepts (null is added by the caller where the field is not required). */
  schema(options: FieldOptions): JsonSchema
  /**
   * What JSON Schema cannot say (precision, picklist membership …); undefined when the value is
   * fine. Total: a value of the wrong JSON type is a problem too. With `previous`, a stored value
   * that is sent again unchanged may stay.
   */
  check?(value: ApiValue, options: FieldOptions, previous?: ApiValue): ValueProblem | undefined
  /**
   * Column values by the names of `columns`; `value` passed schema and check; null empties. The
   * field is empty, as `required` understands it, when the main column is null: an empty text is
   * stored as null.
   */
  toColumns(
    value: ApiValue,
    options: FieldOptions,
    services: FieldServices,
  ): Readonly<Record<string, ColumnValue>>
  /**
   * The value as JSON text, in SQL. `column` gives the expression of a named column; a compound
   * without columns of its own asks for its components by their full names and means their main
   * columns.
   */
  readJson(column: (name: string) => Sql, options: FieldOptions, dialect: Dialect): Sql
  /** Only JavaScript can give the final value (EncryptedText); applied after the read. */
  afterRead?(
    value: ApiValue,
    options: FieldOptions,
    reader: { readonly services: FieldServices; readonly viewEncrypted: boolean },
  ): ApiValue
  /** The engine computes the value; nobody writes it. */
  readonly calculated?: true
  /** The value is too large for answers: they hold the address under which it is read. */
  readonly toldByAddress?: true
  readonly operators: readonly Operator[]
  /** Absent: no filter may name the field. */
  comparison?(options: FieldOptions): Comparison
  /** Names of the columns to sort by, in order; empty or absent: not sortable. */
  sortColumns?(options: FieldOptions): readonly string[]
  /** The column that a unique index covers. */
  uniqueColumn?(options: FieldOptions): string
  describe(options: FieldOptions): FieldHint
  /** Undefined where these options point at no record. */
  reference?(options: FieldOptions): Reference | undefined
  /** What a formula that names the field works with; absent: no formula can use it. */
  formulaUse?(options: FieldOptions): FormulaUse
  /**
   * Compounds: the ordinary fields they are made of; a compound itself has no columns of its own
   * unless `derive`.
   */
  components?(options: FieldOptions): readonly FieldOptions[]
  /** Compounds: the value of the compound's own column, from its components (PersonName's Name). */
  derive?(components: Readonly<Record<string, ApiValue>>): ApiValue
  /** Compounds: what only all components together can tell (a latitude needs a longitude). */
  checkComponents?(
    components: Readonly<Record<string, ApiValue>>,
    options: FieldOptions,
  ): ValueProblem | undefined
  /** Types that number themselves: the value for a number; `today` is `YYYY-MM-DD`. */
  generate?(options: FieldOptions, number: number, today: string): string
  /** What this type may become, by target type. */
  readonly casts?: Readonly<Record<string, CastPlan>>
}
