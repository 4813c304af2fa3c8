/** What a field type answers; one file per type, one line in `index.ts`. Pure: no I/O, no clock. */
import type { CustomField } from '../../metadata/types.ts'
import type { Problem } from '../base/refusal.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { Sql } from '../sql/sql.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** A field's declaration after defaults and value sets were filled in; deeply frozen. */
export type FieldOptions = Readonly<CustomField> & {
  /** Filled for picklists, from the field itself or its global value set. */
  readonly values?: readonly PicklistEntry[]
}

export interface PicklistEntry {
  readonly value: string
  readonly label: string
  readonly active: boolean
  readonly isDefault: boolean
  /** Values of the controlling field for which this one may be chosen; absent when nothing controls it. */
  readonly validFor?: readonly string[]
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like' | 'in' | 'not in' | 'includes' | 'excludes'

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
  readonly editor: string
}

/** Where a lookup points. */
export interface Reference {
  readonly targets: readonly string[]
  readonly kind: 'Lookup' | 'MasterDetail' | 'Hierarchy'
  readonly onDelete: 'SetNull' | 'Restrict' | 'Cascade'
}

/** What a stored value becomes when the field's type or attributes change. */
export interface CastPlan {
  readonly to: string
  readonly loses: boolean
}

export type ApiValue = string | number | boolean | null | Readonly<Record<string, unknown>>

/** A value that cannot be taken; the field's name is added by the caller. */
export type ValueProblem = Pick<Problem, 'errorCode' | 'message'>

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
  /** What JSON Schema cannot say (precision, picklist membership …); undefined when the value is fine. */
  check?(value: ApiValue, options: FieldOptions): ValueProblem | undefined
  /** Column values by the names of `columns`; `value` passed schema and check; null empties. */
  toColumns(value: ApiValue, options: FieldOptions, services: FieldServices): Readonly<Record<string, ColumnValue>>
  /** The value as JSON text, in SQL. `column` gives the expression of a named column. */
  readJson(column: (name: string) => Sql, options: FieldOptions, dialect: Dialect): Sql
  /** Only JavaScript can give the final value (EncryptedText); applied after the read. */
  afterRead?(value: ApiValue, options: FieldOptions, services: FieldServices, may: { readonly viewEncrypted: boolean }): ApiValue
  readonly operators: readonly Operator[]
  /** The column that comparisons use (the folded one for text), and how a filter value becomes its form. */
  comparison?(options: FieldOptions): { readonly column: string; value(filter: ApiValue): ColumnValue | ValueProblem }
  /** Names of the columns to sort by, in order; empty or absent: not sortable. */
  sortColumns?(options: FieldOptions): readonly string[]
  /** The column that a unique index covers. */
  uniqueColumn?(options: FieldOptions): string
  describe(options: FieldOptions): FieldHint
  reference?(options: FieldOptions): Reference
  /** Compounds: the ordinary fields they are made of; a compound itself has no columns of its own unless `derive`. */
  components?(options: FieldOptions): readonly FieldOptions[]
  /** Compounds: the value of the compound's own column, from its components (PersonName's Name). */
  derive?(components: Readonly<Record<string, ApiValue>>): ApiValue
  /** The name's pattern for types that number themselves. */
  generate?(options: FieldOptions, number: number): string
  /** What this type may become, by target type. */
  readonly casts?: Readonly<Record<string, CastPlan>>
}
