/** Makes the field types that hold one short text: they differ in length, form and editor. */
import type { Dialect } from '../sql/dialect.ts'
import type { Sql } from '../sql/sql.ts'
import type {
  CastPlan,
  FieldHint,
  FieldOptions,
  FieldType,
  JsonSchema,
  ValueProblem,
} from './field-type.ts'
import { textual } from './operators.ts'
import {
  foldedColumns,
  foldedComparison,
  foldedSort,
  plainColumn,
  textProblem,
  toFoldedColumns,
  toPlainColumn,
  uniqueTextColumn,
} from './text-column.ts'

export const textSchema: JsonSchema = { type: 'string' }

export interface TextLike {
  readonly name: string
  readonly purpose: string
  readonly options: JsonSchema
  /** The length where the declaration gives none. */
  readonly charsMax: number
  /** The form of a text that is not empty and not too long. */
  readonly form?: (text: string) => ValueProblem | undefined
  readonly hint: Pick<FieldHint, 'type' | 'editor'>
  readonly casts: Readonly<Record<string, CastPlan>>
}

/** Declared length, else the type's own. */
export function charsMaxOf(options: FieldOptions, charsMax: number): number {
  return options.length ?? charsMax
}

/** The main column as JSON text. */
export function readText(
  column: (name: string) => Sql,
  _options: FieldOptions,
  dialect: Dialect,
): Sql {
  return dialect.json({ kind: 'text' }, column(''))
}

/** A type whose texts can be searched, sorted and compared. */
export function textLikeType(own: TextLike): FieldType {
  return {
    name: own.name,
    purpose: own.purpose,
    options: own.options,
    operators: textual,
    casts: own.casts,
    columns: () => foldedColumns,
    schema: () => textSchema,
    check: (value, options) => {
      const found = textProblem(value, charsMaxOf(options, own.charsMax))
      if (found !== undefined || typeof value !== 'string' || value === '') return found
      return own.form?.(value)
    },
    toColumns: (value) => toFoldedColumns(value),
    readJson: readText,
    comparison: () => foldedComparison,
    sortColumns: () => foldedSort,
    uniqueColumn: uniqueTextColumn,
    formulaUse: () => ({ kind: 'text' }),
    describe: (options) => ({
      ...own.hint,
      soapType: 'xsd:string',
      length: charsMaxOf(options, own.charsMax),
    }),
  }
}

/** Long texts are for the rules and defaults of their own record: a field over them could not be sorted. */
export const notInFields = ['rule', 'default', 'flow'] as const

/** A type for long texts: shown and kept, but not filtered, sorted or indexed. */
export const longTextBase = {
  operators: [],
  columns: () => plainColumn,
  schema: () => textSchema,
  toColumns: toPlainColumn,
  readJson: readText,
} satisfies Partial<FieldType>
