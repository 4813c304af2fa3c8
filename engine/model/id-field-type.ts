/** The type of the system field Id: given by the engine, never declared. */
import { normaliseId } from '../base/record-id.ts'
import type { ApiValue, FieldType } from '../fields/field-type.ts'
import type { ColumnValue } from '../sql/column-kind.ts'

const idKind = { kind: 'id' } as const

function comparedValue(
  filter: ApiValue,
): ColumnValue | { errorCode: 'INVALID_QUERY_FILTER_OPERATOR'; message: string } {
  if (filter === null || filter === '') return null
  const id = typeof filter === 'string' ? normaliseId(filter) : undefined
  if (id !== undefined) return id
  return {
    errorCode: 'INVALID_QUERY_FILTER_OPERATOR',
    message: `invalid ID field: ${String(filter)}`,
  }
}

export const idFieldType: FieldType = {
  name: 'Id',
  options: { type: 'object' },
  purpose: 'The record’s identity, given by the engine.',
  operators: ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in'],
  columns: () => ({ '': idKind }),
  schema: () => ({ type: 'string' }),
  toColumns: (value) => ({ '': typeof value === 'string' ? value : null }),
  readJson: (column, _options, dialect) => dialect.json(idKind, column('')),
  comparison: () => ({ column: '', value: comparedValue }),
  sortColumns: () => [''],
  uniqueColumn: () => '',
  formulaUse: () => ({ kind: 'id' }),
  describe: () => ({ type: 'id', soapType: 'tns:ID', length: 18, editor: 'text' }),
}
