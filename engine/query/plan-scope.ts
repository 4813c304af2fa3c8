/** USING SCOPE: whose records a query is about. */
import { refuse } from '../base/refusal.ts'
import { objectSharing, type SharingGrant } from '../access/object-sharing.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { groupObject } from '../model/people-lookup.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import { columnSql } from './compile-condition.ts'
import { deletedColumn, idColumn, lookupColumn } from './compile-write.ts'
import type { OperandPlace } from './plan-operand.ts'
import { plannedColumn } from './planned-column.ts'
import type { PlannedColumn, PlannedCondition } from './read-plan.ts'
import { callerId } from './rows/caller-sets.ts'
import { maySee, type Gate } from './resolve.ts'
import { isOwnQueue } from './rows/queue-sql.ts'

interface Scope {
  /** Whether records of the object can be asked for so, by whoever stands at the gate. */
  offered(gate: Gate, object: ObjectModel): boolean
  condition(place: OperandPlace): PlannedCondition
}

function ownerOf({ tables }: OperandPlace): PlannedColumn {
  const { root } = tables
  const field = root.object.ownerField
  if (field === undefined) throw new Error(`${root.object.name} has no owner`)
  return plannedColumn(tables, root, { field, part: '' })
}

function ownedBy(place: OperandPlace, operator: '=' | '!='): PlannedCondition {
  return { kind: 'compare', column: ownerOf(place), operator, value: place.gate.access.userId }
}

function ownQueue({ gate, tables }: OperandPlace, owner: PlannedColumn, dialect: Dialect): Sql {
  const place = { dialect, model: tables.model, outside: gate.access.outside }
  return isOwnQueue(place, columnSql(owner, dialect))
}

const hasOwner: Scope['offered'] = (_gate, { ownerField: owner }) => owner !== undefined

const hasQueues: Scope['offered'] = (_gate, { ownerField: owner }) =>
  owner?.reference?.targets.includes(groupObject) === true

const mine: Scope = { offered: hasOwner, condition: (place) => ownedBy(place, '=') }

const ofQueues: Scope = {
  offered: hasQueues,
  condition: (place) => ({
    kind: 'expression',
    expression: (dialect) => ownQueue(place, ownerOf(place), dialect),
  }),
}

const mineAndOfQueues: Scope = {
  offered: hasQueues,
  condition: (place) => ({
    kind: 'expression',
    expression: (dialect) => {
      const owner = ownerOf(place)
      return sql`(${columnSql(owner, dialect)} = ${callerId({ dialect })} or ${ownQueue(place, owner, dialect)})`
    },
  }),
}

/** What the caller made for somebody else to do. */
const delegated: Scope = {
  offered: (gate, object) =>
    object.name === taskObject && hasOwner(gate, object) && maker(object) !== undefined,
  condition: (place) => {
    const field = maker(place.tables.root.object)
    if (field === undefined) throw new Error('tasks say who made them')
    const column = plannedColumn(place.tables, place.tables.root, { field, part: '' })
    const byCaller = { kind: 'compare', column, operator: '=' } as const
    const value = place.gate.access.userId
    return { kind: 'and', items: [{ ...byCaller, value }, ownedBy(place, '!=')] }
  },
}

const taskObject = 'Task'

function maker(object: ObjectModel): FieldModel | undefined {
  return object.fieldsByName.get('createdbyid')
}

/** Records whose team the caller belongs to: where members are people, and never groups. */
const team: Scope = {
  offered: (gate, object) => teams(gate, object).length > 0,
  condition: ({ gate, tables }) => ({
    kind: 'expression',
    expression: (dialect) => {
      const { alias, object } = tables.root
      const member = identifier('scope_m')
      const found = teams(gate, object).map(
        ({ holder, record, principal }) =>
          sql`exists (select 1 from ${holder.table} as ${member} where ${member}.${lookupColumn(record)} = ${alias}.${idColumn} and ${member}.${lookupColumn(principal)} = ${callerId({ dialect })} and not ${member}.${deletedColumn})`,
      )
      return sql`(${joinSql(found, sql` or `)})`
    },
  }),
}

function teams(gate: Gate, object: ObjectModel): readonly SharingGrant[] {
  return objectSharing(gate.model, object).grants.filter(
    ({ record, principal }) =>
      principal.reference?.targets.includes(groupObject) === false &&
      maySee(gate, record) &&
      maySee(gate, principal),
  )
}

/** By lower-case name. */
const scopes: ReadonlyMap<string, Scope> = new Map([
  ['mine', mine],
  ['mine_and_my_groups', mineAndOfQueues],
  ['my_queues', ofQueues],
  ['delegated', delegated],
  ['team', team],
])

/** The scopes of an object beside "everything": what its records can be asked by. */
export function ownScopes(gate: Gate, object: ObjectModel): readonly string[] {
  return [...scopes].filter(([, { offered }]) => offered(gate, object)).map(([name]) => name)
}

export function planScope(
  place: OperandPlace,
  scope: string | undefined,
): PlannedCondition | undefined {
  if (scope === undefined || scope === 'everything') return undefined
  const { gate, tables } = place
  const { object } = tables.root
  const found = scopes.get(scope)
  if (found?.offered(gate, object) === true) return found.condition(place)
  const all = ['everything', ...ownScopes(gate, object)].join(', ')
  throw refuse('MALFORMED_QUERY', `'${scope}' is no scope of ${object.name}; there is ${all}.`)
}
