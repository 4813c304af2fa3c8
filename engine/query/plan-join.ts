/** Semi-joins: a field whose value is (not) among those that another query finds. */
import { refuse } from '../base/refusal.ts'
import type { FieldModel } from '../model/model.ts'
import type { ConditionContext } from './condition-context.ts'
import { located } from './located.ts'
import { plannedColumn } from './planned-column.ts'
import type { PlannedColumn, PlannedCondition } from './read-plan.ts'
import { resolveObject, resolvePath } from './resolve.ts'
import type { JoinComparison, Query } from './soql/query.ts'
import type { TableSet } from './table-set.ts'

export function planJoin(
  context: ConditionContext,
  { path, query, negated }: JoinComparison,
): PlannedCondition {
  const column = idColumnOf(context, context.tables, path)
  const object = located(query, query.fromOffset, () => resolveObject(context.gate, query.from))
  const selected = selectedPath(query)
  const tables = context.tables.within(object)
  // The condition goes first: it may join tables that the selected path needs as well.
  const plan = context.planInner(query, tables)
  const inner = located(query, selected.offset, () => idColumnOf(context, tables, selected.path))
  return { kind: 'join', column, selected: inner, plan: { ...plan, joins: tables.joins }, negated }
}

/** Ids and lookups; nothing else joins two objects. */
function idColumnOf(context: ConditionContext, tables: TableSet, path: string): PlannedColumn {
  const { parents, field } = resolvePath(context.gate, tables.root.object, path)
  const part = mainPart(field)
  const column = plannedColumn(tables, tables.reach(parents), { field, part })
  if (column.kind.kind === 'id') return column
  throw refuse('INVALID_FIELD', `A semi-join compares ids; '${path}' is none.`, { fields: [path] })
}

function mainPart(field: FieldModel): string {
  const [part] = field.columns.keys()
  if (part !== undefined) return part
  throw refuse('INVALID_FIELD', `A semi-join compares ids; '${field.name}' is none.`, {
    fields: [field.name],
  })
}

function selectedPath(query: Query): { readonly path: string; readonly offset: number } {
  const [item, ...others] = query.select
  const isPlain = query.orderBy.length === 0 && query.limit === undefined && query.skip === 0
  if (item?.kind === 'path' && others.length === 0 && isPlain) return item
  throw refuse(
    'MALFORMED_QUERY',
    'The query of a semi-join selects one field and has no ORDER BY, LIMIT or OFFSET.',
  )
}
