/** PersonName: a person's name, made of its parts and stored as one text beside them. */
import { refuseCompound } from './compound.ts'
import type { ApiValue, FieldOptions, FieldType, PicklistEntry } from './field-type.ts'
import { textual } from './operators.ts'
import { optionsSchema, valueSetOption } from './options-schema.ts'
import { foldedColumns, foldedComparison, foldedSort, toFoldedColumns } from './text-column.ts'
import { readText, textSchema } from './text-like.ts'

const salutations: readonly PicklistEntry[] = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'].map(
  (value) => ({ value, label: value, active: true, isDefault: false }),
)

const words = [
  { fullName: 'FirstName', label: 'First Name', type: 'Text', length: 40 },
  { fullName: 'MiddleName', label: 'Middle Name', type: 'Text', length: 40 },
  { fullName: 'LastName', label: 'Last Name', type: 'Text', length: 80, required: true },
  { fullName: 'Suffix', label: 'Suffix', type: 'Text', length: 40 },
] as const satisfies readonly FieldOptions[]

/** The four parts at their full lengths and the blanks between them. */
const charsMax = 203

function components(options: FieldOptions): readonly FieldOptions[] {
  const salutation: FieldOptions = {
    fullName: 'Salutation',
    label: 'Salutation',
    type: 'Picklist',
    valueSet: options.valueSet ?? { restricted: false },
    values: options.values ?? salutations,
  }
  return [salutation, ...words]
}

/** "First Middle Last Suffix", without the empty ones. */
function derive(values: Readonly<Record<string, ApiValue>>): ApiValue {
  const given = words
    .map((word) => values[word.fullName])
    .filter((value) => typeof value === 'string' && value !== '')
  return given.length === 0 ? null : given.join(' ')
}

export const personName: FieldType = {
  name: 'PersonName',
  purpose: 'The name of a person: salutation, first, middle and last name, and suffix.',
  options: optionsSchema({ properties: { valueSet: valueSetOption } }),
  operators: textual,
  columns: () => foldedColumns,
  schema: () => textSchema,
  check: refuseCompound,
  toColumns: (value) => toFoldedColumns(value),
  readJson: readText,
  comparison: () => foldedComparison,
  sortColumns: () => foldedSort,
  describe: () => ({
    type: 'string',
    soapType: 'xsd:string',
    length: charsMax,
    extraTypeInfo: 'personname',
    editor: 'person-name',
  }),
  formulaUse: () => ({ kind: 'text' }),
  components,
  derive,
}
