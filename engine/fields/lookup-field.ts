/** Makes the field types that point at a record: Lookup, MasterDetail and Hierarchy. */
import { message } from '../base/message.ts'
import { normaliseId } from '../base/record-id.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type {
  ApiValue,
  CastPlan,
  FieldOptions,
  FieldType,
  JsonSchema,
  Reference,
  ValueProblem,
} from './field-type.ts'
import { ordering } from './operators.ts'
import { isProblem, problem, wrongType } from './value-problem.ts'

const idKind: ColumnKind = { kind: 'id' }
export const idChars = 18

export interface LookupField {
  readonly name: string
  readonly purpose: string
  readonly options: JsonSchema
  reference(options: FieldOptions): Reference
  readonly casts: Readonly<Record<string, CastPlan>>
}

/**
 * The 18-character form, null for no value, or why it is no id. Whose id it is, the caller checks.
 */
function readId(value: ApiValue): string | null | ValueProblem {
  if (value === null || value === '') return null
  if (typeof value !== 'string') return wrongType('a record id')
  return normaliseId(value) ?? malformed(value)
}

function malformed(value: string): ValueProblem {
  const shown = value.length > idChars ? `${value.slice(0, idChars)}…` : value
  return problem('MALFORMED_ID', message('Id value of incorrect type: {id}', { id: shown }))
}

function toColumn(value: ApiValue): ColumnValue {
  const id = readId(value)
  if (isProblem(id)) throw new Error('a reference field was given an unchecked value')
  return id
}

function filterValue(filter: ApiValue): ColumnValue | ValueProblem {
  const id = readId(filter)
  if (!isProblem(id)) return id
  return problem(
    'INVALID_QUERY_FILTER_OPERATOR',
    message('Invalid id: expected 15 or 18 characters.'),
  )
}

/** A type that holds the id of another record. */
export function lookupType(own: LookupField): FieldType {
  return {
    name: own.name,
    purpose: own.purpose,
    options: own.options,
    operators: ordering,
    casts: own.casts,
    columns: () => ({ '': idKind }),
    schema: () => ({ type: 'string' }),
    check: (value) => {
      const id = readId(value)
      return isProblem(id) ? id : undefined
    },
    toColumns: (value) => ({ '': toColumn(value) }),
    readJson: (column, _options, dialect) => dialect.json(idKind, column('')),
    comparison: () => ({ column: '', value: filterValue }),
    sortColumns: () => [''],
    describe: () => ({
      type: 'reference',
      soapType: 'tns:ID',
      length: idChars,
      editor: 'lookup',
    }),
    reference: (options) => own.reference(options),
    formulaUse: () => ({ kind: 'id' }),
  }
}
