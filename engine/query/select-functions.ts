/** Functions in the list behind SELECT of a query for records: FORMAT, toLabel, DISTANCE. */
import { refuse } from '../base/refusal.ts'
import { distanceColumn } from './distance-column.ts'
import { formatOf } from './format-value.ts'
import { labelColumn, labelledPath, labelsOf } from './label-column.ts'
import { findOperandField, unknownFunction, type OperandPlace } from './plan-operand.ts'
import type { ExpressionColumn, ShowValue } from './read-plan.ts'
import { resolvePath } from './resolve.ts'
import type { CallOperand } from './soql/query.ts'

export type SelectedCall =
  /** A field shown in another way, or a column that stands in its place. */
  | {
      readonly kind: 'field'
      readonly path: string
      readonly shown: ShowValue | undefined
      readonly column: ExpressionColumn | undefined
    }
  | { readonly kind: 'column'; readonly column: ExpressionColumn }

type SelectFunction = (place: OperandPlace, call: CallOperand) => SelectedCall

/** By lower-case name. */
const functions: ReadonlyMap<string, SelectFunction> = new Map<string, SelectFunction>([
  ['format', formatted],
  ['tolabel', labelled],
  ['distance', (place, call) => ({ kind: 'column', column: distanceColumn(place, call).column })],
])

export function selectedCall(place: OperandPlace, call: CallOperand): SelectedCall {
  const selected = functions.get(call.name)
  if (selected === undefined) throw unknownFunction(call.name)
  return selected(place, call)
}

function formatted({ gate, tables }: OperandPlace, { args }: CallOperand): SelectedCall {
  const [first, ...rest] = args
  if (first?.kind !== 'path' || rest.length > 0) {
    throw refuse('MALFORMED_QUERY', 'FORMAT takes one field, or one function of a grouped query.')
  }
  const { path } = first
  const shown = formatOf(resolvePath(gate, tables.root.object, path).field)
  if (shown === undefined) {
    const message = `FORMAT takes a number, an amount, a date or a time; '${path}' is none.`
    throw refuse('INVALID_FIELD', message, { fields: [path] })
  }
  return { kind: 'field', path, shown, column: undefined }
}

function labelled(place: OperandPlace, call: CallOperand): SelectedCall {
  const path = labelledPath(call)
  const found = findOperandField(place, path)
  const shown = labelsOf(place.gate, found.field)
  const column = shown === undefined ? labelColumn(place, found, 'written') : undefined
  return { kind: 'field', path, shown, column }
}
