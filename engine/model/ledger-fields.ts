/** Field types of what the engine writes down for good: no file declares them, nobody writes them. */
import { foldText } from '../base/fold-text.ts'
import type { ApiValue, Comparison, FieldHint, FieldType } from '../fields/field-type.ts'
import { fieldType } from '../fields/index.ts'
import { textual } from '../fields/operators.ts'
import { sql } from '../sql/sql.ts'
import type { ColumnKind } from '../sql/column-kind.ts'

const text: ColumnKind = { kind: 'text' }

function declared(name: string): FieldType {
  const type = fieldType(name)
  if (type === undefined) throw new Error(`no field type ${name}`)
  return type
}

/** A word as the engine wrote it; compared as it stands. */
export const wordType: FieldType = {
  ...declared('Text'),
  name: 'Word',
  operators: textual,
  columns: () => ({ '': text }),
  toColumns: (value) => ({ '': typeof value === 'string' ? value : null }),
  comparison: () => wordComparison,
  sortColumns: () => [''],
  uniqueColumn: () => '',
  describe: (): FieldHint => ({
    type: 'string',
    soapType: 'xsd:string',
    length: 255,
    editor: 'text',
  }),
  formulaUse: () => ({ kind: 'text' }),
}

const wordComparison: Comparison = {
  column: '',
  value: (filter: ApiValue) => (filter === null || filter === '' ? null : String(filter)),
}

/** A text of people, found in any letter case. */
export const sentenceType: FieldType = { ...declared('Text'), name: 'Sentence' }

/** The folded form that stands beside a sentence. */
export function foldedSentence(sentence: string): string {
  return foldText(sentence)
}

/** A value of whatever type the field had, as JSON in the column. */
export const anyValueType: FieldType = {
  ...declared('LongTextArea'),
  name: 'AnyValue',
  operators: [],
  columns: () => ({ '': text }),
  toColumns: (value) => ({ '': value === null ? null : JSON.stringify(value) }),
  readJson: (column) => sql`coalesce(${column('')}, 'null')`,
  describe: (): FieldHint => ({ type: 'anyType', soapType: 'xsd:anyType', editor: 'text' }),
}
