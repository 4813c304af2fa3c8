/** USING SCOPE: whose records a query is about. */
import { refuse } from '../base/refusal.ts'
import type { ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { sql, type Sql } from '../sql/sql.ts'
import { groupObject } from '../model/people-lookup.ts'
import { columnSql } from './compile-condition.ts'
import type { OperandPlace } from './plan-operand.ts'
import { plannedColumn } from './planned-column.ts'
import type { PlannedColumn, PlannedCondition } from './read-plan.ts'
import { callerId } from './rows/caller-sets.ts'
import { isOwnQueue } from './rows/queue-sql.ts'

type OwnerCondition = (place: OperandPlace, owner: PlannedColumn) => PlannedCondition

const mine: OwnerCondition = ({ gate }, column) => ({
  kind: 'compare',
  column,
  operator: '=',
  value: gate.access.userId,
})

const ofQueues: OwnerCondition = (place, owner) => ({
  kind: 'expression',
  expression: (dialect) => ownQueue(place, owner, dialect),
})

const mineAndOfQueues: OwnerCondition = (place, owner) => ({
  kind: 'expression',
  expression: (dialect) =>
    sql`(${columnSql(owner, dialect)} = ${callerId({ dialect })} or ${ownQueue(place, owner, dialect)})`,
})

function ownQueue({ gate, tables }: OperandPlace, owner: PlannedColumn, dialect: Dialect): Sql {
  const place = { dialect, model: tables.model, outside: gate.access.outside }
  return isOwnQueue(place, columnSql(owner, dialect))
}

/** By lower-case name, of objects whose records have owners. */
const scopes: ReadonlyMap<string, OwnerCondition> = new Map([
  ['mine', mine],
  ['mine_and_my_groups', mineAndOfQueues],
  ['my_queues', ofQueues],
])

/** The scopes of an object beside "everything": those of queues where these may own its records. */
export function ownScopes({ ownerField: owner }: ObjectModel): readonly string[] {
  if (owner === undefined) return []
  const hasQueues = owner.reference?.targets.includes(groupObject) === true
  return [...scopes.keys()].filter((name) => name === 'mine' || hasQueues)
}

export function planScope(
  place: OperandPlace,
  scope: string | undefined,
): PlannedCondition | undefined {
  if (scope === undefined || scope === 'everything') return undefined
  const { tables } = place
  const owner = tables.root.object.ownerField
  const condition = scopes.get(scope)
  const known = ownScopes(tables.root.object)
  if (owner === undefined || condition === undefined || !known.includes(scope)) {
    const all = ['everything', ...known].join(', ')
    throw refuse(
      'MALFORMED_QUERY',
      `'${scope}' is no scope of ${tables.root.object.name}; there is ${all}.`,
    )
  }
  return condition(place, plannedColumn(tables, tables.root, { field: owner, part: '' }))
}
