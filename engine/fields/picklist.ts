/** Picklist: one value of a list. */
import { keeps, mayLose } from './casts.ts'
import type { FieldType } from './field-type.ts'
import { textual } from './operators.ts'
import { lengthOption, optionsSchema, valueSetOption } from './options-schema.ts'
import { checkValue, valueCharsMax } from './picklist-values.ts'
import { foldedColumns, foldedComparison, foldedSort, toFoldedColumns } from './text-column.ts'
import { readText, textSchema } from './text-like.ts'
import { wrongType } from './value-problem.ts'

export const picklist: FieldType = {
  name: 'Picklist',
  purpose: 'One value of a list that you define. Restrict it to refuse any other value.',
  options: optionsSchema({
    required: ['valueSet'],
    properties: { valueSet: valueSetOption, length: lengthOption(1, valueCharsMax) },
  }),
  operators: textual,
  columns: () => foldedColumns,
  schema: () => textSchema,
  check: (value, options, previous) => {
    if (value === null) return undefined
    if (typeof value !== 'string') return wrongType('text')
    return checkValue(value, options, typeof previous === 'string' ? [previous] : [])
  },
  toColumns: (value) => toFoldedColumns(value),
  readJson: readText,
  comparison: () => foldedComparison,
  sortColumns: () => foldedSort,
  uniqueColumn: () => 'folded',
  describe: () => ({
    type: 'picklist',
    soapType: 'xsd:string',
    length: valueCharsMax,
    editor: 'picklist',
  }),
  formulaUse: () => ({ kind: 'picklist' }),
  casts: {
    ...keeps('same', 'LongTextArea', 'TextArea'),
    ...mayLose('same', 'MultiselectPicklist', 'Text', 'Email', 'Phone', 'Url', 'Lookup'),
    ...mayLose('truth', 'Checkbox'),
    ...mayLose('same', 'EncryptedText'),
    ...mayLose('markup', 'Html'),
    ...mayLose('decimal', 'Number', 'Currency', 'Percent'),
  },
}
