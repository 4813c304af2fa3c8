/** FORMAT and toLabel around what a grouped query selects: FORMAT(SUM(Amount)), toLabel(Status). */
import { refuse } from '../base/refusal.ts'
import type { FieldModel } from '../model/model.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { aggregateFunctions } from './aggregate-functions.ts'
import { formatBy } from './format-value.ts'
import { labelsOf } from './label-column.ts'
import type { ShowValue } from './read-plan.ts'
import type { Gate } from './resolve.ts'
import type { CallOperand } from './soql/query.ts'

/** By lower-case name. */
export const shownFunctions: ReadonlySet<string> = new Set(['format', 'tolabel'])

/** True for functions of many records; `FORMAT(MIN(x))` is one as well. */
export function isAggregateCall({ name, args }: CallOperand): boolean {
  const [inner] = args
  if (aggregateFunctions.has(name)) return true
  return shownFunctions.has(name) && inner?.kind === 'call' && aggregateFunctions.has(inner.name)
}

interface GroupValue {
  /** Of a group, or what the function is asked of. */
  readonly field: FieldModel | undefined
  /** Of a function's result. */
  readonly kind: ColumnKind | undefined
}

export function shownInGroup(gate: Gate, name: string, value: GroupValue): ShowValue {
  const { field, kind } = value
  const isLabel = name === 'tolabel' && field !== undefined && kind === undefined
  const shown = isLabel ? labelsOf(gate, field) : name === 'format' ? formatIn(value) : undefined
  if (shown !== undefined) return shown
  throw refuse('INVALID_FIELD', `${name} can not be asked of this in a grouped query.`)
}

/** Averages may show two digits more than what they are made of. */
function formatIn({ field, kind }: GroupValue): ShowValue | undefined {
  if (field === undefined || kind?.kind === 'integer') return formatBy('int', 0)
  const { type, scale = 0 } = field.type.describe(field.options)
  return formatBy(type, kind?.kind === 'decimal' ? Math.min(kind.scale, scale + 2) : scale)
}
