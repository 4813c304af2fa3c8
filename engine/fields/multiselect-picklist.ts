/** MultiselectPicklist: several values of a list, written `a;b`. */
import { keeps, mayLose } from './casts.ts'
import type { ApiValue, Comparison, FieldOptions, FieldType, ValueProblem } from './field-type.ts'
import { membership } from './operators.ts'
import { optionsSchema, valueSetOption, visibleLinesOption } from './options-schema.ts'
import { canonicalValues, checkValue, splitValues } from './picklist-values.ts'
import { filterText, foldedColumns, foldedForm, textProblem } from './text-column.ts'
import { readText, textSchema } from './text-like.ts'
import { checkedText, isProblem } from './value-problem.ts'

const charsMax = 4099
const valuesMax = 500

function check(
  value: ApiValue,
  options: FieldOptions,
  previous?: ApiValue,
): ValueProblem | undefined {
  const found = textProblem(value, charsMax)
  if (found !== undefined || typeof value !== 'string') return found
  const chosen = splitValues(value)
  const kept = typeof previous === 'string' ? splitValues(previous) : []
  for (const each of chosen.slice(0, valuesMax)) {
    const bad = checkValue(each, options, kept)
    if (bad !== undefined) return bad
  }
  return chosen.length > valuesMax ? textProblem(value, 0) : undefined
}

/** Folded value by value, so that a character that folds to the separator never splits one. */
function foldedValues(canonical: string): string {
  return splitValues(canonical)
    .map((value) => foldedForm(value).replaceAll(';', ','))
    .join(';')
}

function comparisonOf(options: FieldOptions): Comparison {
  return {
    column: 'folded',
    value: (filter) => {
      const text = filterText(filter)
      if (text === null || isProblem(text)) return text
      const folded = foldedValues(canonicalValues(text, options))
      return folded === '' ? null : folded
    },
  }
}

export const multiselectPicklist: FieldType = {
  name: 'MultiselectPicklist',
  purpose: 'Several values of a list that you define.',
  options: optionsSchema({
    required: ['valueSet'],
    properties: { valueSet: valueSetOption, visibleLines: visibleLinesOption },
  }),
  operators: membership,
  columns: () => foldedColumns,
  schema: () => textSchema,
  check,
  toColumns: (value, options) => {
    const canonical = canonicalValues(checkedText(value) ?? '', options)
    if (canonical === '') return { '': null, folded: null }
    return { '': canonical, folded: foldedValues(canonical) }
  },
  readJson: readText,
  comparison: comparisonOf,
  describe: () => ({
    type: 'multipicklist',
    soapType: 'xsd:string',
    length: charsMax,
    editor: 'multiselect-picklist',
  }),
  formulaUse: () => ({ kind: 'multipicklist' }),
  casts: {
    ...keeps('same', 'LongTextArea'),
    ...mayLose('same', 'Text', 'TextArea'),
    ...mayLose('markup', 'Html'),
    ...mayLose('first', 'Picklist'),
  },
}
