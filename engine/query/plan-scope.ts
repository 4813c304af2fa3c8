/** USING SCOPE: whose records a query is about. */
import { refuse } from '../base/refusal.ts'
import type { OperandPlace } from './plan-operand.ts'
import { plannedColumn } from './planned-column.ts'
import type { PlannedCondition } from './read-plan.ts'

export function planScope(
  { gate, tables }: OperandPlace,
  scope: string | undefined,
): PlannedCondition | undefined {
  if (scope === undefined || scope === 'everything') return undefined
  const owner = tables.root.object.ownerField
  if (scope !== 'mine' || owner === undefined) {
    const known = owner === undefined ? 'everything' : 'everything and mine'
    throw refuse(
      'MALFORMED_QUERY',
      `'${scope}' is no scope of ${tables.root.object.name}; there is ${known}.`,
    )
  }
  const column = plannedColumn(tables, tables.root, { field: owner, part: '' })
  return { kind: 'compare', column, operator: '=', value: gate.access.userId }
}
