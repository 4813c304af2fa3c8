/** What stands on the left of a comparison: a field, or one of the functions of records. */
import { distanceColumn, distanceSubject } from './distance-column.ts'
import { labelSort, labelSubject } from './label-column.ts'
import {
  dateFunctionColumn,
  dateSubject,
  fieldSubject,
  type OperandPlace,
  type Subject,
} from './plan-operand.ts'
import { polymorphicSubject } from './polymorphic-column.ts'
import type { PlannedColumn } from './read-plan.ts'
import type { CallOperand, Operand } from './soql/query.ts'

interface RecordFunction {
  /** How conditions compare its values. */
  subject(place: OperandPlace, call: CallOperand): Subject
  /** What records are sorted by. */
  sortColumns(place: OperandPlace, call: CallOperand): readonly PlannedColumn[]
}

/** By lower-case name; any other is a function of a date. */
const functions: ReadonlyMap<string, RecordFunction> = new Map<string, RecordFunction>([
  [
    'distance',
    {
      subject: distanceSubject,
      sortColumns: (place, call) => [distanceColumn(place, call).column],
    },
  ],
  ['tolabel', { subject: labelSubject, sortColumns: labelSort }],
])

const dates: RecordFunction = {
  subject: dateSubject,
  sortColumns: (place, call) => [dateFunctionColumn(place, call).column],
}

export function subjectOf(place: OperandPlace, operand: Operand): Subject {
  if (operand.kind === 'call') {
    return (functions.get(operand.name) ?? dates).subject(place, operand)
  }
  return polymorphicSubject(place, operand.path) ?? fieldSubject(place, operand)
}

/** The columns that a function's values are sorted by. */
export function functionSort(place: OperandPlace, call: CallOperand): readonly PlannedColumn[] {
  return (functions.get(call.name) ?? dates).sortColumns(place, call)
}
