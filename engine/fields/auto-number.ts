/** AutoNumber: a number that the engine gives, printed in a declared format. */
import { keeps } from './casts.ts'
import type { FieldType } from './field-type.ts'
import { textual } from './operators.ts'
import { booleanOption, optionsSchema } from './options-schema.ts'
import {
  foldedColumns,
  foldedComparison,
  foldedSort,
  textProblem,
  toFoldedColumns,
} from './text-column.ts'
import { readText, textSchema } from './text-like.ts'

const charsMax = 30
const defaultFormat = '{0}'

/** Any text with dates in braces, and exactly one run of zeros in braces. */
const dated = '[^{}]*(?:\\{(?:YYYY|YY|MM|DD)\\}[^{}]*)*'
const formatPattern = `^${dated}\\{0{1,10}\\}${dated}$`

/** Tokens in braces; `today` is `YYYY-MM-DD`. */
function printToken(token: string, number: number, today: string): string {
  const [year = '', month = '', day = ''] = today.split('-')
  const dates = new Map([
    ['YYYY', year],
    ['YY', year.slice(-2)],
    ['MM', month],
    ['DD', day],
  ])
  return dates.get(token) ?? String(number).padStart(token.length, '0')
}

export const autoNumber: FieldType = {
  name: 'AutoNumber',
  purpose: 'A number that every new record gets by itself, such as INV-000042.',
  options: optionsSchema({
    properties: {
      displayFormat: { type: 'string', maxLength: charsMax, pattern: formatPattern },
      startingNumber: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
      externalId: booleanOption,
      unique: booleanOption,
    },
  }),
  operators: textual,
  columns: () => foldedColumns,
  schema: () => textSchema,
  check: (value) => textProblem(value, charsMax),
  toColumns: (value) => toFoldedColumns(value),
  readJson: readText,
  comparison: () => foldedComparison,
  sortColumns: () => foldedSort,
  uniqueColumn: () => '',
  formulaUse: () => ({ kind: 'text' }),
  describe: () => ({
    type: 'string',
    soapType: 'xsd:string',
    length: charsMax,
    editor: 'auto-number',
  }),
  generate: (options, number, today) =>
    (options.displayFormat ?? defaultFormat).replace(/\{([^{}]*)\}/g, (_whole, token: string) =>
      printToken(token, number, today),
    ),
  casts: keeps('same', 'Text', 'TextArea', 'LongTextArea'),
}
