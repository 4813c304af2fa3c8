/** Checkbox: yes or no, never empty. */
import { message } from '../base/message.ts'
import { keeps } from './casts.ts'
import type { ApiValue, FieldType } from './field-type.ts'
import { truth } from './operators.ts'
import { optionsSchema } from './options-schema.ts'
import { wrongFilter, wrongType } from './value-problem.ts'

function checked(value: ApiValue): boolean {
  // A record that never had a value counts as unchecked.
  if (value === null) return false
  if (typeof value !== 'boolean') throw new Error('a Checkbox field was given an unchecked value')
  return value
}

export const checkbox: FieldType = {
  name: 'Checkbox',
  purpose: 'Yes or no. It is never empty: what was not chosen is no.',
  options: optionsSchema({}),
  operators: truth,
  columns: () => ({ '': { kind: 'boolean' } }),
  schema: () => ({ type: 'boolean' }),
  check: (value) => (typeof value === 'boolean' ? undefined : wrongType('true or false')),
  toColumns: (value) => ({ '': checked(value) }),
  readJson: (column, _options, dialect) => dialect.json({ kind: 'boolean' }, column('')),
  comparison: () => ({
    column: '',
    // Null is let through: no record is without a value, so it finds none.
    value: (filter) =>
      typeof filter === 'boolean' || filter === null
        ? filter
        : wrongFilter(message('true or false')),
  }),
  sortColumns: () => [''],
  describe: () => ({ type: 'boolean', soapType: 'xsd:boolean', editor: 'checkbox' }),
  formulaUse: () => ({ kind: 'boolean' }),
  casts: {
    ...keeps('text', 'Text', 'TextArea', 'LongTextArea', 'Picklist'),
    ...keeps('bit', 'Number', 'Currency', 'Percent'),
  },
}
