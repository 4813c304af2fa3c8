/** Makes the field types that hold one point of time: Date, DateTime and Time. */
import { message } from '../base/message.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { ApiValue, CastPlan, FieldHint, FieldType, ValueProblem } from './field-type.ts'
import { ordering } from './operators.ts'
import { optionsSchema } from './options-schema.ts'
import { isProblem, wrongFilter, wrongType } from './value-problem.ts'

export interface TemporalField {
  readonly name: string
  readonly purpose: string
  readonly kind: ColumnKind
  readonly use: 'date' | 'datetime' | 'time'
  /** What the API text must be, for refusals: "a date". */
  readonly expected: string
  read(text: string): string | number | ValueProblem
  readonly hint: FieldHint
  readonly casts: Readonly<Record<string, CastPlan>>
}

/** A type of days, instants or times. */
export function temporalType(own: TemporalField): FieldType {
  const read = (value: ApiValue): ColumnValue | ValueProblem => {
    if (value === null) return null
    return typeof value === 'string' ? own.read(value) : wrongType(own.expected)
  }
  const checked = (value: ApiValue): ColumnValue => {
    const found = read(value)
    if (isProblem(found)) throw new Error(`a ${own.name} field was given an unchecked value`)
    return found
  }
  return {
    name: own.name,
    purpose: own.purpose,
    options: optionsSchema({}),
    operators: ordering,
    casts: own.casts,
    columns: () => ({ '': own.kind }),
    schema: () => ({ type: 'string' }),
    check: (value) => {
      const found = read(value)
      return isProblem(found) ? found : undefined
    },
    toColumns: (value) => ({ '': checked(value) }),
    readJson: (column, _options, dialect) => dialect.json(own.kind, column('')),
    comparison: () => ({
      column: '',
      value: (filter) => {
        const found = read(filter)
        return isProblem(found)
          ? wrongFilter(message('of type {type}', { type: own.hint.type }))
          : found
      },
    }),
    sortColumns: () => [''],
    describe: () => own.hint,
    formulaUse: () => ({ kind: own.use }),
  }
}
